"""Tasks: list, create, read, edit, hold; the one step of a task without a workflow; its record."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import (
    Cursor,
    Day,
    Done,
    Id,
    Limit,
    Nothing,
    RuledName,
    RuledText,
    Said,
    SendBack,
    Strict,
    Waits,
)
from natrium.api.etags import if_match, tag
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.api.steps import ActedOut, out
from natrium.apps.activity import queries as activity
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.apps.workflows.panels import ActivityLine, TaskPage
from natrium.apps.workflows.queries import TaskFilter, TaskLine
from natrium.domain.workflow.actions import Action, Complete, Reopen, Resume, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Hold
from natrium.domain.workflow.progress import TaskStatus

router = Router(tags=["tasks"])


class OtherDate(Strict):
    """A date beside target and statutory date."""

    name: RuledName
    on: Day


class TaskIn(Strict):
    """A task to be, with the templates to attach in order."""

    title: RuledName
    client_id: Id | None = None
    service: RuledName = ""
    owner_id: Id | None = None
    period_start: Day | None = None
    period_end: Day | None = None
    target_date: Day | None = None
    statutory_date: Day | None = None
    other_dates: Annotated[list[OtherDate], Field(max_length=20)] = []


class NewTask(TaskIn):
    """A task to be, with the templates to attach in order."""

    template_ids: Annotated[list[Id], Field(max_length=20)] = []


class TaskChange(TaskIn):
    """Facts to change: those that are sent."""

    title: RuledName = ""


class Created(Schema):
    """The id of what was made."""

    id: int


class TaskRev(Schema):
    """A task's rev now. `line` is the number of the change in its record; 0 where nothing changed."""

    id: int
    rev: int
    line: int


class Tasks(Schema):
    """A page of tasks; `next` continues it ("" at the end)."""

    items: list[TaskLine]
    next: str


class Lines(Schema):
    """A page of the record, newest first; `next` continues it ("" at the end)."""

    items: list[ActivityLine]
    next: str


class TaskQuery(Schema):
    """Filters of the list."""

    client_id: Id | None = None
    owner_id: Id | None = None
    status: TaskStatus | None = None
    due_before: Day | None = None
    cursor: Cursor = ""
    limit: Limit = 50


class LineQuery(Schema):
    """What to narrow a record to: one kind of line, one member's lines."""

    kind: Literal["notes", "work", "people", "changes"] | None = None
    member_id: Id | None = None
    cursor: Cursor = ""


class HoldIn(Strict):
    """On hold or cancelled, with a reason; or active again."""

    to: Literal["on_hold", "cancelled", "active"]
    reason: RuledText = ""


def _facts(body: TaskIn, names: set[str] | None = None) -> dict[str, Any]:
    sent = body.model_dump(include=names) if names is not None else body.model_dump(exclude={"template_ids"})
    if "other_dates" in sent:
        sent["other_dates"] = tuple((one.name, one.on) for one in body.other_dates)
    return sent


@router.get("/tasks", response={200: Tasks, **ERRORS})
def tasks(request: HttpRequest, query: Query[TaskQuery]) -> Tasks:
    """The practice's tasks in the order in which they were made."""
    who = asked(request)
    place = place_of(query.cursor, int)
    keep = TaskFilter(query.client_id, query.owner_id, query.status, query.due_before)
    found = queries.task_list(by=who.by, keep=keep, after=int(place[0]) if place else 0, limit=query.limit)
    following = cursor_of(found[query.limit - 1].id) if len(found) > query.limit else ""
    return Tasks(items=list(found[: query.limit]), next=following)


@router.post("/tasks", response={201: Created, **ERRORS})
def create(request: HttpRequest, body: NewTask) -> Any:  # noqa: ANN401 - a status with its body
    """A new task; without templates it is one step of its own."""
    who = asked(request)
    facts = TaskFacts(**_facts(body))
    made = operations.create_task(by=who.by, at=who.at, facts=facts, template_ids=body.template_ids)
    return Status(201, Created(id=made))


@router.get("/tasks/{int:task_id}", response={200: TaskPage, **ERRORS})
def task(request: HttpRequest, response: HttpResponse, task_id: Id) -> TaskPage:
    """A task with its workflows and its latest activity."""
    who = asked(request)
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    tag(response, found.task.rev)
    return found


@router.patch("/tasks/{int:task_id}", response={200: TaskRev, **ERRORS})
def edit(request: HttpRequest, response: HttpResponse, task_id: Id, body: TaskChange) -> TaskRev:
    """Change facts of a task; steps bound to its owner or dates follow."""
    who = asked(request)
    changes = _facts(body, set(body.model_fields_set))
    done = operations.edit_task(by=who.by, at=who.at, task_id=task_id, changes=changes, if_rev=if_match(request))
    tag(response, done.rev)
    return TaskRev(id=task_id, rev=done.rev, line=done.seq)


@router.post("/tasks/{int:task_id}/edits/{int:line}/undo", response={200: TaskRev, **ERRORS})
def take_back(request: HttpRequest, response: HttpResponse, task_id: Id, line: Id, body: Nothing) -> TaskRev:  # noqa: ARG001
    """Take one's own change of a task, or its hold, back within ten minutes; `line` is its number in the record."""
    who = asked(request)
    done = operations.take_task_edit_back(by=who.by, at=who.at, task_id=task_id, seq=line)
    tag(response, done.rev)
    return TaskRev(id=task_id, rev=done.rev, line=done.seq)


@router.put("/tasks/{int:task_id}/hold", response={200: Created, **ERRORS})
def hold(request: HttpRequest, task_id: Id, body: HoldIn) -> Created:
    """Put a task on hold, cancel it, or make it active again."""
    who = asked(request)
    to = Hold.NONE if body.to == "active" else Hold(body.to)
    operations.hold(by=who.by, at=who.at, task_id=task_id, to=to, reason=body.reason)
    return Created(id=task_id)


@router.post("/tasks/{int:task_id}/comments", response={201: Created, **ERRORS})
def comment(request: HttpRequest, task_id: Id, body: Said) -> Any:  # noqa: ANN401 - a status with its body
    """Say something about a task."""
    who = asked(request)
    operations.comment_on_task(by=who.by, at=who.at, task_id=task_id, text=body.text)
    return Status(201, Created(id=task_id))


@router.get("/tasks/{int:task_id}/timeline", response={200: Lines, **ERRORS})
def timeline(request: HttpRequest, task_id: Id, query: Query[LineQuery]) -> Lines:
    """What happened to a task, newest first."""
    who = asked(request)
    place = place_of(query.cursor, int)
    before = int(place[0]) if place else None
    kind = query.kind or ""
    found = queries.timeline(by=who.by, at=who.at, task_id=task_id, before=before, kind=kind, member_id=query.member_id)
    return Lines(items=list(found.lines), next=cursor_of(found.before) if found.before else "")


@router.get("/tasks/{int:task_id}/timeline.csv", response=ERRORS)
def timeline_csv(request: HttpRequest, task_id: Id) -> HttpResponse:
    """The whole record of a task as CSV, oldest first."""
    who = asked(request)
    queries.timeline(by=who.by, at=who.at, task_id=task_id)  # another practice's task is not found
    text = io.StringIO()
    csv.writer(text).writerows(activity.csv_rows(practice_id=who.by.practice_id, chain="task", subject_id=task_id))
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")


def _own(request: HttpRequest, response: HttpResponse, task_id: int, action: Action) -> ActedOut:
    who = asked(request)
    return out(operations.act_on_task(by=who.by, at=who.at, task_id=task_id, action=action), response)


@router.post("/tasks/{int:task_id}/start", response={200: ActedOut, **ERRORS})
def start(request: HttpRequest, response: HttpResponse, task_id: Id, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Begin a task without a workflow."""
    return _own(request, response, task_id, Start(""))


@router.post("/tasks/{int:task_id}/wait", response={200: ActedOut, **ERRORS})
def wait(request: HttpRequest, response: HttpResponse, task_id: Id, body: Waits) -> ActedOut:
    """Set a task without a workflow waiting."""
    on = WaitsOn(body.on) if body.on else None
    return _own(request, response, task_id, Wait("", body.reason, on, body.whom))


@router.post("/tasks/{int:task_id}/resume", response={200: ActedOut, **ERRORS})
def resume(request: HttpRequest, response: HttpResponse, task_id: Id, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Go on with a waiting task without a workflow."""
    return _own(request, response, task_id, Resume(""))


@router.post("/tasks/{int:task_id}/complete", response={200: ActedOut, **ERRORS})
def complete(request: HttpRequest, response: HttpResponse, task_id: Id, body: Done) -> ActedOut:
    """Finish a task without a workflow."""
    return _own(request, response, task_id, Complete("", body.filed_on, body.reference, body.note))


@router.post("/tasks/{int:task_id}/reopen", response={200: ActedOut, **ERRORS})
def reopen(request: HttpRequest, response: HttpResponse, task_id: Id, body: SendBack) -> ActedOut:
    """Take a finished task without a workflow up again."""
    return _own(request, response, task_id, Reopen("", body.reason))


@router.post("/tasks/{int:task_id}/undo", response={200: ActedOut, **ERRORS})
def undo(request: HttpRequest, response: HttpResponse, task_id: Id, body: Nothing) -> ActedOut:  # noqa: ARG001
    """Take one's own last action on a task without a workflow back."""
    who = asked(request)
    return out(operations.undo_on_task(by=who.by, at=who.at, task_id=task_id), response)
