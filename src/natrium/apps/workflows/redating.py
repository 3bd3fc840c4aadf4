"""Due dates of steps following a date of the task that they count from (scenario S10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import saving, snapshots
from natrium.apps.workflows.duedates import due_on
from natrium.domain.workflow.actions import Change, Event
from natrium.domain.workflow.turn import differences, put


def redate(*, task_id: int, by: SignedIn, at: datetime, batch: str = "") -> int:
    """Moves the due dates of open steps that nobody dated by hand; returns how many moved.

    In the transaction that moved the task's date.
    """
    count = 0
    rows = sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s ORDER BY id", (task_id,))
    for (workflow_id,) in rows:
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        moved, events = {}, []
        for step in loaded.workflow.steps:
            if step.settled or step.due_by_hand or step.due is None or step.due.rule:
                continue
            after = replace(step, due_on=due_on(loaded, step.due, by=by))
            if after.due_on != step.due_on:
                moved[step.key] = after
                why = {"because": f"the task's {step.due.from_.value} date moved"}
                events.append(Event("step.redated", step.key, step.name, differences(step, after), why))
        count += len(moved)
        if moved:
            saving.save(loaded, Change(put(loaded.workflow, moved), tuple(events)), by=by, at=at, batch=batch)
    return count
