"""Arithmetic of days. Dates are dates: no clock, no zone."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5
_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def add_days(day: date, days: int) -> date:
    """The date `days` calendar days after (before, where negative), within the dates there are."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _last_of(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _LAST[month - 1]


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year, day.month, _last_of(day.year, day.month))


def corresponding(day: date, months: int) -> date:
    """The same day of the month so many months later (earlier, where negative), or that month's last day.

    This is the reading of "months" outside of company law and HMRC's manuals: 30 June and 9 months give 30 March.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _last_of(year, month + 1)))


def months_after(day: date, months: int) -> date:
    """So many months after a day (before, where negative); the last day of a month gives the last day of a month.

    Companies Act 2006 s.443(2)-(5), and HMRC's manuals (CTM01800, CTM93040, CTM92560): 30 June and 9 months give
    31 March.
    """
    found = corresponding(day, months)
    return month_end(found) if day == month_end(day) else found


def months_beginning(day: date, months: int) -> date:
    """The last day of a period of so many months that begins with a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year, month + 1, _last_of(year, month + 1))
    return last if day.day > last.day else last.replace(day=day.day) - ONE_DAY


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
