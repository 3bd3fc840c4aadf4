"""What a person says of a task: its facts, their columns, and the rules for changing them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from natrium.apps.database import sql
from natrium.apps.workflows import facts as facts_of
from natrium.apps.workflows.taskrows import TaskRow
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.definition import MAX_NAME
from natrium.domain.workflow.model import Hold, Member
from natrium.domain.workflow.turn import bounded

EDITABLE = (
    "title", "client_id", "service", "owner_id", "period_start", "period_end", "target_date", "statutory_date",
    "other_dates",
)  # fmt: skip

DAYS = ("period_start", "period_end", "target_date", "statutory_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """What a person says of a task. `other_dates` are (name, date), beside target and statutory date."""

    title: str
    client_id: int | None = None
    service: str = ""
    owner_id: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    target_date: date | None = None
    statutory_date: date | None = None
    other_dates: tuple[tuple[str, date], ...] = ()


def sound(facts: TaskFacts) -> TaskFacts:
    """The facts with outer blanks gone. Refuses `bad-value`."""
    title, service = facts.title.strip(), facts.service.strip()
    if not title:
        raise Refusal(Code.BAD_VALUE, "A task needs a title: say what is to be done.", field="title")
    bounded(title, "title", field="title", most=MAX_NAME)
    bounded(service, "service", field="service", most=MAX_NAME)
    for name, _ in facts.other_dates:
        bounded(name, "name of a date", field="other_dates", most=MAX_NAME)
    if facts.period_start and facts.period_end and facts.period_start > facts.period_end:
        raise Refusal(Code.BAD_VALUE, "The period ends before it begins.", field="period_end")
    return replace(facts, title=title, service=service)


def columns(facts: TaskFacts) -> dict[str, Any]:
    """The columns of a task's row that its facts are kept in."""
    return {
        "title": facts.title,
        "client_id": facts.client_id,
        "service": facts.service,
        "owner_id": facts.owner_id,
        "period_start": facts.period_start,
        "period_end": facts.period_end,
        "target_date": facts.target_date,
        "statutory_date": facts.statutory_date,
        "other_dates": json.dumps([{"name": n, "date": d.isoformat()} for n, d in facts.other_dates]),
    }


def said(facts: TaskFacts) -> dict[str, Any]:
    """What is known of a task, as the record keeps it."""
    return said_of(columns(facts))


def said_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The same, from the columns."""
    return {name: facts_of.plain(value) for name, value in kept.items() if value not in (None, "", "[]")}


def may_edit(task: TaskRow, *, by: Member) -> None:
    """Refuses `not-allowed` and `task-held`: who may change a task's facts, and when."""
    owns = task.owner is not None and task.owner.id == by.id
    if not may(by.role, Deed.EDIT_TASK, task_owner=owns):
        raise Refusal(Code.NOT_ALLOWED, f"To edit a task takes {who_may(Deed.EDIT_TASK)}.")
    not_held(task)


def not_held(task: TaskRow) -> None:
    """Refuses `task-held`."""
    if task.hold is not Hold.NONE:
        raise Refusal(Code.TASK_HELD, "The task is on hold or cancelled. Resume it first; comments still work.")


def changed(before: TaskFacts, changes: Mapping[str, Any]) -> TaskFacts:
    """The facts with these in place of the old. Refuses `bad-value`."""
    return sound(replace(before, **changes))


def read_facts(task_id: int) -> tuple[TaskFacts, int]:
    """A task's facts and rev, by an id already known to be the practice's."""
    [row] = sql.rows(f"SELECT {', '.join(EDITABLE)}, rev FROM tasks_task WHERE id = %s", (task_id,))
    return facts_of_row(row[:-1]), row[-1]


def facts_of_row(row: Sequence[Any]) -> TaskFacts:
    """A task's facts from the columns of EDITABLE."""
    title, client_id, service, owner_id, start, end, target, statutory, others = row
    dates = tuple((one["name"], date.fromisoformat(one["date"])) for one in json.loads(others))
    return TaskFacts(
        title=title, client_id=client_id, service=service, owner_id=owner_id, period_start=sql.day(start),
        period_end=sql.day(end), target_date=sql.day(target), statutory_date=sql.day(statutory), other_dates=dates,
    )  # fmt: skip


def fact(name: str, value: Any) -> Any:  # noqa: ANN401 - a fact is of any kind
    """A fact of a task as the record keeps it (`said`), in its own form again."""
    if name == "other_dates":
        return tuple((one["name"], date.fromisoformat(one["date"])) for one in json.loads(value))
    return date.fromisoformat(value) if value and name in DAYS else value
