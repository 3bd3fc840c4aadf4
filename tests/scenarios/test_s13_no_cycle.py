"""S13: no edit closes a loop, however long, and two edits at once do not close one together."""

import pytest

from natrium.apps.workflows import operations
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import EditStep, MoveGroup
from natrium.domain.workflow.definition import Order, Template
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well, everything
from tests.scenarios.conftest import Calls


def chain(length: int) -> Template:
    """Step 1 ← step 2 ← … in a group whose own order says nothing."""
    steps = [a_step(f"s{n}", f"Step {n}", after=(f"s{n - 1}",) if n > 1 else ()) for n in range(1, length + 1)]
    return Template(name=f"Chain of {length}", groups=(a_group("only", *steps, order=Order.ANY),))


def refused(acorn: Acorn, workflow: int, key: str, after: str) -> str:
    before = everything()
    edit = EditStep(key, {"after": (after,)})
    with pytest.raises(Refusal) as refusal:
        operations.edit(by=signed_in(acorn.cast.priya), at=NOW, workflow_id=workflow, edit=edit)
    assert refusal.value.code is Code.CYCLE
    assert everything() == before
    return refusal.value.message


@pytest.mark.parametrize("length", [2, 15, 16, 400])
def test_the_closing_dependency_is_refused_and_the_loop_is_named(acorn: Acorn, length: int) -> None:
    workflow = acorn.attached(chain(length)).workflow_id
    words = refused(acorn, workflow, "s1", f"s{length}")
    assert all(f"“Step {number}”" in words for number in range(1, length + 1))
    all_well()


def test_a_step_does_not_wait_for_itself(acorn: Acorn) -> None:
    workflow = acorn.attached(chain(2)).workflow_id
    assert "“Step 1”" in refused(acorn, workflow, "s1", "s1")


def test_a_dependency_against_the_groups_order_is_refused(acorn: Acorn) -> None:
    workflow = acorn.attached().workflow_id
    words = refused(acorn, workflow, "request", "draft")
    assert "“Request info”" in words
    assert "“Draft accounts”" in words
    refused(acorn, workflow, "request", "receive")


def test_moving_a_group_does_not_close_a_loop_either(acorn: Acorn) -> None:
    first = a_group("first", a_step("a"), gate=True)
    second = a_group("second", a_step("b", after=("a",)), gate=True)
    workflow = acorn.attached(Template(name="Two", groups=(first, second))).workflow_id
    with pytest.raises(Refusal) as refusal:
        operations.edit(
            by=signed_in(acorn.cast.priya), at=NOW, workflow_id=workflow, edit=MoveGroup("second", 0, "Turned round")
        )
    assert refusal.value.code is Code.CYCLE
    all_well()


def test_the_api_refuses_with_the_loop(acorn: Acorn, calls: Calls) -> None:
    workflow = acorn.attached(chain(3)).workflow_id
    answer = calls(acorn.cast.priya)("patch", f"/workflows/{workflow}/steps/s1", {"after": ["s3"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "cycle")
    assert "“Step 2”" in answer.json()["detail"]
