"""A workflow open to be changed: its steps and groups as the rules know them, and what this member may do with each.

Filled by natrium.apps.workflows.queries: step_shape, group_shape; and a task likewise: task_shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natrium.apps.workflows.pages import NewTaskChoices
from natrium.apps.workflows.taskfacts import TaskFacts
from natrium.domain.workflow.model import Group, Step


@dataclass(frozen=True, slots=True)
class Around:
    """The workflow that is changed: where it hangs, and who asks. `held`: the task takes comments only.

    `groups` are all its groups with their steps. `may_edit`: this member may change it; `may_loosen`: also where
    that loosens a rule of the template.
    """

    task_id: int
    task: str
    client: str
    workflow_id: int
    workflow: str
    rev: int
    groups: tuple[Group, ...]
    held: bool
    may_edit: bool
    may_loosen: bool

    @property
    def can_shape(self) -> bool:
        """Whether this member may change it now."""
        return self.may_edit and not self.held


@dataclass(frozen=True, slots=True)
class Other:
    """A step that another may wait for. `how`: by which rules it does already ("order", "gate", "blocking")."""

    key: str
    name: str
    group: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepShape:
    """One step to change. `settled`: it is done or skipped, and stays as it is. `can`: as StepLine has it.

    `others` are the steps that it may wait for without closing a loop, in workflow order. `fixed` are the flags
    that its template gave it and nobody clears. `stays` says why it cannot be removed, "" where it can.
    `by_rule` is the day that its due rule gives; `why` says of a rule of law how, or what is missing.
    """

    around: Around
    step: Step
    group: str
    settled: bool
    can: tuple[str, ...]
    others: tuple[Other, ...]
    fixed: frozenset[str]
    stays: str
    by_rule: date | None
    why: str


@dataclass(frozen=True, slots=True)
class GroupShape:
    """One group to change. `moves`: it may be moved. `stays` says why it cannot be removed, "" where it can."""

    around: Around
    group: Group
    position: int
    moves: bool
    stays: str


@dataclass(frozen=True, slots=True)
class Followers:
    """How many open steps of a task go along when something of it changes, and how many were decided by hand.

    `owner`: they are for the task owner; `client`: for the client's manager or partner; `target` and `statutory`:
    their due date counts from that date.
    """

    owner: int
    owner_by_hand: int
    client: int
    target: int
    statutory: int
    dated_by_hand: int


@dataclass(frozen=True, slots=True)
class TaskShape:
    """A task to change. `held`: it takes comments only. `choices`: what there is to choose from."""

    id: int
    facts: TaskFacts
    client: str
    owner: str
    rev: int
    held: bool
    may_edit: bool
    choices: NewTaskChoices
    followers: Followers
