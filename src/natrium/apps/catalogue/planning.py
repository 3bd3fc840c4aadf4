"""What a sweep would do with each series of some engagements: a few statements, then the rules' decision for each."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError

from natrium.apps.catalogue import ledger
from natrium.apps.catalogue.clienthood import office_of
from natrium.apps.catalogue.facts import Mode
from natrium.apps.catalogue.ledger import SeriesKey
from natrium.apps.catalogue.series import SeriesRow, dates_of, series_of
from natrium.apps.catalogue.wishes import Plan, Wish, plan_of
from natrium.apps.clients import queries as clients
from natrium.apps.clients.queries import History
from natrium.apps.practices.offices import AtWork, Office, today_of
from natrium.apps.workflows import making
from natrium.domain.dates import add_days
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.recurrence import occurrences
from natrium.domain.recurrence.following import Latest, follow
from natrium.domain.recurrence.sweeping import MOST_A_RUN, Decided, Key, decide, look_from, look_until

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Templates:
    """Which templates can be attached, asked once a sweep; the words for one that cannot."""

    practice_id: int
    known: dict[int, str] = field(default_factory=dict)

    def trouble(self, template_ids: Sequence[int]) -> str:
        """Why one of them cannot be attached, "" where all can."""
        for id_ in template_ids:
            if id_ not in self.known:
                try:
                    making.usable(practice_id=self.practice_id, template_id=id_)
                except (Refusal, NotFound) as refusal:
                    self.known[id_] = str(refusal)
                else:
                    self.known[id_] = ""
            if self.known[id_]:
                return self.known[id_]
        return ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is decided: of some engagements all, of the others what ends on `since` or later, and all before it."""

    lines: dict[SeriesKey, list[Decided]]
    since: date
    whole: frozenset[int]


@dataclass(frozen=True, slots=True)
class Page:
    """Some engagements' series with all that a decision asks for."""

    by: AtWork
    today: date
    until: date
    office: occurrences.Office
    histories: dict[int, History]
    ledger: Ledger
    latest: dict[SeriesKey, Latest]
    templates: Templates
    most: int


def plans(
    *,
    by: Office,
    at: datetime,
    until: date | None,
    engagement_ids: Sequence[int],
    templates: Templates,
    most: int = MOST_A_RUN,
) -> Iterator[Plan]:
    """A plan for each series of these engagements, in order. A series that fails has its error in its plan."""
    rows = series_of(practice_id=by.practice_id, engagement_ids=engagement_ids)
    yield from _planned(rows, by=by, at=at, until=until, templates=templates, most=most)


def _planned(
    rows: Sequence[SeriesRow], *, by: Office, at: datetime, until: date | None, templates: Templates, most: int
) -> Iterator[Plan]:
    """The plans; where what they ask for cannot be read, each half by itself, down to the series that is at fault."""
    try:
        page = page_of(rows, by=by, at=at, until=until, templates=templates, most=most)
    except (OperationalError, InterfaceError):
        raise  # the database itself, and no series
    except Exception as error:  # one that fails keeps no other back
        if len(rows) == 1:
            log.exception("Engagement %s, recurring task %s", rows[0].engagement_id, rows[0].recurring_id)
            yield Plan(rows[0], error=f"{type(error).__name__}: {error}"[:500])
            return
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]):
            yield from _planned(half, by=by, at=at, until=until, templates=templates, most=most)
        return
    for row in rows:
        yield _plan(row, page)


def page_of(
    rows: Sequence[SeriesRow],
    *,
    by: AtWork,
    at: datetime,
    until: date | None,
    templates: Templates,
    most: int = MOST_A_RUN,
) -> Page:
    """These series with all that a decision asks for: a few statements."""
    today = today_of(by, at)
    return Page(
        by=by,
        today=today,
        until=max(until or today, today),
        office=office_of(by),
        histories=clients.histories_of(practice_id=by.practice_id, client_ids=sorted({row.client_id for row in rows})),
        ledger=_ledger(rows, today),
        latest=ledger.latest(_following(rows), zone_day=_day_in(by)),
        templates=templates,
        most=most,
    )


def _following(rows: Sequence[SeriesRow]) -> list[int]:
    return sorted({row.engagement_id for row in rows if row.mode is Mode.AFTER_COMPLETION})


def _ledger(rows: Sequence[SeriesRow], today: date) -> Ledger:
    months = max((row.schedule.months for row in rows if row.schedule), default=12)
    since = add_days(today, -(800 + 62 * months))
    whole = {row.engagement_id for row in rows if row.troubled}
    found = ledger.decided(sorted({row.engagement_id for row in rows} - whole), since=since)
    # Where nothing is so near: a series that is years behind, or comes round less often than the others.
    whole |= {
        row.engagement_id
        for row in rows
        if row.runs.starts_on < since and (row.engagement_id, row.recurring_id) not in found
    }
    found |= ledger.decided(sorted(whole), since=None)
    _with_earlier(found, sorted({row.engagement_id for row in rows}))
    return Ledger(found, since, frozenset(whole))


def _with_earlier(found: dict[SeriesKey, list[Decided]], engagement_ids: Sequence[int]) -> None:
    """What was decided when the client took the service before is decided: a period has its task once."""
    earlier = ledger.earlier(engagement_ids)
    others = ledger.decided(sorted({id_ for ids in earlier.values() for id_ in ids}), since=None)
    for engagement, ids in earlier.items():
        for (other, recurring), lines in others.items():
            if other in ids:
                found.setdefault((engagement, recurring), []).extend(lines)


def _day_in(by: AtWork) -> Any:  # noqa: ANN401 - a function
    zone = ZoneInfo(by.time_zone)
    return lambda moment: moment.astimezone(zone).date()


def _plan(row: SeriesRow, page: Page) -> Plan:
    if row.broken:
        return Plan(row, error="" if row.runs.stands_still else row.broken)
    try:
        plan = _followed(row, page) if row.mode is Mode.AFTER_COMPLETION else _scheduled(row, page)
        trouble = page.templates.trouble(row.template_ids) if plan.wishes else ""
    except (Refusal, NotFound) as refusal:
        return Plan(row, error=str(refusal))
    except Exception as error:  # one series that fails keeps no other back
        log.exception("Engagement %s, recurring task %s", row.engagement_id, row.recurring_id)
        return Plan(row, error=f"{type(error).__name__}: {error}"[:500])
    return Plan(row, left_out=plan.left_out, error=trouble) if trouble else plan


def _scheduled(row: SeriesRow, page: Page) -> Plan:
    if row.schedule is None or row.runs.stands_still:
        return Plan(row)
    there = page.ledger.lines.get((row.engagement_id, row.recurring_id), [])
    first = look_from(row.runs, there, whole=row.troubled)
    if row.engagement_id not in page.ledger.whole:
        first = max(first, page.ledger.since)
    found = dates_of(
        row,
        page.histories[row.client_id],
        first=first,
        last=look_until(row.schedule, page.until),
        office=page.office,
        after=max((one.period.end for one in there), default=None),
    )
    decision = decide(
        found, there, runs=row.runs, catch_up=row.catch_up, today=page.today, until=page.until, most=page.most
    )
    return plan_of(row, decision, page.histories[row.client_id])


def _followed(row: SeriesRow, page: Page) -> Plan:
    latest = page.latest.get((row.engagement_id, row.recurring_id))
    found = follow(latest, every_days=row.every_days, runs=row.runs, today=page.today)
    if found is None:
        return Plan(row)
    known, title = page.histories[row.client_id], row.title_of(found.occurrence)
    return Plan(row, (Wish(row, Key(str(found.number)), found.occurrence, title, known),))
