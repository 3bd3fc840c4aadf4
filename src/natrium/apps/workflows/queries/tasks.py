"""Lists of tasks, a task's timeline, and what the new-task form offers."""

from __future__ import annotations

from datetime import datetime

from natrium.apps.activity import queries as activity
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.pages import NewTaskChoices, Timeline
from natrium.apps.workflows.panels import Choice
from natrium.apps.workflows.queries.panel import Seen
from natrium.apps.workflows.queries.task_page import attachable_templates, members
from natrium.apps.workflows.queries.words import activity_line
from natrium.domain.errors import NotFound

PAGE = 100
# What a timeline can be narrowed to.
KINDS: dict[str, tuple[str, ...]] = {
    "notes": ("comment.added",),
    "files": ("file.added", "file.removed", "file.restored", "file.erased"),
    "work": (
        "step.started", "step.waiting", "step.resumed", "step.completed", "step.reopened", "step.staled",
        "step.returned", "step.confirmed", "step.skipped", "step.unskipped", "step.overridden", "step.undone",
        "workflow.finished", "workflow.reopened", "task.done", "task.reopened",
    ),
    "people": ("step.assigned", "step.claimed", "step.followed"),
    "changes": (
        "task.created", "task.edited", "task.held", "task.cancelled", "task.resumed", "workflow.attached",
        "workflow.removed", "step.added", "step.edited", "step.moved", "step.removed", "step.redated",
        "group.added", "group.edited", "group.moved", "group.removed",
    ),
}  # fmt: skip


def task_of_workflow(*, by: SignedIn, workflow_id: int) -> int:
    """The id of the task that a workflow hangs on. Raises NotFound."""
    found = sql.value(
        "SELECT task_id FROM workflows_workflow WHERE id = %s AND practice_id = %s", (workflow_id, by.practice_id)
    )
    if found is None:
        raise NotFound("There is no such workflow in this practice.")
    return int(found)


def timeline(
    *,
    by: SignedIn,
    at: datetime,
    task_id: int,
    before: int | None = None,
    kind: str = "",
    member_id: int | None = None,
    limit: int = PAGE,
) -> Timeline:
    """A page of a task's activity, newest first; `kind` is one of KINDS, "" for all. Raises NotFound."""
    head = sql.row(
        """SELECT t.title, c.name, t.chain_count FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
           WHERE t.id = %s AND t.practice_id = %s""",
        (task_id, by.practice_id),
    )
    if head is None:
        raise NotFound("There is no such task in this practice.")
    page = activity.timeline(
        practice_id=by.practice_id, chain="task", subject_id=task_id, before=before, limit=limit,
        verbs=KINDS.get(kind, ()), member_id=member_id,
    )  # fmt: skip
    seen = Seen(by.member, by.zone, at.date(), by.weighted)
    lines = tuple(activity_line(entry, seen) for entry in page.entries)
    return Timeline(task_id, head[0], head[1] or "", lines, page.next_before, head[2])


def entries(*, by: SignedIn, task_id: int) -> int:
    """How many lines a task's record has: whoever knows an older number has not seen all. Raises NotFound."""
    found = sql.value(
        "SELECT chain_count FROM tasks_task WHERE id = %s AND practice_id = %s", (task_id, by.practice_id)
    )
    if found is None:
        raise NotFound("There is no such task in this practice.")
    return int(found)


def clients_to_choose(by: SignedIn) -> tuple[Choice, ...]:
    """The clients that a new task can be for, by name."""
    clients = sql.rows(
        "SELECT id, name FROM clients_client WHERE practice_id = %s AND active ORDER BY name, id", (by.practice_id,)
    )
    return tuple(Choice(*row) for row in clients)


def new_task_choices(by: SignedIn) -> NewTaskChoices:
    """Clients, members, services in use and templates to choose from."""
    services = sql.rows(
        "SELECT DISTINCT service FROM tasks_task WHERE practice_id = %s AND service <> '' ORDER BY service LIMIT 200",
        (by.practice_id,),
    )
    return NewTaskChoices(
        clients=clients_to_choose(by),
        members=members(by),
        services=tuple(row[0] for row in services),
        templates=attachable_templates(by),
    )
