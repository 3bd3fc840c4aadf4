"""Attaching a template: who gets what, what is said when a rule finds nobody, and what is refused."""

from datetime import date, timedelta

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import Code, NotFound
from natrium.domain.workflow.definition import Assign, Due, DueFrom, DueUnit, Rule, Template
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, a_client, signed_in
from tests.integration.apps.workflows.jobs import (
    ACCOUNTS,
    KEYS,
    TARGET,
    Job,
    all_well,
    code_of,
    column,
    everything,
    group,
    step,
    written,
)


def gone_ltd(job: Job) -> int:
    """A client whose manager has left, and who has no partner."""
    manager, leave = job.leaver()
    client = a_client(job.cast.acorn, name="Gone Ltd", manager=manager)
    leave()
    return client.pk


def test_each_rule_finds_its_person(job: Job) -> None:
    jo, mark, priya = "Jo Evans", "Mark Reed", "Priya Shah"
    assert [job.holder(key) for key in KEYS] == [jo, "", jo, "", mark, priya, jo, ""]
    all_well()


def test_only_steps_with_nothing_before_them_are_ready(job: Job) -> None:
    ready = column("SELECT key FROM workflows_step WHERE workflow_id = %s AND ready", (job.workflow_id,))
    assert ready == ["ask"]


def test_a_rule_that_finds_nobody_says_so_on_the_step_the_task_and_the_answer(job: Job) -> None:
    task = job.task(client_id=gone_ltd(job))
    assert job.attach(task).warnings == (
        "The client has no manager who can hold a step: those steps are unassigned.",
        "The client has no partner who can hold a step: those steps are unassigned.",
    )
    page = queries.task_page(by=signed_in(job.cast.mark), at=NOW, task_id=task)
    lines = {line.key: line for part in page.workflows[0].groups for line in part.steps}
    assert lines["check"].assignee is None
    assert [bool(lines[key].unresolved) for key in ("check", "sign", "notes")] == [True, True, False]
    assert len(page.warnings) == 2
    assert sql.value("SELECT unresolved_count FROM tasks_task WHERE id = %s", (task,)) == 2
    all_well()


def test_a_named_member_who_left_holds_nothing_and_is_warned_of(job: Job) -> None:
    names = [
        step("stays", assign=Assign(rule=Rule.MEMBER, email=job.cast.jo.email)),
        step("leaves", assign=Assign(rule=Rule.MEMBER, email=job.cast.vera.email)),
    ]
    template = job.publish(Template(name="Named", groups=(group("g", *names),)))
    attached = job.attach(job.task(), template)
    holders = sql.rows(
        "SELECT key, assignee_id, unresolved FROM workflows_step WHERE workflow_id = %s ORDER BY position",
        (attached.workflow_id,),
    )
    assert [(key, holder, bool(missed)) for key, holder, missed in holders] == [
        ("stays", job.cast.jo.pk, False),
        ("leaves", None, True),
    ]
    assert attached.warnings == ("A member whom the template names has left or cannot hold a step.",)
    all_well()


def test_due_dates_count_from_target_statutory_date_and_the_day_of_attaching(job: Job) -> None:
    dues = {
        "target": Due(days=-60),
        "statutory": Due(days=3, from_=DueFrom.STATUTORY),
        "attached": Due(days=10, from_=DueFrom.ATTACHED),
        "working": Due(days=-1, unit=DueUnit.WORKING_DAYS),
        "rule": Due(rule="ch.accounts.annual"),
        "none": None,
    }
    steps = [step(key, due=due) for key, due in dues.items()]
    template = job.publish(Template(name="Dues", groups=(group("g", *steps),)))
    attached = job.attach(job.task(target_date=date(2027, 1, 4), statutory_date=date(2027, 3, 1)), template)
    rows = sql.rows("SELECT key, due FROM workflows_step WHERE workflow_id = %s", (attached.workflow_id,))
    assert {key: sql.day(due) for key, due in rows} == {
        "target": date(2026, 11, 5),
        "statutory": date(2027, 3, 4),
        "attached": NOW.date() + timedelta(days=10),
        "working": date(2026, 12, 31),
        "rule": None,
        "none": None,
    }


def test_without_the_date_it_counts_from_a_step_has_no_due_date(job: Job) -> None:
    attached = job.attach(job.task(target_date=None))
    assert column("SELECT due FROM workflows_step WHERE workflow_id = %s", (attached.workflow_id,)) == [None] * 8


def test_a_template_that_is_there_already_gives_that_workflow_and_writes_nothing(job: Job) -> None:
    before = everything()
    again = job.attach(job.task_id)
    assert (again.workflow_id, again.created) == (job.workflow_id, False)
    assert everything() == before


def test_asked_for_again_it_is_there_twice_and_then_still_gives_the_first(job: Job) -> None:
    second = job.attach(job.task_id, again=True)
    assert (second.created, second.workflow_id != job.workflow_id) == (True, True)
    assert column("SELECT number_on_task FROM workflows_workflow ORDER BY id") == [1, 2]
    assert job.attach(job.task_id).workflow_id == job.workflow_id
    all_well()


def test_it_writes_one_event(job: Job) -> None:
    task = job.task(owner=job.cast.mark, client_id=None)
    assert written(lambda: job.attach(task)) == [("workflow.attached", "")]
    all_well()


def test_the_newest_version_is_attached_unless_another_is_asked_for(job: Job) -> None:
    mark = signed_in(job.cast.mark)
    two = Template(name="Accounts", groups=(group("only", step("memo")),))
    operations.save_draft(by=mark, at=NOW, template_id=job.template_id, definition=two)
    operations.publish(by=mark, at=NOW, template_id=job.template_id)
    newest, first = job.attach(job.task()), job.attach(job.task(), version=1)
    sizes = [
        sql.value("SELECT steps_total FROM workflows_workflow WHERE id = %s", (one.workflow_id,))
        for one in (newest, first)
    ]
    assert sizes == [1, len(KEYS)]
    with pytest.raises(NotFound):
        job.attach(job.task(), version=3)


@pytest.mark.parametrize("hold", [Hold.ON_HOLD, Hold.CANCELLED])
def test_a_held_task_takes_no_workflow(job: Job, hold: Hold) -> None:
    task = job.task()
    operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=task, to=hold, reason="Fees")
    assert code_of(lambda: job.attach(task)) is Code.TASK_HELD


def test_an_archived_or_unpublished_template_is_refused(job: Job) -> None:
    mark, task = signed_in(job.cast.mark), job.task()
    draft = operations.create_template(by=mark, at=NOW, name="Draft", definition=ACCOUNTS)
    assert code_of(lambda: job.attach(task, draft)) is Code.BAD_TEMPLATE
    operations.archive(by=mark, at=NOW, template_id=job.template_id)
    assert code_of(lambda: job.attach(task)) is Code.BAD_TEMPLATE


@pytest.mark.parametrize("name", ["vera", "jo"])
def test_who_may_not_edit_the_task_may_not_attach(job: Job, name: str) -> None:
    task, by = job.task(owner=job.cast.mark), signed_in(getattr(job.cast, name))
    attempt = lambda: operations.attach(by=by, at=NOW, task_id=task, template_id=job.template_id)  # noqa: E731
    assert code_of(attempt) is Code.NOT_ALLOWED


def test_the_task_owner_attaches_to_their_own(job: Job) -> None:
    task, jo = job.task(owner=job.cast.jo), signed_in(job.cast.jo)
    assert operations.attach(by=jo, at=NOW, task_id=task, template_id=job.template_id).created


def test_another_practices_task_and_template_are_not_found(job: Job) -> None:
    ben = signed_in(job.cast.ben)
    theirs = operations.take_from_library(by=ben, at=NOW, slug="annual-accounts")
    before = everything()
    with pytest.raises(NotFound):
        operations.attach(by=ben, at=NOW, task_id=job.task_id, template_id=theirs)
    with pytest.raises(NotFound):
        job.attach(job.task_id, theirs)
    assert everything() == before


def test_the_target_is_what_the_dates_were_counted_from(job: Job) -> None:
    assert job.line("draft").due_on == TARGET - timedelta(days=7)
