"""Due dates of steps following what they count from: a date of the task (scenario S10), its period, its client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import knowing, saving, snapshots
from natrium.apps.workflows.duedates import Dates
from natrium.domain.deadlines.known import Known
from natrium.domain.workflow.actions import Change, Event
from natrium.domain.workflow.model import Step
from natrium.domain.workflow.turn import differences, put

NOTHING: Mapping[int, Known] = {}


def redate(*, task_id: int, by: SignedIn, at: datetime, because: str, batch: str = "") -> int:
    """Moves the due dates of open steps that nobody dated by hand; returns how many moved.

    In the transaction that changed the task. `because` says what of it, for steps that go by a rule of law.
    """
    rows = sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s ORDER BY id", (task_id,))
    return sum(_redate(workflow_id, NOTHING, by=by, at=at, because=because, batch=batch) for (workflow_id,) in rows)


def redate_client(*, client_id: int, by: SignedIn, at: datetime, because: str, batch: str = "") -> int:
    """Moves the due dates of the client's open steps that go by a rule of law; returns how many moved.

    In the transaction that changed the client, whose row is locked. `because` says what of it.
    """
    rows = sql.rows(
        """SELECT DISTINCT s.workflow_id, s.task_id FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id
           WHERE t.practice_id = %s AND t.client_id = %s AND s.due_rule <> '' AND NOT s.due_by_hand
             AND s.workflow_id IS NOT NULL AND (s.status NOT IN ('done', 'skipped') OR s.stale)
           ORDER BY s.workflow_id""",
        (by.practice_id, client_id),
    )
    if not rows:
        return 0
    tasks = sorted({task_id for _, task_id in rows})
    if sql.is_postgresql():
        which = sql.one_of("id", tasks)
        sql.rows(f"SELECT id FROM tasks_task WHERE {which} ORDER BY id {sql.for_update()}", sql.chosen(tasks))
    known = knowing.known_of_tasks(practice_id=by.practice_id, task_ids=tasks)
    return sum(_redate(workflow_id, known, by=by, at=at, because=because, batch=batch) for workflow_id, _ in rows)


def _redate(
    workflow_id: int, known: Mapping[int, Known], *, by: SignedIn, at: datetime, because: str, batch: str
) -> int:
    loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
    dates = Dates(loaded, by, known.get(loaded.task.id))
    moved, events = {}, []
    for step in loaded.workflow.steps:
        if step.settled or step.due_by_hand or step.due is None:
            continue
        falls = dates.of(step.due, version=step.due_version)
        after = replace(step, due_on=falls.on, due_version=falls.version or step.due_version)
        if after.due_on != step.due_on:
            moved[step.key] = after
            events.append(
                Event("step.redated", step.key, step.name, differences(step, after), _why(step, because, falls.why))
            )
    if moved:
        saving.save(loaded, Change(put(loaded.workflow, moved), tuple(events)), by=by, at=at, batch=batch)
    return len(moved)


def _why(step: Step, because: str, why: str) -> dict[str, object]:
    """What the record keeps of the reason: what changed, and of a rule of law how the date was found."""
    if step.due is not None and step.due.rule:
        return {"because": because, "rule": step.due.rule, "why": why}
    return {"because": f"the task's {step.due.from_.value} date moved" if step.due else because}
