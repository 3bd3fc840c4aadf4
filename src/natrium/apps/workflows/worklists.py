"""What lists of people's steps show: my work, what one delegated. Plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from natrium.apps.workflows.panels import Choice, StepLine, StepState, Who

type SectionKey = Literal["today", "week", "later", "confirm", "waiting", "coming", "grabs"]
SECTIONS: tuple[SectionKey, ...] = get_args(SectionKey.__value__)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opened a step lately: the name of the step that was settled, and who settled it."""

    step: str
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of a list: a step, where it belongs, and how far its task is.

    `holder`: who has it (None: anyone). `holds_up`: who cannot go on before it is settled. `opened`: what opened it,
    where that was lately and somebody else's doing. `asks`: completing it asks for evidence ("filing", "approval",
    "" for nothing). `quiet_days`: for how many days it has been waiting. Times are aware, in the practice's zone.
    """

    step_id: int
    step_key: str
    step: str
    state: StepState
    workflow_id: int | None
    task_id: int
    task: str
    client: str
    holder: Who | None
    waiting_on: str
    waiting_whom: str
    since: datetime | None
    due_on: date | None
    late_days: int
    quiet_days: int
    estimate: int | None
    done: int
    counted: int
    holds_up: str
    opened: Opened | None
    asks: str


@dataclass(frozen=True, slots=True)
class StepPlace:
    """Where a step is (without a workflow it is its task's own), what it is called, and whom it holds up.

    `retired`: its task is worked through its workflows now.
    """

    step_id: int
    workflow_id: int | None
    task_id: int
    key: str
    name: str
    holds_up: str
    retired: bool


@dataclass(frozen=True, slots=True)
class WorkStep:
    """A row opened: the step as its task shows it, with what may be done ("due" beside that), and who could have it."""

    row: WorkRow
    line: StepLine
    members: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class WorkSection:
    """A part of my work, also an empty one. `count` and `minutes` are of all its steps, also those not shown.

    `more` continues the section; "" where nothing follows.
    """

    key: SectionKey
    title: str
    count: int
    minutes: int
    rows: tuple[WorkRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class MyWork:
    """A member's work on a day. `ready` steps can begin; `late` of those and of what is in progress are late.

    `holding`: how many of those hold up other people. `planned`: minutes of today's steps; `hours`: minutes the
    member works a day, None where not known. `keep` is the text that the list was narrowed by.
    """

    today: date
    of: Who
    ready: int
    late: int
    holding: int
    planned: int
    hours: int | None
    keep: str
    sections: tuple[WorkSection, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """What one person holds of what was delegated. `who` None: what nobody has yet.

    `count`, `late` and `waiting` are of all their steps, also those not shown.
    """

    who: Who | None
    count: int
    late: int
    waiting: int
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class Delegated:
    """Steps of a member's tasks, and of the clients they look after, that others hold. Totals are of all of them.

    `first_tasks`: of so many of the tasks, by target date, where there are too many (0: of all).
    """

    today: date
    count: int
    late: int
    waiting: int
    first_tasks: int
    keep: str
    holders: tuple[Holder, ...]
