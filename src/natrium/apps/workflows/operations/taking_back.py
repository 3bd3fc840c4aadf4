"""Taking one's own last edit of a workflow back: it gets the shape it had."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from natrium.apps.activity import queries as activity
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import facts, snapshots
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.operations.editing import write
from natrium.apps.workflows.operations.work import BEGINNING, Acted
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.workflow.taking_back import BACK, PastEdit, take_back


def take_edit_back(*, by: SignedIn, at: datetime, workflow_id: int, seq: int) -> Acted:
    """Take the edit back that the task's record has under this number, within ten minutes.

    Raises NotFound, Refusal (domain/workflow/taking_back.py names the codes).
    """
    with transaction.atomic():
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        fill_guidance(loaded)
        history = _past_edits(loaded)
        change = take_back(loaded.workflow, seq, history, around=loaded.task.around, by=by.member, at=at)
        written = loaded.task.chain_count + 1
        write(loaded, change, by=by, at=at)
        return Acted(loaded.task.id, loaded.rev, (), tuple(event.verb for event in change.events), written)


def _past_edits(loaded: Loaded) -> list[PastEdit]:
    """The workflow's edits, oldest first, with the facts they changed in the model's values."""
    rows = activity.of_workflow_since(task_id=loaded.task.id, workflow_id=loaded.id, since=BEGINNING)
    return [past_edit(row) for row in rows if row.verb in BACK]


def past_edit(row: activity.Entry) -> PastEdit:
    """An edit of the record as taking it back reads it."""
    return PastEdit(
        seq=row.seq,
        verb=row.verb,
        key=row.step_key,
        name=row.name,
        by=row.member_id,
        at=row.at,
        changes={
            name: (facts.fact(name, old), facts.fact(name, new))
            for name, (old, new) in row.data.get("changes", {}).items()
        },
        data=row.data,
    )
