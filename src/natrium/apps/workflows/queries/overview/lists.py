"""The overview as a list, by due date: of tasks, or of their open steps; and all ids that filters keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.batches import MOST
from natrium.apps.workflows.filtering import DUE, FAR, FROM, OPEN_STEP, STEP_DUE, Asking, Piece, where
from natrium.apps.workflows.filters import ME, NONE, Filters
from natrium.apps.workflows.overviews import StepLook, StepPageOf, TaskPageOf
from natrium.apps.workflows.panels import StepState, Who
from natrium.apps.workflows.queries.overview.looks import LOOK, LOOK_FROM, LOOK_WIDTH, asking, look
from natrium.apps.workflows.queries.panel import late_days

ROWS = 100


def tasks(*, by: SignedIn, at: datetime, filters: Filters, after: tuple[date, int] | None = None) -> TaskPageOf:
    """A page of the tasks that the filters keep, those due first at the top, those without a date last."""
    condition, params = where(filters, asking(by, at))
    place = f"AND ({DUE}, t.id) > (%s, %s)" if after else ""
    rows = sql.rows(
        f"SELECT {LOOK} {LOOK_FROM} WHERE {condition} {place} ORDER BY {LOOK_WIDTH}, 1 LIMIT %s",
        (*params, *(after or ()), ROWS + 1),
    )
    found = tuple(look(row, at.date()) for row in rows[:ROWS])
    return TaskPageOf(found, (found[-1].due_on or FAR, found[-1].id) if len(rows) > ROWS else None)


def steps(*, by: SignedIn, at: datetime, filters: Filters, after: tuple[date, int] | None = None) -> StepPageOf:
    """A page of the open steps of those tasks, by the steps' own due dates.

    Filters by person and by date are about the steps themselves, not about their tasks.
    """
    condition, params = _steps_where(filters, asking(by, at))
    place = f"AND ({STEP_DUE}, s.id) > (%s, %s)" if after else ""
    rows = sql.rows(
        f"""SELECT s.id, s.key, s.name, s.status, s.stale, s.ready, s.status_since, s.ready_since, s.assignee_id,
                   a.name, {STEP_DUE} AS due, s.estimate, s.workflow_id, t.id, t.title, t.client_id,
                   COALESCE(c.name, '')
            {FROM} JOIN workflows_step s ON s.task_id = t.id LEFT JOIN practices_member a ON a.id = s.assignee_id
            WHERE {condition} {place} ORDER BY 11, 1 LIMIT %s""",
        (*params, *(after or ()), ROWS + 1),
    )
    count = sql.value(f"SELECT COUNT(*) {FROM} JOIN workflows_step s ON s.task_id = t.id WHERE {condition}", params)
    found = tuple(_step(row, by, at) for row in rows[:ROWS])
    return StepPageOf(found, int(count), (found[-1].due_on or FAR, found[-1].id) if len(rows) > ROWS else None)


def chosen_tasks(*, by: SignedIn, at: datetime, filters: Filters) -> list[int]:
    """All tasks that the filters keep, in the order of the list; one more than can be changed at once at most."""
    condition, params = where(filters, asking(by, at))
    rows = sql.rows(f"SELECT t.id {FROM} WHERE {condition} ORDER BY {DUE}, t.id LIMIT {MOST + 1}", params)
    return [row[0] for row in rows]


def chosen_steps(*, by: SignedIn, at: datetime, filters: Filters) -> list[int]:
    """The same of open steps."""
    condition, params = _steps_where(filters, asking(by, at))
    rows = sql.rows(
        f"""SELECT s.id {FROM} JOIN workflows_step s ON s.task_id = t.id
            WHERE {condition} ORDER BY {STEP_DUE}, s.id LIMIT {MOST + 1}""",
        params,
    )
    return [row[0] for row in rows]


def _steps_where(filters: Filters, ask: Asking) -> Piece:
    condition, params = where(filters.without("person"), replace(ask, due=STEP_DUE))
    parts: list[str] = [condition, OPEN_STEP]
    values: list[object] = list(params)
    for one in filters.conditions:
        if one.field == "person":
            ids = sorted({0 if v == NONE else ask.member_id if v == ME else int(v) for v in one.values})
            part = sql.one_of("COALESCE(s.assignee_id, 0)", ids)
            parts.append(f"NOT ({part})" if one.negated else part)
            values.extend(sql.chosen(ids))
    return " AND ".join(parts), tuple(values)


def _step(row: Sequence[Any], by: SignedIn, at: datetime) -> StepLook:
    (
        id_, key, name, status, stale, ready, status_since, ready_since, assignee_id, assignee, due, estimate,
        workflow_id, task_id, task, client_id, client,
    ) = row  # fmt: skip
    day = sql.day(due)
    due_on = None if day == FAR else day
    state: StepState = "stale" if stale else "ready" if ready else "blocked" if status == "todo" else status
    since = sql.moment(ready_since if ready else status_since)
    return StepLook(
        id=id_,
        key=key,
        name=name,
        state=state,
        since=since.astimezone(by.zone) if since else None,
        assignee=Who(assignee_id, assignee) if assignee_id is not None else None,
        due_on=due_on,
        late_days=late_days(due_on, at.date()),
        estimate=estimate,
        workflow_id=workflow_id,
        task_id=task_id,
        task=task,
        client_id=client_id,
        client=client,
    )
