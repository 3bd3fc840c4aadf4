"""The next dates of a recurring task before anything is saved, by the function that generates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from natrium.apps.catalogue import facts as facts_of
from natrium.apps.catalogue.clienthood import epochs_of, office_of
from natrium.apps.catalogue.facts import Mode, RecurringFacts
from natrium.apps.clients import queries as clients
from natrium.apps.practices.offices import AtWork, today_of
from natrium.domain.errors import NotFound
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.history import occurrences_of
from natrium.domain.recurrence.occurrences import SHOWN, Dated, Occurrence
from natrium.domain.recurrence.sweeping import look_until
from natrium.domain.recurrence.titles import TitleFacts, title

# Far enough for six dates of what comes every ten years, and back to what is still due of earlier periods.
AHEAD, BACK = timedelta(days=3661 * 7), timedelta(days=800)


@dataclass(frozen=True, slots=True)
class NextDate:
    """One task to be: its title, its period, its dates with their reasons. `due.day` None: the reason says why."""

    title: str
    period_start: date
    period_end: date
    part: int
    due: Dated
    target: date | None
    create_on: date | None
    milestones: tuple[tuple[str, Dated], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The next dates, and what stands in the way of further ones, in words."""

    dates: tuple[NextDate, ...]
    waiting: tuple[str, ...] = ()


def preview(
    by: AtWork,
    *,
    at: datetime,
    facts: RecurringFacts,
    client_id: int,
    service: str = "",
    since: date | None = None,
    count: int = 6,
) -> Preview:
    """The next dates of a recurring task for a client: of what is due today or later, or of periods from `since` on.

    Raises NotFound (client, member, template), Refusal (bad-value with the field) for facts that make no sense.
    """
    history = clients.histories_of(practice_id=by.practice_id, client_ids=[client_id]).get(client_id)
    if history is None:
        raise NotFound("There is no such client in this practice.")
    facts = facts_of.sound(facts, practice_id=by.practice_id)
    count, today = min(max(count, 1), SHOWN), today_of(by, at)
    if facts.mode is Mode.AFTER_COMPLETION or facts.schedule is None:
        return Preview((), (f"The next one is due {facts.every_days} days after the last one is first done.",))
    schedule = codec.from_dict(facts.schedule)
    first = since or today - BACK
    found = occurrences_of(
        schedule, epochs_of(history), first=first, last=look_until(schedule, first + AHEAD), office=office_of(by),
        event=since or today, rule=facts.rule, most=count if since else SHOWN + count,
    )  # fmt: skip
    ahead = [one for one in found.occurrences if since or (one.due.day or one.period.end) >= today]
    dates = tuple(_next(one, facts.title_pattern, service or "Service", history.name) for one in ahead[:count])
    return Preview(dates, tuple(dict.fromkeys(one.reason for one in found.unknown)))


def _next(one: Occurrence, pattern: str, service: str, client: str) -> NextDate:
    facts = TitleFacts(
        service=service, client=client, period_start=one.period.start, period_end=one.period.end, due=one.due.day,
        part=one.part,
    )  # fmt: skip
    return NextDate(
        title(pattern, facts), one.period.start, one.period.end, one.part, one.due, one.target, one.create_on,
        one.milestones,
    )  # fmt: skip
