"""What the practice overview shows: plain, frozen values, every question already answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from natrium.apps.workflows.panels import Choice, StepState, Who

type TaskMark = Literal["ready", "in_progress", "waiting", "blocked", "stale", "done", "skipped"]


@dataclass(frozen=True, slots=True)
class TaskLook:
    """A task as the overview shows one. `mark` is its current step's state, or what the whole task is.

    `due_on` is the target, or the statutory date where there is no target. `percent` is None without a workflow.
    """

    id: int
    title: str
    client_id: int | None
    client: str
    service: str
    status: str
    mark: TaskMark
    owner: Who | None
    target_date: date | None
    statutory_date: date | None
    due_on: date | None
    late_days: int
    done: int
    counted: int
    percent: int | None
    unresolved: int


@dataclass(frozen=True, slots=True)
class HeatWeek:
    """A week of the heat strip: late (`starts` None), or the week that starts then. `value` is the filter by it.

    `level` is 0 … 10, of the fullest week.
    """

    starts: date | None
    count: int
    level: int
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Head:
    """How many tasks there are by the filters, and how they fall into weeks by all filters but that by date."""

    tasks: int
    late: int
    week: int
    waiting: int
    heat: tuple[HeatWeek, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A client's task for a service: the most pressing open one, or the last done. `open` counts the open ones."""

    task: TaskLook
    open: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A client (None: the practice's own work) with a cell for each service, in the order of `Matrix.services`."""

    client_id: int | None
    client: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A page of clients. `after` continues it, None at the end. `left_out`: services there was no room for."""

    services: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    after: tuple[str, int] | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the board: how many tasks are at it, its first cards, and since how many days, in the middle."""

    key: str
    count: int
    median: int | None
    cards: tuple[TaskLook, ...]


@dataclass(frozen=True, slots=True)
class TaskPageOf:
    """A page of tasks by due date; `after` continues it, None at the end."""

    tasks: tuple[TaskLook, ...]
    after: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class StepLook:
    """An open step as the overview lists one."""

    id: int
    key: str
    name: str
    state: StepState
    since: datetime | None
    assignee: Who | None
    due_on: date | None
    late_days: int
    estimate: int | None
    workflow_id: int | None
    task_id: int
    task: str
    client_id: int | None
    client: str


@dataclass(frozen=True, slots=True)
class StepPageOf:
    """A page of steps by due date, of `count` in all; `after` continues it, None at the end."""

    steps: tuple[StepLook, ...]
    count: int
    after: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class Load:
    """What a member has to do by the end of the week against their hours: minutes, and steps nobody estimated."""

    who: Who
    minutes: int
    hours: float
    unestimated: int
    late: int


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What filters can be made of: people (those who left after the others), services and templates."""

    members: tuple[Choice, ...]
    left: tuple[Choice, ...]
    services: tuple[str, ...]
    templates: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ViewLine:
    """Filters kept under a name. `page` is matrix, stages, list or steps; `query` a query string of filters."""

    id: int
    name: str
    page: str
    query: str
    shared: bool
    mine: bool
    by: str
