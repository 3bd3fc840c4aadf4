"""A running workflow: its groups and steps with their stored facts, and the people around it. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from natrium.domain.roles import Role
from natrium.domain.workflow.definition import GroupDefinition, StepDefinition, WaitsOn


class Status(StrEnum):
    """The stored status of a step. Blocked and ready are derived from it (dependencies.py)."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"


class Hold(StrEnum):
    """What a task was set to by hand, if anything."""

    NONE = ""
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the rules see one: an id and a name to say."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Person):
    """A member with what decides whether they may act or hold a step."""

    role: Role
    active: bool = True

    @property
    def person(self) -> Person:
        """The same member as a plain person, as facts keep one."""
        return Person(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a step waits, on whom by nature, on whom by name ("HMRC"), and since when."""

    reason: str
    on: WaitsOn
    whom: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What completing a filing or an approval recorded. Filing: `on` and `reference`. Approval: `note`."""

    on: date | None = None
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """A prerequisite that somebody with the right to it overrode for one step, for ever."""

    key: str
    by: Person
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(StepDefinition):
    """A step of a running workflow: what the template said, and what happened.

    `bound`: the assignee still follows the assignment rule. `completed_*` keep the last completion,
    also after the step was sent back. `added`: it was added here and is not the template's.
    `due_on` is the resolved date, `due_by_hand` says that a person typed it, and `due_version` is the version of
    the rule of law that gave it: it keeps to that one.
    """

    status: Status = Status.TODO
    stale: bool = False
    assignee: Person | None = None
    bound: bool = True
    started_by: Person | None = None
    started_at: datetime | None = None
    completed_by: Person | None = None
    completed_at: datetime | None = None
    skipped_by: Person | None = None
    skipped_at: datetime | None = None
    skip_reason: str = ""
    waiting: Waiting | None = None
    evidence: Evidence | None = None
    overrides: tuple[Override, ...] = ()
    added: bool = False
    due_on: date | None = None
    due_by_hand: bool = False
    due_version: int | None = None

    @property
    def settled(self) -> bool:
        """Done and not stale, or skipped."""
        return self.status is Status.SKIPPED or (self.status is Status.DONE and not self.stale)

    @property
    def open(self) -> bool:
        """Still to be worked: todo, in progress or waiting."""
        return self.status not in {Status.DONE, Status.SKIPPED}

    @property
    def covered(self) -> frozenset[str]:
        """The keys of prerequisites that were overridden for this step."""
        return frozenset(override.key for override in self.overrides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(GroupDefinition[Step]):
    """A group of a running workflow. `added`: it was added here and is not the template's."""

    added: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """A template version attached to a task: an instance with its own groups and steps."""

    groups: tuple[Group, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in workflow order."""
        return tuple(step for group in self.groups for step in group.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the rules need to know of the task a workflow hangs on."""

    owner: Person | None = None
    hold: Hold = Hold.NONE
    hold_reason: str = ""
