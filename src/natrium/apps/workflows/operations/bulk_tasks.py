"""One change to many tasks: another owner, another target, on hold, cancelled, resumed, a template attached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches, loading, taskfacts
from natrium.apps.workflows.batches import Named, Outcome, Refused, Tally
from natrium.apps.workflows.operations.attaching import BulkAttached, attach_many, preview_attach
from natrium.apps.workflows.operations.editing_tasks import edit_task
from natrium.apps.workflows.operations.tasks import hold, owner_of
from natrium.apps.workflows.taskfacts import EDITABLE, TaskFacts
from natrium.apps.workflows.taskrows import TASK_SELECT, TASK_WIDTH, TaskRow, task_of
from natrium.domain.errors import Code, Refusal
from natrium.domain.task import Held, hold_reason, set_hold
from natrium.domain.workflow.model import Hold
from natrium.domain.workflow.progress import TaskStatus

FIRST_YEAR, LAST_YEAR = 1900, 2200
CHUNK = 20  # tasks in one transaction, each with its workflows
HOLDS = {Hold.ON_HOLD: "task-hold", Hold.CANCELLED: "task-cancel", Hold.NONE: "task-resume"}


@dataclass(frozen=True, slots=True)
class GiveTo:
    """Another task owner; None: nobody."""

    owner_id: int | None


@dataclass(frozen=True, slots=True)
class MoveTarget:
    """The target by so many days, or to a day (which wins)."""

    days: int = 0
    to: date | None = None


@dataclass(frozen=True, slots=True)
class SetHold:
    """On hold, cancelled, or (NONE) resumed."""

    to: Hold
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AttachTemplate:
    """The newest version of a template attached."""

    template_id: int


TaskDeed = GiveTo | MoveTarget | SetHold | AttachTemplate


@dataclass(frozen=True, slots=True)
class Chosen:
    """A task that was chosen, as it is now."""

    row: TaskRow
    facts: TaskFacts
    client: str


def change_many(*, by: SignedIn, at: datetime, task_ids: Sequence[int], deed: TaskDeed, once: str = "") -> Outcome:
    """Do one thing to up to 2,000 tasks; a refused one stops no other, and the events carry one batch.

    The same `once` again gives the same answer. Raises NotFound (owner, template), Refusal (not-allowed, bad-value,
    reason-needed) where nothing could be done at all.
    """
    wanted, said = _checked(task_ids, deed, by=by)
    batch_id, fresh = batches.begin(by=by, at=at, deed=_word(deed), said=said, selected=len(wanted), once=once)
    if not fresh:
        return batches.read(practice_id=by.practice_id, batch_id=batch_id).outcome
    tally = Tally()
    batch = batches.name_of(batch_id)
    if isinstance(deed, AttachTemplate):
        _attach(wanted, deed, tally, by=by, at=at, batch=batch)
    else:
        for chunk in batched(wanted, CHUNK):
            with transaction.atomic():
                loading.lock(practice_id=by.practice_id, task_ids=chunk)
                for one in chosen_tasks(chunk, tally, by=by):
                    do_to_task(one, deed, tally, by=by, at=at, batch=batch)
    batches.finish(batch_id, tally, at=at)
    return batches.outcome(tally, selected=len(wanted), batch_id=batch_id)


def preview_tasks(*, by: SignedIn, at: datetime, task_ids: Sequence[int], deed: TaskDeed) -> Outcome:
    """What `change_many` would come to now, by the same rules, in a few statements; nothing is written."""
    wanted, _ = _checked(task_ids, deed, by=by)
    tally = Tally()
    if isinstance(deed, AttachTemplate):
        _tell(preview_attach(by=by, task_ids=wanted, template_id=deed.template_id), tally, by=by)
        return batches.outcome(tally, selected=len(wanted))
    for one in chosen_tasks(wanted, tally, by=by):
        do_to_task(one, deed, tally, by=by, at=at, batch=None)
    return batches.outcome(tally, selected=len(wanted))


def _checked(task_ids: Sequence[int], deed: TaskDeed, *, by: SignedIn) -> tuple[list[int], Mapping[str, Any]]:
    """The tasks in the order of their ids, and what is asked for, as the batch keeps it."""
    wanted = sorted(set(task_ids))
    batches.check(by=by, selected=len(wanted))
    match deed:
        case GiveTo():
            owner = owner_of(deed.owner_id, by=by)
            return wanted, {"to": {"id": owner.id, "name": owner.name} if owner else None}
        case MoveTarget():
            if not deed.days and deed.to is None:
                raise Refusal(Code.BAD_VALUE, "Say by how many days, or to which day.", field="days")
            return wanted, {"to": deed.to.isoformat()} if deed.to else {"days": deed.days}
        case SetHold():
            return wanted, {"reason": hold_reason(deed.to, deed.reason)} if deed.to is not Hold.NONE else {}
        case AttachTemplate():
            return wanted, {"template": deed.template_id}


def _word(deed: TaskDeed) -> str:
    if isinstance(deed, SetHold):
        return HOLDS[deed.to]
    return {GiveTo: "task-owner", MoveTarget: "task-target", AttachTemplate: "task-attach"}[type(deed)]


def chosen_tasks(task_ids: Sequence[int], tally: Tally, *, by: SignedIn) -> list[Chosen]:
    """The tasks as they are, in the order of their ids; unknown ones go to the tally."""
    rows = sql.rows(
        f"""SELECT {TASK_SELECT}, {", ".join(f"t.{name}" for name in EDITABLE)}, COALESCE(c.name, '')
            FROM tasks_task t LEFT JOIN practices_member o ON o.id = t.owner_id
            LEFT JOIN clients_client c ON c.id = t.client_id
            WHERE t.practice_id = %s AND {sql.one_of("t.id", task_ids)} ORDER BY t.id""",
        (by.practice_id, *sql.chosen(task_ids)),
    )
    known = {row[0] for row in rows}
    tally.refused.extend(_unknown(id_) for id_ in task_ids if id_ not in known)
    return [Chosen(task_of(row[:TASK_WIDTH]), taskfacts.facts_of_row(row[TASK_WIDTH:-1]), row[-1]) for row in rows]


def _unknown(task_id: int) -> Refused:
    return Refused("not-found", "There is no such task.", task_id)


def refused_task(one: Chosen, refusal: Refusal) -> Refused:
    """A task's refusal, as the tally has it."""
    return Refused(refusal.code.value, refusal.message, one.row.id, one.row.title, one.client)


def named_task(one: Chosen) -> Named:
    """A task that changes, as the tally has it."""
    return Named(one.row.id, one.row.title, one.client, workflows=one.row.counts.workflows)


def do_to_task(
    one: Chosen, deed: GiveTo | MoveTarget | SetHold, tally: Tally, *, by: SignedIn, at: datetime, batch: str | None
) -> None:
    """Does it to one task, whose row is locked; `batch` None: only says what would come of it."""
    try:
        if isinstance(deed, SetHold):
            differs = _held(one, deed, by=by, at=at)
            if differs and batch is not None:
                hold(by=by, at=at, task_id=one.row.id, to=deed.to, reason=deed.reason, batch=batch)
        else:
            taskfacts.may_edit(one.row, by=by.member)
            changes = _changes(one, deed)
            differs = taskfacts.changed(one.facts, changes) != one.facts
            if differs and batch is not None:
                edit_task(by=by, at=at, task_id=one.row.id, changes=changes, batch=batch)
    except Refusal as refusal:
        tally.refused.append(refused_task(one, refusal))
        return
    tally.changed += differs
    tally.repeated += not differs
    if differs:
        tally.lines.append(named_task(one))


def _held(one: Chosen, deed: SetHold, *, by: SignedIn, at: datetime) -> bool:
    now = Held(one.row.hold, one.row.hold_reason)
    status = TaskStatus(one.row.status)
    after = set_hold(now, deed.to, status=status, owner=one.row.owner, by=by.member, at=at, reason=deed.reason)
    return after is not None


def _changes(one: Chosen, deed: GiveTo | MoveTarget) -> dict[str, Any]:
    if isinstance(deed, GiveTo):
        return {"owner_id": deed.owner_id}
    if deed.to is not None:
        return {"target_date": deed.to}
    if one.facts.target_date is None:
        raise Refusal(Code.BAD_VALUE, "The task has no target date to move.", field="days")
    moved = one.facts.target_date + timedelta(days=deed.days)
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        raise Refusal(Code.BAD_VALUE, f"{moved:%d %b %Y} is no target: give a day from 1900 to 2200.", field="days")
    return {"target_date": moved}


def _attach(
    wanted: Sequence[int], deed: AttachTemplate, tally: Tally, *, by: SignedIn, at: datetime, batch: str
) -> None:
    done = attach_many(by=by, at=at, task_ids=wanted, template_id=deed.template_id, batch=batch)
    _tell(done, tally, by=by)


def _tell(done: BulkAttached, tally: Tally, *, by: SignedIn) -> None:
    """What came of attaching, as a tally."""
    tally.changed += sum(one.created for one in done.attached)
    tally.repeated += sum(not one.created for one in done.attached)
    if not_yet := [one.task_id for one in done.attached if one.created and not one.workflow_id]:
        tally.lines.extend(named_task(one) for one in chosen_tasks(not_yet, tally, by=by))
    tally.refused.extend(_unknown(id_) for id_ in done.unknown)
    if done.refused:
        named = {one.row.id: one for one in chosen_tasks([id_ for id_, _ in done.refused], tally, by=by)}
        for id_, no in done.refused:
            tally.refused.append(refused_task(named[id_], no))
