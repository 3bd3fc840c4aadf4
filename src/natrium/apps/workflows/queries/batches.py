"""Reading what was done to many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from natrium.apps.activity import queries as activity
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches
from natrium.apps.workflows.batches import Kept, Named
from natrium.domain.errors import Refusal

FIRST = 10


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A bulk operation with what can still be done about it. `so_far`: what changed by one that did not finish.

    `tasks` are the first of those it is about, of `task_count`; `template` is the one attached, or taken off again.
    """

    kept: Kept
    can_undo: bool
    so_far: int
    template: str
    tasks: tuple[Named, ...]
    task_count: int


def batch(*, by: SignedIn, batch_id: int) -> Kept:
    """A bulk operation of the practice, its moment in the practice's zone. Raises NotFound."""
    kept = batches.read(practice_id=by.practice_id, batch_id=batch_id)
    return replace(kept, at=kept.at.astimezone(by.zone))


def batch_page(*, by: SignedIn, at: datetime, batch_id: int) -> BatchPage:
    """The same, with whether this member may take it back now. Raises NotFound."""
    kept = batch(by=by, batch_id=batch_id)
    outcome = kept.outcome
    so_far = outcome.changed
    if not outcome.finished:
        so_far = activity.count_of_batch(batches.name_of(batch_id), steps=kept.deed.startswith("step-"))
    about = activity.subjects_of_batch(batches.name_of(batch_id))
    return BatchPage(
        kept, _can_undo(kept, by, at) and so_far > 0, so_far, _template(kept, by), _named(about[:FIRST], by), len(about)
    )


def _template(kept: Kept, by: SignedIn) -> str:
    """The name of the template that was attached, also by what an undo took back; "" where none was."""
    done = kept if kept.undoes is None else batches.read(practice_id=by.practice_id, batch_id=kept.undoes)
    found = sql.value(
        "SELECT name FROM workflows_template WHERE practice_id = %s AND id = %s",
        (by.practice_id, int(done.said.get("template", 0))),
    )
    return str(found or "")


def _named(task_ids: Sequence[int], by: SignedIn) -> tuple[Named, ...]:
    if not task_ids:
        return ()
    rows = sql.rows(
        f"""SELECT t.id, t.title, COALESCE(c.name, '')
            FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
            WHERE t.practice_id = %s AND {sql.one_of("t.id", task_ids)} ORDER BY t.id""",
        (by.practice_id, *sql.chosen(task_ids)),
    )
    return tuple(Named(*row) for row in rows)


def _can_undo(kept: Kept, by: SignedIn, at: datetime) -> bool:
    if kept.undone_by is not None:
        return False
    try:
        batches.undoable(kept, by=by, at=at)
    except Refusal:
        return False
    return True
