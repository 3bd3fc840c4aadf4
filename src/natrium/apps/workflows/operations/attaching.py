"""Attaching a template to tasks: one, or thousands in chunks that let colleagues through in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import bulk, missing, taskrows
from natrium.apps.workflows.bulk import Target, Version
from natrium.apps.workflows.taskrows import TaskRow
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.model import Hold
from natrium.domain.workflow.progress import Counts, task_status

CHUNK = 250  # how long a colleague's click may have to wait on SQLite: natrium.apps.database.sqlite3

TASKS_SQL = f"""
    SELECT {taskrows.TASK_SELECT}, oo.id, m.id, p.id
    FROM tasks_task t
    LEFT JOIN practices_member o ON o.id = t.owner_id
    LEFT JOIN clients_client c ON c.id = t.client_id
    LEFT JOIN practices_member oo ON oo.id = t.owner_id AND oo.active AND oo.role >= 1
    LEFT JOIN practices_member m ON m.id = c.manager_id AND m.active AND m.role >= 1
    LEFT JOIN practices_member p ON p.id = c.partner_id AND p.active AND p.role >= 1
    WHERE t.practice_id = %s AND """


@dataclass(frozen=True, slots=True)
class Attached:
    """The workflow that is on the task now. `created` False: it was there already. `warnings`: whom rules missed."""

    task_id: int
    workflow_id: int
    created: bool
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class BulkAttached:
    """What came of attaching to many tasks: a result or a refusal for each."""

    attached: list[Attached] = field(default_factory=list)
    refused: list[tuple[int, Refusal]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def attach(
    *, by: SignedIn, at: datetime, task_id: int, template_id: int, version: int | None = None, again: bool = False
) -> Attached:
    """Attach a template's newest published version (or that `version`) to a task.

    A template that the task already carries gives that workflow back, unless `again`. Raises NotFound,
    Refusal (not-allowed, task-held, bad-template).
    """
    many = attach_many(by=by, at=at, task_ids=[task_id], template_id=template_id, version=version, again=again)
    if many.unknown:
        raise NotFound("There is no such task in this practice.")
    if many.refused:
        raise many.refused[0][1]
    return many.attached[0]


def attach_many(
    *,
    by: SignedIn,
    at: datetime,
    task_ids: Sequence[int],
    template_id: int,
    version: int | None = None,
    again: bool = False,
    batch: str = "",
) -> BulkAttached:
    """Attach a template to many tasks, in chunks of 250, each one transaction; one refused task stops no other.

    A template that cannot be attached (nothing published, or archived) is `bad-template` for each task that does not
    carry it. Raises NotFound (the template or version).
    """
    result = BulkAttached()
    wanted = sorted(set(task_ids))
    for start in range(0, max(len(wanted), 1), CHUNK):
        with transaction.atomic():
            found = _usable(by=by, template_id=template_id, number=version)
            _attach_chunk(
                found, wanted[start : start + CHUNK], template_id=template_id, again=again, by=by, at=at, batch=batch,
                result=result,
            )  # fmt: skip
    return result


def preview_attach(*, by: SignedIn, task_ids: Sequence[int], template_id: int) -> BulkAttached:
    """What `attach_many` would come to now; a workflow to be has the id 0. Nothing is written. Raises as it does."""
    result = BulkAttached()
    found = _usable(by=by, template_id=template_id, number=None)
    targets = _sort_out(found, sorted(set(task_ids)), template_id=template_id, again=False, by=by, result=result)
    result.attached.extend(Attached(task.id, 0, created=True) for task, _ in targets)
    return result


def _usable(*, by: SignedIn, template_id: int, number: int | None) -> Version | Refusal:
    """The version to attach, or why there is none. Raises NotFound."""
    head = sql.row(
        "SELECT latest_version, archived_at, name FROM workflows_template WHERE id = %s AND practice_id = %s",
        (template_id, by.practice_id),
    )
    if head is None:
        raise NotFound("There is no such template in this practice.")
    if head[1] is not None:
        return Refusal(Code.BAD_TEMPLATE, f"“{head[2]}” is archived. Take it out of the archive to attach it.")
    if not head[0]:
        return Refusal(Code.BAD_TEMPLATE, f"“{head[2]}” has not been published yet.")
    found = bulk.read_version(practice_id=by.practice_id, template_id=template_id, number=number)
    if found is None:
        raise NotFound(f"“{head[2]}” has no version {number}.")
    return found


def _attach_chunk(
    found: Version | Refusal,
    task_ids: Sequence[int],
    *,
    template_id: int,
    again: bool,
    by: SignedIn,
    at: datetime,
    batch: str,
    result: BulkAttached,
) -> None:
    if not task_ids:
        return
    _lock(task_ids, by=by)
    targets = _sort_out(found, task_ids, template_id=template_id, again=again, by=by, result=result)
    if targets and isinstance(found, Version):
        bulk.write(found, [target for _, target in targets], again=again, by=by, at=at)
        bulk.retire_own_steps([task.id for task, _ in targets if not task.counts.workflows])
        named = missing.named(found, practice_id=by.practice_id)
        _finish(found, targets, named=named, by=by, at=at, batch=batch, result=result)


def _sort_out(
    found: Version | Refusal,
    task_ids: Sequence[int],
    *,
    template_id: int,
    again: bool,
    by: SignedIn,
    result: BulkAttached,
) -> list[tuple[TaskRow, Target]]:
    """The tasks to attach to; what is there already, refused or unknown goes to the result."""
    rows = sql.rows(
        f"{TASKS_SQL} {sql.one_of('t.id', task_ids)} ORDER BY t.id", (by.practice_id, *sql.chosen(task_ids))
    )
    tasks = {row[0]: (taskrows.task_of(row[: taskrows.TASK_WIDTH]), row[taskrows.TASK_WIDTH :]) for row in rows}
    result.unknown.extend(task_id for task_id in task_ids if task_id not in tasks)
    carried = {} if again else _carried(template_id, list(tasks))
    targets: list[tuple[TaskRow, Target]] = []
    for task, people in tasks.values():
        refusal = _refusal(task, by)
        if refusal is not None:
            result.refused.append((task.id, refusal))
        elif task.id in carried:
            result.attached.append(Attached(task.id, carried[task.id], created=False))
        elif isinstance(found, Refusal):
            result.refused.append((task.id, found))
        else:
            targets.append((task, _target(task, people)))
    return targets


def _lock(task_ids: Sequence[int], *, by: SignedIn) -> None:
    """Holds the tasks, and their clients' people as they are, until the transaction ends.

    Clients first, as whoever changes a client's people does. The rows are read by a statement of their own
    afterwards: one that had to wait for a lock would still see the people from before.
    """
    if not sql.is_postgresql():
        return
    which, params = sql.one_of("t.id", task_ids), (by.practice_id, *sql.chosen(task_ids))
    sql.rows(
        f"""SELECT c.id FROM clients_client c
            WHERE c.id IN (SELECT t.client_id FROM tasks_task t WHERE t.practice_id = %s AND {which})
            ORDER BY c.id FOR SHARE""",
        params,
    )
    sql.rows(
        f"SELECT t.id FROM tasks_task t WHERE t.practice_id = %s AND {which} ORDER BY t.id {sql.for_update('t')}",
        params,
    )


def _carried(template_id: int, task_ids: Sequence[int]) -> dict[int, int]:
    """The tasks that carry the template already, with the workflow."""
    if not task_ids:
        return {}
    rows = sql.rows(
        f"""SELECT task_id, id FROM workflows_workflow
            WHERE template_id = %s AND {sql.one_of("task_id", task_ids)} ORDER BY id DESC""",
        (template_id, *sql.chosen(task_ids)),
    )
    return dict(rows)


def _refusal(task: TaskRow, by: SignedIn) -> Refusal | None:
    owns = task.owner is not None and task.owner.id == by.member.id
    if not may(by.member.role, Deed.EDIT_TASK, task_owner=owns):
        return Refusal(Code.NOT_ALLOWED, f"To attach a workflow takes {who_may(Deed.EDIT_TASK)}.")
    if task.hold is not Hold.NONE:
        word = "on hold" if task.hold is Hold.ON_HOLD else "cancelled"
        return Refusal(Code.TASK_HELD, f"The task is {word}. Resume it first; comments still work.")
    return None


def _target(task: TaskRow, people: Sequence[Any]) -> Target:
    owner, manager, partner = people
    return Target(
        id=task.id,
        number=task.counts.workflows + 1,
        people={Rule.TASK_OWNER: owner, Rule.CLIENT_MANAGER: manager, Rule.CLIENT_PARTNER: partner},
        target_date=task.target_date,
        statutory_date=task.statutory_date,
    )


def _finish(
    version: Version,
    targets: Sequence[tuple[TaskRow, Target]],
    *,
    named: int,
    by: SignedIn,
    at: datetime,
    batch: str,
    result: BulkAttached,
) -> None:
    """Writes each task's event, counters, status and head."""
    chains: list[tuple[int, activity.Head, list[activity.NewEvent]]] = []
    for task, target in targets:
        missed = missing.rules(version, target.people)
        task.unresolved += sum(version.rules[rule] for rule in missed) + named
        warnings = missing.warnings(missed, named=named, has_client=task.client_id is not None)
        data = {"template": version.template_id, "version": version.number, "number": target.number}
        event = activity.NewEvent(
            verb="workflow.attached",
            workflow_id=target.workflow_id,
            name=version.name,
            data=data | ({"warnings": list(warnings)} if warnings else {}),
        )
        chains.append((task.id, activity.Head(task.chain_count, task.chain_head), [event]))
        result.attached.append(Attached(task.id, target.workflow_id, created=True, warnings=warnings))
    heads = activity.append_many(chain="task", practice_id=by.practice_id, chains=chains, by=by, at=at, batch=batch)
    bulk.write_tasks([_task_row(task, version, heads[task.id]) for task, _ in targets])


def _task_row(task: TaskRow, version: Version, head: activity.Head) -> tuple[Any, ...]:
    counts = (task.counts if task.counts.workflows else Counts()) + version.counts
    status = task_status(counts, task.hold).value
    return (status, head.count, head.hash, task.unresolved, *counts.values, task.id)
