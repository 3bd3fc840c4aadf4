"""Skipping a step, taking that back, and steps that cannot be skipped."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import Complete, Skip, Start, Unskip, Wait
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.dependencies import Situation
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    OLIVE,
    PRIYA,
    SKIPPED,
    TODO,
    WAITING,
    Job,
    flow,
    loose,
    names,
    person,
    row,
    step,
)


def job() -> Job:
    """A before B; and R, which is required, before C."""
    return Job(flow(row("g", "a", "b"), row("h", step("r", required=True), "c")))


def test_what_follows_a_skipped_step_may_start() -> None:
    it = job()
    it.do(Skip("a", "Not needed"), by=MARK)
    assert Situation(it.workflow).ready("b")
    assert (it["a"].skipped_by, it["a"].skip_reason) == (person(MARK), "Not needed")
    assert it["a"].skipped_at is not None


@pytest.mark.parametrize("by", [MARK, PRIYA, OLIVE])
def test_a_required_step_is_not_skipped_by_anyone(by: object) -> None:
    it = job()
    assert it.refuses(Skip("r", "Not needed"), by=by).code == "required"
    assert names(it.refuses(Start("c"), by=by)) == ["r"]


def test_taking_the_skip_back_blocks_what_has_not_begun() -> None:
    it = job()
    it.do(Skip("a", "Not needed"))
    it.do(Unskip("a"))
    assert it["a"].status is TODO
    assert Situation(it.workflow).blocked("b")


def test_and_shows_the_obstacle_on_what_has() -> None:
    it = job()
    it.do(Skip("a", "Not needed"))
    it.do(Start("b"))
    it.do(Unskip("a"))
    assert it["b"].status is DOING
    assert [each.key for each in Situation(it.workflow).in_the_way("b")] == ["a"]
    assert it.refuses(Complete("b")).code == "blocked"


def test_it_needs_a_reason() -> None:
    assert job().refuses(Skip("a", " ")).code == "reason-needed"


def test_a_step_is_skipped_though_it_is_blocked() -> None:
    it = job()
    it.do(Skip("b", "Not needed"))
    assert it["b"].status is SKIPPED


def test_a_step_that_waits_no_longer_does() -> None:
    it = Job(loose("a"))
    it.do(Wait("a", "Bank letter", WaitsOn.CLIENT))
    it.do(Skip("a", "Never came"))
    assert it["a"].waiting is None


def test_a_done_step_is_not_skipped() -> None:
    assert Job(loose(step("a", status=DONE))).refuses(Skip("a", "Not needed")).code == "wrong-state"


def test_skipping_twice_is_a_repetition_that_says_who_did() -> None:
    it = Job(loose("a"))
    it.do(Skip("a", "Not needed"), by=MARK)
    change = it.do(Skip("a", "Other words"), by=PRIYA)
    assert change.events == ()
    assert change.repetitions[0].by == person(MARK)
    assert it["a"].skip_reason == "Not needed"


def test_unskip_on_todo_is_a_repetition() -> None:
    assert Job(loose("a")).do(Unskip("a")).events == ()


@pytest.mark.parametrize("status", [DOING, WAITING, DONE])
def test_only_a_skip_is_taken_back(status: object) -> None:
    assert Job(loose(step("a", status=status))).refuses(Unskip("a")).code == "wrong-state"


def test_staff_do_neither_unless_they_own_the_task() -> None:
    it = job()
    assert it.refuses(Skip("a", "Not needed"), by=JO).code == "not-allowed"
    assert it.refuses(Unskip("a"), by=JO).code == "not-allowed"
    owned = Job(loose("a"), owner=JO)
    owned.do(Skip("a", "Not needed"), by=JO)
    owned.do(Unskip("a"), by=JO)


def test_a_skipped_step_is_not_completed_started_or_set_waiting() -> None:
    it = Job(loose(step("a", status=SKIPPED)))
    for action in (Complete("a"), Start("a"), Wait("a", "Bank", WaitsOn.CLIENT)):
        assert it.refuses(action).code == "wrong-state"
