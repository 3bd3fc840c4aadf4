"""Tasks on hold, cancelled and resumed."""

from collections.abc import Callable
from datetime import date

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import Code
from natrium.domain.workflow.actions import Action, AddGroup, AssignTo, Claim, Comment, Complete, Skip, Start
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import Job, all_well, code_of, column, everything, written


def hold(job: Job, to: Hold, reason: str = "Fees are unpaid", who: str = "mark", task: int = 0) -> bool:
    by = signed_in(getattr(job.cast, who))
    return operations.hold(by=by, at=NOW, task_id=task or job.task_id, to=to, reason=reason)


def status(job: Job, task: int = 0) -> str:
    return queries.task_page(by=signed_in(job.cast.mark), at=NOW, task_id=task or job.task_id).task.status


@pytest.mark.parametrize(("to", "verb"), [(Hold.ON_HOLD, "task.held"), (Hold.CANCELLED, "task.cancelled")])
def test_a_held_task_has_nothing_ready_and_resumed_it_goes_on(job: Job, to: Hold, verb: str) -> None:
    assert written(lambda: hold(job, to)) == [(verb, "")]
    assert status(job) == to.value
    assert column("SELECT COUNT(*) FROM workflows_step WHERE ready") == [0]
    all_well()
    assert written(lambda: hold(job, Hold.NONE, "")) == [("task.resumed", "")]
    assert column("SELECT key FROM workflows_step WHERE ready") == ["ask"]
    assert status(job) == "not_started"
    all_well()


def test_a_task_without_a_workflow_is_held_alike(job: Job) -> None:
    task = job.task("Call")
    hold(job, Hold.ON_HOLD, task=task)
    assert (status(job, task), bool(sql.value("SELECT ready FROM workflows_step WHERE task_id = %s", (task,)))) == (
        "on_hold", False,
    )  # fmt: skip
    all_well()
    hold(job, Hold.NONE, task=task)
    assert bool(sql.value("SELECT ready FROM workflows_step WHERE task_id = %s", (task,)))
    all_well()


HELD: dict[str, Callable[[Job], Action]] = {
    "start": lambda _: Start("ask"),
    "complete": lambda _: Complete("ask"),
    "a repetition": lambda _: Complete("receive"),
    "skip": lambda _: Skip("ask", "x"),
    "claim": lambda _: Claim("notes"),
    "assign": lambda _: AssignTo("ask", None),
}


@pytest.mark.parametrize("name", HELD)
def test_a_held_task_refuses_every_action(job: Job, name: str) -> None:
    hold(job, Hold.ON_HOLD)
    assert code_of(lambda: job.act(job.cast.mark, HELD[name](job))) is Code.TASK_HELD


def test_a_held_task_refuses_edits_of_workflow_and_task_and_undo(job: Job) -> None:
    job.act(job.cast.mark, Start("ask"))
    hold(job, Hold.CANCELLED)
    mark = signed_in(job.cast.mark)
    assert code_of(lambda: job.edit(job.cast.mark, AddGroup("more", "More"))) is Code.TASK_HELD
    changes = {"target_date": date(2027, 1, 1)}
    edit = lambda: operations.edit_task(by=mark, at=NOW, task_id=job.task_id, changes=changes)  # noqa: E731
    assert code_of(edit) is Code.TASK_HELD
    undo = lambda: operations.undo(by=mark, at=NOW, workflow_id=job.workflow_id, key="ask")  # noqa: E731
    assert code_of(undo) is Code.TASK_HELD


def test_comments_still_work_on_a_held_task(job: Job) -> None:
    hold(job, Hold.ON_HOLD)
    assert written(lambda: job.act(job.cast.jo, Comment("ask", "Paid today"))) == [("comment.added", "ask")]
    jo = signed_in(job.cast.jo)
    said = written(lambda: operations.comment_on_task(by=jo, at=NOW, task_id=job.task_id, text="Paid"))
    assert said == [("comment.added", "")]
    assert column("SELECT text FROM workflows_comment ORDER BY id") == ["Paid today", "Paid"]
    all_well()


def test_holding_what_is_held_changes_nothing(job: Job) -> None:
    assert hold(job, Hold.NONE) is False
    hold(job, Hold.ON_HOLD)
    before = everything()
    assert hold(job, Hold.ON_HOLD, "Another reason") is False
    assert everything() == before


def test_on_hold_can_become_cancelled(job: Job) -> None:
    hold(job, Hold.ON_HOLD)
    assert written(lambda: hold(job, Hold.CANCELLED)) == [("task.cancelled", "")]
    all_well()


def test_it_takes_a_reason_and_the_right(job: Job) -> None:
    assert code_of(lambda: hold(job, Hold.ON_HOLD, " ")) is Code.REASON_NEEDED
    assert code_of(lambda: hold(job, Hold.ON_HOLD, who="vera")) is Code.NOT_ALLOWED
    other = job.task(owner=job.cast.mark)
    assert code_of(lambda: hold(job, Hold.ON_HOLD, who="jo", task=other)) is Code.NOT_ALLOWED
    assert hold(job, Hold.ON_HOLD, who="jo") is True


def test_a_done_task_is_neither_held_nor_cancelled(job: Job) -> None:
    job.work("ask", "receive", "draft", "notes", "check", "sign", "approve", "file")
    for to in (Hold.ON_HOLD, Hold.CANCELLED):
        assert code_of(lambda: hold(job, to)) is Code.WRONG_STATE  # noqa: B023
    simple = job.task("Call")
    operations.act_on_task(by=signed_in(job.cast.jo), at=NOW, task_id=simple, action=Complete(""))
    assert code_of(lambda: hold(job, Hold.ON_HOLD, task=simple)) is Code.WRONG_STATE


def test_steps_of_a_held_task_are_nobodys_work(job: Job) -> None:
    job.act(job.cast.jo, Start("ask"))
    shown = lambda: queries.my_work(by=signed_in(job.cast.jo), at=NOW).sections  # noqa: E731
    assert [row.step_key for section in shown() for row in section.rows if section.key == "today"] == ["ask"]
    hold(job, Hold.ON_HOLD)
    assert [row.step_key for section in shown() for row in section.rows] == []
