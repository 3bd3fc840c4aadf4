"""What a template says of its groups and steps; a running workflow carries the same and adds facts (model.py)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_STEPS = 500
MAX_NAME = 200
MAX_TEXT = 20_000
MAX_MINUTES = 100_000
MAX_DAYS = 3_660


class Order(StrEnum):
    """How the steps of a group are done: one after the other, or in any order."""

    SEQUENTIAL = "sequential"
    ANY = "any"


class Rule(StrEnum):
    """Who a step goes to."""

    TASK_OWNER = "task_owner"
    CLIENT_MANAGER = "client_manager"
    CLIENT_PARTNER = "client_partner"
    UNASSIGNED = "unassigned"
    MEMBER = "member"

    @property
    def words(self) -> str:
        """The rule as people read it: "client manager"."""
        return {"unassigned": "anyone", "member": "a named person"}.get(self.value, self.value.replace("_", " "))


class WaitsOn(StrEnum):
    """Whom a step waits on by nature."""

    CLIENT = "client"
    THIRD_PARTY = "third_party"


class DueFrom(StrEnum):
    """The date a due date counts from: the task's target, its statutory date, or the day of attaching."""

    TARGET = "target"
    STATUTORY = "statutory"
    ATTACHED = "attached"


class DueUnit(StrEnum):
    """Days of the calendar, or working days."""

    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a step is due: `days` before (negative) or after a date of the task, or a statutory rule's name."""

    days: int = 0
    unit: DueUnit = DueUnit.DAYS
    from_: DueFrom = DueFrom.TARGET
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """An assignment rule. `email` is the named member's, for `Rule.MEMBER` only."""

    rule: Rule = Rule.UNASSIGNED
    email: str = ""

    def __str__(self) -> str:
        """As templates write it: "client_manager", "member:priya@example.com"."""
        return f"member:{self.email}" if self.rule is Rule.MEMBER else self.rule.value


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDefinition:
    """One thing to do. `after` names further steps to be settled first; `estimate` is in minutes."""

    key: str
    name: str
    guidance: str = ""
    assign: Assign = Assign()
    blocking: bool = False
    required: bool = False
    after: tuple[str, ...] = ()
    estimate: int | None = None
    due: Due | None = None
    waits_on: WaitsOn | None = None
    review: bool = False
    approval: bool = False
    filing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDefinition[S: StepDefinition]:
    """A named part of a workflow. `gate`: it must finish before any later group begins."""

    key: str
    name: str
    order: Order = Order.SEQUENTIAL
    gate: bool = False
    steps: tuple[S, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A reusable workflow definition, one version of it (or a draft)."""

    name: str
    description: str = ""
    groups: tuple[GroupDefinition[StepDefinition], ...] = ()

    @property
    def steps(self) -> tuple[StepDefinition, ...]:
        """All steps, in workflow order."""
        return tuple(step for group in self.groups for step in group.steps)
