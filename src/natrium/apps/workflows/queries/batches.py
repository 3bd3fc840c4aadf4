"""Reading what was done to many at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from natrium.apps.activity import queries as activity
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches
from natrium.apps.workflows.batches import Kept
from natrium.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A bulk operation with what can still be done about it. `so_far`: what changed by one that did not finish."""

    kept: Kept
    can_undo: bool
    so_far: int


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
    return BatchPage(kept, _can_undo(kept, by, at) and so_far > 0, so_far)


def _can_undo(kept: Kept, by: SignedIn, at: datetime) -> bool:
    if kept.undone_by is not None:
        return False
    try:
        batches.undoable(kept, by=by, at=at)
    except Refusal:
        return False
    return True
