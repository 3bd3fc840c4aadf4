"""The day on which a due rule falls for a task."""

from __future__ import annotations

from dataclasses import dataclass, field

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import calendars, knowing
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.deadlines.falling import Falls, falls
from natrium.domain.deadlines.known import Known
from natrium.domain.workflow.definition import Due, DueFrom

NEVER = Falls()


@dataclass(slots=True)
class Dates:
    """The due dates of one workflow's steps. What rules of law ask is read once, and only where one is asked."""

    loaded: Loaded
    by: SignedIn
    known: Known | None = field(default=None)

    def of(self, due: Due | None, *, version: int | None = None) -> Falls:
        """The day a due rule gives. Without one, or where the date it counts from is not known: none."""
        if due is None or self.loaded.attached_at is None:
            return NEVER
        if due.rule:
            return by_law(due.rule, self._known(), version=version)
        task = self.loaded.task
        anchor = {
            DueFrom.TARGET: task.target_date,
            DueFrom.STATUTORY: task.statutory_date,
            DueFrom.ATTACHED: self.loaded.attached_at.astimezone(self.by.zone).date(),
        }[due.from_]
        if anchor is None:
            return NEVER
        return Falls(calendars.due_date(anchor, due.days, due.unit, calendar=self.by.calendar))

    def _known(self) -> Known:
        if self.known is None:
            task = self.loaded.task
            self.known = knowing.known_of_tasks(practice_id=task.practice_id, task_ids=[task.id])[task.id]
        return self.known


def by_law(rule: str, known: Known, *, version: int | None = None) -> Falls:
    """The day that a rule of law gives, and why; or what is missing."""
    return falls(rule, known, holidays=calendars.is_bank_holiday, version=version)
