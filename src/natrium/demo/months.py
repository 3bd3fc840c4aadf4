"""Counting by months from one month's end to another's, and working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from natrium.apps.workflows.calendars import bank_holidays
from natrium.domain.dates import is_working_day


def month_end(year: int, month: int) -> date:
    """The last day of a month; months beyond 12 are the next years'."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def months_after(day: date, months: int) -> date:
    """The last day of the month so many months after a day's (months may be negative)."""
    total = day.year * 12 + day.month - 1 + months
    return month_end(total // 12, total % 12 + 1)


def day_and_month(day: date) -> str:
    """As titles say it: "31 Oct"."""
    return f"{day.day} {day:%b}"


def is_working(day: date) -> bool:
    """Whether an office in England is open."""
    return is_working_day(day, is_holiday=lambda one: one in bank_holidays("england", one.year))


def working_day(day: date, step: int = 1) -> date:
    """The day itself where the office is open, else the next such day (the one before, with -1)."""
    while not is_working(day):
        day += timedelta(step)
    return day


def working_days_before(day: date, count: int) -> date:
    """The day so many working days earlier."""
    for _ in range(count):
        day = working_day(day - timedelta(1), -1)
    return day
