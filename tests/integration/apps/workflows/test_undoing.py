"""Undo: one's own last action, for ten minutes, while nothing was built on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Action, AssignTo, Claim, Comment, Complete, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, all_well, everything, refused, written

ACTIONS: dict[str, Callable[[Job], Action]] = {
    "completing": lambda _: Complete("ask"),
    "starting": lambda _: Start("ask"),
    "skipping": lambda _: Skip("ask", "Not needed"),
    "setting waiting": lambda _: Wait("ask", "Bank statements", WaitsOn.CLIENT),
    "assigning": lambda job: AssignTo("ask", signed_in(job.cast.priya).member),
    "claiming": lambda _: Claim("receive"),
}


def undo(job: Job, who: Member, key: str = "ask", *, minutes: int = 0) -> object:
    at = NOW + timedelta(minutes=minutes)
    return operations.undo(by=signed_in(who), at=at, workflow_id=job.workflow_id, key=key)


@pytest.mark.parametrize("name", ACTIONS)
def test_undoing_brings_the_step_back_and_leaves_two_events(job: Job, name: str) -> None:
    action = ACTIONS[name](job)
    before = job.line(action.key)
    job.act(job.cast.jo, action)
    assert written(lambda: undo(job, job.cast.jo, action.key, minutes=10)) == [("step.undone", action.key)]
    after = job.line(action.key)
    same = ("state", "assignee", "skip_reason", "completed_by", "unresolved", "due_on", "since", "waiting_reason")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    all_well()


def refusal(job: Job, who: Member, key: str = "ask", *, minutes: int = 0) -> Refusal:
    return refused(lambda: undo(job, who, key, minutes=minutes))


def test_after_ten_minutes_it_is_too_late(job: Job) -> None:
    job.act(job.cast.jo, Complete("ask"))
    assert refusal(job, job.cast.jo, minutes=11).code is Code.TOO_LATE


def test_what_others_did_is_not_ones_own_to_undo(job: Job) -> None:
    job.act(job.cast.jo, Complete("ask"))
    assert refusal(job, job.cast.mark).code is Code.NOT_ALLOWED


def test_there_must_be_something_to_undo_and_once_is_enough(job: Job) -> None:
    assert refusal(job, job.cast.jo).code is Code.NOTHING_TO_UNDO
    job.act(job.cast.jo, Complete("ask"))
    undo(job, job.cast.jo)
    assert refusal(job, job.cast.jo).code is Code.NOTHING_TO_UNDO


def test_what_was_built_on_stays(job: Job) -> None:
    job.act(job.cast.jo, Complete("ask"))
    job.act(job.cast.mark, Start("receive"))
    assert refusal(job, job.cast.jo).code is Code.BUILT_ON


def test_a_comment_builds_on_nothing(job: Job) -> None:
    job.act(job.cast.jo, Complete("ask"))
    job.act(job.cast.mark, Comment("ask", "Thank you"), Comment("receive", "Next"))
    undo(job, job.cast.jo)
    assert job.state("ask") == "ready"
    all_well()


def test_a_filing_stays_filed(job: Job) -> None:
    job.work("ask", "receive", "draft", "notes", "check", "sign", "approve", "file")
    assert refusal(job, job.cast.priya, "file").code is Code.FILED


def test_the_last_completion_taken_back_takes_the_finish_back_too(job: Job) -> None:
    job.work("ask", "receive", "draft", "notes", "check", "approve", "file", "sign")
    before = written(lambda: undo(job, job.cast.priya, "sign"))
    assert before == [("step.undone", "sign"), ("workflow.reopened", ""), ("task.reopened", "")]
    all_well()


def test_the_page_offers_undo_as_long_as_it_is_accepted(job: Job) -> None:
    job.act(job.cast.mark, Complete("ask"))
    before = everything()
    page = operations_page(job, minutes=9)
    assert "undo" in page
    assert "undo" not in operations_page(job, minutes=11)
    assert everything() == before


def operations_page(job: Job, *, minutes: int) -> tuple[str, ...]:
    """What Mark is offered on the step then."""
    page = queries.task_page(by=signed_in(job.cast.mark), at=NOW + timedelta(minutes=minutes), task_id=job.task_id)
    return next(line.can for part in page.workflows[0].groups for line in part.steps if line.key == "ask")
