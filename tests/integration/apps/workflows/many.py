"""Many jobs of Acorn's at once, for what is done to many."""

from collections.abc import Sequence
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Outcome
from natrium.domain.workflow.actions import Action
from natrium.domain.workflow.definition import Order, Template
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, group, step

ANYHOW = Template(name="Anyhow", groups=(group("all", *(step(key) for key in "abcde"), order=Order.ANY),))


def jobs_of(job: Job, owner: Member, count: int, template_id: int) -> list[int]:
    """So many tasks of a member's with the template on them; the ids of the workflows."""
    tasks = [job.task(f"Job {number}", owner=owner) for number in range(count)]
    by = signed_in(job.cast.mark)
    done = operations.attach_many(by=by, at=NOW, task_ids=tasks, template_id=template_id)
    return [one.workflow_id for one in done.attached]


def steps_of(workflow_ids: Sequence[int], *keys: str) -> list[int]:
    """The ids of the steps of workflows, those with one of the keys where some are given."""
    rows = sql.rows(
        f"SELECT id, key FROM workflows_step WHERE {sql.one_of('workflow_id', workflow_ids)} ORDER BY id",
        sql.chosen(workflow_ids),
    )
    return [id_ for id_, key in rows if not keys or key in keys]


def act(by: Member, step_ids: Sequence[int], action: Action, **more: Any) -> Outcome:
    """One action on many steps."""
    return operations.act_on_many(by=signed_in(by), at=NOW, step_ids=step_ids, action=action, **more)


def preview(by: Member, step_ids: Sequence[int], action: Action) -> Outcome:
    """What that would come to."""
    return operations.preview_steps(by=signed_in(by), at=NOW, step_ids=step_ids, action=action)
