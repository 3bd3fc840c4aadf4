"""Arithmetic of days. Dates are dates: no clock, no zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def add_days(day: date, days: int) -> date:
    """The date `days` calendar days after (before, where negative), within the dates there are."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def is_working_day(day: date, *, is_holiday: Callable[[date], bool]) -> bool:
    """Whether a day is neither of the weekend nor a bank holiday."""
    return day.weekday() < SATURDAY and not is_holiday(day)


def add_working_days(day: date, days: int, *, is_holiday: Callable[[date], bool]) -> date:
    """The working day `days` working days after (before, where negative).

    0 gives the day itself where it is a working day, else the working day before it.
    """
    step = ONE_DAY if days > 0 else -ONE_DAY
    left = abs(days)
    if left == 0:
        while not is_working_day(day, is_holiday=is_holiday):
            day -= ONE_DAY
        return day
    while left:
        day += step
        if is_working_day(day, is_holiday=is_holiday):
            left -= 1
    return day
