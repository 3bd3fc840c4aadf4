"""Many steps or tasks at once, and what came of it."""

from typing import Any

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Deed, Role
from natrium.domain.workflow.actions import Start
from tests.builders import signed_in
from tests.permissions.entry import Entry, The, own_or
from tests.permissions.sides import Side, now

STEPS: dict[str, Any] = {"action": "start", "step_ids": [The("step free", listed=True)]}
GIVEN = {"action": "assign", "step_ids": [The("step held", listed=True)], "to": The("member manager")}
TASKS: dict[str, Any] = {"action": "target", "on": "2026-12-01", "task_ids": [The("task", listed=True)]}
OWNED = {"action": "owner", "to": The("member staff"), "task_ids": [The("task", listed=True)]}
ATTACHED = {"action": "attach", "template_id": The("template"), "task_ids": [The("bare task", listed=True)]}
ASSIGN = own_or(Deed.GIVE_AWAY_OWN_STEP, Deed.ASSIGN_OTHERS_STEP)
KEPT = "workflows_batch"


def done(side: Side, by: Member) -> None:
    """Something done to many by whoever is about to call; a viewer leaves it to Mark."""
    by = by if by.role >= Role.STAFF else side.people["manager"]
    came = operations.act_on_many(by=signed_in(by), at=now(), step_ids=[side.ids["step free"]], action=Start("free"))
    assert came.batch_id is not None
    side.ids["batch"] = came.batch_id


ENTRIES = [
    Entry("POST /api/v1/steps/bulk", Deed.WORK_STEP, body=STEPS, keeps=KEPT),
    Entry("POST /api/v1/steps/bulk#assign", ASSIGN, body=GIVEN, keeps=KEPT),
    Entry("POST /api/v1/steps/bulk/preview", Deed.WORK_STEP, body=STEPS),
    Entry("POST /api/v1/steps/bulk/preview#assign", ASSIGN, body=GIVEN),
    Entry("POST /api/v1/tasks/bulk", Deed.EDIT_TASK, body=TASKS, keeps=KEPT),
    Entry("POST /api/v1/tasks/bulk#owner", Deed.EDIT_TASK, body=OWNED, keeps=KEPT),
    Entry("POST /api/v1/tasks/bulk#attach", Deed.EDIT_TASK, body=ATTACHED, keeps=KEPT),
    Entry("POST /api/v1/tasks/bulk/preview", Deed.EDIT_TASK, body=TASKS),
    Entry("GET /api/v1/batches/{batch_id}", Deed.READ, before=done),
    Entry("POST /api/v1/batches/{batch_id}/undo", Deed.UNDO_OWN, before=done),
]
