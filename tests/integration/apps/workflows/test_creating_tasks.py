"""A task is created with its workflows, or with one step of its own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.errors import Code, NotFound
from natrium.domain.workflow.actions import Claim, Complete, Reopen, Resume, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.workflows.jobs import Job, all_well, code_of, everything, written


def create(job: Job, who: str = "mark", **facts: Any) -> int:
    by = signed_in(getattr(job.cast, who))
    templates = facts.pop("template_ids", ())
    said = TaskFacts(**({"title": "Call the bank"} | facts))
    return operations.create_task(by=by, at=NOW, facts=said, template_ids=templates)


def own_step(task_id: int) -> dict[str, Any]:
    names = ("status", "ready", "retired", "name", "assignee_id", "due", "assign_rule")
    row = sql.row(
        f"SELECT {', '.join(names)} FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL", (task_id,)
    )
    return dict(zip(names, row or (), strict=True))


def test_without_a_template_it_is_one_step_of_the_owners(job: Job) -> None:
    task = create(job, owner_id=job.cast.jo.pk, target_date=date(2027, 1, 31))
    mine = own_step(task)
    assert (mine["status"], bool(mine["ready"]), mine["name"]) == ("todo", True, "Call the bank")
    assert (mine["assignee_id"], mine["assign_rule"]) == (job.cast.jo.pk, "unassigned")
    assert sql.day(mine["due"]) == date(2027, 1, 31)
    page = queries.task_page(by=signed_in(job.cast.jo), at=NOW, task_id=task)
    assert (page.task.status, page.task.progress.words) == ("not_started", "no steps")
    all_well()


def test_with_templates_it_carries_each_once_in_order_and_has_no_step_of_its_own(job: Job) -> None:
    other = operations.take_from_library(by=signed_in(job.cast.mark), at=NOW, slug="annual-accounts")
    task = create(job, template_ids=[other, job.template_id, other], owner_id=job.cast.jo.pk)
    rows = sql.rows("SELECT template_id FROM workflows_workflow WHERE task_id = %s ORDER BY number_on_task", (task,))
    assert rows == [(other,), (job.template_id,)]
    assert sql.rows("SELECT 1 FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL", (task,)) == []
    all_well()


def test_it_writes_one_event_and_one_for_each_template(job: Job) -> None:
    assert written(lambda: create(job)) == [("task.created", "")]
    both = written(lambda: create(job, template_ids=[job.template_id]))
    assert both == [("task.created", ""), ("workflow.attached", "")]


def test_the_own_step_is_worked_like_any_and_its_status_is_the_tasks(job: Job) -> None:
    task, jo = create(job, owner_id=job.cast.jo.pk), signed_in(job.cast.jo)

    def status() -> str:
        return queries.task_page(by=jo, at=NOW, task_id=task).task.status

    seen = []
    waits = Wait("", "Statement", WaitsOn.THIRD_PARTY, "Bank")
    for action in (Start(""), waits, Resume(""), Complete(""), Reopen("", "Wrong account")):
        operations.act_on_task(by=jo, at=NOW, task_id=task, action=action)
        seen.append(status())
        all_well()
    assert seen == ["in_progress", "waiting", "in_progress", "done", "in_progress"]
    operations.act_on_task(by=jo, at=NOW, task_id=task, action=Complete(""))
    operations.undo_on_task(by=jo, at=NOW, task_id=task)
    assert status() == "in_progress"
    all_well()


def test_the_own_step_knows_only_its_five_actions(job: Job) -> None:
    task, jo = create(job), signed_in(job.cast.jo)
    assert code_of(lambda: operations.act_on_task(by=jo, at=NOW, task_id=task, action=Claim(""))) is Code.BAD_VALUE


def test_once_a_workflow_is_attached_the_own_step_is_refused(job: Job) -> None:
    task, jo = create(job, owner_id=job.cast.jo.pk), signed_in(job.cast.jo)
    job.attach(task)
    assert bool(own_step(task)["retired"]) is True
    assert code_of(lambda: operations.act_on_task(by=jo, at=NOW, task_id=task, action=Start(""))) is Code.HAS_WORKFLOWS
    assert code_of(lambda: operations.undo_on_task(by=jo, at=NOW, task_id=task)) is Code.HAS_WORKFLOWS
    all_well()


REFUSED: dict[str, tuple[Callable[[Job], object], Code]] = {
    "a viewer": (lambda job: create(job, "vera"), Code.NOT_ALLOWED),
    "staff for somebody else": (lambda job: create(job, "jo", owner_id=job.cast.mark.pk), Code.NOT_ALLOWED),
    "staff for nobody": (lambda job: create(job, "jo"), Code.NOT_ALLOWED),
    "no title": (lambda job: create(job, title="  "), Code.BAD_VALUE),
    "too long a title": (lambda job: create(job, title="x" * 201), Code.BAD_VALUE),
    "a title that cannot be kept": (lambda job: create(job, title="a\0b"), Code.BAD_VALUE),
    "an owner who has left": (lambda job: create(job, owner_id=job.cast.lea.pk), Code.BAD_VALUE),
    "an owner who only reads": (lambda job: create(job, owner_id=job.cast.vera.pk), Code.BAD_VALUE),
    "a period that ends first": (
        lambda job: create(job, period_start=date(2027, 2, 1), period_end=date(2027, 1, 1)),
        Code.BAD_VALUE,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_task_is_refused_and_nothing_is_written(job: Job, case: str) -> None:
    attempt, code = REFUSED[case]
    assert code_of(lambda: attempt(job)) is code


def test_staff_create_tasks_of_their_own(job: Job) -> None:
    assert create(job, "jo", owner_id=job.cast.jo.pk) > 0


def test_a_template_that_is_refused_leaves_no_task_behind(job: Job) -> None:
    draft = operations.create_template(by=signed_in(job.cast.mark), at=NOW, name="Only a draft")
    assert code_of(lambda: create(job, template_ids=[job.template_id, draft])) is Code.BAD_TEMPLATE


@pytest.mark.parametrize("what", ["client_id", "owner_id", "template_ids"])
def test_what_belongs_to_another_practice_is_not_found(job: Job, what: str) -> None:
    theirs = {
        "client_id": a_client(job.cast.birch).pk,
        "owner_id": job.cast.ben.pk,
        "template_ids": [operations.create_template(by=signed_in(job.cast.ben), at=NOW, name="Theirs")],
    }
    before = everything()
    with pytest.raises(NotFound):
        create(job, **{what: theirs[what]})
    assert everything() == before
