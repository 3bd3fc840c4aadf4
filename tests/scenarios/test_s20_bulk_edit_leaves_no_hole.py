"""S20: 200 steps given to Mark at once, 7 of them not Jo's to give: 193 change, 7 are told, and undo takes all back.

That Mark hears of it once is the digest's to prove: it reads these events, by their batch.
"""

from datetime import timedelta
from typing import Any

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.domain.errors import Code
from natrium.domain.workflow.actions import AssignTo
from natrium.domain.workflow.definition import Order, Template
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well
from tests.scenarios.conftest import Calls

EVENTS = "SELECT verb, step_id, batch, data FROM activity_event WHERE batch = %s ORDER BY id"
HOLDERS = "SELECT id, assignee_id, bound, rev FROM workflows_step ORDER BY id"


@pytest.fixture
def steps(acorn: Acorn) -> list[int]:
    """200 open steps in 40 jobs, five in each; in two of Mark's jobs seven are chosen, in the first of Jo's three."""
    template = acorn.publish(
        Template(name="Five", groups=(a_group("all", *(a_step(key) for key in "abcde"), order=Order.ANY),))
    )
    jos = [acorn.task(title=f"Jo's {number}") for number in range(39)]
    marks = [acorn.task(owner=acorn.cast.mark, title=f"Mark's {number}") for number in range(2)]
    by = signed_in(acorn.cast.mark)
    operations.attach_many(by=by, at=NOW, task_ids=[*jos, *marks], template_id=template)
    rows = sql.rows("SELECT s.id, s.task_id, s.key FROM workflows_step s WHERE s.workflow_id IS NOT NULL ORDER BY s.id")
    chosen = [id_ for id_, task, key in rows if task in jos and not (task == jos[0] and key in "de")]
    return chosen + [id_ for id_, task, _ in rows if task in marks][:7]


def test_193_change_7_are_told_and_undo_restores_all_193(acorn: Acorn, steps: list[int]) -> None:
    jo, mark = acorn.cast.jo, acorn.cast.mark
    before = sql.rows(HOLDERS)
    outcome = operations.act_on_many(
        by=signed_in(jo), at=NOW, step_ids=steps, action=AssignTo("", signed_in(mark).member)
    )
    assert (outcome.selected, outcome.changed, outcome.repeated, len(outcome.refused)) == (200, 193, 0, 7)
    assert {(one.code, one.task) for one in outcome.refused} == {
        (Code.NOT_ALLOWED, "Mark's 0"),
        (Code.NOT_ALLOWED, "Mark's 1"),
    }
    assert all("takes a manager or above, or the task owner" in one.message for one in outcome.refused)
    holders = {row[0]: row for row in before}
    told = {one.step_id for one in outcome.refused}
    events: list[Any] = sql.rows(EVENTS, (f"batch-{outcome.batch_id}",))
    assert len(events) == 193
    assert {event[1] for event in events} == set(steps) - told
    for verb, _, _, data in events:
        new = {"id": mark.pk, "name": mark.name}
        assert (verb, sql.from_json(data)) == (
            "step.assigned",
            {"changes": {"assignee": [None, new], "bound": [True, False]}},
        )
    for id_, assignee, bound, _ in sql.rows(HOLDERS):
        changed = id_ in set(steps) - told
        assert (assignee, bool(bound)) == ((mark.pk, False) if changed else (holders[id_][1], bool(holders[id_][2])))
    back = operations.undo_batch(by=signed_in(jo), at=NOW + timedelta(minutes=1), batch_id=outcome.batch_id or 0)
    assert (back.changed, back.refused) == (193, ())
    assert [row[:3] for row in sql.rows(HOLDERS)] == [row[:3] for row in before]
    undone: list[Any] = sql.rows(EVENTS, (f"batch-{back.batch_id}",))
    assert [event[0] for event in undone] == ["step.undone"] * 193
    assert {event[1] for event in undone} == {event[1] for event in events}
    all_well()


def test_the_api_says_the_same_beforehand_and_does_it(acorn: Acorn, steps: list[int], calls: Calls) -> None:
    jo = calls(acorn.cast.jo)
    body = {"step_ids": steps, "action": "assign", "to": acorn.cast.mark.pk}
    said = jo("post", "/steps/bulk/preview", body).json()
    assert (said["batch_id"], said["changed"], len(said["refused"])) == (None, 193, 7)
    assert sql.rows("SELECT 1 FROM activity_event WHERE batch > ''") == []
    done = jo("post", "/steps/bulk", body, idempotency_key="s20").json()
    assert (done["changed"], done["refused"]) == (193, said["refused"])
    assert jo("post", "/steps/bulk", body, idempotency_key="s20").json() == done
    kept = jo("get", f"/batches/{done['batch_id']}").json()
    assert (kept["by"], kept["deed"], kept["changed"], kept["undone_by"]) == (
        acorn.cast.jo.name, "step-assign", 193, None,
    )  # fmt: skip
    back = jo("post", f"/batches/{done['batch_id']}/undo").json()
    assert (back["changed"], back["refused"]) == (193, [])
    assert jo("get", f"/batches/{done['batch_id']}").json()["undone_by"] == back["batch_id"]
    all_well()
