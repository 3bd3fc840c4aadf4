"""What is different for one client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.offices import AtWork


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """What is different in one recurring task; None is as the recurring task says."""

    recurring_id: int
    owner_member_id: int | None
    days_before: int | None
    template_ids: tuple[int, ...] | None


def overrides_of(by: AtWork, engagement_id: int) -> tuple[OverrideLine, ...]:
    """The overrides of an engagement; an unknown one has none."""
    rows = sql.rows(
        """SELECT recurring_task_id, owner_member_id, days_before, template_ids FROM catalogue_engagementoverride
           WHERE engagement_id = %s AND practice_id = %s ORDER BY recurring_task_id""",
        (engagement_id, by.practice_id),
    )
    found = []
    for recurring_id, owner_id, days, text in rows:
        templates: Any = None if text is None else sql.from_json(text)
        found.append(OverrideLine(recurring_id, owner_id, days, None if templates is None else tuple(templates)))
    return tuple(found)
