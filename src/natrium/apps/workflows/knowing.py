"""What rules of law may know of tasks: the client as it was for the period, the period, and the task's dates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from natrium.apps.clients.queries import History, histories_of
from natrium.apps.database import sql
from natrium.domain.deadlines.known import Known

INTERNAL = Known(kind="", name="")


def known_of_tasks(*, practice_id: int, task_ids: Sequence[int]) -> dict[int, Known]:
    """What is known of the practice's tasks among these: two statements, however many there are."""
    rows = sql.rows(
        f"""SELECT id, client_id, period_start, period_end, target_date, statutory_date, other_dates FROM tasks_task
            WHERE practice_id = %s AND {sql.one_of("id", task_ids)}""",
        (practice_id, *sql.chosen(task_ids)),
    )
    whose = sorted({row[1] for row in rows if row[1] is not None})
    histories = histories_of(practice_id=practice_id, client_ids=whose)
    return {id_: known_of(histories.get(client_id), *dates) for id_, client_id, *dates in rows}


def known_of(client: History | None, start: Any, end: Any, target: Any, statutory: Any, others: str) -> Known:  # noqa: ANN401 - columns of a task
    """What is known of a task, from its columns. Without a client: an internal one.

    Facts are those that held at the period's end; without a period, on the day that the task is due.
    """
    period_end, due = sql.day(end), sql.day(statutory)
    known = client.at(period_end or due or sql.day(target) or date.max) if client else INTERNAL
    return replace(
        known,
        period_start=sql.day(start),
        period_end=period_end,
        statutory=due,
        dates={one["name"]: date.fromisoformat(one["date"]) for one in json.loads(others)},
    )
