"""My work: what is assigned to a member and can move, what waits, and what is there for the taking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.panels import MyWork, StepState, WorkRow, WorkSection
from natrium.apps.workflows.queries.panel import Seen, late_days
from natrium.domain.roles import Role

ROWS = 50
FAR = date(9999, 12, 31)
COLUMNS = """s.id, s.key, s.name, s.status, s.ready, s.workflow_id, s.task_id, t.title, c.name, s.waiting_on,
    s.waiting_whom, s.status_since, s.ready_since, s.due, s.estimate, t.steps_done, t.steps_total - t.steps_skipped,
    t.workflows_count"""
FROM = "FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id"
# The conditions are those of the partial indexes, word for word, so that they are used.
READY_SQL = f"""
    SELECT {COLUMNS} {FROM} WHERE s.assignee_id = %s AND s.ready AND s.due IS NOT NULL
    AND (s.due, s.id) > (%s, %s) ORDER BY s.due, s.id LIMIT %s"""
READY_UNDATED_SQL = f"""
    SELECT {COLUMNS} {FROM} WHERE s.assignee_id = %s AND s.ready AND s.due IS NULL
    AND s.id > %s ORDER BY s.id LIMIT %s"""
OPEN_SQL = f"""
    SELECT {COLUMNS} {FROM} WHERE s.assignee_id = %s AND s.status IN ('in_progress', 'waiting') AND NOT s.retired
    AND t.hold = '' ORDER BY s.due, s.id LIMIT %s"""
GRABS_SQL = f"""
    SELECT {COLUMNS} {FROM} WHERE s.practice_id = %s AND s.ready AND s.assignee_id IS NULL
    AND (s.assign_rule NOT IN ('client_manager', 'client_partner') OR %s >= CASE s.assign_rule
         WHEN 'client_manager' THEN {int(Role.MANAGER)} ELSE {int(Role.PARTNER)} END)
    ORDER BY s.due, s.id LIMIT %s"""
COUNTS_SQL = """
    SELECT COUNT(*), COUNT(CASE WHEN due < %s THEN 1 END), COUNT(CASE WHEN due <= %s THEN 1 END),
           COUNT(CASE WHEN due > %s AND due <= %s THEN 1 END),
           SUM(CASE WHEN due <= %s THEN estimate END), SUM(CASE WHEN due > %s AND due <= %s THEN estimate END),
           SUM(CASE WHEN due IS NULL OR due > %s THEN estimate END)
    FROM workflows_step WHERE assignee_id = %s AND ready"""
GRABS_COUNT_SQL = f"""
    SELECT COUNT(*), SUM(estimate) FROM workflows_step WHERE practice_id = %s AND ready AND assignee_id IS NULL
    AND (assign_rule NOT IN ('client_manager', 'client_partner') OR %s >= CASE assign_rule
         WHEN 'client_manager' THEN {int(Role.MANAGER)} ELSE {int(Role.PARTNER)} END)"""
READY_COUNT_SQL = "SELECT COUNT(*) FROM workflows_step WHERE assignee_id = %s AND ready"


def ready_count(by: SignedIn) -> int:
    """How many steps are ready for the member: the number beside My work."""
    return int(sql.value(READY_COUNT_SQL, (by.member.id,)))


def my_work(*, by: SignedIn, at: datetime, cursor: str = "") -> MyWork:
    """A member's work on the day of `at` (aware, in the practice's zone); `cursor` continues the ready steps.

    Today: in progress, or ready and due by today. This week: due by Sunday. Later: the rest, undated last.
    A cursor that makes no sense starts from the beginning.
    """
    today = at.date()
    sunday = today + timedelta(days=6 - today.weekday())
    seen = Seen(by.member, by.zone, today, by.weighted)
    ready, following = _ready(by, cursor)
    first = not cursor
    opened = sql.rows(OPEN_SQL, (by.member.id, 4 * ROWS)) if first else []
    [counted] = sql.rows(COUNTS_SQL, (today, today, today, sunday, today, today, sunday, sunday, by.member.id))
    total, late, due_today, due_week, minutes_today, minutes_week, minutes_later = counted
    rows = [_row(row, seen) for row in ready]
    working = [_row(row, seen) for row in opened]
    doing = [row for row in working if row.state == "in_progress"]
    waiting = [row for row in working if row.state == "waiting"]
    today_rows = [row for row in rows if row.due_on is not None and row.due_on <= today]
    week_rows = [row for row in rows if row.due_on is not None and today < row.due_on <= sunday]
    later_rows = [row for row in rows if row.due_on is None or row.due_on > sunday]
    minutes = int(minutes_today or 0) + sum(row.estimate or 0 for row in doing)
    sections = [
        WorkSection("today", "Today", due_today + len(doing), minutes, (*doing, *today_rows)),
        WorkSection("week", "This week", due_week, int(minutes_week or 0), tuple(week_rows)),
        WorkSection("later", "Later", total - due_today - due_week, int(minutes_later or 0), tuple(later_rows)),
    ]
    if first:
        sections += [WorkSection("waiting", "Waiting", len(waiting), 0, tuple(waiting)), _grabs(by, seen)]
    late += sum(row.late_days > 0 for row in doing)
    return MyWork(today, total, late, tuple(section for section in sections if section.rows), following)


def _ready(by: SignedIn, cursor: str) -> tuple[Sequence[Sequence[Any]], str]:
    """A page of ready steps by due date, undated ones last; and the cursor after it."""
    after_due, after_id = _parse(cursor)
    found: list[Sequence[Any]] = []
    if after_due is not None:
        found += sql.rows(READY_SQL, (by.member.id, after_due, after_id, ROWS + 1))
        after_id = 0
    if len(found) <= ROWS:
        found += sql.rows(READY_UNDATED_SQL, (by.member.id, after_id, ROWS + 1 - len(found)))
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1]
    due = sql.day(last[13])
    return found[:ROWS], f"{due.isoformat() if due else 'none'}.{last[0]}"


def _parse(cursor: str) -> tuple[date | None, int]:
    due, _, number = cursor.partition(".")
    try:
        return (None if due == "none" else date.fromisoformat(due)), min(int(number), 2**62)
    except ValueError:
        return date.min, 0


def _grabs(by: SignedIn, seen: Seen) -> WorkSection:
    if by.member.role < Role.STAFF:
        return WorkSection("grabs", "Up for grabs", 0, 0, ())
    role = int(by.member.role)
    rows = tuple(_row(row, seen) for row in sql.rows(GRABS_SQL, (by.practice_id, role, 10)))
    count, minutes = (len(rows), None)
    if len(rows) == 10:
        count, minutes = sql.row(GRABS_COUNT_SQL, (by.practice_id, role)) or (0, 0)
    else:
        minutes = sum(row.estimate or 0 for row in rows)
    return WorkSection("grabs", "Up for grabs", count, int(minutes or 0), rows)


def _row(row: Sequence[Any], seen: Seen) -> WorkRow:
    (
        id_, key, name, status, ready, workflow_id, task_id, task, client, waiting_on, waiting_whom, status_since,
        ready_since, due, estimate, done, counted, workflows,
    ) = row  # fmt: skip
    state: StepState = "ready" if ready else status
    due_on = sql.day(due)
    return WorkRow(
        step_id=id_,
        step_key=key,
        step=name,
        state=state,
        workflow_id=workflow_id,
        task_id=task_id,
        task=task,
        client=client or "",
        waiting_on=waiting_on,
        waiting_whom=waiting_whom,
        since=seen.local(sql.moment(ready_since if ready else status_since)),
        due_on=due_on,
        late_days=late_days(due_on, seen.today),
        estimate=estimate,
        done=done if workflows else 0,
        counted=counted if workflows else 0,
    )
