"""The next dates of a recurring task, as the table beneath its sentence shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from natrium.apps.catalogue.queries import NextDate
from natrium.domain.recurrence.occurrences import Dated
from natrium.domain.recurrence.schedule import Anchor, Schedule
from natrium.web.dates import LONG_MONTHS, MONTHS
from natrium.web.laws import in_our_words

OFTEN = {1: "every month", 2: "every two months", 3: "every quarter", 6: "every half-year", 12: "every year"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Another date of the task; `day` None where `why` says what is missing. `same`: it is the due date itself."""

    label: str
    day: date | None
    why: str
    pay_by: date | None
    same: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One task to be. `part` is "" where the period has one; `why` is the due date's reason, or what is missing."""

    title: str
    period: str
    part: str
    create_on: date | None
    target: date | None
    due: date | None
    pay_by: date | None
    why: str
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The next dates for a client, and what stands in the way of further ones."""

    client_id: int | None = None
    client: str = ""
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()


def lines(found: Iterable[NextDate]) -> tuple[Line, ...]:
    """Each task to be as a line."""
    return tuple(
        Line(
            title=one.title,
            period=of_period(one.period_start, one.period_end),
            part=f"part {one.part}" if one.part else "",
            create_on=one.create_on,
            target=one.target,
            due=one.due.day,
            pay_by=None if _same(one) else _pay_by(one.due),
            why=_why(one.due),
            beside=tuple(
                Beside(label, dated.day, _why(dated), _pay_by(dated), dated.day == one.due.day)
                for label, dated in one.milestones
            ),
        )
        for one in found
    )


def _same(one: NextDate) -> bool:
    """Whether another date says by when to pay what is due."""
    return any(dated.pay_by == one.due.pay_by for _, dated in one.milestones)


def _pay_by(dated: Dated) -> date | None:
    return dated.pay_by if dated.pay_by != dated.day else None


def _why(dated: Dated) -> str:
    """The reason without the day that stands beside it, as a sentence."""
    words = dated.why
    if dated.day is not None:
        words = words.removeprefix(f"{dated.day.day} {MONTHS[dated.day.month - 1]} {dated.day.year}").lstrip(":, ")
    return in_our_words(words[:1].upper() + words[1:])


def of_period(start: date, end: date) -> str:
    """A period in few words: "Quarter to 31 Jan 2027", "Year to 31 Mar 2027", "January 2027"."""
    length = (end - start).days + 1
    last = f"{end.day} {MONTHS[end.month - 1]} {end.year}"
    if length == 1:
        return last
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(days=1)).day == 1:
        return f"{LONG_MONTHS[end.month - 1]} {end.year}"
    if length in (365, 366):
        return f"Year to {last}"
    if 89 <= length <= 92:
        return f"Quarter to {last}"
    if 28 <= length <= 31:
        return f"Month to {last}"
    return f"{start.day} {MONTHS[start.month - 1]} {start.year} to {last}"


def how_often(schedule: Schedule) -> str:
    """In a word or two: "every quarter", "once"."""
    if schedule.anchor is Anchor.EVENT:
        return "once"
    if schedule.anchor is Anchor.PAY_DATES:
        return "every pay period"
    return OFTEN.get(schedule.months, f"every {schedule.months} months")
