"""Many steps or many tasks at once: what it would come to, doing it, what came of it, taking it back."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from natrium.api.auth import Asked, asked
from natrium.api.bodies import BulkSteps, BulkTasks, Id, Nothing, OneAction
from natrium.api.problems import ERRORS
from natrium.api.steps import action_of
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import AttachTemplate, DueOn, GiveTo, MoveTarget, Outcome, SetHold, TaskDeed
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Action
from natrium.domain.workflow.model import Hold

router = Router(tags=["bulk"])


class RefusedOut(Schema):
    """A step or a task (`step_id` null) that was refused, and why; "not-found" where there is none such."""

    code: str
    detail: str
    task_id: int | None
    task: str
    client: str
    workflow_id: int | None
    step_id: int | None
    step: str


class BulkOut(Schema):
    """What came of many, or would come of them (`batch_id` null). Steps are counted, or tasks.

    `repeated`: it was so already. `finished` is false where it is under way, or was cut short.
    """

    batch_id: int | None
    finished: bool
    selected: int
    changed: int
    repeated: int
    refused: list[RefusedOut]


class BatchOut(BulkOut):
    """A bulk operation as it is kept. `deed` is what was done, `said` what was asked for."""

    by: str
    at: datetime
    deed: str
    said: dict[str, Any]
    undoes: int | None
    undone_by: int | None


def _out(came: Outcome) -> dict[str, Any]:
    refused = [
        RefusedOut(
            code=no.code, detail=no.message, task_id=no.task_id, task=no.task, client=no.client,
            workflow_id=no.workflow_id, step_id=no.step_id, step=no.step,
        )
        for no in came.refused
    ]  # fmt: skip
    return {
        "batch_id": came.batch_id, "finished": came.finished, "selected": came.selected, "changed": came.changed,
        "repeated": came.repeated, "refused": refused,
    }  # fmt: skip


def _action(who: Asked, body: BulkSteps) -> Action | DueOn:
    if body.action == "due":
        if body.due_on is None:
            raise Refusal(Code.BAD_VALUE, "Say on which day they are due.", field="due_on")
        return DueOn(body.due_on)
    return action_of(who, OneAction(step="chosen", **body.model_dump(exclude={"step_ids", "due_on"})))


def _deed(body: BulkTasks) -> TaskDeed:
    match body.action:
        case "owner":
            if "to" not in body.model_fields_set:
                raise Refusal(Code.BAD_VALUE, "Say who is to own the tasks; null for nobody.", field="to")
            return GiveTo(body.to)
        case "target":
            return MoveTarget(body.days, body.on)
        case "attach":
            if body.template_id is None:
                raise Refusal(Code.BAD_VALUE, "Say which template to attach.", field="template_id")
            return AttachTemplate(body.template_id)
        case "hold":
            return SetHold(Hold.ON_HOLD, body.reason)
        case "cancel":
            return SetHold(Hold.CANCELLED, body.reason)
        case "resume":
            return SetHold(Hold.NONE)


def _once(request: HttpRequest) -> str:
    """The caller's word for this request, so that one sent again after a crash is not done again."""
    key = request.headers.get("Idempotency-Key", "")
    return sha256(f"{request.path} {key} ".encode() + request.body).hexdigest() if key else ""


@router.post("/steps/bulk", response={200: BulkOut, **ERRORS})
def steps(request: HttpRequest, body: BulkSteps) -> dict[str, Any]:
    """One action on many steps; each workflow all or nothing, and a refused one stops no other."""
    who = asked(request)
    action = _action(who, body)
    came = operations.act_on_many(by=who.by, at=who.at, step_ids=body.step_ids, action=action, once=_once(request))
    return _out(came)


@router.post("/steps/bulk/preview", response={200: BulkOut, **ERRORS})
def steps_preview(request: HttpRequest, body: BulkSteps) -> dict[str, Any]:
    """What one action on many steps would come to; nothing is written."""
    who = asked(request)
    action = _action(who, body)
    return _out(operations.preview_steps(by=who.by, at=who.at, step_ids=body.step_ids, action=action))


@router.post("/tasks/bulk", response={200: BulkOut, **ERRORS})
def tasks(request: HttpRequest, body: BulkTasks) -> dict[str, Any]:
    """One change to many tasks; a refused one stops no other."""
    who = asked(request)
    deed = _deed(body)
    came = operations.change_many(by=who.by, at=who.at, task_ids=body.task_ids, deed=deed, once=_once(request))
    return _out(came)


@router.post("/tasks/bulk/preview", response={200: BulkOut, **ERRORS})
def tasks_preview(request: HttpRequest, body: BulkTasks) -> dict[str, Any]:
    """What one change to many tasks would come to; nothing is written."""
    who = asked(request)
    return _out(operations.preview_tasks(by=who.by, at=who.at, task_ids=body.task_ids, deed=_deed(body)))


@router.get("/batches/{int:batch_id}", response={200: BatchOut, **ERRORS})
def batch(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    """What was done to many at once, and what came of it."""
    kept = queries.batch(by=asked(request).by, batch_id=batch_id)
    return _out(kept.outcome) | {
        "by": kept.by, "at": kept.at, "deed": kept.deed, "said": dict(kept.said), "undoes": kept.undoes,
        "undone_by": kept.undone_by,
    }  # fmt: skip


@router.post("/batches/{int:batch_id}/undo", response={200: BulkOut, **ERRORS})
def undo(request: HttpRequest, batch_id: Id, body: Nothing) -> dict[str, Any]:  # noqa: ARG001
    """Take back what one did to many at once, within ten minutes; what was built on since stays, and is told."""
    who = asked(request)
    return _out(operations.undo_batch(by=who.by, at=who.at, batch_id=batch_id))
