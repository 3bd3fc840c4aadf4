"""What became of each period, and which series are in trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork
from natrium.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One period of a recurring task, decided. `state` is created or skipped; `task_status` "" without a task."""

    id: int
    recurring_id: int
    period_key: str
    period_start: date
    period_end: date
    part: int
    state: str
    reason: str
    task_id: int | None
    title: str
    task_status: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """A series that fails (`failing_since`) or waits for a fact (`waiting_since`), with the words for it."""

    practice_id: int
    engagement_id: int
    recurring_id: int
    client_id: int
    client: str
    service_id: int
    service: str
    failing_since: datetime | None
    error: str
    attempts: int
    waiting_since: datetime | None
    waiting: str


def ledger_of(by: AtWork, engagement_id: int, *, most: int = 200) -> tuple[LedgerLine, ...]:
    """The newest periods of an engagement, newest first. Raises NotFound."""
    known = sql.row(
        "SELECT 1 FROM catalogue_engagement WHERE id = %s AND practice_id = %s", (engagement_id, by.practice_id)
    )
    if known is None:
        raise NotFound("There is no such engagement.")
    rows = sql.rows(
        """SELECT o.id, o.recurring_task_id, o.period_key, o.period_start, o.period_end, o.part, o.state, o.reason,
                  o.task_id, COALESCE(t.title, ''), COALESCE(t.status, ''), o.made_at
           FROM catalogue_occurrence o LEFT JOIN tasks_task t ON t.id = o.task_id
           WHERE o.engagement_id = %s ORDER BY o.period_end DESC, o.part DESC, o.id DESC LIMIT %s""",
        (engagement_id, most),
    )
    return tuple(
        LedgerLine(
            row[0], row[1], row[2], cast("date", sql.day(row[3])), cast("date", sql.day(row[4])), row[5], row[6],
            row[7], row[8], row[9], row[10], cast("datetime", sql.moment(row[11])),
        )
        for row in rows
    )  # fmt: skip


def troubles(*, practice_id: int | None = None, most: int = 500) -> tuple[Trouble, ...]:
    """The series in trouble, failing ones first, the longest first; of one practice, or of all."""
    rows = sql.rows(
        """SELECT z.practice_id, z.engagement_id, z.recurring_task_id, c.id, c.name, s.id, s.name, z.failing_since,
                  z.error, z.attempts, z.waiting_since, z.waiting
           FROM catalogue_series z JOIN catalogue_engagement e ON e.id = z.engagement_id
           JOIN clients_client c ON c.id = e.client_id JOIN catalogue_service s ON s.id = e.service_id
           WHERE z.practice_id = COALESCE(%s, z.practice_id)
           ORDER BY z.failing_since IS NULL, z.failing_since, z.waiting_since, z.id LIMIT %s""",
        (practice_id, most),
    )
    return tuple(
        Trouble(
            practice_id=row[0], engagement_id=row[1], recurring_id=row[2], client_id=row[3], client=row[4],
            service_id=row[5], service=row[6], failing_since=sql.moment(row[7]), error=row[8], attempts=row[9],
            waiting_since=sql.moment(row[10]), waiting=row[11],
        )
        for row in rows
    )  # fmt: skip
