"""S12: a blocked step is refused by every way in, in the same words, and stays as it was."""

from typing import Any

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Comment, Complete, Start
from tests.scenarios.acorn import Acorn, all_well, everything
from tests.scenarios.conftest import Calls, SignsIn

KEY, IN_THE_WAY = "partner-review", "Manager review — Mark Reed"


@pytest.fixture
def job(acorn: Acorn) -> int:
    """A workflow at the manager's review, with the partner's blocked by it."""
    workflow = acorn.attached().workflow_id
    acorn.work_to(workflow, "manager-review")
    return workflow


def by_operation(acorn: Acorn, job: int) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        acorn.act(acorn.cast.priya, job, Complete(KEY))
    return refused.value.code, str(refused.value.message)


def test_the_operation_refuses_and_names_what_is_in_the_way(acorn: Acorn, job: int) -> None:
    before = everything()
    code, words = by_operation(acorn, job)
    assert (code, IN_THE_WAY in words) == (Code.BLOCKED, True)
    assert everything() == before
    all_well()


def test_starting_is_refused_too(acorn: Acorn, job: int) -> None:
    with pytest.raises(Refusal, match=IN_THE_WAY):
        acorn.act(acorn.cast.priya, job, Start(KEY))


@pytest.mark.parametrize("htmx", [True, False], ids=["button", "form"])
def test_the_page_refuses_in_the_same_words(acorn: Acorn, job: int, signs_in: SignsIn, *, htmx: bool) -> None:
    priya, before = signs_in(acorn.cast.priya), everything()
    headers = {"HX-Request": "true"} if htmx else {}
    answer = priya.post(f"/workflows/{job}/steps/{KEY}/completion/", headers=headers)
    assert answer.status_code == 409
    assert IN_THE_WAY in answer.content.decode()
    assert everything() == before


def test_several_at_once_are_refused_as_a_whole(acorn: Acorn, job: int) -> None:
    before = everything()
    with pytest.raises(Refusal) as refused:
        acorn.act(acorn.cast.priya, job, Comment("manager-review", "On it"), Complete(KEY))
    assert refused.value.code is Code.BLOCKED
    assert everything() == before


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (f"/steps/{KEY}/complete", {}),
        (f"/steps/{KEY}/start", {}),
        ("/actions", {"actions": [{"action": "complete", "step": KEY}]}),
    ],
)
def test_the_api_refuses_with_the_same_code_and_words(
    acorn: Acorn, job: int, calls: Calls, address: str, body: Any
) -> None:
    code, _ = by_operation(acorn, job)
    priya, before = calls(acorn.cast.priya), everything()
    answer = priya("post", f"/workflows/{job}{address}", body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert IN_THE_WAY in answer.json()["detail"]
    assert everything() == before


def test_a_comment_on_the_blocked_step_works(acorn: Acorn, job: int, signs_in: SignsIn) -> None:
    acorn.act(acorn.cast.jo, job, Comment(KEY, "The going-concern note is in the file"))
    answer = signs_in(acorn.cast.jo).post(f"/workflows/{job}/steps/{KEY}/comments/", {"text": "And the loan"})
    assert answer.status_code == 303
    all_well()
