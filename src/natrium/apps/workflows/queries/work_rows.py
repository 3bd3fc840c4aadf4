"""Rows of work lists: reading them from strands, and what lately opened them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from natrium.apps.database import sql
from natrium.apps.workflows.filtering import STEP_DAY
from natrium.apps.workflows.panels import StepState, Who
from natrium.apps.workflows.queries.panel import Seen, late_days
from natrium.apps.workflows.queries.strands import BEGINNING, Cursor, Strand, Whose, select
from natrium.apps.workflows.worklists import SECTIONS, Opened, WorkRow

KEPT = 4096
COLUMNS = f"""s.id, s.key, s.name, s.status, s.stale, s.ready, s.workflow_id, s.task_id, t.title,
    c.name, s.waiting_on, s.waiting_whom, s.status_since, s.ready_since, s.waiting_since, {STEP_DAY}, s.estimate,
    t.steps_done, t.steps_total - t.steps_skipped, t.workflows_count, a.id, a.name, h.name, s.filing, s.approval"""
JOINS = """JOIN tasks_task t ON t.id = s.task_id
    LEFT JOIN clients_client c ON c.id = t.client_id LEFT JOIN practices_member a ON a.id = s.assignee_id
    LEFT JOIN practices_member h ON h.id = s.holds_up_id"""


def fetch(
    parts: Sequence[tuple[Sequence[Strand], int]], whose: Whose, *, after: Cursor = BEGINNING
) -> list[tuple[Any, ...]]:
    """The first rows of each part (some strands, and how many rows of them all), in one statement.

    A row: the number of its section, its place and key there, and COLUMNS.
    """
    selects, params = list[str](), list[object]()
    for of_part, limit in parts:
        each: list[str] = []
        for strand in of_part:
            text, given = select(strand, whose, number=SECTIONS.index(strand.section), limit=limit, after=after)
            each.append(f"SELECT * FROM ({text}) AS x")
            params += given
        inner = " UNION ALL ".join(each)
        selects.append(f"SELECT * FROM (SELECT * FROM ({inner}) AS y ORDER BY n, place, k, id LIMIT {limit}) AS z")
    return sql.rows(
        f"""SELECT k.n, k.place, k.k, {COLUMNS} FROM ({" UNION ALL ".join(selects)}) AS k
            JOIN workflows_step s ON s.id = k.id {JOINS} ORDER BY k.n, k.place, k.k, k.id""",
        params,
    )


def row_of(row: tuple[Any, ...], seen: Seen) -> WorkRow:
    """A row from COLUMNS."""
    return _row(row, seen.zone, seen.today)


@lru_cache(maxsize=KEPT)
def _row(row: tuple[Any, ...], zone: ZoneInfo, today: date) -> WorkRow:
    """A row from COLUMNS alone: the same columns on the same day are the same row."""
    (
        id_, key, name, status, stale, ready, workflow_id, task_id, task, client, waiting_on, waiting_whom,
        status_since, ready_since, waiting_since, due, estimate, done, counted_, workflows, holder_id, holder,
        holds_up, filing, approval,
    ) = row  # fmt: skip
    state: StepState = "ready" if ready else "stale" if stale else "blocked" if status == "todo" else status
    due_on, waits = sql.day(due), _local(waiting_since, zone)
    return WorkRow(
        step_id=id_,
        step_key=key,
        step=name,
        state=state,
        workflow_id=workflow_id,
        task_id=task_id,
        task=task,
        client=client or "",
        holder=Who(holder_id, holder) if holder_id is not None else None,
        waiting_on=waiting_on,
        waiting_whom=waiting_whom,
        since=waits or _local(ready_since if ready else status_since, zone),
        due_on=due_on,
        late_days=late_days(due_on, today),
        quiet_days=(today - waits.date()).days if waits else 0,
        estimate=estimate,
        done=done if workflows else 0,
        counted=counted_ if workflows else 0,
        holds_up=holds_up or "",
        opened=None,
        asks="filing" if filing else "approval" if approval else "",
    )


def _local(value: datetime | str | None, zone: ZoneInfo) -> datetime | None:
    at = sql.moment(value)
    return at.astimezone(zone) if at is not None else None


def newly_opened(rows: Sequence[WorkRow], seen: Seen) -> dict[int, WorkRow]:
    """The ready rows that somebody else's settling opened today or on the working day before, with what it was.

    What was settled at the very moment in which a step became ready is what opened it.
    """
    start = datetime.combine(_working_day_before(seen.today), time(), seen.zone)
    fresh = [row for row in rows if row.state == "ready" and row.workflow_id and row.since and row.since >= start]
    if not fresh:
        return {}
    workflows = sorted({row.workflow_id for row in fresh if row.workflow_id})
    settled: dict[tuple[int | None, datetime | None], Opened] = {}
    for workflow, step, by, name, text in sql.rows(
        f"""SELECT s.workflow_id, s.name, m.id, m.name, COALESCE(s.completed_at, s.skipped_at)
            FROM workflows_step s JOIN practices_member m ON m.id = COALESCE(s.completed_by_id, s.skipped_by_id)
            WHERE {sql.one_of("s.workflow_id", workflows)}
            AND COALESCE(s.completed_at, s.skipped_at) >= %s ORDER BY s.position""",
        (*sql.chosen(workflows), start),
    ):
        at = seen.local(sql.moment(text))
        if at is not None and by != seen.member.id:
            settled[workflow, at] = Opened(step, Who(by, name), at)
    causes = {row.step_id: settled.get((row.workflow_id, row.since)) for row in fresh}
    return {row.step_id: replace(row, opened=cause) for row in fresh if (cause := causes[row.step_id]) is not None}


def _working_day_before(today: date) -> date:
    """The weekday before a day: Friday for a Monday."""
    day = today - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
