"""Workflows: reading one, attaching a template to a task or to many, the record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import MAX_BULK, Id, Strict
from natrium.api.etags import not_modified, tag
from natrium.api.problems import ERRORS
from natrium.apps.workflows import facts, operations, queries
from natrium.apps.workflows.operations import Attached
from natrium.apps.workflows.panels import WorkflowPanel
from natrium.domain.workflow.comparing import Kind

router = Router(tags=["workflows"])


class Attach(Strict):
    """Which template, which version of it (the newest, left out), and whether once more where it is there already."""

    template_id: Id
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    again: bool = False


class BulkAttach(Strict):
    """Which template, and to which tasks."""

    template_id: Id
    task_ids: Annotated[list[Id], Field(min_length=1, max_length=MAX_BULK)]


class AttachedOut(Schema):
    """The workflow on a task; `created` is false where it was there already; `warnings`: whom rules missed."""

    task_id: int
    workflow_id: int
    created: bool
    warnings: list[str]


class Refused(Schema):
    """A task that was refused, and why."""

    task_id: int
    code: str
    detail: str


class BulkAttachedOut(Schema):
    """A result or a refusal for each task."""

    attached: list[AttachedOut]
    refused: list[Refused]


class DifferenceOut(Schema):
    """One way in which a workflow differs from its template version: `kind` of a group or step, by `key`.

    `field` with `before` and `after` for what changed, in the form of a template's file ("due_on": a date typed by
    hand); the names for what was renamed; the groups' names for a step that moved to another. `by`, `at` and `reason`
    are whoever made it so, as far as the record says.
    """

    kind: Annotated[str, Field(json_schema_extra={"enum": [one.value for one in Kind]})]
    what: str
    key: str
    name: str
    field: str
    before: Any
    after: Any
    by: str
    at: datetime | None
    reason: str


class DifferencesOut(Schema):
    """All of them, in the workflow's order; `version` is the template's, None for a workflow from no template."""

    template_id: int | None
    version: int | None
    loosened: list[str]
    differences: list[DifferenceOut]


def attached_out(one: Attached) -> AttachedOut:
    """An attached workflow as the API says it."""
    return AttachedOut(
        task_id=one.task_id, workflow_id=one.workflow_id, created=one.created, warnings=list(one.warnings)
    )


@router.get("/workflows/{int:workflow_id}", response={200: WorkflowPanel, 304: None, **ERRORS})
def workflow(request: HttpRequest, response: HttpResponse, workflow_id: Id) -> Any:  # noqa: ANN401 - a status with its body
    """A workflow with its groups and steps, why each is blocked, and what the caller may do."""
    who = asked(request)
    found = queries.workflow(by=who.by, at=who.at, workflow_id=workflow_id)
    tag(response, found.rev)
    if not_modified(request, found.rev):
        return Status(304, None)
    return Status(200, found)


@router.get("/workflows/{int:workflow_id}/differences", response={200: DifferencesOut, **ERRORS})
def differences(request: HttpRequest, workflow_id: Id) -> DifferencesOut:
    """In what a workflow differs from the template version it was attached from, and who made it so."""
    found = queries.differences(by=asked(request).by, workflow_id=workflow_id)
    lines = [
        DifferenceOut(
            kind=one.difference.kind.value,
            what=one.difference.what,
            key=one.difference.key,
            name=one.difference.name,
            field=one.difference.field,
            before=facts.plain(one.difference.before),
            after=facts.plain(one.difference.after),
            by=one.by,
            at=one.at,
            reason=one.reason,
        )
        for one in found.lines
    ]
    return DifferencesOut(
        template_id=found.template_id, version=found.version, loosened=list(found.loosened), differences=lines
    )


@router.post("/tasks/{int:task_id}/workflows", response={200: AttachedOut, 201: AttachedOut, **ERRORS})
def attach(request: HttpRequest, task_id: Id, body: Attach) -> Any:  # noqa: ANN401 - a status with its body
    """Attach a template to a task; 200 with the workflow that is there already, unless `again`."""
    who = asked(request)
    done = operations.attach(
        by=who.by, at=who.at, task_id=task_id, template_id=body.template_id, version=body.version, again=body.again
    )
    return Status(201 if done.created else 200, attached_out(done))


@router.post("/workflows/bulk", response={200: BulkAttachedOut, **ERRORS})
def attach_many(request: HttpRequest, body: BulkAttach) -> BulkAttachedOut:
    """Attach one template to many tasks; one refused task stops no other."""
    who = asked(request)
    done = operations.attach_many(by=who.by, at=who.at, task_ids=body.task_ids, template_id=body.template_id)
    refused = [Refused(task_id=id_, code=no.code.value, detail=no.message) for id_, no in done.refused]
    refused += [Refused(task_id=id_, code="not-found", detail="There is no such task.") for id_ in done.unknown]
    return BulkAttachedOut(attached=[attached_out(one) for one in done.attached], refused=refused)
