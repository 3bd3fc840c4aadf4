"""A client's tasks on a timeline of a year, with those that are still to be made, as numbers for an SVG."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from natrium.apps.catalogue.queries import Upcoming
from natrium.apps.workflows.queries import ClientTask
from natrium.web.dates import MONTHS

WIDTH, LABEL, ROW, HEAD = 760, 150, 30, 24
MOST_ROWS = 12
LETTER = 6  # the width of one, more or less
HALF = 200  # days: a longer period is a year
SPAN = 13  # months: the one before today's, and twelve more


@dataclass(frozen=True, slots=True)
class Bar:
    """A task: where its bar stands, how it looks, and what it says. `id` None: it is still to be made."""

    id: int | None
    x: int
    width: int
    done: int
    state: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A service with its tasks' bars."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The whole: its size, the months (x and name), the lanes, and where today is."""

    width: int
    height: int
    months: tuple[tuple[int, str], ...]
    lanes: tuple[Lane, ...]
    today_x: int


def year_of(tasks: tuple[ClientTask, ...], today: date, planned: tuple[Upcoming, ...] = ()) -> Year:
    """The tasks from the month before today's on, a lane a service; those without a date are left out."""
    start = _month(today, -1)
    starts = [_month(start, number) for number in range(SPAN + 1)]
    lanes: dict[str, list[Bar]] = {}
    for task in tasks:
        end = task.statutory_date or task.target_date
        if end is not None and end >= start and _begins(task, end) < starts[-1]:
            lanes.setdefault(task.service or task.title, []).append(_bar(task, start, starts[-1], today))
    for one in planned:
        if one.due is not None and (one.create_on or one.due) < starts[-1]:
            lanes.setdefault(one.service, []).append(_to_be(one, one.due, start, starts[-1]))
    shown = list(lanes.items())[:MOST_ROWS]
    return Year(
        WIDTH,
        HEAD + ROW * len(shown) + 6,
        tuple((_x(day, start), _name(day, first=number == 0)) for number, day in enumerate(starts[:-1])),
        tuple(Lane(name, HEAD + ROW * place, tuple(bars)) for place, (name, bars) in enumerate(shown)),
        _x(today, start),
    )


def _to_be(one: Upcoming, due: date, start: date, stop: date) -> Bar:
    x = _x(max(min(one.create_on or due, due), start), start)
    width = max(_x(min(due, stop), start) - x, 18)
    words = f"{one.title}: appears {_said(one.create_on)}, due {_said(due)}"
    return Bar(None, x, width, 0, "planned", _short(one, width // LETTER), words)


def _short(one: Upcoming, room: int) -> str:
    """A period in a bar: "Jan", "y/e Mar 2027"."""
    month = MONTHS[one.period_end.month - 1]
    yearly = f"y/e {month} {one.period_end.year}"
    if (one.period_end - one.period_start).days > HALF and len(yearly) <= room:
        return yearly
    return month if len(month) <= room else ""


def _said(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "then"


def _begins(task: ClientTask, end: date) -> date:
    """From when there is something to do: the end of its period, or the day it was made where that is earlier."""
    return min(task.period_end or task.begun_on, end)


def _bar(task: ClientTask, start: date, stop: date, today: date) -> Bar:
    end = task.statutory_date or task.target_date or today
    x = _x(max(_begins(task, end), start), start)
    width = max(_x(min(end, stop), start) - x, 18)
    share = (task.percent or 0) * width // 100
    state = "late" if task.late_days else task.status
    words = f"{task.title}: {task.status.replace('_', ' ')}, due {end.day} {MONTHS[end.month - 1]} {end.year}"
    return Bar(task.id, x, width, share, state, _text(task.title, task.service, width // LETTER), words)


def _text(title: str, service: str, room: int) -> str:
    """What stands in a bar: the title without the service, which the lane names; whole words only."""
    if service and title.casefold().startswith(service.casefold()):
        title = title[len(service) :].lstrip(" ,:") or title
    if len(title) <= room:
        return title
    whole = title[:room].rpartition(" ")[0].rstrip(" ,")
    return f"{whole}…" if len(whole) > 3 else ""


def _x(day: date, start: date) -> int:
    months = (day.year - start.year) * 12 + day.month - start.month
    part = (day.day - 1) / monthrange(day.year, day.month)[1]
    return LABEL + round((months + part) * (WIDTH - LABEL) / SPAN)


def _month(day: date, number: int) -> date:
    """The first of the month so many months on."""
    count = day.year * 12 + day.month - 1 + number
    return date(count // 12, count % 12 + 1, 1)


def _name(day: date, *, first: bool) -> str:
    return f"{MONTHS[day.month - 1]} {day.year % 100:02}" if first or day.month == 1 else MONTHS[day.month - 1]
