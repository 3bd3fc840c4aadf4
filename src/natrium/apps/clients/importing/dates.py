"""Dates as spreadsheets have them. 01/06/2026 may be either: somebody is asked, once for the whole file."""

import re
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
SHORT = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]+([a-z]{3,9})\.?(?:[\s\-,]+(\d{4}|\d{2}))?", re.IGNORECASE)
WRITTEN_FIRST = re.compile(r"([a-z]{3,9})\.?[\s\-]+(\d{1,2})(?:st|nd|rd|th)?(?:[\s\-,]+(\d{4}|\d{2}))?", re.IGNORECASE)
A_LEAP_YEAR = 2024


def is_ambiguous(text: str) -> bool:
    """Whether day and month could be either: both at most 12, and not the same."""
    match = SLASHED.fullmatch(text) or SHORT.fullmatch(text)
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]


def shows_order(text: str) -> bool | None:
    """True where a date can only be day first, False where only month first, None where it does not say.

    A day that there is not, such as 31/04, shows nothing.
    """
    match = SLASHED.fullmatch(text) or SHORT.fullmatch(text)
    if match is None or (int(match[1]) <= 12 and int(match[2]) <= 12):
        return None
    day_first = int(match[1]) > 12
    day, month = (match[1], match[2]) if day_first else (match[2], match[1])
    try:
        date(A_LEAP_YEAR, int(month), int(day))
    except ValueError:
        return None
    return day_first


def a_date(text: str, *, day_first: bool) -> date:
    """The day a cell means. Raises ValueError for what is none, such as 31/04/2026."""
    if match := ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := SLASHED.fullmatch(text):
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        return date(_year(match[3]), int(month), int(day))
    day_month = _written(text)
    if day_month is None or day_month[2] is None:
        raise ValueError(text)
    return date(_year(day_month[2]), day_month[1], day_month[0])


def a_year_end(text: str, *, day_first: bool) -> tuple[int, int]:
    """Month and day of a year end: "31 March", "31/03", or any date. Raises ValueError."""
    if match := SHORT.fullmatch(text):
        day, month = (match[1], match[2]) if day_first else (match[2], match[1])
        found = date(A_LEAP_YEAR, int(month), int(day))
        return found.month, found.day
    if (written := _written(text)) is not None:
        found = date(A_LEAP_YEAR, written[1], written[0])
        return found.month, found.day
    found = a_date(text, day_first=day_first)
    return found.month, found.day


def _written(text: str) -> tuple[int, int, str | None] | None:
    """Day, month and year (where given) of "31 March 2026", "March 31" and the like; None for anything else."""
    if match := WRITTEN.fullmatch(text):
        day, name, year = match[1], match[2], match[3]
    elif match := WRITTEN_FIRST.fullmatch(text):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    month = next((at for at, whole in enumerate(MONTHS, start=1) if whole.startswith(name.lower())), None)
    return (int(day), month, year) if month is not None else None


def _year(text: str) -> int:
    number = int(text)
    return number if number > 99 else number + (2000 if number < 70 else 1900)
