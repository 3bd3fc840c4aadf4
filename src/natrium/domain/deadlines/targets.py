"""A practice's own date before a due date. Only such a date is moved off weekends and bank holidays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from natrium.domain.dates import add_working_days, is_working_day
from natrium.domain.deadlines.context import Calendar, Holidays
from natrium.domain.deadlines.words import counted, said
from natrium.domain.workflow.definition import MAX_DAYS, DueUnit

MOST_DAYS = MAX_DAYS


class Adjust(StrEnum):
    """Where a target goes that falls on no working day."""

    NONE = "none"
    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So many days or working days before the due date, by a calendar's bank holidays."""

    days_before: int
    unit: DueUnit = DueUnit.DAYS
    adjust: Adjust = Adjust.PREVIOUS
    calendar: Calendar = Calendar.ENGLAND_AND_WALES


def target_date(due: date, target: Target, *, holidays: Holidays) -> date:
    """The day of the target.

    Working days are counted back from the day before the due date, so that the result is one. Where the next working
    day would lie after the due date, the one before is taken: a target never comes after what it is a target for.
    """

    def is_holiday(day: date) -> bool:
        return holidays(target.calendar, day)

    if target.unit is DueUnit.WORKING_DAYS:
        return add_working_days(due, -target.days_before, is_holiday=is_holiday)
    day = due - timedelta(days=target.days_before)
    moved = adjusted(day, target.adjust, is_holiday=is_holiday)
    return moved if moved <= due else adjusted(day, Adjust.PREVIOUS, is_holiday=is_holiday)


def adjusted(day: date, adjust: Adjust, *, is_holiday: Callable[[date], bool]) -> date:
    """A day that is no date of law, moved off a weekend or bank holiday."""
    if adjust is Adjust.NONE or is_working_day(day, is_holiday=is_holiday):
        return day
    return add_working_days(day, 1 if adjust is Adjust.NEXT else 0, is_holiday=is_holiday)


def target_words(due: date, target: Target, *, holidays: Holidays) -> str:
    """How the day was found: "16 Mar 2026: 7 days before 23 Mar 2026"."""
    found = target_date(due, target, holidays=holidays)
    noun = "working day" if target.unit is DueUnit.WORKING_DAYS else "day"
    day = due - timedelta(days=target.days_before)
    moved = target.unit is DueUnit.DAYS and found != day
    side = "before" if found < day else "after"
    why = f"; {said(day)} is no working day, so the one {side}" if moved else ""
    return f"{said(found)}: {counted(target.days_before, noun)} before {said(due)}{why}"
