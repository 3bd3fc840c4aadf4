"""Adding files to tasks and steps, removing them, and bringing them back. Each writes to the task's chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.database import insert, sql
from natrium.apps.files import sniffing, storage
from natrium.apps.files.storage import Kept
from natrium.apps.practices.queries import SignedIn
from natrium.domain import files as rules
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """The file that is on the task now. `created` False: the very same was there already."""

    file_id: int
    name: str
    created: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file goes: a task, and one of its steps or none."""

    task_id: int
    step_id: int | None = None
    step_key: str = ""
    step: str = ""
    workflow_id: int | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What an event says of the step."""
        return {"step_id": self.step_id, "step_key": self.step_key, "workflow_id": self.workflow_id}


def add_file(
    *, by: SignedIn, at: datetime, task_id: int, step_id: int | None = None, name: str, file: BinaryIO
) -> Added:
    """Add a file to a task, or to one of its steps. `file` can be read and sought, and is not closed.

    The same content under the same name in the same place is a repetition. The content is written first and its row
    after it: whatever happens in between leaves at most a content that belongs to nothing, which housekeeping finds.
    Raises NotFound (task, step), Refusal (not-allowed, task-held, bad-value with the field `file`).
    """
    _place(by=by, task_id=task_id, step_id=step_id, lock=False)
    name = rules.clean_name(name)
    rules.kind_of(name)
    size = file.seek(0, 2)
    rules.check(name, size=size, inside=sniffing.look_inside(file) if 0 < size <= rules.MOST else "")
    kept = storage.keep(_chunks(file), name=name)
    try:
        added = _add(kept, name, by=by, at=at, task_id=task_id, step_id=step_id)
    except BaseException:
        storage.erase(kept.stored)
        raise
    if not added.created:
        storage.erase(kept.stored)
    return added


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def _add(kept: Kept, name: str, *, by: SignedIn, at: datetime, task_id: int, step_id: int | None) -> Added:
    with transaction.atomic():
        place = _place(by=by, task_id=task_id, step_id=step_id, lock=True)
        there = sql.value(
            """SELECT id FROM files_file WHERE task_id = %s AND COALESCE(step_id, 0) = %s AND name = %s
               AND sha256 = %s AND removed_at IS NULL""",
            (task_id, step_id or 0, name, kept.sha256),
        )
        if there is not None:
            return Added(int(there), name, created=False)
        file_id = insert.insert_row(
            "files_file",
            {"practice_id": by.practice_id, "task_id": task_id, "step_id": step_id, "name": name, "size": kept.size,
             "sha256": kept.sha256, "stored": kept.stored, "added_by_id": by.member.id, "added_at": at},
        )  # fmt: skip
        data: dict[str, object] = {"file": file_id, "size": kept.size, "sha256": kept.sha256}
        _record("file.added", name, place, data, by=by, at=at)
        return Added(file_id, name, created=True)


def remove_file(*, by: SignedIn, at: datetime, file_id: int) -> int:
    """Take a file off its task; its record stays, and for a month so does its content. Returns the task's id.

    Again is harmless. Raises NotFound, Refusal (not-allowed, task-held).
    """
    with transaction.atomic():
        name, removed_at, place = _found(by=by, file_id=file_id)
        if removed_at is None:
            sql.execute(
                "UPDATE files_file SET removed_at = %s, removed_by_id = %s WHERE id = %s",
                (at, by.member.id, file_id),
            )
            _record("file.removed", name, place, {"file": file_id}, by=by, at=at)
        return place.task_id


def restore_file(*, by: SignedIn, at: datetime, file_id: int) -> int:
    """Bring a removed file back, while its content is there. Returns the task's id. Again is harmless.

    Raises NotFound, Refusal (not-allowed, task-held, too-late).
    """
    with transaction.atomic():
        name, removed_at, place = _found(by=by, file_id=file_id)
        if removed_at is not None:
            changed = sql.execute(
                """UPDATE files_file SET removed_at = NULL, removed_by_id = NULL
                   WHERE id = %s AND erased_at IS NULL""",
                (file_id,),
            )
            if not changed:
                raise Refusal(Code.TOO_LATE, f"“{name}” was removed more than a month ago; its content is gone.")
            _record("file.restored", name, place, {"file": file_id}, by=by, at=at)
        return place.task_id


def _record(verb: str, name: str, place: Place, data: dict[str, object], *, by: SignedIn, at: datetime) -> None:
    said = data | ({"step": place.step} if place.step else {})
    event = NewEvent(verb=verb, name=name, data=said, **place.fields)
    record(chain="task", subject_id=place.task_id, practice_id=by.practice_id, events=[event], by=by, at=at)


def _place(*, by: SignedIn, task_id: int, step_id: int | None, lock: bool) -> Place:
    """The task and step, where this member may add files to it; the task's row held with `lock`."""
    hold = _hold(by=by, task_id=task_id, lock=lock)[0]
    if not may(by.member.role, Deed.ADD_FILE):
        raise Refusal(Code.NOT_ALLOWED, f"To {Deed.ADD_FILE.value} takes {who_may(Deed.ADD_FILE)}.")
    _not_held(hold)
    return Place(task_id) if step_id is None else _step(task_id, step_id)


def _hold(*, by: SignedIn, task_id: int, lock: bool) -> tuple[str, int | None]:
    row = sql.row(
        f"""SELECT hold, owner_id FROM tasks_task WHERE id = %s AND practice_id = %s
            {sql.for_update() if lock else ""}""",
        (task_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such task in this practice.")
    return row[0], row[1]


def _not_held(hold: str) -> None:
    if hold:
        word = "on hold" if hold == "on_hold" else "cancelled"
        raise Refusal(Code.TASK_HELD, f"The task is {word}. Resume it first; notes still work.")


def _step(task_id: int, step_id: int) -> Place:
    row = sql.row(
        "SELECT key, name, workflow_id FROM workflows_step WHERE id = %s AND task_id = %s AND workflow_id IS NOT NULL",
        (step_id, task_id),
    )
    if row is None:
        raise NotFound("There is no such step on this task.")
    return Place(task_id, step_id, *row)


def _found(*, by: SignedIn, file_id: int) -> tuple[str, datetime | None, Place]:
    """A file that this member may remove, with its task held."""
    row = sql.row(
        """SELECT f.task_id, f.name, f.added_by_id, f.step_id, s.key, s.name, s.workflow_id
           FROM files_file f LEFT JOIN workflows_step s ON s.id = f.step_id WHERE f.id = %s AND f.practice_id = %s""",
        (file_id, by.practice_id),
    )
    if row is None:
        raise NotFound("There is no such file in this practice.")
    task_id, name, added_by, step_id, key, step, workflow_id = row
    hold, owner_id = _hold(by=by, task_id=task_id, lock=True)
    deed = Deed.REMOVE_OWN_FILE if added_by == by.member.id else Deed.REMOVE_OTHERS_FILE
    if not may(by.member.role, deed, task_owner=owner_id == by.member.id):
        raise Refusal(Code.NOT_ALLOWED, f"To {deed.value} takes {who_may(deed)}.")
    _not_held(hold)
    removed_at = sql.moment(sql.value("SELECT removed_at FROM files_file WHERE id = %s", (file_id,)))
    place = Place(task_id, step_id, key, step, workflow_id) if key else Place(task_id)
    return name, removed_at, place
