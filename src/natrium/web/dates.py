"""Dates, times and durations in words: "Thu 26 Nov", "3 days late", "1h 30m". Today is always given."""

from datetime import date, datetime, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date | None, today: date) -> str:
    """A due day: "Today", "Thu 26 Nov", "Fri 1 Jan 2027"."""
    if value is None:
        return ""
    if value == today:
        return "Today"
    return f"{DAYS[value.weekday()]} {short(value, today)}"


def short(value: date, today: date) -> str:
    """A day without its weekday: "26 Nov", "1 Jan 2027"."""
    year = "" if value.year == today.year else f" {value.year}"
    return f"{value.day} {MONTHS[value.month - 1]}{year}"


def near(value: date, today: date) -> str:
    """A day of the year around today, without its year; else as `short`: "7 Dec", "1 Feb 2028"."""
    distance = (value - today).days
    return f"{value.day} {MONTHS[value.month - 1]}" if -60 < distance < 300 else short(value, today)


def long_day(value: date) -> str:
    """A day as a heading: "Tuesday 24 November"."""
    return f"{LONG_DAYS[value.weekday()]} {value.day} {LONG_MONTHS[value.month - 1]}"


def full(value: date) -> str:
    """A day in full, as in titles: "31 March 2026"."""
    return f"{value.day} {LONG_MONTHS[value.month - 1]} {value.year}"


def since(value: datetime | None, today: date) -> str:
    """Since when something is so: "09:10" today, "18 Nov" before."""
    if value is None:
        return ""
    if value.date() == today:
        return clock(value)
    return short(value.date(), today)


def stamp(value: datetime | None, today: date) -> str:
    """When something happened: "today, 14:12", "12 Nov, 14:12"."""
    if value is None:
        return ""
    when = "today" if value.date() == today else short(value.date(), today)
    return f"{when}, {clock(value)}"


def clock(value: datetime) -> str:
    """A time of the day: "14:12"."""
    return f"{value.hour:02}:{value.minute:02}"


def away(value: date | None, today: date) -> str:
    """How far a day is: "17 days", "1 day", "today", "3 days late"."""
    if value is None:
        return ""
    distance = (value - today).days
    if distance == 0:
        return "today"
    return late(-distance) if distance < 0 else days(distance)


def late(count: int) -> str:
    """By how much something is late: "3 days late"."""
    return f"{days(count)} late"


def days(count: int) -> str:
    """A number of days: "1 day", "17 days"."""
    return "1 day" if count == 1 else f"{count} days"


def minutes(count: int | None) -> str:
    """A duration: "1h 30m", "45m", "2h"; "" where none is known."""
    if not count:
        return ""
    hours, rest = divmod(count, 60)
    return " ".join(part for part in (f"{hours}h" if hours else "", f"{rest}m" if rest else "") if part)


def period(start: date | None, end: date | None) -> str:
    """A task's period in words: "year ended 31 March 2026", "quarter to 31 October 2026", "November 2026"."""
    if end is None:
        return f"from {full(start)}" if start else ""
    if start is None:
        return f"to {full(end)}"
    length = (end - start).days + 1
    if length in {365, 366}:
        return f"year ended {full(end)}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(days=1)).day == 1:
        return f"{LONG_MONTHS[end.month - 1]} {end.year}"
    if 89 <= length <= 92:
        return f"quarter to {full(end)}"
    return f"{full(start)} to {full(end)}"


def period_beside(title: str, start: date | None, end: date | None) -> str:
    """What of the period's words a title does not say already: all of them, the year, or nothing."""
    if end is None or f"{end.day} {MONTHS[end.month - 1]}" not in title:
        return period(start, end)
    return "" if str(end.year) in title else str(end.year)
