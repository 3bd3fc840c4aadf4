"""Progress: what is done of what is not skipped, rounded down, never whole while something is left."""

from __future__ import annotations

from fractions import Fraction

import pytest

from natrium.domain.workflow.actions import RemoveStep
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Step
from natrium.domain.workflow.progress import (
    Counts,
    counts_of,
    is_finished,
    percent_from_counts,
    percent_of,
    progress_of,
)
from tests.unit.domain.workflow.builders import DOING, DONE, SKIPPED, TODO, WAITING, Job, chain, flow, loose, step


def some(done: int = 0, todo: int = 0, skipped: int = 0, stale: int = 0) -> list[Step]:
    """So many steps of each."""
    facts = [{"status": DONE}] * done + [{"status": TODO}] * todo + [{"status": SKIPPED}] * skipped
    facts += [{"status": DONE, "stale": True}] * stale
    return [step(f"s{number}", **each) for number, each in enumerate(facts)]


def weighing(*weights: int | None, done: int) -> list[Step]:
    """Steps with these estimates, the first so many done."""
    return [
        step(f"s{number}", estimate=weight, status=DONE if number < done else TODO)
        for number, weight in enumerate(weights)
    ]


BY_COUNT = [
    ("no steps", some(), None, "no steps"),
    ("1 of 3", some(1, 2), 33, "1 of 3 steps done"),
    ("199 of 200", some(199, 1), 99, "199 of 200 steps done"),
    ("3 of 3", some(3), 100, "3 of 3 steps done"),
    ("2 done, 1 skipped", some(2, 0, 1), 100, "2 of 2 steps done, 1 skipped"),
    ("all 3 skipped", some(0, 0, 3), 100, "all skipped"),
    ("8 steps, 1 skipped, 7 done", some(7, 0, 1), 100, "7 of 7 steps done, 1 skipped"),
    ("none of 1", some(0, 1), 0, "0 of 1 step done"),
    ("none of 2", some(0, 2), 0, "0 of 2 steps done"),
    ("2 of 3", some(2, 1), 66, "2 of 3 steps done"),
    ("a stale one counts as done, but not as whole", some(2, 0, 0, 1), 99, None),
    ("all stale", some(0, 0, 0, 2), 99, None),
    ("a stale one among open ones", some(0, 3, 0, 1), 25, None),
]


@pytest.mark.parametrize(
    ("steps", "percent", "words"), [each[1:] for each in BY_COUNT], ids=[each[0] for each in BY_COUNT]
)
def test_by_count(steps: list[Step], percent: int | None, words: str | None) -> None:
    progress = progress_of(steps)
    assert progress.percent == percent
    if words:
        assert progress.words == words
    counted = {
        "done": sum(each.status is DONE for each in steps),
        "skipped": sum(each.status is SKIPPED for each in steps),
        "total": len(steps),
        "stale": sum(each.stale for each in steps),
    }
    assert percent_from_counts(**counted) == percent


BY_WEIGHT = [
    ("all weights zero: by count", weighing(0, 0, 0, done=1), 33),
    ("the two light ones", weighing(1, 1, 98, done=2), 2),
    ("none given: by count", weighing(None, None, None, done=1), 33),
    ("a missing one weighs the mean of those given", weighing(10, 20, None, done=2), 66),
    ("the mean is not rounded", weighing(1, 2, None, done=2), 66),
    ("the mean of zero and none is zero: by count", weighing(0, None, done=1), 50),
    ("a light one left", weighing(999, 1, done=1), 99),
    ("a weightless one left", weighing(5, 0, done=1), 99),
    ("only weightless ones done", weighing(0, 5, done=1), 0),
    ("all done", weighing(5, 0, done=2), 100),
    ("no steps", [], None),
]


@pytest.mark.parametrize(("steps", "percent"), [each[1:] for each in BY_WEIGHT], ids=[each[0] for each in BY_WEIGHT])
def test_by_weight(steps: list[Step], percent: int | None) -> None:
    assert progress_of(steps, weighted=True).percent == percent


def test_skipped_steps_have_no_part_in_the_mean() -> None:
    steps = [
        step("a", estimate=1000, status=SKIPPED),
        step("b", estimate=10, status=DONE),
        step("c", status=TODO),
    ]
    assert progress_of(steps, weighted=True).percent == 50


def test_all_skipped_is_all_skipped_by_weight_as_well() -> None:
    progress = progress_of([step("a", status=SKIPPED, estimate=5)], weighted=True)
    assert (progress.percent, progress.words) == (100, "all skipped")


def test_removing_the_only_open_step_makes_it_whole_at_once() -> None:
    steps = [step(f"s{number}", status=DONE) for number in range(199)]
    job = Job(loose(*steps, step("last", added=True)))
    assert progress_of(job.workflow.steps).percent == 99
    job.edit(RemoveStep("last"))
    assert progress_of(job.workflow.steps).percent == 100


def test_a_share_as_a_percentage() -> None:
    assert percent_of(Fraction(2, 3), whole=False) == 66
    assert percent_of(Fraction(1), whole=True) == 100
    assert percent_of(Fraction(1), whole=False) == 99


def test_what_counts_is_all_but_the_skipped() -> None:
    assert progress_of(some(2, 1, 4)).counted == 3


class TestFinished:
    def test_when_it_has_steps_and_all_are_settled(self) -> None:
        assert is_finished(loose(step("a", status=DONE), step("b", status=SKIPPED)))
        assert is_finished(loose(step("a", status=SKIPPED)))

    def test_not_without_steps(self) -> None:
        assert not is_finished(flow())
        assert not is_finished(loose())

    def test_not_while_one_is_stale_or_open(self) -> None:
        assert not is_finished(loose(step("a", status=DONE, stale=True)))
        for status in (TODO, DOING, WAITING):
            assert not is_finished(loose(step("a", status=DONE), step("b", status=status)))


class TestCounts:
    def test_of_one_workflow(self) -> None:
        steps = [*some(1, 0, 1, 1), step("x", status=DOING), step("y", status=WAITING), step("z")]
        counts = counts_of(Situation(chain("first", *steps)))
        assert counts == Counts(
            total=7, done=2, stale=1, skipped=1, in_progress=1, waiting=1, ready=1, workflows=1, finished=0
        )

    def test_a_finished_one_says_so(self) -> None:
        assert counts_of(Situation(loose(step("a", status=DONE)))).finished == 1

    def test_several_add_up_and_one_is_taken_away_again(self) -> None:
        one = counts_of(Situation(loose("a", step("b", status=DONE))))
        two = counts_of(Situation(loose(step("c", status=DONE))))
        both = one + two
        assert (both.total, both.done, both.workflows, both.finished) == (3, 2, 2, 1)
        assert both - two == one
        assert both.values == (3, 2, 0, 0, 0, 0, 1, 2, 1)
