"""What a member delegated: the steps that others hold in the tasks they own, and in those of clients they look after.

Two statements, whatever there is: how many tasks those are, up to a bound, and the figures of each person with their
first rows. Who looks after more than FEW tasks sees what is delegated of the first of them by target date, so that the
page costs the same however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import STEP_DAY, STEP_DUE
from natrium.apps.workflows.queries.panel import Seen
from natrium.apps.workflows.queries.strands import Whose
from natrium.apps.workflows.queries.work_rows import COLUMNS, JOINS, row_of
from natrium.apps.workflows.worklists import Delegated, Holder

ROWS = 5
ALL = 200
WIDTH = 5
FEW = 1_000
FIRST_TASKS = 500
OPEN_TASK = "t.status NOT IN ('done', 'cancelled')"
# How many tasks they are at most: those of clients are counted with what is closed.
MANY = """SELECT COUNT(*) FROM (
    SELECT 1 FROM (SELECT t.id FROM tasks_task t WHERE t.owner_id = %s AND {open} LIMIT {few}) AS o
    UNION ALL SELECT 1 FROM (SELECT t.id FROM clients_client c JOIN tasks_task t ON t.client_id = c.id
        WHERE c.practice_id = %s AND (c.manager_id = %s OR c.partner_id = %s) LIMIT {few}) AS k) AS n"""
MINE = f"""SELECT t.id FROM tasks_task t WHERE t.owner_id = %s AND t.practice_id = %s AND {OPEN_TASK} AND t.hold = ''
    UNION SELECT t.id FROM clients_client c JOIN tasks_task t ON t.client_id = c.id
    WHERE c.practice_id = %s AND (c.manager_id = %s OR c.partner_id = %s) AND {OPEN_TASK} AND t.hold = ''"""
# In the order of the index of open tasks, so that it stops where it has enough.
LOOKED_AFTER = f"""SELECT t.id FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
    WHERE t.practice_id = %s AND {OPEN_TASK} AND t.hold = ''
    AND (t.owner_id = %s OR c.manager_id = %s OR c.partner_id = %s)"""
DATED = f"{LOOKED_AFTER} AND t.target_date IS NOT NULL ORDER BY t.target_date, t.id LIMIT {{most}}"
UNDATED = f"{LOOKED_AFTER} AND t.target_date IS NULL ORDER BY t.id LIMIT {{most}}"
# What can move or waits; what is blocked is nobody's turn yet.
MOVES = """NOT s.retired AND (s.ready OR (s.status IN ('in_progress', 'waiting') AND s.assignee_id IS NOT NULL))
    AND (s.assignee_id IS NULL OR s.assignee_id <> %s)"""
FIRST = f"{STEP_DUE}, s.id"
STEPS = """FROM mine JOIN workflows_step s ON s.task_id = mine.id
    JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id"""


def delegated(*, by: SignedIn, at: datetime, keep: str = "", holder: int | None = None) -> Delegated:
    """By person, who is latest first, nobody's last. `keep` narrows it as in my work.

    `holder` gives that person's alone, all of it (0: what nobody has).
    """
    today = at.date()
    whose = Whose(by.practice_id, by.member.id, by.member.role, today, today, keep.replace("\0", "").strip()[:100])
    mine, params, first = _mine(by)
    where, values = _where(whose, holder)
    rows = sql.rows(
        f"""WITH mine AS ({mine}), open AS (
                SELECT s.id, COALESCE(s.assignee_id, 0) AS who,
                    ROW_NUMBER() OVER (PARTITION BY s.assignee_id ORDER BY {FIRST}) AS place,
                    COUNT(*) OVER (PARTITION BY s.assignee_id) AS n,
                    COUNT(CASE WHEN {STEP_DAY} < %s AND s.status <> 'waiting' THEN 1 END)
                        OVER (PARTITION BY s.assignee_id) AS late,
                    COUNT(CASE WHEN s.status = 'waiting' THEN 1 END) OVER (PARTITION BY s.assignee_id) AS waits
                {STEPS} WHERE {where}
            )
            SELECT k.who, k.n, k.late, k.waits, k.place, {COLUMNS}
            FROM open k JOIN workflows_step s ON s.id = k.id {JOINS}
            WHERE k.place <= %s ORDER BY k.who, k.place""",
        (*params, today, *values, ROWS if holder is None else ALL),
    )
    seen = Seen(by.member, by.zone, today, by.weighted)
    holders = [_holder(list(group), seen) for _, group in groupby(rows, key=lambda row: row[0])]
    holders.sort(key=lambda one: (one.who is None, -one.late, one.who.name if one.who else ""))
    return Delegated(
        today=today,
        count=sum(one.count for one in holders),
        late=sum(one.late for one in holders),
        waiting=sum(one.waiting for one in holders),
        first_tasks=first,
        keep=whose.keep,
        holders=tuple(holders),
    )


def delegated_ids(*, by: SignedIn, at: datetime, keep: str, holder: int, most: int) -> list[int]:
    """The steps that one person has of what was delegated (0: that nobody has), up to so many, in their order."""
    whose = Whose(by.practice_id, by.member.id, by.member.role, at.date(), at.date(), keep.strip()[:100])
    mine, params, _ = _mine(by)
    where, values = _where(whose, holder)
    statement = f"WITH mine AS ({mine}) SELECT s.id {STEPS} WHERE {where} ORDER BY {FIRST} LIMIT %s"
    return [row[0] for row in sql.rows(statement, (*params, *values, most))]


def _mine(by: SignedIn) -> tuple[str, tuple[object, ...], int]:
    """The tasks whose steps are delegated: a statement, its parameters, and how many at most (0: all there are)."""
    me, practice = by.member.id, by.practice_id
    many = sql.value(MANY.format(open=OPEN_TASK, few=FEW + 1), (me, practice, me, me))
    if many <= FEW:
        return MINE, (me, practice, practice, me, me), 0
    dated, undated = DATED.format(most=FIRST_TASKS), UNDATED.format(most=FIRST_TASKS)
    both = f"SELECT id FROM ({dated}) AS d UNION ALL SELECT id FROM ({undated}) AS u LIMIT {FIRST_TASKS}"
    return both, (practice, me, me, me) * 2, FIRST_TASKS


def _where(whose: Whose, holder: int | None) -> tuple[str, tuple[object, ...]]:
    kept, narrowing = whose.kept
    if holder is None:
        return f"{MOVES}{kept}", (whose.member_id, *narrowing)
    return f"{MOVES}{kept} AND COALESCE(s.assignee_id, 0) = %s", (whose.member_id, *narrowing, holder)


def _holder(group: Sequence[tuple[Any, ...]], seen: Seen) -> Holder:
    rows = tuple(row_of(row[WIDTH:], seen) for row in group)
    _, count, late, waiting, _ = group[0][:WIDTH]
    return Holder(rows[0].holder, count, late, waiting, rows)
