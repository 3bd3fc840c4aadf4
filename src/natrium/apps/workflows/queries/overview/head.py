"""The head of the overview: how many, how many late, and how they fall into the weeks to come."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import DUE, FAR, FROM, where
from natrium.apps.workflows.filters import NONE, Condition, Filters, due_period
from natrium.apps.workflows.overviews import Head, HeatWeek
from natrium.apps.workflows.queries.overview.looks import asking

WEEKS = 9
OPEN = frozenset({"not_started", "in_progress", "waiting", "on_hold"})


def head(*, by: SignedIn, at: datetime, filters: Filters) -> Head:
    """Counts of the tasks that the filters keep, and the heat strip by all filters but that by date."""
    today = at.date()
    condition, params = where(filters.without("due"), asking(by, at))
    rows = sql.rows(f"SELECT {DUE}, t.status, COUNT(*) {FROM} WHERE {condition} GROUP BY 1, 2", params)
    days = [(_day(day), status, count) for day, status, count in rows]
    dated = [one for one in filters.conditions if one.field == "due"]
    kept = [row for row in days if all(_keeps(one, row[0], row[1], today) for one in dated)]
    sunday = today + timedelta(days=6 - today.weekday())
    return Head(
        tasks=sum(count for _, _, count in kept),
        late=sum(count for day, status, count in kept if day < today and status in OPEN),
        week=sum(count for day, status, count in kept if today <= day <= sunday and status in OPEN),
        waiting=sum(count for _, status, count in kept if status == "waiting"),
        heat=_heat(days, filters, today),
    )


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _keeps(condition: Condition, day: date, status: str, today: date) -> bool:
    """What the statement's condition by date says, said once more for rows that are counted already."""

    def fits(value: str) -> bool:
        if value == NONE:
            return day == FAR
        first, last = due_period(value, today)
        within = (first is None or day >= first) and day <= (last or FAR - timedelta(days=1))
        return within and (value != "late" or status in OPEN)

    return any(fits(value) for value in condition.values) is not condition.negated


def _heat(days: list[tuple[date, str, int]], filters: Filters, today: date) -> tuple[HeatWeek, ...]:
    """Late, this week (from today), and the weeks after it."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday + timedelta(weeks=week) for week in range(WEEKS)]
    counts: Counter[date | None] = Counter()
    for day, status, count in days:
        if status in OPEN and day != FAR:
            counts[None if day < today else day - timedelta(days=day.weekday())] += count
    fullest = max([counts[start] for start in starts] + [1])
    chosen = filters.of("due")
    weeks: list[tuple[date | None, str]] = [(None, "late"), (monday, "week")]
    weeks += [(start, f"{start}..{start + timedelta(days=6)}") for start in starts[1:]]
    return tuple(
        HeatWeek(start, counts[start], -(-10 * counts[start] // fullest) if start else 0, value, value in chosen)
        for start, value in weeks
    )
