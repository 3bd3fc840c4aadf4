"""What clients take, and what is ahead of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from natrium.apps.catalogue.planning import Page, Templates, page_of
from natrium.apps.catalogue.series import SeriesRow, dates_of, series_of
from natrium.apps.clients import queries as clients
from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork, today_of
from natrium.domain.dates import add_days
from natrium.domain.errors import NotFound
from natrium.domain.recurrence.occurrences import Occurrence
from natrium.domain.recurrence.sweeping import decide, key_of, look_until, still_open


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """A client taking a service. `state`: active, paused, ended, or to come; `trouble` says what stands in the way."""

    id: int
    rev: int
    client_id: int
    client: str
    service_id: int
    service: str
    starts_on: date
    ends_on: date | None
    paused_on: date | None
    state: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One task of the year ahead. `state`: created (with its task), skipped (with the reason), or planned."""

    engagement_id: int
    recurring_id: int
    service: str
    title: str
    period_start: date
    period_end: date
    part: int
    due: date | None
    why: str
    target: date | None
    create_on: date | None
    state: str
    task_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What ending an engagement would find: tasks that nobody has begun, tasks that somebody has, by title."""

    not_begun: tuple[tuple[int, str], ...]
    begun: tuple[tuple[int, str], ...]


PLANNED = "planned"
BACK = 800  # days: as far back as a period may end that is due from today on

LINE = """
    SELECT e.id, e.rev, e.client_id, c.name, e.service_id, s.name, e.starts_on, e.ends_on, e.paused_on,
        COALESCE((SELECT MIN(COALESCE(NULLIF(z.error, ''), z.waiting)) FROM catalogue_series z
            WHERE z.engagement_id = e.id), '')
    FROM catalogue_engagement e JOIN clients_client c ON c.id = e.client_id
    JOIN catalogue_service s ON s.id = e.service_id WHERE e.practice_id = %s"""


def engagements_of_client(by: AtWork, client_id: int, *, at: datetime) -> tuple[EngagementLine, ...]:
    """What a client takes and took, what it takes now first. Raises NotFound."""
    clients.client(practice_id=by.practice_id, client_id=client_id)
    rows = sql.rows(
        f"{LINE} AND e.client_id = %s ORDER BY e.ends_on IS NOT NULL, lower(s.name), e.starts_on, e.id",
        (by.practice_id, client_id),
    )
    return tuple(_line(row, today_of(by, at)) for row in rows)


def engagements_of_service(by: AtWork, service_id: int, *, at: datetime) -> tuple[EngagementLine, ...]:
    """Who takes a service and took it, by client; an unknown service has nobody."""
    rows = sql.rows(
        f"{LINE} AND e.service_id = %s ORDER BY e.ends_on IS NOT NULL, lower(c.name), e.id",
        (by.practice_id, service_id),
    )
    return tuple(_line(row, today_of(by, at)) for row in rows)


def ending(by: AtWork, engagement_id: int) -> Ending:
    """What would have to be decided about open work. Raises NotFound."""
    known = sql.row(
        "SELECT 1 FROM catalogue_engagement WHERE id = %s AND practice_id = %s", (engagement_id, by.practice_id)
    )
    if known is None:
        raise NotFound("There is no such engagement.")
    rows = sql.rows(
        """SELECT t.id, t.title, t.status FROM catalogue_occurrence o JOIN tasks_task t ON t.id = o.task_id
           WHERE o.engagement_id = %s AND t.status NOT IN ('done', 'cancelled') ORDER BY t.id""",
        (engagement_id,),
    )
    begun = tuple((id_, title) for id_, title, status in rows if status != "not_started")
    return Ending(tuple((id_, title) for id_, title, status in rows if status == "not_started"), begun)


def occurrence_of_task(by: AtWork, task_id: int) -> int | None:
    """The line of the ledger that a task was made for, None for one that was not generated."""
    found = sql.value(
        "SELECT id FROM catalogue_occurrence WHERE task_id = %s AND practice_id = %s", (task_id, by.practice_id)
    )
    return None if found is None else int(found)


def upcoming_of_client(by: AtWork, client_id: int, *, at: datetime, days: int = 366) -> tuple[Upcoming, ...]:
    """What a client's engagements bring from today on, by due date, with what has been made of it. Raises NotFound.

    What is planned is what the sweep will make, as things are.
    """
    clients.client(practice_id=by.practice_id, client_id=client_id)
    today = today_of(by, at)
    until = add_days(today, min(max(days, 1), 3661))
    ids = sql.rows(
        "SELECT id FROM catalogue_engagement WHERE client_id = %s AND practice_id = %s AND "
        "(ends_on IS NULL OR ends_on >= %s)",
        (client_id, by.practice_id, today),
    )
    rows = series_of(practice_id=by.practice_id, engagement_ids=[id_ for (id_,) in ids])
    if not rows:
        return ()
    page = page_of(rows, by=by, at=at, until=until, templates=Templates(by.practice_id))
    ledger, found = _ledger([row.engagement_id for row in rows]), list[Upcoming]()
    for row in rows:
        dates, planned = _looked_at(row, page)
        for one in dates:
            line = _upcoming(row, one, ledger)
            shown = line.state != PLANNED or id(one) in planned
            if shown and today <= (line.due or line.period_end) <= until and not _beyond(row, one):
                found.append(line)
    return tuple(sorted(found, key=lambda line: (line.due or line.period_end, line.service, line.period_end)))


def _looked_at(row: SeriesRow, page: Page) -> tuple[tuple[Occurrence, ...], set[int]]:
    """The occurrences of a series, and the identities of those that the sweep would make, now or later."""
    if row.schedule is None:
        return (), set()
    there = page.ledger.lines.get((row.engagement_id, row.recurring_id), [])
    dates = dates_of(
        row, page.histories[row.client_id], first=max(row.runs.starts_on, add_days(page.today, -BACK)),
        last=look_until(row.schedule, page.until), office=page.office,
        after=max((one.period.end for one in there), default=None),
    )  # fmt: skip
    if row.runs.stands_still:
        return dates.occurrences, set()
    now = decide(dates, there, runs=row.runs, catch_up=row.catch_up, today=page.today, until=page.today)
    left_out = {id(one.occurrence) for one in now.skip}
    return dates.occurrences, {id(one) for one in still_open(dates.occurrences, there, row.runs)} - left_out


def _beyond(row: SeriesRow, one: Occurrence) -> bool:
    last = row.runs.last
    return last is not None and (one.create_on or one.period.end) > last


def _upcoming(row: SeriesRow, one: Occurrence, ledger: dict[tuple[int, int, str, int], tuple[Any, ...]]) -> Upcoming:
    key = key_of(one)
    state, reason, task_id = ledger.get((row.engagement_id, row.recurring_id, key.period, key.part), ("", "", None))
    return Upcoming(
        row.engagement_id, row.recurring_id, row.service, row.title_of(one), one.period.start, one.period.end, one.part,
        one.due.day, one.due.why, one.target, one.create_on, state or PLANNED, task_id, reason,
    )  # fmt: skip


def _ledger(engagement_ids: Sequence[int]) -> dict[tuple[int, int, str, int], tuple[Any, ...]]:
    chosen = sorted(set(engagement_ids))
    if not chosen:
        return {}
    rows = sql.rows(
        f"""SELECT engagement_id, recurring_task_id, period_key, part, state, reason, task_id FROM catalogue_occurrence
            WHERE {sql.one_of("engagement_id", chosen)}""",
        sql.chosen(chosen),
    )
    return {(row[0], row[1], row[2], row[3]): row[4:] for row in rows}


def _line(row: Sequence[Any], today: date) -> EngagementLine:
    id_, rev, client_id, client, service_id, service, starts, ends, paused, trouble = row
    starts_on, ends_on, paused_on = cast("date", sql.day(starts)), sql.day(ends), sql.day(paused)
    state = "active"
    if ends_on is not None and ends_on < today:
        state = "ended"
    elif paused_on is not None:
        state = "paused"
    elif starts_on > today:
        state = "to come"
    return EngagementLine(
        id_, rev, client_id, client, service_id, service, starts_on, ends_on, paused_on, state, trouble
    )  # fmt: skip
