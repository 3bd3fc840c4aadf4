"""S14: a skipped step lets the next begin; a required one cannot be skipped, by nobody."""

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Skip, Start, Unskip
from natrium.domain.workflow.definition import Order, Template
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well, everything
from tests.scenarios.conftest import SignsIn

ABRC = Template(
    name="ABRC",
    groups=(
        a_group(
            "only",
            a_step("a"), a_step("b", after=("a",)), a_step("r", required=True), a_step("c", after=("r",)),
            order=Order.ANY,
        ),
    ),
)  # fmt: skip


@pytest.fixture
def job(acorn: Acorn) -> int:
    """A → B, and R, which is required, → C."""
    return acorn.attached(ABRC).workflow_id


def test_what_follows_a_skipped_step_is_ready(acorn: Acorn, job: int) -> None:
    assert acorn.step(job, "b").state == "blocked"
    acorn.act(acorn.cast.mark, job, Skip("a", "Not this year"))
    assert acorn.step(job, "b").state == "ready"
    acorn.act(acorn.cast.jo, job, Start("b"))
    all_well()


@pytest.mark.parametrize("who", ["mark", "priya", "olive"])
def test_a_required_step_is_skipped_by_nobody_and_goes_on_blocking(acorn: Acorn, job: int, who: str) -> None:
    before = everything()
    with pytest.raises(Refusal) as refusal:
        acorn.act(getattr(acorn.cast, who), job, Skip("r", "No time"))
    assert refusal.value.code is Code.REQUIRED
    assert everything() == before
    step = acorn.step(job, "c")
    assert step.state == "blocked"
    assert [one.name for one in step.in_the_way] == ["R"]


def test_a_skip_needs_a_reason(acorn: Acorn, job: int) -> None:
    with pytest.raises(Refusal) as refusal:
        acorn.act(acorn.cast.mark, job, Skip("a", "  "))
    assert refusal.value.code is Code.REASON_NEEDED


def test_taking_the_skip_back_blocks_what_has_not_begun(acorn: Acorn, job: int) -> None:
    acorn.act(acorn.cast.mark, job, Skip("a", "Not this year"))
    acorn.act(acorn.cast.mark, job, Unskip("a"))
    assert acorn.step(job, "b").state == "blocked"
    all_well()


def test_taking_the_skip_back_shows_the_obstacle_on_what_has(acorn: Acorn, job: int) -> None:
    acorn.act(acorn.cast.mark, job, Skip("a", "Not this year"))
    acorn.act(acorn.cast.jo, job, Start("b"))
    acorn.act(acorn.cast.mark, job, Unskip("a"))
    step = acorn.step(job, "b")
    assert step.state == "in_progress"
    assert [one.name for one in step.in_the_way] == ["A"]
    all_well()


def test_the_page_refuses_to_skip_a_required_step(acorn: Acorn, job: int, signs_in: SignsIn) -> None:
    answer = signs_in(acorn.cast.priya).post(f"/workflows/{job}/steps/r/skip/", {"reason": "No time"})
    assert answer.status_code == 409
    assert "required" in answer.content.decode()
    assert acorn.step(job, "r").state == "ready"
