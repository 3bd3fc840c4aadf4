"""Reading what is known of files, and their content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from natrium.apps.database import sql
from natrium.apps.files import storage
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.panels import Who
from natrium.domain.errors import NotFound
from natrium.domain.files import KINDS, extension
from natrium.domain.roles import Deed, may

COLUMNS = """f.id, f.name, f.size, f.added_at, f.added_by_id, m.name, f.step_id, s.key, s.name, s.workflow_id,
    t.owner_id"""
FROM = """FROM files_file f JOIN tasks_task t ON t.id = f.task_id
    LEFT JOIN practices_member m ON m.id = f.added_by_id
    LEFT JOIN workflows_step s ON s.id = f.step_id"""
BESIDE_SQL = """
    SELECT 'note', step_id, COUNT(*) FROM workflows_comment WHERE task_id = %s AND practice_id = %s GROUP BY step_id
    UNION ALL
    SELECT 'file', step_id, COUNT(*) FROM files_file
    WHERE task_id = %s AND practice_id = %s AND removed_at IS NULL GROUP BY step_id"""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as lists show it. `step_key` and `step` are "" for a file on the task itself, or on a step that is gone.

    `at` is aware, in the practice's zone. `size` is in bytes. `can_remove`: this member may.
    """

    id: int
    name: str
    size: int
    at: datetime
    by: Who | None
    step_id: int | None
    step_key: str
    step: str
    workflow_id: int | None
    can_remove: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A file to be downloaded: open, to be closed by whoever sends it."""

    name: str
    content_type: str
    size: int
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Beside:
    """How many notes and files a task has in all; `by_step` has (notes, files) by the id of the step they are on."""

    notes: int
    files: int
    by_step: Mapping[int, tuple[int, int]]


def files(*, by: SignedIn, task_id: int) -> tuple[FileLine, ...]:
    """A task's files, newest first; none for a task of another practice."""
    rows = sql.rows(
        f"""SELECT {COLUMNS} {FROM} WHERE f.task_id = %s AND f.practice_id = %s AND f.removed_at IS NULL
            ORDER BY f.id DESC""",
        (task_id, by.practice_id),
    )
    return tuple(_line(row, by) for row in rows)


def file(*, by: SignedIn, file_id: int) -> tuple[int, FileLine]:
    """A file and its task, removed or not. Raises NotFound."""
    row = sql.row(
        f"SELECT {COLUMNS}, f.task_id {FROM} WHERE f.id = %s AND f.practice_id = %s", (file_id, by.practice_id)
    )
    if row is None:
        raise NotFound("There is no such file in this practice.")
    return row[-1], _line(row[:-1], by)


def content(*, by: SignedIn, file_id: int) -> Content:
    """The content of a file that was not removed. Raises NotFound."""
    row = sql.row(
        "SELECT name, stored, size FROM files_file WHERE id = %s AND practice_id = %s AND removed_at IS NULL",
        (file_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such file in this practice.")
    name, stored, size = row
    return Content(name, KINDS[extension(name)].content_type, size, storage.read(stored))


def beside(*, by: SignedIn, task_id: int) -> Beside:
    """How many notes and files a task and its steps have, in one statement."""
    task = (task_id, by.practice_id)
    notes = files = 0
    by_step: dict[int, tuple[int, int]] = {}
    for kind, step_id, count in sql.rows(BESIDE_SQL, (*task, *task)):
        ours = (count, 0) if kind == "note" else (0, count)
        notes, files = notes + ours[0], files + ours[1]
        if step_id is not None:
            before = by_step.get(step_id, (0, 0))
            by_step[step_id] = (before[0] + ours[0], before[1] + ours[1])
    return Beside(notes, files, by_step)


def _line(row: tuple[object, ...], by: SignedIn) -> FileLine:
    id_, name, size, at, added_by, added_name, step_id, key, step, workflow_id, owner_id = row
    own = added_by == by.member.id
    deed = Deed.REMOVE_OWN_FILE if own else Deed.REMOVE_OTHERS_FILE
    return FileLine(
        id=cast("int", id_),
        name=cast("str", name),
        size=cast("int", size),
        at=cast("datetime", sql.moment(cast("datetime", at))).astimezone(by.zone),
        by=Who(cast("int", added_by), cast("str", added_name)) if added_by is not None else None,
        step_id=cast("int | None", step_id),
        step_key=cast("str", key or ""),
        step=cast("str", step or ""),
        workflow_id=cast("int | None", workflow_id),
        can_remove=may(by.member.role, deed, task_owner=owner_id == by.member.id),
    )
