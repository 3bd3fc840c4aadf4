"""Fresh tasks by the thousand, each with its workflows or its one step, and its lines in the record.

Rows are written once, as they are to be: ids are known beforehand, so counters and the chain's head stand on the task
from the first. A test compares them with those of tasks that were made one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from natrium.apps.activity import operations as activity
from natrium.apps.database import ids, insert, sql
from natrium.apps.practices.offices import AtWork
from natrium.apps.workflows import bulk, missing, taskfacts
from natrium.apps.workflows.bulk import Target, Version
from natrium.apps.workflows.taskfacts import TaskFacts
from natrium.apps.workflows.taskrows import COUNTERS
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.task import OWN_STEP
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.progress import Counts

OWN = Counts(total=1, ready=1)
OWN_COLUMNS = (
    "practice_id", "task_id", "name", "assignee_id", "due", "status_since", "ready_since", "key", "position",
    "assign_rule", "assign_email", "blocking", "required", "after", "due_unit", "due_from", "due_rule", "waits_on",
    "review", "approval", "filing", "status", "stale", "ready", "bound", "unresolved", "skip_reason", "waiting_reason",
    "waiting_on", "waiting_whom", "evidence_reference", "evidence_note", "overrides", "added", "due_by_hand", "rev",
    "retired",
)  # fmt: skip
OWN_VALUES = (
    OWN_STEP, 0, "unassigned", "", False, False, "[]", "days", "target", "", "", False, False, False, "todo", False,
    True, False, False, "", "", "", "", "", "", "[]", False, False, 1, False,
)  # fmt: skip


@dataclass(slots=True)
class NewTask:
    """A task to be: its facts, its templates in order, and whom rules find (None: nobody who can hold a step).

    `said` is added to what the record says of its making.
    """

    facts: TaskFacts
    template_ids: tuple[int, ...]
    people: Mapping[Rule, int | None]
    said: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(slots=True)
class _Making:
    """A task with what is attached to it: version, how many of its steps name a member who is gone, target."""

    new: NewTask
    columns: Mapping[str, Any]
    targets: list[tuple[Version, int, Target]]


def allocate(count: int) -> Sequence[int]:
    """Ids for so many tasks. Inside a transaction."""
    return ids.allocate("tasks_task", count)


def usable(*, practice_id: int, template_id: int) -> Version:
    """The newest published version of a template. Raises NotFound, Refusal bad-template (archived, unpublished)."""
    head = sql.row(
        "SELECT latest_version, archived_at, name FROM workflows_template WHERE id = %s AND practice_id = %s",
        (template_id, practice_id),
    )
    found = bulk.read_version(practice_id=practice_id, template_id=template_id, number=None) if head else None
    if head is None:
        raise NotFound("There is no such template in this practice.")
    if head[1] is not None:
        raise Refusal(Code.BAD_TEMPLATE, f"“{head[2]}” is archived. Take it out of the archive to attach it.")
    if found is None:
        raise Refusal(Code.BAD_TEMPLATE, f"“{head[2]}” has not been published yet.")
    return found


def make(*, by: AtWork, at: datetime, new: Sequence[NewTask], batch: str = "") -> None:
    """Makes the tasks, which all have ids (`allocate`). Inside a transaction, with clients locked by the caller.

    The facts are sound already. Raises NotFound, Refusal bad-template.
    """
    if not new:
        return
    versions: dict[int, tuple[Version, int]] = {}
    for template_id in {id_ for one in new for id_ in one.template_ids}:
        version = usable(practice_id=by.practice_id, template_id=template_id)
        versions[template_id] = (version, missing.named(version, practice_id=by.practice_id))
    makings = [_making(one, versions) for one in new]
    bulk.number([target for making in makings for _, _, target in making.targets])
    heads = activity.append_many(
        chain="task", practice_id=by.practice_id, by=by, at=at, batch=batch,
        chains=[(one.new.id, activity.Head(), _events(one)) for one in makings],
    )  # fmt: skip
    _insert_tasks(makings, heads, by=by, at=at)
    for version, _ in versions.values():
        targets = [target for one in makings for of, _, target in one.targets if of is version]
        bulk.write(version, targets, again=False, by=by, at=at)
    _insert_own_steps([one.new for one in makings if not one.targets], by=by, at=at)


def _making(new: NewTask, versions: Mapping[int, tuple[Version, int]]) -> _Making:
    facts = new.facts
    targets = [
        (*versions[id_], Target(new.id, place, new.people, facts.target_date, facts.statutory_date))
        for place, id_ in enumerate(dict.fromkeys(new.template_ids), start=1)
    ]
    return _Making(new, taskfacts.columns(facts), targets)


def _events(making: _Making) -> list[activity.NewEvent]:
    new = making.new
    events = [
        activity.NewEvent(
            verb="task.created", name=new.facts.title, data=taskfacts.said_of(making.columns) | dict(new.said)
        )
    ]
    for version, named, target in making.targets:
        said: dict[str, Any] = {"template": version.template_id, "version": version.number, "number": target.number}
        missed = missing.rules(version, target.people)
        words = missing.warnings(missed, named=named, has_client=new.facts.client_id is not None)
        events.append(
            activity.NewEvent(
                verb="workflow.attached", workflow_id=target.workflow_id, name=version.name,
                data=said | ({"warnings": list(words)} if words else {}),
            )
        )  # fmt: skip
    return events


def _unresolved(making: _Making) -> int:
    return sum(
        named + sum(version.rules[rule] for rule in missing.rules(version, target.people))
        for version, named, target in making.targets
    )


def _insert_tasks(makings: Sequence[_Making], heads: Mapping[int, activity.Head], *, by: AtWork, at: datetime) -> None:
    facts = tuple(taskfacts.columns(TaskFacts(title="x")))
    columns = (
        "id", *facts, "practice_id", "created_at", "created_by_id", "status", "hold", "hold_reason", "rev",
        "unresolved_count", "chain_count", "chain_head", *(f"steps_{name}" for name in COUNTERS), "workflows_count",
        "workflows_finished",
    )  # fmt: skip
    rows = []
    for one in makings:
        counts = sum((version.counts for version, _, _ in one.targets), Counts()) if one.targets else OWN
        head = heads[one.new.id]
        rows.append(
            (one.new.id, *one.columns.values(), by.practice_id, at, by.actor_id, "not_started", "",
             "", 1, _unresolved(one), head.count, head.hash, *counts.values)
        )  # fmt: skip
    insert.insert_rows("tasks_task", columns, rows)


def _insert_own_steps(new: Sequence[NewTask], *, by: AtWork, at: datetime) -> None:
    if new:
        rows = [
            (by.practice_id, one.id, one.facts.title, one.facts.owner_id, one.facts.target_date, at, at, *OWN_VALUES)
            for one in new
        ]
        insert.insert_rows("workflows_step", OWN_COLUMNS, rows)
