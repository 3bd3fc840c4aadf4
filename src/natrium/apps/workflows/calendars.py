"""Working days by the practice's bank-holiday calendar (the `holidays` package has the dates)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

from natrium.domain.dates import add_days, add_working_days
from natrium.domain.deadlines.context import Calendar
from natrium.domain.workflow.definition import DueUnit

SUBDIVISIONS = {"england": "ENG", "scotland": "SCT", "northern_ireland": "NIR"}
NAMES = {
    Calendar.ENGLAND_AND_WALES: "england",
    Calendar.SCOTLAND: "scotland",
    Calendar.NORTHERN_IRELAND: "northern_ireland",
}


@lru_cache(maxsize=256)
def bank_holidays(calendar: str, year: int) -> frozenset[date]:
    """The bank holidays of one year in "england" (and Wales), "scotland" or "northern_ireland"."""
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[calendar], years=year))


def is_bank_holiday(calendar: Calendar, day: date) -> bool:
    """Whether a day is a bank holiday, as the rules of law ask."""
    return day in bank_holidays(NAMES[calendar], day.year)


def due_date(anchor: date, days: int, unit: DueUnit, *, calendar: str) -> date:
    """The date so many days or working days after the anchor (before it, where negative).

    Working days: an anchor that is no working day itself does not count. Source: SPEC section 2, `due`.
    """
    if unit is DueUnit.DAYS:
        return add_days(anchor, days)
    return add_working_days(anchor, days, is_holiday=lambda day: day in bank_holidays(calendar, day.year))
