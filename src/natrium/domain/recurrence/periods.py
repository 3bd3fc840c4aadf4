"""Periods of a series. Each is counted from the anchor, never from the one before it: the ends of months do not drift.

A period begins the day after the one before it ends, so that none overlap and no day is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from natrium.domain.dates import ONE_DAY, add_working_days, corresponding, month_end

MOST = 500


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends of it included."""

    start: date
    end: date


class Series(Protocol):
    """A row of periods, numbered. `end` is that of one; `near` a number that is not beyond a day's period."""

    def end(self, number: int) -> date:
        """The last day of a period."""
        ...

    def near(self, day: date) -> int:
        """A number whose period ends on or before a day, or is the first there is."""
        ...


@dataclass(frozen=True, slots=True)
class EndsOn:
    """Periods of so many months, one of which ends on the anchor. `last`: the anchor means the end of its month."""

    anchor: date
    months: int
    last: bool = False

    def end(self, number: int) -> date:
        """The anchor's day of that month, or its last day."""
        day = corresponding(self.anchor, number * self.months)
        return month_end(day) if self.last else day

    def near(self, day: date) -> int:
        """By the months between."""
        return _months_between(self.anchor, day) // self.months - 1


@dataclass(frozen=True, slots=True)
class StartsOn:
    """Periods of so many months, the first of which begins on the anchor. There is none before it."""

    anchor: date
    months: int

    def end(self, number: int) -> date:
        """The day before the next begins; before the first, the day before the anchor."""
        return corresponding(self.anchor, (number + 1) * self.months) - ONE_DAY

    def near(self, day: date) -> int:
        """By the months between; not below the first."""
        return max(_months_between(self.anchor, day) // self.months - 2, 0)


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """Periods of so many weeks, one of which ends on the anchor."""

    anchor: date
    weeks: int

    def end(self, number: int) -> date:
        """So many weeks from the anchor."""
        return self.anchor + timedelta(weeks=number * self.weeks)

    def near(self, day: date) -> int:
        """By the days between."""
        return (day - self.anchor).days // (7 * self.weeks) - 1


@dataclass(frozen=True, slots=True)
class LastWorkingDays:
    """Periods that end on the last working day of each month; a period's number counts months."""

    is_holiday: Callable[[date], bool]

    def end(self, number: int) -> date:
        """The last working day of that month."""
        year, month = divmod(number, 12)
        return add_working_days(month_end(date(year, month + 1, 1)), 0, is_holiday=self.is_holiday)

    def near(self, day: date) -> int:
        """The month before."""
        return day.year * 12 + day.month - 2


@dataclass(frozen=True, slots=True)
class LastWeekdays:
    """Periods that end on the last Friday (or other day, Monday being 0) of each month; a number counts months."""

    weekday: int

    def end(self, number: int) -> date:
        """The last such day of that month."""
        year, month = divmod(number, 12)
        last = month_end(date(year, month + 1, 1))
        return last - timedelta(days=(last.weekday() - self.weekday) % 7)

    def near(self, day: date) -> int:
        """The month before."""
        return day.year * 12 + day.month - 2


def periods(series: Series, *, first: date, last: date, most: int = MOST) -> tuple[Period, ...]:
    """The periods that end on a day from `first` to `last`, both included, at most so many.

    Arithmetic finds the first of them, however far away the anchor is.
    """
    number = series.near(first)
    end = series.end(number)
    before = None
    while end < first:
        number += 1
        before, end = end, series.end(number)
    before = before or series.end(number - 1)
    found: list[Period] = []
    while len(found) < most and end <= last:
        found.append(Period(before + ONE_DAY, end))
        number += 1
        before, end = end, series.end(number)
    return tuple(found)


def _months_between(anchor: date, day: date) -> int:
    return (day.year - anchor.year) * 12 + day.month - anchor.month
