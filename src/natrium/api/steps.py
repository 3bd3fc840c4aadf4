"""Actions on the steps of a workflow: one at a time, or several, all or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from natrium.api.auth import Asked, asked
from natrium.api.bodies import (
    Done,
    Holder,
    Id,
    ManyActions,
    Nothing,
    OneAction,
    Overriding,
    Reason,
    Said,
    SendBack,
    Waits,
)
from natrium.api.etags import if_match, tag
from natrium.api.problems import ERRORS
from natrium.apps.practices import queries as practices
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Acted
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn

router = Router(tags=["steps"])
STEP = "/workflows/{int:workflow_id}/steps/{key}"


class Repeated(Schema):
    """A step that already was what was asked for: by whom, and when (null where nobody is recorded)."""

    step: str
    by: str | None
    at: datetime | None


class ActedOut(Schema):
    """What came of an action: the workflow's rev now, what happened, and what was a repetition.

    `line` is the number of an edit's line in the task's record; 0 for what is no edit, and where nothing changed.
    """

    task_id: int
    rev: int
    happened: list[str]
    repetitions: list[Repeated]
    line: int


def out(acted: Acted, response: HttpResponse) -> ActedOut:
    """The answer to an action, its rev as ETag."""
    tag(response, acted.rev)
    repeated = [Repeated(step=r.key, by=r.by.name if r.by else None, at=r.at) for r in acted.repetitions]
    happened = list(acted.verbs)
    return ActedOut(task_id=acted.task_id, rev=acted.rev, happened=happened, repetitions=repeated, line=acted.seq)


def _act(request: HttpRequest, response: HttpResponse, workflow_id: int, action: Action) -> ActedOut:
    who = asked(request)
    acted = operations.act(
        by=who.by, at=who.at, workflow_id=workflow_id, actions=[action], if_step_rev=if_match(request)
    )
    return out(acted, response)


@router.post(f"{STEP}/start", response={200: ActedOut, **ERRORS})
def start(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Begin a step."""
    return _act(request, response, workflow_id, Start(key))


@router.post(f"{STEP}/wait", response={200: ActedOut, **ERRORS})
def wait(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Waits) -> ActedOut:
    """Set a step waiting on the client or a third party."""
    on = WaitsOn(body.on) if body.on else None
    return _act(request, response, workflow_id, Wait(key, body.reason, on, body.whom))


@router.post(f"{STEP}/resume", response={200: ActedOut, **ERRORS})
def resume(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Go on with a waiting step."""
    return _act(request, response, workflow_id, Resume(key))


@router.post(f"{STEP}/complete", response={200: ActedOut, **ERRORS})
def complete(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Done) -> ActedOut:
    """Finish a step; a filing and an approval need their evidence."""
    return _act(request, response, workflow_id, Complete(key, body.filed_on, body.reference, body.note))


@router.post(f"{STEP}/reopen", response={200: ActedOut, **ERRORS})
def reopen(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: SendBack) -> ActedOut:
    """Send a done step back."""
    return _act(request, response, workflow_id, Reopen(key, body.reason, body.cascade))


@router.post(f"{STEP}/confirm", response={200: ActedOut, **ERRORS})
def confirm(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Say of a stale step that it is still right."""
    return _act(request, response, workflow_id, Confirm(key))


@router.post(f"{STEP}/skip", response={200: ActedOut, **ERRORS})
def skip(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Reason) -> ActedOut:
    """Leave a step out, with a reason."""
    return _act(request, response, workflow_id, Skip(key, body.reason))


@router.post(f"{STEP}/unskip", response={200: ActedOut, **ERRORS})
def unskip(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Take a skip back."""
    return _act(request, response, workflow_id, Unskip(key))


@router.post(f"{STEP}/override", response={200: ActedOut, **ERRORS})
def override(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Overriding) -> ActedOut:
    """Go past unsettled prerequisites; with `then`, start or complete in the same breath."""
    return _act(request, response, workflow_id, _override(key, body))


@router.post(f"{STEP}/claim", response={200: ActedOut, **ERRORS})
def claim(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Take an unassigned step."""
    return _act(request, response, workflow_id, Claim(key))


@router.post(f"{STEP}/comments", response={200: ActedOut, **ERRORS})
def comment(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Said) -> ActedOut:
    """Say something about a step."""
    return _act(request, response, workflow_id, Comment(key, body.text))


@router.post(f"{STEP}/assign", response={200: ActedOut, **ERRORS})
def assign(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Holder) -> ActedOut:
    """Give a step to a member, or to nobody."""
    who = asked(request)
    acted = operations.assign(
        by=who.by, at=who.at, workflow_id=workflow_id, key=key, to_id=body.to, if_step_rev=if_match(request)
    )
    return out(acted, response)


@router.post(f"{STEP}/undo", response={200: ActedOut, **ERRORS})
def undo(request: HttpRequest, response: HttpResponse, workflow_id: Id, key: str, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Take one's own last action back, within ten minutes."""
    who = asked(request)
    return out(operations.undo(by=who.by, at=who.at, workflow_id=workflow_id, key=key), response)


@router.post("/workflows/{int:workflow_id}/actions", response={200: ActedOut, **ERRORS})
def several(request: HttpRequest, response: HttpResponse, workflow_id: Id, body: ManyActions) -> ActedOut:
    """Several actions at once, in workflow order, each on the state the one before left; all or nothing."""
    who = asked(request)
    actions = [action_of(who, one) for one in body.actions]
    acted = operations.act(by=who.by, at=who.at, workflow_id=workflow_id, actions=actions, if_rev=if_match(request))
    return out(acted, response)


def action_of(who: Asked, one: OneAction) -> Action:
    """One of several, as the rules want it. Raises NotFound for a member who is not the practice's."""
    key = one.step
    match one.action:
        case "wait":
            return Wait(key, one.reason, WaitsOn(one.on) if one.on else None, one.whom)
        case "complete":
            return Complete(key, one.filed_on, one.reference, one.note)
        case "reopen":
            return Reopen(key, one.reason, one.cascade)
        case "skip":
            return Skip(key, one.reason)
        case "override":
            return _override(key, one)
        case "assign":
            practice_id = who.by.practice_id
            to = practices.member_of(practice_id=practice_id, member_id=one.to) if one.to is not None else None
            return AssignTo(key, to)
        case "comment":
            return Comment(key, one.text)
        case plain:
            return PLAIN[plain](key)


PLAIN: dict[str, type[Start | Resume | Confirm | Unskip | Claim]] = {
    "start": Start,
    "resume": Resume,
    "confirm": Confirm,
    "unskip": Unskip,
    "claim": Claim,
}


def _override(key: str, body: Overriding | OneAction) -> OverridePrerequisites:
    then: Literal["start", "complete"] | None = body.then
    following = {"start": Start(key), "complete": Complete(key, body.filed_on, body.reference, body.note), None: None}
    return OverridePrerequisites(key, tuple(body.covers), body.reason, following[then])
