"""The bank holidays of the United Kingdom, written down by their rules: a second statement beside the package's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from natrium.domain.deadlines.context import Calendar

ONE = timedelta(days=1)
# By royal proclamation: what was moved, and what was added for everybody, and for Scotland alone.
MOVED = {date(2012, 5, 28): date(2012, 6, 4), date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
ADDED = {date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
ADDED_IN_SCOTLAND = {date(2026, 6, 15)}


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian way of counting)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != 0:
        day += ONE
    return day


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.weekday() != 0:
        day -= ONE
    return day


def fixed(calendar: Calendar, year: int) -> Iterator[date]:
    """Holidays on a date; one on a weekend has the next free weekday instead."""
    yield date(year, 1, 1)
    if calendar is Calendar.SCOTLAND:
        yield date(year, 1, 2)
        yield date(year, 11, 30)
    if calendar is Calendar.NORTHERN_IRELAND:
        yield date(year, 3, 17)
        yield date(year, 7, 12)
    yield date(year, 12, 25)
    yield date(year, 12, 26)


@cache
def bank_holidays(calendar: Calendar, year: int) -> frozenset[date]:
    found = {easter(year) - 2 * ONE}
    if calendar is not Calendar.SCOTLAND:
        found.add(easter(year) + ONE)
    mondays = [first_monday(year, 5), last_monday(year, 5)]
    mondays.append(first_monday(year, 8) if calendar is Calendar.SCOTLAND else last_monday(year, 8))
    found |= {MOVED.get(day, day) for day in mondays}
    found |= {day for day in ADDED if day.year == year}
    if calendar is Calendar.SCOTLAND:
        found |= {day for day in ADDED_IN_SCOTLAND if day.year == year}
    taken: set[date] = set()
    wanted = list(fixed(calendar, year))
    for day in [day for day in wanted if day.weekday() < 5]:
        taken.add(day)
    for weekend in [day for day in wanted if day.weekday() >= 5]:
        day = weekend
        while day.weekday() >= 5 or day in taken:
            day += ONE
        taken.add(day)
    return frozenset(found | taken)


def is_bank_holiday(calendar: Calendar, day: date) -> bool:
    return day in bank_holidays(calendar, day.year)
