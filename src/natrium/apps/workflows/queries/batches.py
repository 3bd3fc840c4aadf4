"""Reading what was done to many at once."""

from __future__ import annotations

from dataclasses import replace

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches
from natrium.apps.workflows.batches import Kept


def batch(*, by: SignedIn, batch_id: int) -> Kept:
    """A bulk operation of the practice, its moment in the practice's zone. Raises NotFound."""
    kept = batches.read(practice_id=by.practice_id, batch_id=batch_id)
    return replace(kept, at=kept.at.astimezone(by.zone))
