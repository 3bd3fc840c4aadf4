"""Tasks, and the one step of a task without a workflow."""

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Deed, Role
from natrium.domain.workflow.actions import Action, Complete, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import signed_in
from tests.permissions.entry import Entry, The
from tests.permissions.sides import Side, now

SIMPLE = {"task_id": The("simple task")}
WAIT = {"reason": "No answer", "on": "client"}
BARE = {"task_id": The("bare task")}
HELD = {"to": "on_hold", "reason": "The client is ill"}
ATTACH = {"template_id": The("template")}
OWNED = {"title": "New", "client_id": The("client"), "owner_id": The("member task owner")}


def act(side: Side, by: Member, action: Action) -> None:
    """An action on the simple task's step; a viewer leaves it to Jo."""
    by = by if by.role >= Role.STAFF else side.people["task owner"]
    operations.act_on_task(by=signed_in(by), at=now(), task_id=side.ids["simple task"], action=action)


def waiting(side: Side, by: Member) -> None:
    """The simple task waits."""
    act(side, by, Wait("", "No answer", WaitsOn.CLIENT))


def finished_by_jo(side: Side, _: Member) -> None:
    """The simple task is done by its owner."""
    act(side, side.people["task owner"], Complete(""))


def begun(side: Side, by: Member) -> None:
    """The simple task is begun, by whoever is about to call."""
    act(side, by, Start(""))


def edited(side: Side, by: Member) -> None:
    """A change of the task by whoever is about to call; Mark makes it for those who may not."""
    owner = side.people["task owner"]
    by = by if by == owner or by.role >= Role.MANAGER else side.people["manager"]
    changes = {"service": "Advice"}
    done = operations.edit_task(by=signed_in(by), at=now(), task_id=side.ids["task"], changes=changes)
    side.ids["task edit"] = done.seq


ENTRIES = [
    Entry("GET /api/v1/tasks", Deed.READ),
    Entry("GET /api/v1/tasks#of", Deed.READ, query={"client_id": The("client"), "owner_id": The("member staff")}),
    Entry(
        "POST /api/v1/tasks", Deed.EDIT_TASK, body={**OWNED, "template_ids": [The("template")]}, ok=201
    ),
    Entry("GET /api/v1/tasks/{task_id}", Deed.READ),
    Entry(
        "PATCH /api/v1/tasks/{task_id}", Deed.EDIT_TASK,
        body={"client_id": The("client"), "owner_id": The("member staff"), "service": "VAT"},
    ),
    Entry(
        "POST /api/v1/tasks/{task_id}/edits/{line}/undo", Deed.EDIT_TASK,
        path={"line": The("task edit", within=True)}, before=edited,
    ),
    Entry("GET /tasks/{task_id}/edit/", Deed.EDIT_TASK),
    Entry(
        "POST /tasks/{task_id}/edit/", Deed.EDIT_TASK,
        body={"was_owner_id": The("member task owner", within=True), "owner_id": The("member staff")},
    ),
    Entry("POST /tasks/{task_id}/edit/#client", Deed.EDIT_TASK, body={"client_id": The("client"), "was_client_id": ""}),
    Entry(
        "POST /tasks/{task_id}/edits/{seq}/undo/", Deed.EDIT_TASK, path={"seq": The("task edit", within=True)},
        before=edited,
    ),
    Entry("PUT /api/v1/tasks/{task_id}/hold", Deed.EDIT_TASK, body=HELD),
    Entry("POST /api/v1/tasks/{task_id}/comments", Deed.COMMENT, body={"text": "A word"}, ok=201),
    Entry("GET /api/v1/tasks/{task_id}/timeline", Deed.READ),
    Entry("GET /api/v1/tasks/{task_id}/timeline.csv", Deed.READ),
    Entry("POST /api/v1/tasks/{task_id}/start", Deed.WORK_STEP, path=SIMPLE),
    Entry("POST /api/v1/tasks/{task_id}/wait", Deed.WORK_STEP, path=SIMPLE, body=WAIT),
    Entry("POST /api/v1/tasks/{task_id}/resume", Deed.WORK_STEP, path=SIMPLE, before=waiting),
    Entry("POST /api/v1/tasks/{task_id}/complete", Deed.WORK_STEP, path=SIMPLE),
    Entry(
        "POST /api/v1/tasks/{task_id}/reopen", Deed.REOPEN_OTHERS_STEP, path=SIMPLE, before=finished_by_jo,
        body={"reason": "Once more"},
    ),
    Entry("POST /api/v1/tasks/{task_id}/undo", Deed.UNDO_OWN, path=SIMPLE, before=begun),
    Entry(
        "POST /api/v1/tasks/{task_id}/workflows", Deed.EDIT_TASK, path=BARE, body=ATTACH, ok=201
    ),
    Entry(
        "POST /api/v1/workflows/bulk", Deed.EDIT_TASK,
        body={"template_id": The("template"), "task_ids": [The("bare task", listed=True)]},
    ),
    Entry("GET /tasks/new/", Role.STAFF),
    Entry(
        "GET /tasks/new/#filled in", Role.STAFF,
        query={"client_id": The("client"), "owner_id": The("member task owner"), "template_id": The("template")},
    ),
    Entry("POST /tasks/", Deed.EDIT_TASK, body={**OWNED, "template_id": The("template")}),
    Entry("GET /tasks/{task_id}/", Deed.READ),
    Entry("GET /tasks/{task_id}/activity/", Deed.READ),
    Entry("GET /tasks/{task_id}/activity/#of one", Deed.READ, query={"who": The("member staff")}),
    Entry("GET /tasks/{task_id}/side/", Deed.READ, ok=303),
    Entry("GET /tasks/{task_id}/changes/", Deed.READ),
    Entry("POST /tasks/{task_id}/workflows/", Deed.EDIT_TASK, path=BARE, body=ATTACH),
    Entry("POST /tasks/{task_id}/hold/", Deed.EDIT_TASK, body=HELD),
    Entry("POST /tasks/{task_id}/comments/", Deed.COMMENT, body={"text": "A word"}),
    Entry("POST /tasks/{task_id}/step/start/", Deed.WORK_STEP, path=SIMPLE),
    Entry("POST /tasks/{task_id}/step/wait/", Deed.WORK_STEP, path=SIMPLE, body=WAIT),
    Entry("POST /tasks/{task_id}/step/resumption/", Deed.WORK_STEP, path=SIMPLE, before=waiting),
    Entry("POST /tasks/{task_id}/step/completion/", Deed.WORK_STEP, path=SIMPLE),
    Entry(
        "POST /tasks/{task_id}/step/reopening/", Deed.REOPEN_OTHERS_STEP, path=SIMPLE, before=finished_by_jo,
        body={"reason": "Once more"},
    ),
    Entry("POST /tasks/{task_id}/step/undo/", Deed.UNDO_OWN, path=SIMPLE, before=begun),
]  # fmt: skip
