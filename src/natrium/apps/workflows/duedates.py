"""The day on which a due rule falls for a task."""

from __future__ import annotations

from datetime import date

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import calendars
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.workflow.definition import Due, DueFrom


def due_on(loaded: Loaded, due: Due | None, *, by: SignedIn) -> date | None:
    """The day a due rule gives on this task; None where there is none, or the date it counts from is not known.

    A statutory rule of its own gives none yet: the rules of law come with services.
    """
    if due is None or due.rule or loaded.attached_at is None:
        return None
    anchor = {
        DueFrom.TARGET: loaded.task.target_date,
        DueFrom.STATUTORY: loaded.task.statutory_date,
        DueFrom.ATTACHED: loaded.attached_at.astimezone(by.zone).date(),
    }[due.from_]
    return None if anchor is None else calendars.due_date(anchor, due.days, due.unit, calendar=by.calendar)
