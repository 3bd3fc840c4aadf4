"""What each member has to do this week, against the hours they work; and what is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import CLOSED, DUE, STEP_DUE
from natrium.apps.workflows.overviews import Load, TaskLook
from natrium.apps.workflows.panels import Who
from natrium.apps.workflows.queries.overview.looks import LOOK, LOOK_FROM, look
from natrium.domain.roles import Role

HOURS = 37.5
LATE = 5


def friday(today: date, weeks: int) -> date:
    """The Friday of this week (1) or of the next (2); at a weekend the week to come is this week."""
    return today + timedelta(days=(4 - today.weekday()) % 7 + 7 * (weeks - 1))


def workload(*, by: SignedIn, at: datetime, weeks: int = 1) -> tuple[Load, ...]:
    """Everybody who can hold a step, with the estimates left on their open steps due by a Friday, late ones included.

    A step without a date of its own is due with its task.
    """
    today = at.date()
    rows = sql.rows(
        f"""SELECT m.id, m.name, m.weekly_hours, COALESCE(w.minutes, 0), COALESCE(w.bare, 0), COALESCE(w.late, 0)
            FROM practices_member m LEFT JOIN (
                SELECT s.assignee_id, SUM(s.estimate) AS minutes,
                       COUNT(CASE WHEN s.estimate IS NULL THEN 1 END) AS bare,
                       COUNT(CASE WHEN {STEP_DUE} < %s THEN 1 END) AS late
                FROM tasks_task t JOIN workflows_step s ON s.task_id = t.id
                WHERE t.practice_id = %s AND NOT ({CLOSED}) AND t.hold = '' AND NOT s.retired
                  AND s.status IN ('todo', 'in_progress', 'waiting') AND {STEP_DUE} <= %s
                GROUP BY s.assignee_id
            ) w ON w.assignee_id = m.id
            WHERE m.practice_id = %s AND m.active AND m.role >= {int(Role.STAFF)} ORDER BY m.name, m.id""",
        (today, by.practice_id, friday(today, weeks), by.practice_id),
    )
    return tuple(
        Load(Who(id_, name), int(minutes), weeks * float(HOURS if hours is None else hours), bare, late)
        for id_, name, hours, minutes, bare, late in rows
    )


def late_tasks(*, by: SignedIn, at: datetime) -> tuple[TaskLook, ...]:
    """The tasks that are late by most."""
    today = at.date()
    rows = sql.rows(
        f"""SELECT {LOOK} {LOOK_FROM} WHERE t.practice_id = %s AND NOT ({CLOSED}) AND t.hold = '' AND {DUE} < %s
            ORDER BY {DUE}, t.id LIMIT {LATE}""",
        (by.practice_id, today),
    )
    return tuple(look(row, today) for row in rows)
