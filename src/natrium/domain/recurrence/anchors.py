"""From a client's facts to the series of its periods. A fact that is missing is said, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from natrium.domain.dates import ONE_DAY, month_end
from natrium.domain.deadlines.feeds import Unknown
from natrium.domain.deadlines.inputs import as_date
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.periods import (
    EndsOn,
    EveryWeeks,
    LastWeekdays,
    LastWorkingDays,
    Series,
    StartsOn,
)
from natrium.domain.recurrence.schedule import Anchor

# Any year will do: a series goes both ways from its anchor. A leap year, so that there is a 29 February.
A_YEAR = 2024
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PAY_DATES = (
    "the client’s fact “pay_dates”: “last working day”, “last friday”, “day 25”, or “every 2 weeks from 2026-01-02”"
)
_WEEKS = re.compile(r"every (?:([1-9]) )?weeks? from (\S+)")
_DAY = re.compile(r"day ([1-9]|[12][0-9]|3[01])")

STAGGERS = {"1": date(A_YEAR, 3, 31), "2": date(A_YEAR, 1, 31), "3": date(A_YEAR, 2, 29)}
DATES = {
    Anchor.INCORPORATION: "incorporated",
    Anchor.DUTIES_START: "duties_start",
    Anchor.AML_REVIEW: "last_aml_review",
    Anchor.VAT_YEAR: "vat_year_end",
}
FIXED: dict[Anchor, Series] = {
    Anchor.VAT_MONTH: EndsOn(date(A_YEAR, 1, 31), 1, last=True),
    Anchor.TAX_YEAR: EndsOn(date(A_YEAR, 4, 5), 12),
    Anchor.TAX_MONTH: EndsOn(date(A_YEAR, 1, 5), 1),
    Anchor.ATED_YEAR: EndsOn(date(A_YEAR, 3, 31), 12),
}


def series_of(anchor: Anchor, months: int, known: Known, *, is_holiday: Callable[[date], bool]) -> Series | Unknown:
    """The periods that hang on an anchor (any but an event, which is one day); or which fact is missing."""
    if anchor in FIXED:
        return FIXED[anchor]
    if anchor is Anchor.CALENDAR:
        return EndsOn(date(A_YEAR, 12, 31), months, last=True)
    if anchor is Anchor.TAX_QUARTER:
        chosen = known.fact("mtd_quarters") == "calendar"
        return EndsOn(date(A_YEAR, 3, 31) if chosen else date(A_YEAR, 4, 5), months, last=chosen)
    found, words = _by_facts(anchor, months, known, is_holiday)
    return found or Unknown("", (words,), f"Missing: {words}.")


def _by_facts(
    anchor: Anchor, months: int, known: Known, is_holiday: Callable[[date], bool]
) -> tuple[Series | None, str]:
    """The series that a client's facts give, and the words for the fact it takes."""
    if anchor is Anchor.PAY_DATES:
        return _pay_dates(known, is_holiday), PAY_DATES
    if anchor is Anchor.YEAR_END:
        return _year_end(known, months), "the client’s year end"
    if anchor is Anchor.VAT_STAGGER:
        end = STAGGERS.get(known.fact("vat_stagger") or "")
        return (EndsOn(end, months, last=True) if end else None), "the client’s fact “vat_stagger”: 1, 2 or 3"
    name = DATES[anchor]
    day = as_date(known.fact(name))
    return (_dated(anchor, months, known, day) if day else None), f"the client’s fact “{name}”, a date"


def _dated(anchor: Anchor, months: int, known: Known, day: date) -> Series:
    """Periods that begin on a date among the client's facts; the VAT year ends on its own."""
    if anchor is Anchor.VAT_YEAR:
        return EndsOn(day, months, last=day == month_end(day))
    if anchor is Anchor.DUTIES_START:
        return StartsOn(as_date(known.fact("last_reenrolment")) or day, months)
    early = as_date(known.fact("last_confirmation_date")) if anchor is Anchor.INCORPORATION else None
    return StartsOn(early + ONE_DAY if early else day, months)


def _year_end(known: Known, months: int) -> Series | None:
    if not known.year_end:
        return None
    month, day = known.year_end
    last = month_end(date(A_YEAR, month, 1))
    return EndsOn(last.replace(day=min(day, last.day)), months, last=known.year_end_is_last)


def _pay_dates(known: Known, is_holiday: Callable[[date], bool]) -> Series | None:
    text = " ".join((known.fact("pay_dates") or "").lower().split())
    if text == "last working day":
        return LastWorkingDays(is_holiday)
    if text.startswith("last ") and text.removeprefix("last ") in WEEKDAYS:
        return LastWeekdays(WEEKDAYS.index(text.removeprefix("last ")))
    if day := _DAY.fullmatch(text):
        return EndsOn(date(A_YEAR, 1, int(day[1])), 1)
    weeks = _WEEKS.fullmatch(text)
    first = as_date(weeks[2]) if weeks else None
    return EveryWeeks(first, int(weeks[1] or 1)) if weeks and first else None
