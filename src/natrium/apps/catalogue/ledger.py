"""Lines of the ledger of periods: read for a sweep, and written once, whoever else writes the same at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from natrium.apps.database import sql
from natrium.domain.recurrence.following import Latest
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.sweeping import Decided, Key

type Place = tuple[int, int, str, int]
type SeriesKey = tuple[int, int]

COLUMNS = (
    "practice_id", "engagement_id", "recurring_task_id", "period_key", "part", "period_start", "period_end", "rule",
    "rule_version", "state", "reason", "task_id", "made_at",
)  # fmt: skip
_MARKS = f"({', '.join(['%s'] * len(COLUMNS))})"


def decided(engagement_ids: Sequence[int], *, since: date | None) -> dict[SeriesKey, list[Decided]]:
    """What is decided of some engagements' periods that end on `since` or later; None: of all."""
    if not engagement_ids:
        return {}
    found: dict[SeriesKey, list[Decided]] = {}
    rows = sql.rows(
        f"""SELECT engagement_id, recurring_task_id, period_key, part, period_start, period_end, aliases_of
            FROM catalogue_occurrence
            WHERE {sql.one_of("engagement_id", engagement_ids)} AND period_end >= %s""",
        (*sql.chosen(engagement_ids), since or date.min),
    )
    for engagement, recurring, key, part, start, end, was in rows:
        period = Period(cast("date", sql.day(start)), cast("date", sql.day(end)))
        lines = found.setdefault((engagement, recurring), [])
        lines.append(Decided(Key(key, part), period))
        if was is not None:
            lines.append(Decided(Key(was, part), period))
    return found


def earlier(engagement_ids: Sequence[int]) -> dict[int, list[int]]:
    """The other engagements of the same client with the same service, which had ended before these began."""
    found: dict[int, list[int]] = {}
    if engagement_ids:
        rows = sql.rows(
            f"""SELECT e.id, o.id FROM catalogue_engagement e JOIN catalogue_engagement o
                ON o.client_id = e.client_id AND o.service_id = e.service_id AND o.id <> e.id
                WHERE {sql.one_of("e.id", engagement_ids)}""",
            sql.chosen(engagement_ids),
        )
        for engagement, other in rows:
            found.setdefault(engagement, []).append(other)
    return found


def there(engagement_ids: Sequence[int], *, since: date) -> set[Place]:
    """The places of these engagements, of periods that end on `since` or later, that have a line."""
    rows = sql.rows(
        f"""SELECT engagement_id, recurring_task_id, period_key, part FROM catalogue_occurrence
            WHERE {sql.one_of("engagement_id", engagement_ids)} AND period_end >= %s""",
        (*sql.chosen(engagement_ids), since),
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def latest(engagement_ids: Sequence[int], *, zone_day: Any) -> dict[SeriesKey, Latest]:  # noqa: ANN401 - a function
    """The newest of work that follows itself; `zone_day` says which day a moment is in the practice.

    Lines by date are from before the recurring task followed itself, and none of it.
    """
    if not engagement_ids:
        return {}
    rows = sql.rows(
        f"""SELECT o.engagement_id, o.recurring_task_id, o.period_key, o.state, o.made_at,
                   (SELECT MIN(v.at) FROM activity_event v
                    WHERE v.chain = 'task' AND v.subject_id = o.task_id AND v.verb = 'task.done')
            FROM catalogue_occurrence o JOIN catalogue_recurringtask r ON r.id = o.recurring_task_id
            WHERE r.mode = 'after_completion' AND {sql.one_of("o.engagement_id", engagement_ids)}""",
        sql.chosen(engagement_ids),
    )
    found: dict[SeriesKey, Latest] = {}
    for engagement, recurring, key, state, made_at, done_at in rows:
        if not key.isdecimal():
            continue
        number = int(key)
        there = found.get((engagement, recurring))
        if there is None or there.number < number:
            over = sql.moment(made_at) if state == "skipped" else sql.moment(done_at)
            found[engagement, recurring] = Latest(number, zone_day(over) if over else None)
    return found


def write(
    lines: Iterable[tuple[tuple[Any, ...], str, str, int | None]], *, practice_id: int, at: datetime
) -> set[Place]:
    """Writes lines (a wish's `line()`, state, reason, task) and returns the places of those that were not there yet.

    Inside a transaction. Whoever writes the same place meanwhile waits here, and then finds it taken.
    """
    values = [
        value for line, state, reason, task_id in lines for value in (practice_id, *line, state, reason, task_id, at)
    ]
    if not values:
        return set()
    marks = ", ".join([_MARKS] * (len(values) // len(COLUMNS)))
    rows = sql.rows(
        f"""INSERT INTO catalogue_occurrence ({", ".join(COLUMNS)}) VALUES {marks}
            ON CONFLICT (engagement_id, recurring_task_id, period_key, part) DO NOTHING
            RETURNING engagement_id, recurring_task_id, period_key, part""",
        values,
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}
