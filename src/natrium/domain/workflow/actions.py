"""What people ask for, as values; and what the rules answer: a change with its events, or a repetition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from natrium.domain.workflow.definition import Order, StepDefinition, WaitsOn
from natrium.domain.workflow.model import Member, Person, Workflow


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a step."""

    key: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Set a step waiting. `on` None means the step's own `waits_on`; `whom` is a name such as "HMRC"."""

    key: str
    reason: str = ""
    on: WaitsOn | None = None
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a waiting step."""

    key: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Finish a step. A filing needs `filed_on` and `reference`, an approval needs `note` (the evidence)."""

    key: str
    filed_on: date | None = None
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Send a done step back. `cascade`: what was done after it returns to todo instead of becoming stale."""

    key: str
    reason: str = ""
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say of a stale step that it is still right."""

    key: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave a step out, with a reason."""

    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unskip:
    """Take a skip back."""

    key: str


@dataclass(frozen=True, slots=True)
class OverridePrerequisites:
    """Let `key` go on although the prerequisites named in `covers` are not settled.

    With `then` (a Start or Complete of the same step) both happen or neither: "start anyway", "complete anyway".
    """

    key: str
    covers: tuple[str, ...] = ()
    reason: str = ""
    then: Start | Complete | None = None


@dataclass(frozen=True, slots=True)
class AssignTo:
    """Give a step to a member, or to nobody (`to` None)."""

    key: str
    to: Member | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Take an unassigned step."""

    key: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Say something about a step, or about the whole workflow (`key` empty), to those it mentions above all."""

    key: str
    text: str
    mentioned: tuple[Person, ...] = ()


Action = (
    Start
    | Wait
    | Resume
    | Complete
    | Reopen
    | Confirm
    | Skip
    | Unskip
    | OverridePrerequisites
    | AssignTo
    | Claim
    | Comment
)


@dataclass(frozen=True, slots=True)
class AddStep:
    """Put a new step into a group. `position` counts from 0; None is the end. A wrong one is a bad value."""

    group: str
    step: StepDefinition
    position: int | None = None


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Put a new, empty group into the workflow."""

    key: str
    name: str
    order: Order = Order.SEQUENTIAL
    gate: bool = False
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MoveStep:
    """Move a step to a place in a group (its own or another). `reason` is needed where that loosens a rule."""

    key: str
    group: str
    position: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """Move a group to a place among the groups."""

    key: str
    position: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditStep:
    """Change fields of a step. `changes` maps field names to new values.

    Fields: name, guidance, blocking, required, review, approval, filing, after (tuple of keys), estimate,
    due (Due or None), due_on (date or None: typed by hand), waits_on, assign.
    """

    key: str
    changes: Mapping[str, object]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Change fields of a group: name, order, gate."""

    key: str
    changes: Mapping[str, object]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """Take away a step that was added here and not worked on."""

    key: str


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    """Take away an empty group that was added here."""

    key: str


Edit = AddStep | AddGroup | MoveStep | MoveGroup | EditStep | EditGroup | RemoveStep | RemoveGroup


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a workflow. `verb` is `noun.past`: "step.completed".

    `key` is the step or group ("" for the workflow), `name` its name then. `changes` maps each changed fact
    of the step to (before, after), in the model's own values. `data` is what else there is to say.
    """

    verb: str
    key: str = ""
    name: str = ""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repetition:
    """The step already is what was asked for: who did it, and when (None where nobody is recorded)."""

    key: str
    by: Person | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """The answer to actions: the workflow afterwards, the events in order, and what was a repetition."""

    workflow: Workflow
    events: tuple[Event, ...] = ()
    repetitions: tuple[Repetition, ...] = ()


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event of the record, as undo reads it. Events of one action share `action` (an opaque id)."""

    action: str
    verb: str
    key: str
    by: int | None
    at: datetime
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
