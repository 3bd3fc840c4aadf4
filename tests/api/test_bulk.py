"""Many at once through the API: bounds, what each deed needs, strangers, and undo."""

from typing import Any

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.domain.workflow.model import Hold
from tests.api.conftest import ApiWorld, As
from tests.builders import NOW, signed_in

REQUEST = "request-information-from-client"


def step_ids(workflow_id: int) -> list[int]:
    return [row[0] for row in sql.rows("SELECT id FROM workflows_step WHERE workflow_id = %s", (workflow_id,))]


def test_a_refused_step_is_told_with_task_code_and_sentence(world: ApiWorld, as_: As) -> None:
    body = {"step_ids": step_ids(world.workflow_id), "action": "complete"}
    answer = as_(world.cast.jo)("post", "/steps/bulk/preview", body).json()
    assert (answer["selected"], answer["changed"], answer["finished"]) == (8, 0, True)
    told = {one["step"]: one for one in answer["refused"]}
    assert len(told) == 8
    first = told["Request information from client"]
    assert first["detail"].startswith("Left as it was, since another step of this workflow is refused. ")
    assert (first["task_id"], first["task"], first["client"]) == (world.task_id, "Accounts 2026", "Widget Ltd")


@pytest.mark.parametrize(
    ("address", "body", "field"),
    [
        ("/steps/bulk", {"step_ids": [], "action": "start"}, "step_ids"),
        ("/steps/bulk", {"step_ids": list(range(1, 2_002)), "action": "start"}, "step_ids"),
        ("/steps/bulk", {"step_ids": [1], "action": "override"}, "action"),
        ("/steps/bulk", {"step_ids": [1], "action": "skip"}, "reason"),
        ("/steps/bulk", {"step_ids": [1], "action": "due"}, "due_on"),
        ("/tasks/bulk", {"task_ids": list(range(1, 2_002)), "action": "cancel", "reason": "x"}, "task_ids"),
        ("/tasks/bulk", {"task_ids": [1], "action": "cancel"}, "reason"),
        ("/tasks/bulk", {"task_ids": [1], "action": "target"}, "days"),
        ("/tasks/bulk", {"task_ids": [1], "action": "owner"}, "to"),
        ("/tasks/bulk", {"task_ids": [1], "action": "attach"}, "template_id"),
    ],
)
def test_what_is_missing_or_too_much_is_said_at_its_field(
    world: ApiWorld, as_: As, address: str, body: dict[str, Any], field: str
) -> None:
    for place in (address, f"{address}/preview"):
        answer = as_(world.cast.mark)("post", place, body)
        assert answer.status_code == 422
        assert answer.json()["field"].split(".")[-1] == field


def test_a_stranger_learns_nothing_of_steps_tasks_and_batches(world: ApiWorld, as_: As) -> None:
    ben = as_(world.cast.ben)
    for address, body in (
        ("/steps/bulk", {"step_ids": step_ids(world.workflow_id)[:1], "action": "start"}),
        ("/tasks/bulk", {"task_ids": [world.task_id], "action": "target", "days": 3}),
    ):
        [refused] = ben("post", address, body).json()["refused"]
        assert (refused["code"], refused["task"], refused["step"], refused["client"]) == ("not-found", "", "", "")
    [batch_id] = sql.rows("SELECT MIN(id) FROM workflows_batch")
    assert as_(world.cast.mark)("get", f"/batches/{batch_id[0]}").status_code == 404
    assert as_(world.cast.mark)("post", f"/batches/{batch_id[0]}/undo").status_code == 404
    for to in ({"to": world.cast.jo.pk}, {"to": None}):
        body = {"task_ids": [world.birch_task_id], "action": "owner", **to}
        assert ben("post", "/tasks/bulk", body).status_code == (404 if to["to"] else 200)


def test_a_viewer_changes_nothing(world: ApiWorld, as_: As) -> None:
    vera = as_(world.cast.vera)
    body = {"step_ids": step_ids(world.workflow_id), "action": "start"}
    assert vera("post", "/steps/bulk", body).status_code == 403
    assert vera("post", "/tasks/bulk", {"task_ids": [world.task_id], "action": "resume"}).status_code == 403


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"action": "owner", "to": None}, {"to": None}),
        ({"action": "target", "on": "2027-01-04"}, {"to": "2027-01-04"}),
        ({"action": "hold", "reason": "Fees"}, {"reason": "Fees"}),
        ({"action": "cancel", "reason": "Left us"}, {"reason": "Left us"}),
    ],
)
def test_what_was_asked_for_is_kept_and_taken_back_once(
    world: ApiWorld, as_: As, body: dict[str, Any], said: dict[str, Any]
) -> None:
    mark = as_(world.cast.mark)
    done = mark("post", "/tasks/bulk", {"task_ids": [world.task_id, world.simple_id], **body}).json()
    assert done["changed"] == 2
    kept = mark("get", f"/batches/{done['batch_id']}").json()
    assert kept["said"] == said
    assert as_(world.cast.priya)("post", f"/batches/{done['batch_id']}/undo").status_code == 403
    back = mark("post", f"/batches/{done['batch_id']}/undo").json()
    assert (back["changed"], back["refused"]) == (2, [])
    assert mark("post", f"/batches/{done['batch_id']}/undo").json() == back
    assert mark("get", f"/batches/{back['batch_id']}").json()["undoes"] == done["batch_id"]


def test_resuming_and_attaching_many(world: ApiWorld, as_: As) -> None:
    mark = as_(world.cast.mark)
    operations.hold(by=signed_in(world.cast.mark), at=NOW, task_id=world.simple_id, to=Hold.ON_HOLD, reason="Fees")
    both = [world.task_id, world.simple_id]
    assert mark("post", "/tasks/bulk", {"task_ids": both, "action": "resume"}).json()["repeated"] == 1
    body = {"task_ids": both, "action": "attach", "template_id": world.template_id}
    done = mark("post", "/tasks/bulk", body).json()
    assert (done["changed"], done["repeated"]) == (1, 1)
    back = mark("post", f"/batches/{done['batch_id']}/undo").json()
    assert (back["changed"], back["refused"]) == (1, [])
    noted = mark("post", "/steps/bulk", {"step_ids": step_ids(world.workflow_id), "action": "comment", "text": "On it"})
    refused = mark("post", f"/batches/{noted.json()['batch_id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-to-undo")
