"""What is different for one client: checked, and written as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from natrium.apps.catalogue import facts as facts_of
from natrium.apps.catalogue.models import Engagement, EngagementOverride, RecurringTask
from natrium.apps.database import sql
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import Code, NotFound, Refusal

MOST_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What is different for one client in one recurring task; what is None is as the recurring task says."""

    recurring_task_id: int
    owner_member_id: int | None = None
    days_before: int | None = None
    template_ids: tuple[int, ...] | None = None


class RefusedOverride(Refusal):
    """A refusal of what is said for one of the recurring tasks."""

    def __init__(self, refusal: Refusal, recurring_task_id: int) -> None:
        super().__init__(refusal.code, refusal.message, refusal.obstacles, field=refusal.field)
        self.recurring_task_id = recurring_task_id


def overrides_said(engagement_id: int) -> list[dict[str, Any]]:
    """The overrides of an engagement, as the record keeps them."""
    rows = sql.rows(
        """SELECT recurring_task_id, owner_member_id, days_before, template_ids FROM catalogue_engagementoverride
           WHERE engagement_id = %s ORDER BY recurring_task_id""",
        (engagement_id,),
    )
    names = ("recurring_task", "owner", "days_before")
    return [
        {name: value for name, value in zip(names, row[:3], strict=True) if value is not None}
        | ({"templates": sql.from_json(row[3])} if row[3] is not None else {})
        for row in rows
    ]


def write_overrides(row: Engagement, overrides: Sequence[Override]) -> list[dict[str, Any]]:
    """Writes all that is different in place of what was, and gives it as the record keeps it.

    Inside a transaction, the engagement's row locked. Raises NotFound, RefusedOverride (bad-value).
    """
    theirs = set(RecurringTask.objects.filter(service_id=row.service_id).values_list("id", flat=True))
    EngagementOverride.objects.filter(engagement=row).delete()
    seen = set[int]()
    for one in overrides:
        if one.recurring_task_id not in theirs:
            raise NotFound("There is no such recurring task in this service.")
        try:
            if one.recurring_task_id in seen:
                raise _bad("recurring_task_id", "A recurring task is named once, with all that is different in it.")
            templates = _sound(one, practice_id=row.practice_id)
        except Refusal as refusal:
            raise RefusedOverride(refusal, one.recurring_task_id) from None
        seen.add(one.recurring_task_id)
        EngagementOverride.objects.create(
            practice_id=row.practice_id, engagement=row, recurring_task_id=one.recurring_task_id,
            owner_member_id=one.owner_member_id, days_before=one.days_before, template_ids=templates,
        )  # fmt: skip
    return overrides_said(row.pk)


def _sound(one: Override, *, practice_id: int) -> str | None:
    """The templates as they are kept. Refuses bad-value with the field; raises NotFound (member, template)."""
    if one.owner_member_id is not None:
        facts_of.check_holder(one.owner_member_id, practice_id=practice_id)
    if one.days_before is not None and not 0 <= one.days_before <= MOST_DAYS:
        raise _bad("days_before", f"A target is 0 to {MOST_DAYS} days before.")
    if one.template_ids is None:
        return None
    templates = list(dict.fromkeys(one.template_ids))
    if len(templates) > facts_of.MOST_TEMPLATES:
        raise _bad("template_ids", f"A task takes at most {facts_of.MOST_TEMPLATES} workflows.")
    workflows.check_attachable(practice_id=practice_id, template_ids=templates)
    return sql.as_json(templates)


def _bad(field: str, words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field=field)
