"""What a page or an API answer shows of a workflow: plain, frozen values with every question already answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

type StepState = Literal["ready", "blocked", "in_progress", "waiting", "done", "stale", "skipped"]


@dataclass(frozen=True, slots=True)
class Who:
    """A member to show: id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A step that holds another: its key, its name, who has it ("" for nobody), and when that is due."""

    key: str
    name: str
    person: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """A prerequisite that was overridden: its name, by whom, when, why."""

    name: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as its row and its detail show it.

    `since`: since when it is in its state, where known. `in_the_way`: what holds it, also when it is in
    progress or stale. `can`: actions this member could take now (domain/workflow/available.py, and "undo").
    `unresolved`: why its assignment rule found nobody. `due_rule` names the rule of law that it is due by, and
    `due_why` says how that found the date, or what is missing. `rev` is its ETag. Times are aware, in the
    practice's zone.
    """

    id: int
    key: str
    name: str
    state: StepState
    guidance: str
    assignee: Who | None
    rule: str
    unresolved: str
    blocking: bool
    required: bool
    review: bool
    approval: bool
    filing: bool
    added: bool
    waits_on: str
    estimate: int | None
    due_on: date | None
    due_by_hand: bool
    due_rule: str
    due_why: str
    late_days: int
    since: datetime | None
    completed_by: str
    completed_at: datetime | None
    skipped_by: str
    skipped_at: datetime | None
    skip_reason: str
    waiting_reason: str
    waiting_on: str
    waiting_whom: str
    evidence_on: date | None
    evidence_reference: str
    evidence_note: str
    overrides: tuple[OverrideLine, ...]
    in_the_way: tuple[InTheWay, ...]
    after: tuple[str, ...]
    can: tuple[str, ...]
    rev: int


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """Progress as shown: counts, per cent (None: no steps) and the words "5 of 8 steps done, 1 skipped"."""

    done: int
    skipped: int
    total: int
    percent: int | None
    words: str


@dataclass(frozen=True, slots=True)
class GroupPanel:
    """A group with its steps. `settled`: all its steps are settled. `left`: its open or stale steps."""

    key: str
    name: str
    order: Literal["sequential", "any"]
    gate: bool
    added: bool
    progress: ProgressLine
    settled: bool
    left: int
    settled_on: datetime | None
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class WorkflowPanel:
    """A workflow on a task. `differs` is e.g. ("1 added", "1 skipped"). `newer` is a newer version's number.

    `hold_up`: the steps between now and the next gate or blocking step, and `opens`, what opens after it.
    `filings_to_amend`: names of done filings before which something was sent back.
    """

    id: int
    name: str
    template_id: int | None
    version: int | None
    newer: int | None
    rev: int
    progress: ProgressLine
    finished: bool
    current: str
    groups: tuple[GroupPanel, ...]
    differs: tuple[str, ...]
    hold_up: tuple[InTheWay, ...]
    opens: str
    filings_to_amend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One line of a timeline. `words` is a whole sentence without the time: 'Megan Doyle completed “Draft”'.

    `quote` is what was typed (a note, a reason), "" where nothing was; `mentioned` are the names of whom it
    mentions. `verb` is the event's. `workflow_id` is None for what happened to the task itself.
    """

    id: int
    at: datetime
    who: Who | None
    actor: str
    verb: str
    workflow_id: int | None
    step_key: str
    words: str
    quote: str
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date beside the target and the statutory one: "Tax to pay by"."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class TaskHead:
    """The facts of a task. `status` is a TaskStatus word. `entries`: how many lines its record has."""

    id: int
    title: str
    client_id: int | None
    client: str
    service: str
    period_start: date | None
    period_end: date | None
    owner: Who | None
    manager: Who | None
    partner: Who | None
    target_date: date | None
    statutory_date: date | None
    other_dates: tuple[NamedDate, ...]
    status: str
    hold: str
    hold_reason: str
    late_days: int
    progress: ProgressLine
    rev: int
    can_edit: bool
    entries: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick from a list: an id and its name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """All the task page shows. `warnings` says in sentences what is unresolved (a rule that found nobody)."""

    task: TaskHead
    own: StepLine | None
    workflows: tuple[WorkflowPanel, ...]
    activity: tuple[ActivityLine, ...]
    more_activity: bool
    members: tuple[Choice, ...]
    templates: tuple[Choice, ...]
    warnings: tuple[str, ...]
