"""What Priya does to which workflow, and the events that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from natrium.domain.workflow.actions import (
    Change,
    Event,
)
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Status, Waiting, Workflow
from tests.unit.domain.workflow.builders import (
    DONE,
    JO,
    MORNING,
    PRIYA,
    TODO,
    person,
)

ME, NOW, TODAY = person(PRIYA), MORNING, MORNING.date()
EARLIER = MORNING.replace(day=1)
BANK = Waiting("Bank letter", WaitsOn.THIRD_PARTY, "HSBC", EARLIER)
BEGUN = {"started_by": person(JO), "started_at": EARLIER}
SIGNED = {**BEGUN, "status": DONE, "completed_by": person(JO), "completed_at": EARLIER}
STALE = {**SIGNED, "stale": True}


@dataclass(frozen=True)
class Told:
    """What Priya does to which workflow, and the events that tell of it."""

    workflow: Workflow
    done: Any
    events: tuple[Event, ...]


def to(status: Status, was: Status = TODO, **facts: Any) -> dict[str, tuple[object, object]]:
    """The changes of a status, and others beside it."""
    return {"status": (was, status), **facts}


STARTED = {"started_by": (None, ME), "started_at": (None, NOW)}
STARTED_AGAIN: dict[str, Any] = {"started_by": (person(JO), ME), "started_at": (EARLIER, NOW)}
NO_LONGER_STARTED = {"started_by": (person(JO), None), "started_at": (EARLIER, None)}
COMPLETED = {"completed_by": (None, ME), "completed_at": (None, NOW)}


def check(told: Told, change: Change) -> None:
    """The events are these, and steps that none of them speaks of are as they were."""
    assert change.events == told.events
    assert change.repetitions == ()
    named = {event.key for event in told.events}
    after = {each.key: each for each in change.workflow.steps}
    for each in told.workflow.steps:
        assert each.key in named or after[each.key] == each


def idea(told: Told) -> str:
    """What a test is called by."""
    return f"{type(told.done).__name__}-{told.events[-1].verb}"
