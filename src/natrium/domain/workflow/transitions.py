"""The one function that decides what may happen to a workflow's steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from natrium.domain.errors import Refusal
from natrium.domain.workflow import holding, overriding, signing, working
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Change,
    Claim,
    Comment,
    Complete,
    Confirm,
    Event,
    OverridePrerequisites,
    Reopen,
    Repetition,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Member, Workflow
from natrium.domain.workflow.turn import Turn

RULES: dict[type, Callable[[Turn, Any], Change]] = {
    Start: working.start,
    Wait: working.wait,
    Resume: working.resume,
    Complete: working.complete,
    Reopen: signing.reopen,
    Confirm: signing.confirm,
    Skip: signing.skip,
    Unskip: signing.unskip,
    OverridePrerequisites: overriding.override,
    AssignTo: holding.assign,
    Claim: holding.claim,
    Comment: holding.comment,
}


def perform(workflow: Workflow, actions: Sequence[Action], *, around: Around, by: Member, at: datetime) -> Change:
    """What the actions lead to, applied in workflow order, each on the state the one before left; all or nothing.

    `at` is aware and in the practice's own zone. Raises Refusal, and then nothing has changed.
    """
    if len(actions) == 1:
        return decide(workflow, actions[0], around=around, by=by, at=at)
    events: list[Event] = []
    repetitions: list[Repetition] = []
    for action in in_order(workflow, actions):
        change = decide(workflow, action, around=around, by=by, at=at)
        workflow = change.workflow
        events.extend(change.events)
        repetitions.extend(change.repetitions)
    return Change(workflow, tuple(events), tuple(repetitions))


def in_order(workflow: Workflow, actions: Sequence[Action]) -> list[Action]:
    """Actions in the order of the workflow's steps; those on no step of it come first."""
    place = {step.key: position for position, step in enumerate(workflow.steps)}
    return sorted(actions, key=lambda one: place.get(one.key, -1))


def refusals(
    workflow: Workflow, actions: Sequence[Action], *, around: Around, by: Member, at: datetime
) -> dict[str, Refusal]:
    """Of actions that `perform` refuses as a whole: which steps it is because of, each with its own refusal.

    Taken in workflow order, a refused one left out for those after it.
    """
    refused: dict[str, Refusal] = {}
    for action in in_order(workflow, actions):
        try:
            workflow = decide(workflow, action, around=around, by=by, at=at).workflow
        except Refusal as refusal:
            refused[action.key] = refusal
    return refused


def decide(workflow: Workflow, action: Action, *, around: Around, by: Member, at: datetime) -> Change:
    """What one action leads to. Raises Refusal."""
    return RULES[type(action)](Turn(Situation(workflow), around, by, at), action)
