"""Bulk operations as they are kept: what was asked for, what came of each, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.undo import WITHIN

MOST = 2_000
UNDOABLE = frozenset(
    {
        "step-start", "step-wait", "step-complete", "step-skip", "step-assign", "step-claim", "step-due",
        "task-owner", "task-target", "task-hold", "task-cancel", "task-resume", "task-attach",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that was refused: a step of a task, or a task (`step_id` None). `code` "not-found": unknown here."""

    code: str
    message: str
    task_id: int | None = None
    task: str = ""
    client: str = ""
    workflow_id: int | None = None
    step_id: int | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that changes, or changed: a task, or a step of it. `workflows`: how many the task has before it."""

    task_id: int
    task: str
    client: str
    step: str = ""
    workflows: int = 0


@dataclass(slots=True)
class Tally:
    """What has come of many so far. `lines`: what changes, by name; an undo leaves them to the record."""

    changed: int = 0
    repeated: int = 0
    refused: list[Refused] = field(default_factory=list)
    lines: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of many, or would come of them (`batch_id` None: a preview). `finished` False: cut short, or at it.

    `changed` and `repeated` count steps, or tasks where the deed is on tasks; `lines` names what a preview would
    change. `undone_by` is the batch that took this one back.
    """

    selected: int
    changed: int
    repeated: int
    refused: tuple[Refused, ...]
    batch_id: int | None = None
    finished: bool = True
    lines: tuple[Named, ...] = ()


def name_of(batch_id: int) -> str:
    """The word that a batch's events carry."""
    return f"batch-{batch_id}"


def check(*, by: SignedIn, selected: int) -> None:
    """Refuses `not-allowed` to whom no row could be allowed, and `bad-value` where none or too many are chosen."""
    if not may(by.member.role, Deed.UNDO_OWN):
        raise Refusal(Code.NOT_ALLOWED, f"To change many things at once takes {who_may(Deed.UNDO_OWN)}.")
    if not selected:
        raise Refusal(Code.BAD_VALUE, "Nothing is chosen.", field="selection")
    if selected > MOST:
        raise Refusal(
            Code.BAD_VALUE, f"{selected:,} are chosen; {MOST:,} is the most at once. Choose fewer.", field="selection"
        )


def begin(
    *,
    by: SignedIn,
    at: datetime,
    deed: str,
    said: Mapping[str, Any],
    selected: int,
    once: str = "",
    undoes: int | None = None,
) -> tuple[int, bool]:
    """A new batch's id, and True; or that of the one begun under the same `once` (or undoing the same), and False."""
    conflict = "(undoes_id)" if undoes is not None else "(by_id, once) WHERE once > ''"
    made = sql.value(
        f"""INSERT INTO workflows_batch
                (practice_id, by_id, at, deed, said, once, selected, changed, repeated, refused, undoes_id)
            VALUES (%s, %s, %s, %s, %s, %s, %s, 0, 0, '[]', %s) ON CONFLICT {conflict} DO NOTHING RETURNING id""",
        (by.practice_id, by.member.id, at, deed, sql.as_json(said), once, selected, undoes),
    )
    if made is not None:
        return int(made), True
    if undoes is not None:
        return int(sql.value("SELECT id FROM workflows_batch WHERE undoes_id = %s", (undoes,))), False
    same = "SELECT id FROM workflows_batch WHERE by_id = %s AND once = %s AND once > ''"
    return int(sql.value(same, (by.member.id, once))), False


def finish(batch_id: int, tally: Tally, *, at: datetime) -> None:
    """Keeps what came of a batch."""
    refused = [{name: getattr(one, name) for name in Refused.__dataclass_fields__} for one in tally.refused]
    sql.execute(
        "UPDATE workflows_batch SET changed = %s, repeated = %s, refused = %s, finished_at = %s WHERE id = %s",
        (tally.changed, tally.repeated, sql.as_json(refused), at, batch_id),
    )


def outcome(tally: Tally, *, selected: int, batch_id: int | None = None) -> Outcome:
    """The tally as an answer. What a batch did is read from its events; only a preview names what would change."""
    lines = tuple(tally.lines) if batch_id is None else ()
    return Outcome(selected, tally.changed, tally.repeated, tuple(tally.refused), batch_id, lines=lines)


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch as it is kept. `undoes` is what it took back, `undone_by` what took it back, if anything."""

    id: int
    by_id: int
    by: str
    at: datetime
    deed: str
    said: Mapping[str, Any]
    outcome: Outcome
    undoes: int | None
    undone_by: int | None


def read(*, practice_id: int, batch_id: int, lock: bool = False) -> Kept:
    """A batch of the practice. Raises NotFound."""
    row = sql.row(
        f"""SELECT b.id, b.by_id, m.name, b.at, b.deed, b.said, b.selected, b.changed, b.repeated, b.refused,
                   b.finished_at, b.undoes_id, (SELECT u.id FROM workflows_batch u WHERE u.undoes_id = b.id)
            FROM workflows_batch b JOIN practices_member m ON m.id = b.by_id
            WHERE b.id = %s AND b.practice_id = %s {sql.for_update("b") if lock else ""}""",
        (batch_id, practice_id),
    )
    if row is None:
        raise NotFound("There is no such bulk change in this practice.")
    id_, by_id, by, at, deed, said, selected, changed, repeated, refused, finished_at, undoes, undone_by = row
    lines: Any = sql.from_json(refused)
    moment: Any = sql.moment(at)
    words: Any = sql.from_json(said)
    came = Outcome(selected, changed, repeated, tuple(Refused(**line) for line in lines), id_, finished_at is not None)
    return Kept(id_, by_id, by, moment, deed, words, came, undoes, undone_by)


def undoable(kept: Kept, *, by: SignedIn, at: datetime) -> None:
    """Refuses not-allowed, nothing-to-undo, too-late: whether the member may take the batch back now."""
    if not may(by.member.role, Deed.UNDO_OWN):
        raise Refusal(Code.NOT_ALLOWED, f"To undo takes {who_may(Deed.UNDO_OWN)}.")
    if kept.by_id != by.member.id:
        raise Refusal(Code.NOT_ALLOWED, f"Only {kept.by} takes back what {kept.by} did to many at once.")
    if kept.deed not in UNDOABLE:
        raise Refusal(Code.NOTHING_TO_UNDO, "This is not taken back as a whole.")
    if at - kept.at > WITHIN:
        raise Refusal(Code.TOO_LATE, "Ten minutes have passed since. Change it again instead.")
