"""A task open to be changed: its facts, what there is to choose, and what would follow."""

from __future__ import annotations

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import taskfacts, taskrows
from natrium.apps.workflows.queries.tasks import new_task_choices
from natrium.apps.workflows.shapes import Followers, TaskShape
from natrium.domain.errors import NotFound
from natrium.domain.roles import Deed, may
from natrium.domain.workflow.model import Hold

HEAD_SQL = f"""
    SELECT {taskrows.TASK_SELECT}, c.name, t.rev, {", ".join(f"t.{name}" for name in taskfacts.EDITABLE)}
    FROM tasks_task t
    LEFT JOIN practices_member o ON o.id = t.owner_id
    LEFT JOIN clients_client c ON c.id = t.client_id
    WHERE t.id = %s AND t.practice_id = %s"""
STEPS_SQL = """
    SELECT s.assign_rule, s.bound, s.due_days, s.due_from, s.due_rule, s.due_by_hand
    FROM workflows_step s
    WHERE s.task_id = %s AND s.workflow_id IS NOT NULL AND (s.status NOT IN ('done', 'skipped') OR s.stale)"""


def task_shape(*, by: SignedIn, task_id: int) -> TaskShape:
    """A task to change. Raises NotFound."""
    row = sql.row(HEAD_SQL, (task_id, by.practice_id))
    if row is None:
        raise NotFound("There is no such task in this practice.")
    task, rest = taskrows.task_of(row[: taskrows.TASK_WIDTH]), row[taskrows.TASK_WIDTH :]
    owns = task.owner is not None and task.owner.id == by.member.id
    return TaskShape(
        id=task.id,
        facts=taskfacts.facts_of_row(rest[2:]),
        client=rest[0] or "",
        owner=task.owner.name if task.owner else "",
        rev=rest[1],
        held=task.hold is not Hold.NONE,
        may_edit=may(by.member.role, Deed.EDIT_TASK, task_owner=owns),
        choices=new_task_choices(by),
        followers=_followers(task_id),
    )


def _followers(task_id: int) -> Followers:
    """How many open steps would go along with the owner, the client's people, or a date, and how many would not."""
    rows = sql.rows(STEPS_SQL, (task_id,))
    ruled = [row for row in rows if row[2] is not None and not row[4]]
    return Followers(
        owner=sum(row[0] == "task_owner" and bool(row[1]) for row in rows),
        owner_by_hand=sum(row[0] == "task_owner" and not row[1] for row in rows),
        client=sum(row[0] in ("client_manager", "client_partner") and bool(row[1]) for row in rows),
        target=sum(row[3] == "target" and not row[5] for row in ruled),
        statutory=sum(row[3] == "statutory" and not row[5] for row in ruled),
        dated_by_hand=sum(bool(row[5]) for row in rows),
    )
