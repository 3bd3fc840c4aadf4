"""Days as sentences say them."""

from __future__ import annotations

from datetime import date

from natrium.domain.dates import month_end, months_after

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def said(day: date) -> str:
    """A date: "30 Jun 2027"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def month_of(day: date) -> str:
    """The month's name: "June"."""
    return _MONTHS[day.month - 1]


def month_name(number: int) -> str:
    """The name of a month by its number."""
    return _MONTHS[number - 1]


def weekday_of(day: date) -> str:
    """The name of the day of the week."""
    return _WEEKDAYS[day.weekday()]


def ordinal(number: int) -> str:
    """A number as a place: "1st", "30th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 month", "9 months"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def month_turn(day: date, months: int) -> str:
    """Why so many months after a day is not simply the same day of another month; "" where it is.

    "the 30th is the last day of June, so the last day of March".
    """
    found = months_after(day, months)
    if day == month_end(day) and found.day != day.day:
        year = f" {found.year}" if found.month == day.month else ""
        return f"the {ordinal(day.day)} is the last day of {month_of(day)}, so the last day of {month_of(found)}{year}"
    if found.day < day.day:
        return f"{month_of(found)} {found.year} has no {ordinal(day.day)}, so its last day"
    if (day.month, day.day) == (2, 28) and day != month_end(day):
        return f"in {day.year} February has 29 days, so the 28th is not its last day"
    return ""
