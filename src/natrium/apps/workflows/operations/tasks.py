"""Tasks: creating one with its workflows or with one step of its own, editing it, holding, cancelling, resuming."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.database import insert, sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import readiness, saving, snapshots, taskfacts
from natrium.apps.workflows.operations.attaching import attach
from natrium.apps.workflows.operations.people import require_client
from natrium.apps.workflows.taskfacts import TaskFacts
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.task import OWN_STEP, Held, set_hold
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.holding import can_hold
from natrium.domain.workflow.model import Hold, Member
from natrium.domain.workflow.progress import counts_of, task_status


def create_task(*, by: SignedIn, at: datetime, facts: TaskFacts, template_ids: Sequence[int] = ()) -> int:
    """A new task, with the templates attached in order; without any it is one step of its own. Returns its id.

    Raises NotFound (client, owner, template), Refusal (not-allowed, bad-value, bad-template).
    """
    if not may(by.member.role, Deed.EDIT_TASK, task_owner=facts.owner_id == by.member.id):
        raise Refusal(Code.NOT_ALLOWED, f"To create a task takes {who_may(Deed.EDIT_TASK)}.")
    owner = owner_of(facts.owner_id, by=by)
    facts = taskfacts.sound(facts)
    require_client(by=by, client_id=facts.client_id)
    with transaction.atomic():
        task_id = insert.insert_row(
            "tasks_task",
            {**taskfacts.columns(facts), "practice_id": by.practice_id, "created_at": at, "created_by_id": by.member.id,
             "status": "not_started", "hold": "", "hold_reason": "", "rev": 1, "unresolved_count": 0,
             "workflows_count": 0, "workflows_finished": 0, "chain_count": 0, "chain_head": "",
             **_counters(own=not template_ids)},
        )  # fmt: skip
        event = activity.NewEvent(verb="task.created", name=facts.title, data=taskfacts.said(facts))
        _record_created(task_id, event, by=by, at=at)
        if template_ids:
            for template_id in dict.fromkeys(template_ids):
                attach(by=by, at=at, task_id=task_id, template_id=template_id)
        else:
            _insert_own_step(task_id, facts, owner, by=by, at=at)
        return task_id


def _counters(*, own: bool) -> dict[str, int]:
    names = ("total", "done", "stale", "skipped", "in_progress", "waiting", "ready")
    return {f"steps_{name}": int(own and name in ("total", "ready")) for name in names}


def _record_created(task_id: int, event: activity.NewEvent, *, by: SignedIn, at: datetime) -> None:
    head = activity.append(
        chain="task", subject_id=task_id, practice_id=by.practice_id, head=activity.Head(0, ""), events=[event],
        by=by, at=at,
    )  # fmt: skip
    sql.execute(
        "UPDATE tasks_task SET chain_count = %s, chain_head = %s WHERE id = %s", (head.count, head.hash, task_id)
    )


def _insert_own_step(task_id: int, facts: TaskFacts, owner: Member | None, *, by: SignedIn, at: datetime) -> None:
    holder = owner if owner is not None and can_hold(owner) else None
    insert.insert_row(
        "workflows_step",
        {"practice_id": by.practice_id, "task_id": task_id, "key": OWN_STEP, "name": facts.title, "position": 0,
         "assign_rule": "unassigned", "assign_email": "", "blocking": False, "required": False, "after": "[]",
         "due_unit": "days", "due_from": "target", "due_rule": "", "waits_on": "", "review": False,
         "approval": False, "filing": False, "status": "todo", "stale": False, "ready": True,
         "assignee_id": holder.id if holder else None, "bound": False, "unresolved": False, "skip_reason": "",
         "waiting_reason": "", "waiting_on": "", "waiting_whom": "", "evidence_reference": "", "evidence_note": "",
         "overrides": "[]", "added": False, "due": facts.target_date, "due_by_hand": False, "status_since": at,
         "ready_since": at, "rev": 1, "retired": False},
    )  # fmt: skip


def owner_of(owner_id: int | None, *, by: SignedIn) -> Member | None:
    """The member who is to own a task. Raises NotFound; Refusal bad-value for one who cannot hold work."""
    if owner_id is None:
        return None
    owner = practices.member_of(practice_id=by.practice_id, member_id=owner_id)
    if not can_hold(owner):
        why = "has left" if not owner.active else f"is {owner.role.one}"
        raise Refusal(Code.BAD_VALUE, f"{owner.name} {why} and cannot own a task.", field="owner_id")
    return owner


def hold(
    *, by: SignedIn, at: datetime, task_id: int, to: Hold, reason: str = "", batch: str = "", undid: int = 0
) -> bool:
    """Put a task on hold, cancel it, or (`to` NONE) resume it. False where it already was so.

    `undid`: the number of the line in the task's record that this takes back.
    Raises NotFound, Refusal (not-allowed, wrong-state, reason-needed, bad-value).
    """
    with transaction.atomic():
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
        task = loaded.task
        counts = counts_of(Situation(loaded.workflow)) if not task.counts.workflows else task.counts
        status = task_status(counts, Hold.NONE)
        held = set_hold(
            Held(task.hold, task.hold_reason), to, status=status, owner=task.owner, by=by.member, at=at, reason=reason
        )
        if held is None:
            return False
        was, was_reason = task.hold, task.hold_reason
        task.hold, task.hold_reason = held.hold, held.reason
        task.status = task_status(counts, task.hold).value
        sql.execute(
            """UPDATE tasks_task SET hold = %s, hold_reason = %s, hold_by_id = %s, hold_at = %s, rev = rev + 1
               WHERE id = %s""",
            (held.hold.value, held.reason, held.by.id if held.by else None, held.at, task_id),
        )
        verb = {Hold.ON_HOLD: "task.held", Hold.CANCELLED: "task.cancelled", Hold.NONE: "task.resumed"}[to]
        said = {"reason": held.reason, "was": was.value, "was_reason": was_reason, "undid": undid}
        event = activity.NewEvent(verb=verb, name=task.title, data={key: word for key, word in said.items() if word})
        saving.record(loaded, [event], by=by, at=at, batch=batch)
        readiness.write_readiness(loaded, at=at, undone=bool(undid))
        return True
