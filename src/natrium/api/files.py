"""Files on tasks and steps: list, add, download, remove, bring back."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status, UploadedFile

from natrium.api.auth import asked
from natrium.api.bodies import Id, Nothing
from natrium.api.problems import ERRORS, Problem
from natrium.apps.files import operations, queries
from natrium.apps.files.queries import FileLine
from natrium.apps.workflows import queries as workflows

router = Router(tags=["files"])


class Files(Schema):
    """A task's files, newest first."""

    items: list[FileLine]


class AddedOut(Schema):
    """The file that is on the task now. `created` false: the very same was there already."""

    id: int
    name: str
    created: bool


class TaskOf(Schema):
    """The task that a file is on."""

    task_id: int


@router.get("/tasks/{int:task_id}/files", response={200: Files, **ERRORS})
def files(request: HttpRequest, task_id: Id) -> Files:
    """A task's files, newest first."""
    who = asked(request)
    workflows.entries(by=who.by, task_id=task_id)  # another practice's task is not found
    return Files(items=list(queries.files(by=who.by, task_id=task_id)))


@router.post("/tasks/{int:task_id}/files", response={201: AddedOut, 413: Problem, **ERRORS})
def add(request: HttpRequest, task_id: Id, file: File[UploadedFile], step_id: Form[Id | None] = None) -> Any:  # noqa: ANN401 - a status with its body
    """Add a file (multipart/form-data) to a task, or to one of its steps; at most 25 MB."""
    who = asked(request)
    stream: Any = file
    added = operations.add_file(
        by=who.by, at=who.at, task_id=task_id, step_id=step_id, name=file.name or "", file=stream
    )
    return Status(201, AddedOut(id=added.file_id, name=added.name, created=added.created))


@router.get("/files/{int:file_id}", response=ERRORS)
def download(request: HttpRequest, file_id: Id) -> HttpResponse:
    """A file's content."""
    content = queries.content(by=asked(request).by, file_id=file_id)
    answer: Any = FileResponse(
        content.file, as_attachment=True, filename=content.name, content_type=content.content_type
    )
    answer["Content-Length"] = str(content.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    found: HttpResponse = answer
    return found


@router.delete("/files/{int:file_id}", response={200: TaskOf, **ERRORS})
def remove(request: HttpRequest, file_id: Id) -> TaskOf:
    """Take a file off its task; its record stays, and for a month so does its content."""
    who = asked(request)
    return TaskOf(task_id=operations.remove_file(by=who.by, at=who.at, file_id=file_id))


@router.post("/files/{int:file_id}/restore", response={200: TaskOf, **ERRORS})
def restore(request: HttpRequest, file_id: Id, body: Nothing) -> TaskOf:  # noqa: ARG001
    """Bring a removed file back, within a month."""
    who = asked(request)
    return TaskOf(task_id=operations.restore_file(by=who.by, at=who.at, file_id=file_id))
