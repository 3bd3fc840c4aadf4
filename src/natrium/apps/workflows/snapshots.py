"""Where rows meet rules: one workflow read into the pure model under its lock, and what the rules answered written.

Nothing else writes the rows of workflows, groups and steps (bulk.py, beside this, writes fresh ones by the
thousand and is tested to leave the same). A static check holds that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from natrium.apps.database import sql
from natrium.apps.workflows.taskrows import COUNTERS, TASK_SELECT, TASK_WIDTH, TaskRow, counted, task_of
from natrium.domain.errors import NotFound
from natrium.domain.workflow.definition import Assign, Due, DueFrom, DueUnit, Order, Rule, WaitsOn
from natrium.domain.workflow.model import (
    Evidence,
    Group,
    Override,
    Person,
    Status,
    Step,
    Waiting,
    Workflow,
)
from natrium.domain.workflow.progress import Counts

STEP_COLUMNS = (
    "id", "key", "name", "position", "assign_rule", "assign_email", "blocking", "required", "after", "estimate",
    "due_days", "due_unit", "due_from", "due_rule", "waits_on", "review", "approval", "filing", "guidance",
    "status", "stale", "ready", "assignee_id", "bound", "unresolved", "started_by_id", "started_at",
    "completed_by_id", "completed_at", "skipped_by_id", "skipped_at", "skip_reason", "waiting_reason", "waiting_on",
    "waiting_whom", "waiting_since", "evidence_on", "evidence_reference", "evidence_note", "overrides", "added",
    "due", "due_by_hand", "due_version", "status_since", "ready_since", "rev", "template_step_id", "holds_up_id",
)  # fmt: skip

WORKFLOW_SELECT = f"""
    w.id, w.rev, w.template_id, w.version_id, w.number_on_task, w.name, w.attached_at, w.finished_at,
    {", ".join(f"w.steps_{name}" for name in COUNTERS)}"""
STEPS_SELECT = f"""
    g.id, g.key, g.name, g."order", g.gate, g.added,
           {", ".join(f"s.{name}" for name in STEP_COLUMNS)}, a.name, b.name, c.name, k.name
    FROM workflows_stepgroup g
    LEFT JOIN workflows_step s ON s.workflow_id = g.workflow_id AND s.group_id = g.id
    LEFT JOIN practices_member a ON a.id = s.assignee_id
    LEFT JOIN practices_member b ON b.id = s.started_by_id
    LEFT JOIN practices_member c ON c.id = s.completed_by_id
    LEFT JOIN practices_member k ON k.id = s.skipped_by_id"""
STEPS_SQL = f"SELECT {STEPS_SELECT} WHERE g.workflow_id = %s ORDER BY g.position, g.id, s.position"
GROUP_WIDTH = 6
NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Extra:
    """What a step's row keeps beside the rules' facts."""

    id: int
    rev: int
    ready: bool
    unresolved: bool
    status_since: datetime
    ready_since: datetime | None
    template_step_id: int | None
    inherits_guidance: bool = False
    holds_up_id: int | None = None


@dataclass(slots=True)
class Loaded:
    """One workflow, or a task's own step (`id` None), as read: the pure model, and the rows' own matters."""

    task: TaskRow
    id: int | None
    workflow: Workflow
    counts: Counts
    rev: int = 1
    name: str = ""
    template_id: int | None = None
    version_id: int | None = None
    number: int = 1
    attached_at: datetime | None = None
    finished_at: datetime | None = None
    groups: dict[str, int] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)


def load(*, practice_id: int, workflow_id: int, lock: bool) -> Loaded:
    """A workflow of the practice with its task. `lock`: hold both rows until the transaction ends.

    Raises NotFound.
    """
    head = sql.row(
        f"""SELECT {TASK_SELECT}, {WORKFLOW_SELECT}
            FROM tasks_task t JOIN workflows_workflow w ON w.task_id = t.id
            LEFT JOIN practices_member o ON o.id = t.owner_id
            WHERE w.id = %s AND w.practice_id = %s {sql.for_update("t", "w") if lock else ""}""",
        (workflow_id, practice_id),
    )
    if head is None:
        raise NotFound("There is no such workflow in this practice.")
    loaded = workflow_of(task_of(head[:TASK_WIDTH]), head[TASK_WIDTH:])
    read_steps(loaded, sql.rows(STEPS_SQL, (workflow_id,)))
    return loaded


def workflow_of(task: TaskRow, row: Sequence[Any]) -> Loaded:
    """A workflow, its steps still to be read, from the columns of WORKFLOW_SELECT."""
    finished_at = sql.moment(row[7])
    return Loaded(
        task=task,
        id=row[0],
        workflow=Workflow(),
        counts=counted((*row[8:], 1, int(finished_at is not None))),
        rev=row[1],
        template_id=row[2],
        version_id=row[3],
        number=row[4],
        name=row[5],
        attached_at=sql.moment(row[6]),
        finished_at=finished_at,
    )


def read_steps(loaded: Loaded, rows: Sequence[Sequence[Any]], guidance: Mapping[str, str] = NO_TEXTS) -> None:
    """Fills groups and steps from the rows of STEPS_SQL.

    `guidance`: the template's, by key, for steps that did not change theirs (attaching does not copy it).
    """
    heads: dict[str, tuple[Any, ...]] = {}
    steps: dict[str, list[Step]] = {}
    for row in rows:
        key = row[1]
        if key not in heads:
            heads[key] = tuple(row[:GROUP_WIDTH])
            steps[key] = []
            loaded.groups[key] = row[0]
        if row[GROUP_WIDTH] is not None:
            step, extra = step_of(row[GROUP_WIDTH:], guidance)
            steps[key].append(step)
            loaded.extras[step.key] = extra
    loaded.workflow = Workflow(
        tuple(
            Group(key=key, name=name, order=Order(order), gate=bool(gate), added=bool(added), steps=tuple(steps[key]))
            for key, (_, _, name, order, gate, added) in heads.items()
        )
    )


def step_of(row: Sequence[Any], inherited: Mapping[str, str] = NO_TEXTS) -> tuple[Step, Extra]:
    """A step from STEP_COLUMNS and the names of assignee, starter, completer and skipper.

    `inherited`: the template's guidance by key, for a step without its own.
    """
    (
        id_, key, name, _position, rule, email, blocking, required, after, estimate, due_days, due_unit, due_from,
        due_rule, waits_on, review, approval, filing, guidance, status, stale, ready, assignee, bound, unresolved,
        started_by, started_at, completed_by, completed_at, skipped_by, skipped_at, skip_reason, waiting_reason,
        waiting_on, waiting_whom, waiting_since, evidence_on, evidence_reference, evidence_note, overrides, added,
        due, due_by_hand, due_version, status_since, ready_since, rev, template_step_id, holds_up_id, assignee_name,
        started_name, completed_name, skipped_name,
    ) = row  # fmt: skip
    has_due = due_days is not None or due_rule
    has_evidence = evidence_on is not None or evidence_reference or evidence_note
    inherits = guidance is None and template_step_id is not None
    step = Step(
        key=key,
        name=name,
        guidance=inherited.get(key, "") if inherits else guidance or "",
        assign=_assign(rule, email),
        blocking=bool(blocking),
        required=bool(required),
        after=tuple(json.loads(after)) if after != "[]" else (),
        estimate=estimate,
        due=_due(due_days, due_unit, due_from, due_rule) if has_due else None,
        waits_on=WaitsOn(waits_on) if waits_on else None,
        review=bool(review),
        approval=bool(approval),
        filing=bool(filing),
        status=Status(status),
        stale=bool(stale),
        assignee=Person(assignee, assignee_name) if assignee is not None else None,
        bound=bool(bound),
        started_by=Person(started_by, started_name) if started_by is not None else None,
        started_at=sql.moment(started_at),
        completed_by=Person(completed_by, completed_name) if completed_by is not None else None,
        completed_at=sql.moment(completed_at),
        skipped_by=Person(skipped_by, skipped_name) if skipped_by is not None else None,
        skipped_at=sql.moment(skipped_at),
        skip_reason=skip_reason,
        waiting=_waiting(waiting_reason, waiting_on, waiting_whom, waiting_since) if waiting_since else None,
        evidence=Evidence(sql.day(evidence_on), evidence_reference, evidence_note) if has_evidence else None,
        overrides=_overrides(overrides) if overrides != "[]" else (),
        added=bool(added),
        due_on=sql.day(due),
        due_by_hand=bool(due_by_hand),
        due_version=due_version,
    )
    since = cast("datetime", sql.moment(status_since))
    ready_at = sql.moment(ready_since)
    extra = Extra(id_, rev, bool(ready), bool(unresolved), since, ready_at, template_step_id, inherits, holds_up_id)
    return step, extra


ASSIGN = {rule.value: Assign(rule=rule) for rule in Rule if rule is not Rule.MEMBER}


def _assign(rule: str, email: str) -> Assign:
    return ASSIGN.get(rule) or Assign(rule=Rule.MEMBER, email=email)


def _due(days: int | None, unit: str, from_: str, rule: str) -> Due:
    return Due(days=days or 0, unit=DueUnit(unit), from_=DueFrom(from_), rule=rule)


def _waiting(reason: str, on: str, whom: str, since: datetime) -> Waiting:
    return Waiting(reason, WaitsOn(on), whom, cast("datetime", sql.moment(since)))


def _overrides(text: str) -> tuple[Override, ...]:
    return tuple(
        Override(one["key"], Person(one["by"], one["name"]), datetime.fromisoformat(one["at"]), one["reason"])
        for one in json.loads(text)
    )


OWN_SELECT = f"""
    SELECT {TASK_SELECT}, {", ".join(f"s.{name}" for name in STEP_COLUMNS)}, a.name, b.name, c.name, k.name
    FROM tasks_task t
    LEFT JOIN practices_member o ON o.id = t.owner_id
    LEFT JOIN workflows_step s ON s.task_id = t.id AND s.workflow_id IS NULL
    LEFT JOIN practices_member a ON a.id = s.assignee_id
    LEFT JOIN practices_member b ON b.id = s.started_by_id
    LEFT JOIN practices_member c ON c.id = s.completed_by_id
    LEFT JOIN practices_member k ON k.id = s.skipped_by_id"""
OWN_SQL = f"{OWN_SELECT} WHERE t.id = %s AND t.practice_id = %s"


def load_own(*, practice_id: int, task_id: int, lock: bool) -> Loaded:
    """A task with its own one step (no steps where it never had one). `lock`: hold the row. Raises NotFound."""
    row = sql.row(f"{OWN_SQL} {sql.for_update('t') if lock else ''}", (task_id, practice_id))
    if row is None:
        raise NotFound("There is no such task in this practice.")
    return own_of(row)


def own_of(row: Sequence[Any]) -> Loaded:
    """A task with its own one step, from the columns of OWN_SELECT."""
    task = task_of(row[:TASK_WIDTH])
    loaded = Loaded(task=task, id=None, workflow=Workflow(), counts=Counts())
    if row[TASK_WIDTH] is not None:
        step, extra = step_of(row[TASK_WIDTH:])
        loaded.extras[step.key] = extra
        loaded.workflow = Workflow((Group(key="own", name=step.name, steps=(step,)),))
    return loaded
