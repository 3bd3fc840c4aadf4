"""The day on which a piece of work is due by a rule of law; or, in words, why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natrium.domain.deadlines.context import Holidays
from natrium.domain.deadlines.feeds import Unknown, due_for
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.reckoning import Answer
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Falls:
    """A day and why. `on` None: `why` says what is missing, or "" where nothing says when. `version` is a rule's."""

    on: date | None = None
    why: str = ""
    version: int | None = None


def falls(name: str, known: Known, *, holidays: Holidays, version: int | None = None) -> Falls:
    """When the rule of that name has a piece of work due. With `version` by that one, which the work was made with.

    Of a rule that gives several dates it is the one that the task's statutory date says, and none where that says
    none of them.
    """
    try:
        answer = _asked(name, known, holidays, version)
    except Refusal as refusal:
        return Falls(None, refusal.message)
    if isinstance(answer, Unknown):
        return Falls(None, answer.reason)
    number = answer.version.number
    if not answer.parts:
        return Falls(answer.due, answer.why, number)
    for part in answer.parts:
        if part.due == known.statutory:
            return Falls(part.due, f"{said(part.due)}: {part.words}.", number)
    days = ", ".join(said(part.due) for part in answer.parts)
    return Falls(
        None, f"“{answer.rule.title}” gives several dates ({days}); the task’s statutory date is to say which."
    )


def _asked(name: str, known: Known, holidays: Holidays, version: int | None) -> Answer | Unknown:
    """The rule's answer. Another rule that takes its place for a first period may not have that version."""
    try:
        return due_for(name, known, holidays=holidays, version=version)
    except Refusal:
        return due_for(name, known, holidays=holidays)
