"""What a member delegated: the steps that others hold in the tasks they own, and in those of clients they look after.

One statement, whatever there is, with the figures of each person and their first rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.queries.panel import Seen
from natrium.apps.workflows.queries.strands import Whose
from natrium.apps.workflows.queries.work_rows import COLUMNS, JOINS, row_of
from natrium.apps.workflows.worklists import Delegated, Holder

ROWS = 5
ALL = 200
WIDTH = 5
OPEN_TASK = "t.status NOT IN ('done', 'cancelled')"
MINE = f"""SELECT t.id FROM tasks_task t WHERE t.owner_id = %s AND t.practice_id = %s AND {OPEN_TASK} AND t.hold = ''
    UNION SELECT t.id FROM clients_client c JOIN tasks_task t ON t.client_id = c.id
    WHERE c.practice_id = %s AND (c.manager_id = %s OR c.partner_id = %s) AND {OPEN_TASK} AND t.hold = ''"""
# What can move or waits; what is blocked is nobody's turn yet.
MOVES = """NOT s.retired AND (s.ready OR (s.status IN ('in_progress', 'waiting') AND s.assignee_id IS NOT NULL))
    AND (s.assignee_id IS NULL OR s.assignee_id <> %s)"""
FIRST = "CASE WHEN s.due IS NULL THEN 1 ELSE 0 END, s.due, s.id"


def delegated(*, by: SignedIn, at: datetime, keep: str = "", holder: int | None = None) -> Delegated:
    """By person, who is latest first, nobody's last. `keep` narrows it as in my work.

    `holder` gives that person's alone, all of it (0: what nobody has).
    """
    today = at.date()
    whose = Whose(by.practice_id, by.member.id, by.member.role, today, today, keep.replace("\0", "").strip()[:100])
    kept, narrowing = whose.kept
    only, of_one = ("", ()) if holder is None else (" AND COALESCE(s.assignee_id, 0) = %s", (holder,))
    me = by.member.id
    rows = sql.rows(
        f"""WITH mine AS ({MINE}), open AS (
                SELECT s.id, COALESCE(s.assignee_id, 0) AS who,
                    ROW_NUMBER() OVER (PARTITION BY s.assignee_id ORDER BY {FIRST}) AS place,
                    COUNT(*) OVER (PARTITION BY s.assignee_id) AS n,
                    COUNT(CASE WHEN s.due < %s AND s.status <> 'waiting' THEN 1 END)
                        OVER (PARTITION BY s.assignee_id) AS late,
                    COUNT(CASE WHEN s.status = 'waiting' THEN 1 END) OVER (PARTITION BY s.assignee_id) AS waits
                FROM mine JOIN workflows_step s ON s.task_id = mine.id
                JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id
                WHERE {MOVES}{kept}{only}
            )
            SELECT k.who, k.n, k.late, k.waits, k.place, {COLUMNS}
            FROM open k JOIN workflows_step s ON s.id = k.id {JOINS}
            WHERE k.place <= %s ORDER BY k.who, k.place""",
        (me, by.practice_id, by.practice_id, me, me, today, me, *narrowing, *of_one, ROWS if holder is None else ALL),
    )
    seen = Seen(by.member, by.zone, today, by.weighted)
    holders = [_holder(list(group), seen) for _, group in groupby(rows, key=lambda row: row[0])]
    holders.sort(key=lambda one: (one.who is None, -one.late, one.who.name if one.who else ""))
    return Delegated(
        today=today,
        count=sum(one.count for one in holders),
        late=sum(one.late for one in holders),
        waiting=sum(one.waiting for one in holders),
        keep=whose.keep,
        holders=tuple(holders),
    )


def _holder(group: Sequence[tuple[Any, ...]], seen: Seen) -> Holder:
    rows = tuple(row_of(row[WIDTH:], seen) for row in group)
    _, count, late, waiting, _ = group[0][:WIDTH]
    return Holder(rows[0].holder, count, late, waiting, rows)
