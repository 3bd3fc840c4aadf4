"""Changing the facts of a task: what hangs on its owner, its client and its dates goes along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.activity import queries as record
from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import facts as facts_of
from natrium.apps.workflows import redating, saving, snapshots, taskfacts
from natrium.apps.workflows.clashes import Clash, stale
from natrium.apps.workflows.operations.people import follow_client, follow_owner, require_client
from natrium.apps.workflows.operations.tasks import hold, owner_of
from natrium.apps.workflows.operations.work import BEGINNING, own_action
from natrium.apps.workflows.snapshots import Loaded
from natrium.apps.workflows.taskfacts import TaskFacts
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.roles import Deed, may
from natrium.domain.workflow.model import Hold, Member
from natrium.domain.workflow.undo import WITHIN

# What steps' due dates hang on, by days or by a rule of law.
COUNTED_FROM = {
    "client_id": "client", "period_start": "period", "period_end": "period", "target_date": "target",
    "statutory_date": "statutory date", "other_dates": "other dates",
}  # fmt: skip
HOLDS = {"task.held": Hold.ON_HOLD, "task.cancelled": Hold.CANCELLED, "task.resumed": Hold.NONE}


@dataclass(frozen=True, slots=True)
class TaskEdited:
    """What came of changing a task: its rev now, and how many steps went to somebody else or got another due date.

    `seq` is the number of the line that it wrote into the record (0: nothing changed). `clashes`: of a change that
    was made in part, the fields that somebody else changed meanwhile and that were left as they are.
    """

    rev: int
    seq: int = 0
    followed: int = 0
    redated: int = 0
    clashes: tuple[Clash, ...] = ()


def edit_task(
    *,
    by: SignedIn,
    at: datetime,
    task_id: int,
    changes: Mapping[str, Any],
    if_rev: int | None = None,
    shown: Mapping[str, Any] | None = None,
    partly: bool = False,
    own_step: bool = False,
    batch: str = "",
) -> TaskEdited:
    """Change facts of a task (fields of TaskFacts); steps bound to its owner, client or dates follow.

    `shown` maps fields to the values that the person saw: only those that somebody else changed since are refused,
    the whole with them unless `partly`. `own_step`: it was asked of the task's one step.
    Raises NotFound, StaleEdit, Refusal (not-allowed, task-held, bad-value; has-workflows of its one step only).
    """
    with transaction.atomic():
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
        taskfacts.may_edit(loaded.task, by=by.member)
        if own_step:
            own_action(loaded, None, by=by, at=at)
        before, rev = taskfacts.read_facts(task_id)
        if if_rev is not None and rev != if_rev:
            raise StaleEdit("Somebody changed this task since you read it.", {"rev": rev})
        require_client(by=by, client_id=changes.get("client_id"))
        if changes.get("owner_id") is not None:
            practices.member_of(practice_id=by.practice_id, member_id=changes["owner_id"])
        clashes = _clashes(task_id, before, changes, shown or {}, by=by)
        if clashes and not partly:
            raise stale(clashes, before.title)
        taken = {clash.field for clash in clashes}
        after = taskfacts.changed(before, {name: new for name, new in changes.items() if name not in taken})
        if after == before:
            return TaskEdited(rev, clashes=clashes)
        return replace(_change(loaded, before, after, by=by, at=at, batch=batch), rev=rev + 1, clashes=clashes)


def _change(
    loaded: Loaded, before: TaskFacts, after: TaskFacts, *, by: SignedIn, at: datetime, batch: str = "", undid: int = 0
) -> TaskEdited:
    """Writes what differs, its event, and what follows. Refuses `bad-value` for an owner who cannot hold work."""
    owner = owner_of(after.owner_id, by=by) if after.owner_id != before.owner_id else None
    seq = loaded.task.chain_count + 1
    _write(loaded, before, after, by=by, at=at, batch=batch, undid=undid)
    followed, redated = _follow(loaded, before, after, owner, by=by, at=at, batch=batch)
    return TaskEdited(0, seq, followed, redated)


def _clashes(
    task_id: int, before: TaskFacts, changes: Mapping[str, Any], shown: Mapping[str, Any], *, by: SignedIn
) -> tuple[Clash, ...]:
    """The fields to change that are not what the person saw, unless they are what they want anyway."""
    found = {
        name: getattr(before, name)
        for name, wanted in changes.items()
        if name in shown and getattr(before, name) not in (shown[name], wanted)
    }
    if not found:
        return ()
    page = record.timeline(
        practice_id=by.practice_id, chain="task", subject_id=task_id, verbs=("task.edited",), limit=100
    )

    def who(name: str) -> str:
        entries = (one for one in page.entries if name in one.data.get("changes", {}))
        return next((entry.member_name for entry in entries), "Somebody")

    return tuple(Clash(name, value, who(name)) for name, value in found.items())


def _write(
    loaded: Loaded, before: TaskFacts, after: TaskFacts, *, by: SignedIn, at: datetime, batch: str, undid: int
) -> None:
    old, new = taskfacts.columns(before), taskfacts.columns(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    sql.execute(
        f"UPDATE tasks_task SET {', '.join(f'{name} = %s' for name in changed)}, rev = rev + 1 WHERE id = %s",
        (*changed.values(), loaded.task.id),
    )
    pairs = {name: [facts_of.plain(old[name]), facts_of.plain(value)] for name, value in changed.items()}
    data = {"changes": pairs} | ({"undid": undid} if undid else {})
    event = activity.NewEvent(verb="task.edited", name=after.title, data=data)
    saving.record(loaded, [event], by=by, at=at, batch=batch)


def _follow(
    loaded: Loaded,
    before: TaskFacts,
    after: TaskFacts,
    owner: Member | None,
    *,
    by: SignedIn,
    at: datetime,
    batch: str,
) -> tuple[int, int]:
    """Steps for the task owner go to the new one, the own step as well; due dates not typed by hand move along."""
    task_id = loaded.task.id
    followed = redated = 0
    if after.owner_id != before.owner_id:
        followed += _steps_follow(task_id, owner, by=by, at=at, batch=batch)
    if after.client_id != before.client_id:
        followed += follow_client(by=by, at=at, task_id=task_id, client_id=after.client_id, batch=batch)
    moved = [words for name, words in COUNTED_FROM.items() if getattr(after, name) != getattr(before, name)]
    if moved:
        because = f"the task’s {' and '.join(dict.fromkeys(moved))} changed"
        redated = redating.redate(task_id=task_id, by=by, at=at, because=because, batch=batch)
    if after.title != before.title or after.target_date != before.target_date:
        sql.execute(
            """UPDATE workflows_step SET name = %s, due = %s
               WHERE task_id = %s AND workflow_id IS NULL AND NOT due_by_hand""",
            (after.title, after.target_date, task_id),
        )
    return followed, redated


def take_task_edit_back(*, by: SignedIn, at: datetime, task_id: int, seq: int) -> TaskEdited:
    """Take back what the task's record has under this number: a change of its facts, a hold, a resuming.

    By who did it, within ten minutes, while what it set still stands; also by one who gave the task away by it.
    Raises NotFound, Refusal (not-allowed, task-held, nothing-to-undo, too-late, built-on).
    """
    with transaction.atomic():
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
        entries = record.of_workflow_since(task_id=task_id, workflow_id=None, since=BEGINNING)
        past = next((one for one in entries if one.seq == seq and one.verb in {"task.edited", *HOLDS}), None)
        theirs = past is not None and past.member_id != by.member.id
        if theirs or not may(by.member.role, Deed.WORK_STEP):
            raise Refusal(Code.NOT_ALLOWED, "Taking a change back is for the member who made it.")
        if past is None or past.verb not in HOLDS:
            taskfacts.not_held(loaded.task)
        undone = any(one.data.get("undid") == seq for one in entries)
        if past is None or undone or "undid" in past.data:
            raise Refusal(Code.NOTHING_TO_UNDO, "There is no change of yours to take back here.")
        if at - past.at > WITHIN:
            raise Refusal(Code.TOO_LATE, "Ten minutes have passed since. Change it by hand.")
        if past.verb in HOLDS:
            return _unhold(loaded, past, by=by, at=at)
        return _unedit(loaded, past, by=by, at=at)


def _unhold(loaded: Loaded, past: record.Entry, *, by: SignedIn, at: datetime) -> TaskEdited:
    if loaded.task.hold is not HOLDS[past.verb]:
        raise Refusal(Code.BUILT_ON, "The task has been held or resumed again since.")
    to, seq = Hold(past.data.get("was", "")), loaded.task.chain_count + 1
    reason = past.data.get("was_reason", "")
    hold(by=by, at=at, task_id=loaded.task.id, to=to, reason=reason, undid=past.seq)
    return TaskEdited(taskfacts.read_facts(loaded.task.id)[1], seq)


def _unedit(loaded: Loaded, past: record.Entry, *, by: SignedIn, at: datetime) -> TaskEdited:
    before, rev = taskfacts.read_facts(loaded.task.id)
    now = taskfacts.columns(before)
    pairs: Mapping[str, list[Any]] = past.data["changes"]
    if any(facts_of.plain(now[name]) != new for name, (_, new) in pairs.items()):
        raise Refusal(Code.BUILT_ON, "It has been changed again since.")
    after = taskfacts.changed(before, {name: taskfacts.fact(name, old) for name, (old, _) in pairs.items()})
    return replace(_change(loaded, before, after, by=by, at=at, undid=past.seq), rev=rev + 1)


def _steps_follow(task_id: int, owner: Member | None, *, by: SignedIn, at: datetime, batch: str = "") -> int:
    """The task's own step and its steps for the task owner go to the new one; how many of the latter."""
    sql.execute(
        """UPDATE workflows_step SET assignee_id = %s
           WHERE task_id = %s AND workflow_id IS NULL AND status <> 'done'""",
        (owner.id if owner else None, task_id),
    )
    return follow_owner(by=by, at=at, task_id=task_id, owner=owner, batch=batch)


def give_owner(*, by: SignedIn, at: datetime, task_id: int, owner: Member | None, batch: str) -> int:
    """A further owner for a task, held ones too, as part of a hand-over; returns how many steps followed.

    In a transaction, permission asked before. Raises NotFound.
    """
    loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
    before = loaded.task.owner.id if loaded.task.owner else None
    after = owner.id if owner else None
    if before == after:
        return 0
    sql.execute("UPDATE tasks_task SET owner_id = %s, rev = rev + 1 WHERE id = %s", (after, task_id))
    data = {"changes": {"owner_id": [before, after]}}
    event = activity.NewEvent(verb="task.edited", name=loaded.task.title, data=data)
    saving.record(loaded, [event], by=by, at=at, batch=batch)
    return _steps_follow(task_id, owner, by=by, at=at, batch=batch)
