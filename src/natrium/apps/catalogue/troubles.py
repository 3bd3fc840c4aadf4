"""Series that fail or wait for a fact: kept while it lasts, forgotten when it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from natrium.apps.catalogue.ledger import SeriesKey
from natrium.apps.database import sql

FAILS = """
    INSERT INTO catalogue_series
        (practice_id, engagement_id, recurring_task_id, failing_since, error, attempts, waiting_since, waiting)
    VALUES (%s, %s, %s, %s, %s, 1, NULL, '')
    ON CONFLICT (engagement_id, recurring_task_id) DO UPDATE SET
        failing_since = COALESCE(catalogue_series.failing_since, excluded.failing_since), error = excluded.error,
        attempts = catalogue_series.attempts + 1, waiting_since = NULL, waiting = ''"""
WAITS = """
    INSERT INTO catalogue_series
        (practice_id, engagement_id, recurring_task_id, failing_since, error, attempts, waiting_since, waiting)
    VALUES (%s, %s, %s, NULL, '', 0, %s, %s)
    ON CONFLICT (engagement_id, recurring_task_id) DO UPDATE SET
        waiting_since = COALESCE(catalogue_series.waiting_since, excluded.waiting_since), waiting = excluded.waiting,
        failing_since = NULL, error = '', attempts = 0"""


def keep(
    *,
    practice_id: int,
    failing: Mapping[SeriesKey, str],
    waiting: Mapping[SeriesKey, str],
    well: Sequence[SeriesKey],
    at: datetime,
) -> None:
    """Says which series fail since when, and which wait; takes away what was said of those that are well."""
    if not failing and not waiting and not well:
        return
    with transaction.atomic():
        for (engagement, recurring), error in sorted(failing.items()):
            sql.execute(FAILS, (practice_id, engagement, recurring, at, error))
        for (engagement, recurring), words in sorted(waiting.items()):
            sql.execute(WAITS, (practice_id, engagement, recurring, at, words))
        for engagement, recurring in sorted(well):
            sql.execute(
                "DELETE FROM catalogue_series WHERE engagement_id = %s AND recurring_task_id = %s",
                (engagement, recurring),
            )


def forget(*, engagement_id: int | None = None, recurring_task_id: int | None = None) -> None:
    """Takes away what was said of an engagement's series, or of a recurring task's: nothing is made for them now."""
    sql.execute(
        "DELETE FROM catalogue_series WHERE engagement_id = %s OR recurring_task_id = %s",
        (engagement_id or 0, recurring_task_id or 0),
    )
