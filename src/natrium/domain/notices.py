"""What people are told of what others do: the kinds there are, and who is told of a line of the record.

A notice is only for somebody whose next action changed by it, and never for the one who did it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of notices, each of which one may switch off in the app and in the mail."""

    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    REVIEW = "review"
    READY = "ready"
    SENT_BACK = "sent_back"
    LOST = "lost"
    HELD = "held"


WORDS: dict[Kind, str] = {
    Kind.ASSIGNED: "Work is given to you",
    Kind.MENTIONED: "Somebody mentions you in a note",
    Kind.REVIEW: "A review or an approval is wanted from you",
    Kind.READY: "Another step of yours can begin",
    Kind.SENT_BACK: "What you did is sent back, or to be confirmed",
    Kind.LOST: "A step of yours is skipped, or goes to somebody else",
    Kind.HELD: "A task with work of yours is put on hold, cancelled or resumed",
}
# Until a member says otherwise: all in the app, and in the mail what they would not want to miss.
MAILED = frozenset({Kind.ASSIGNED, Kind.MENTIONED, Kind.REVIEW, Kind.SENT_BACK})
HOLDING = frozenset({"task.held", "task.cancelled", "task.resumed"})
BACK = frozenset({"step.reopened", "step.returned", "step.staled"})
# What can make a step ready, each with all that it brings about in one moment. (That a task goes on is told as such.)
OPENING = frozenset(
    {
        "workflow.attached", "step.completed", "step.skipped", "step.confirmed",
        "step.unskipped", "step.overridden", "step.undone", "step.added", "step.edited", "step.moved", "step.removed",
        "step.returned", "group.edited", "group.moved", "group.removed",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a task's record. `actor` is the member who did it, None for nobody of the practice."""

    verb: str
    at: datetime
    actor: int | None
    step: int | None = None
    workflow: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as it is now: who has it, who completed it last, and since when it can begin (None: it cannot).

    `signs`: it is a review or an approval.
    """

    id: int
    workflow: int | None
    holder: int | None
    completed_by: int | None
    open: bool
    ready_since: datetime | None
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell, and of what; `step` is 0 for what is about the task as a whole."""

    member: int
    kind: Kind
    step: int = 0


def notices(line: Line, steps: Sequence[StepNow], *, owner: int | None) -> Collection[Notice]:
    """Who is told of a line, given the task's steps and owner as they are now. Each once."""
    found = [*_handed_over(line, steps), *_of_the_owner(line), *_mentioned(line), *_back(line, steps)]
    found += [*_skipped(line, steps), *_held(line, steps, owner)]
    # Who is told of a step for another reason sees on it that it can begin.
    known = {(notice.member, notice.step) for notice in found}
    found += [notice for notice in _opened(line, steps) if (notice.member, notice.step) not in known]
    return dict.fromkeys(notice for notice in found if notice.member != line.actor).keys()


def _handed_over(line: Line, steps: Sequence[StepNow]) -> Iterator[Notice]:
    """A step came to somebody, or went from them: by hand, by its rule, or by being added."""
    if not line.verb.startswith("step.") or line.step is None:
        return
    if line.verb == "step.added":
        yield from (Notice(one.holder, Kind.ASSIGNED, one.id) for one in steps if one.id == line.step and one.holder)
    before, after = line.data.get("changes", {}).get("assignee", (None, None))
    if after:
        yield Notice(after["id"], Kind.ASSIGNED, line.step)
    if before:
        yield Notice(before["id"], Kind.LOST, line.step)


def _of_the_owner(line: Line) -> Iterator[Notice]:
    """The task itself came to somebody, or went from them."""
    if line.verb == "task.created" and line.data.get("owner_id"):
        yield Notice(line.data["owner_id"], Kind.ASSIGNED)
    if line.verb == "task.edited":
        before, after = line.data.get("changes", {}).get("owner_id", (None, None))
        if after:
            yield Notice(after, Kind.ASSIGNED)
        if before:
            yield Notice(before, Kind.LOST)


def _mentioned(line: Line) -> Iterator[Notice]:
    for one in line.data.get("mentions", ()):
        yield Notice(one["id"], Kind.MENTIONED, line.step or 0)


def _back(line: Line, steps: Sequence[StepNow]) -> Iterator[Notice]:
    """What somebody signed off was sent back, or came to stand on what was; whoever has it now has it to do."""
    if line.verb not in BACK:
        return
    for step in steps:
        if step.id == line.step:
            people = (step.completed_by,) if line.verb == "step.staled" else (step.completed_by, step.holder)
            yield from (Notice(one, Kind.SENT_BACK, step.id) for one in people if one is not None)


def _skipped(line: Line, steps: Sequence[StepNow]) -> Iterator[Notice]:
    if line.verb == "step.skipped":
        yield from (Notice(one.holder, Kind.LOST, one.id) for one in steps if one.id == line.step and one.holder)


def _held(line: Line, steps: Sequence[StepNow], owner: int | None) -> Iterator[Notice]:
    """Everybody with something open on the task, and its owner."""
    if line.verb in HOLDING:
        people = [owner, *(step.holder for step in steps if step.open)]
        yield from (Notice(one, Kind.HELD) for one in people if one is not None)


def _opened(line: Line, steps: Sequence[StepNow]) -> Iterator[Notice]:
    """Steps that can begin since this very moment, and still can."""
    if line.verb not in OPENING:
        return
    for step in steps:
        same_place = line.workflow is None or step.workflow == line.workflow
        if step.holder is not None and step.ready_since == line.at and same_place:
            yield Notice(step.holder, Kind.REVIEW if step.signs else Kind.READY, step.id)
