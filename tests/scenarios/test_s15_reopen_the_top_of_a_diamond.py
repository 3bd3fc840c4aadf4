"""S15: sending back the top of a diamond makes stale what was done after it, and drops the progress."""

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Complete, Confirm, Reopen, Start
from natrium.domain.workflow.definition import Order, Template
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well, everything
from tests.scenarios.conftest import Calls, SignsIn

STEPS = (a_step("a"), a_step("b", after=("a",)), a_step("c", after=("a",)), a_step("d", after=("b", "c")))
DIAMOND = Template(name="Diamond", groups=(a_group("only", *STEPS, order=Order.ANY),))


@pytest.fixture
def job(acorn: Acorn) -> int:
    """A and B done, C in progress, D to do."""
    workflow = acorn.attached(DIAMOND).workflow_id
    acorn.act(acorn.cast.jo, workflow, Complete("a"), Complete("b"), Start("c"))
    return workflow


def test_each_step_is_what_the_rules_say_and_progress_halves(acorn: Acorn, job: int) -> None:
    assert acorn.panel(job).progress.percent == 50
    acorn.act(acorn.cast.mark, job, Reopen("a", "The bank was not agreed"))
    states = {key: acorn.step(job, key).state for key in "abcd"}
    assert states == {"a": "in_progress", "b": "stale", "c": "in_progress", "d": "blocked"}
    assert [one.name for one in acorn.step(job, "c").in_the_way] == ["A"]
    assert acorn.panel(job).progress.percent == 25
    all_well()


def test_without_a_reason_it_is_refused(acorn: Acorn, job: int) -> None:
    before = everything()
    with pytest.raises(Refusal) as refusal:
        acorn.act(acorn.cast.mark, job, Reopen("a", " "))
    assert refusal.value.code is Code.REASON_NEEDED
    assert everything() == before


def test_done_again_and_confirmed_it_is_where_it_was(acorn: Acorn, job: int) -> None:
    acorn.act(acorn.cast.mark, job, Reopen("a", "The bank was not agreed"))
    acorn.act(acorn.cast.jo, job, Complete("a"))
    acorn.act(acorn.cast.jo, job, Confirm("b"))
    assert acorn.panel(job).progress.percent == 50
    acorn.act(acorn.cast.jo, job, Complete("c"), Complete("d"))
    assert acorn.panel(job).finished
    all_well()


def test_page_and_api_ask_for_the_reason_too(acorn: Acorn, job: int, signs_in: SignsIn, calls: Calls) -> None:
    mark, program = signs_in(acorn.cast.mark), calls(acorn.cast.mark)
    before = everything()
    assert mark.post(f"/workflows/{job}/steps/a/reopening/").status_code == 422
    answer = program("post", f"/workflows/{job}/steps/a/reopen", {"reason": ""})
    assert (answer.status_code, answer.json()["code"]) == (422, "reason-needed")
    assert everything() == before
    assert mark.post(f"/workflows/{job}/steps/a/reopening/", {"reason": "Wrong"}).status_code == 303
    assert acorn.step(job, "b").state == "stale"
