"""A before B and C, both before D; A is opened again while C is at work."""

from __future__ import annotations

from natrium.domain.workflow.actions import Reopen
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.progress import progress_of
from tests.unit.domain.workflow.builders import DOING, DONE, MARK, Job, loose, step


def diamond() -> Job:
    return Job(
        loose(
            step("a", status=DONE),
            step("b", status=DONE, after=["a"]),
            step("c", status=DOING, after=["a"]),
            step("d", after=["b", "c"]),
        )
    )


def test_opened_again_at_the_top() -> None:
    job = diamond()
    assert progress_of(job.workflow.steps).percent == 50
    job.do(Reopen("a", "Bank changed"), by=MARK)
    situation = Situation(job.workflow)
    assert job.statuses() == {"a": "in_progress", "b": "stale", "c": "in_progress", "d": "todo"}
    assert [each.key for each in situation.in_the_way("c")] == ["a"]
    assert situation.blocked("d")
    assert progress_of(job.workflow.steps).percent == 25


def test_not_without_a_reason() -> None:
    assert diamond().refuses(Reopen("a"), by=MARK).code == "reason-needed"
