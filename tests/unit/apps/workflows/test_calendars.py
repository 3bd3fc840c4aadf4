"""The bank holidays of the three calendars: those that were announced, and all of 2012 to 2035 by their rules."""

from __future__ import annotations

from datetime import date

import pytest

from natrium.apps.workflows.calendars import NAMES, bank_holidays, is_bank_holiday
from natrium.domain.deadlines.context import Calendar
from tests.unit.domain.deadlines import uk_holidays

ENGLAND, SCOTLAND, IRELAND = Calendar.ENGLAND_AND_WALES, Calendar.SCOTLAND, Calendar.NORTHERN_IRELAND


def on_weekdays(days: frozenset[date]) -> set[date]:
    return {day for day in days if day.weekday() < 5}


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("year", range(2012, 2036))
def test_the_package_and_the_rules_of_the_holidays_agree(calendar: Calendar, year: int) -> None:
    found = on_weekdays(bank_holidays(NAMES[calendar], year))
    assert found == on_weekdays(uk_holidays.bank_holidays(calendar, year))


@pytest.mark.parametrize(
    ("day", "where"),
    [
        (date(2026, 1, 1), {ENGLAND, SCOTLAND, IRELAND}),
        (date(2026, 1, 2), {SCOTLAND}),
        (date(2026, 3, 17), {IRELAND}),
        (date(2026, 4, 3), {ENGLAND, SCOTLAND, IRELAND}),
        (date(2026, 4, 6), {ENGLAND, IRELAND}),
        (date(2026, 6, 15), {SCOTLAND}),
        (date(2026, 7, 13), {IRELAND}),
        (date(2026, 8, 3), {SCOTLAND}),
        (date(2026, 8, 31), {ENGLAND, IRELAND}),
        (date(2026, 11, 30), {SCOTLAND}),
        (date(2026, 12, 28), {ENGLAND, SCOTLAND, IRELAND}),
        (date(2027, 5, 31), {ENGLAND, SCOTLAND, IRELAND}),
        (date(2023, 4, 7), {ENGLAND, SCOTLAND, IRELAND}),
        (date(2030, 4, 22), {ENGLAND, IRELAND}),
        (date(2026, 11, 9), set()),
    ],
)
def test_a_day_is_a_holiday_where_it_is_one(day: date, where: set[Calendar]) -> None:
    assert {calendar for calendar in Calendar if is_bank_holiday(calendar, day)} == where
