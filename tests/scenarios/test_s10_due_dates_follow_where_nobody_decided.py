"""S10: a due date follows the task's date, unless somebody typed it or the step is done."""

from datetime import date, timedelta

import pytest

from natrium.apps.activity.models import Event
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import operations
from natrium.domain.workflow.actions import EditStep
from natrium.domain.workflow.definition import Due, DueUnit, Template
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well, done

DATED = Template(
    name="Dated",
    groups=(
        a_group("only", a_step("first", due=Due(days=-60)), a_step("second", due=Due(days=-30)),
                a_step("third", due=Due(days=-7))),
    ),
)  # fmt: skip


@pytest.fixture
def job(acorn: Acorn) -> tuple[int, int]:
    """A job due on 30 September 2027: step 1 done, step 2's date typed by hand."""
    task = acorn.task(target_date=date(2027, 9, 30))
    workflow = acorn.attached(DATED, task_id=task).workflow_id
    acorn.act(acorn.cast.jo, workflow, done("first"))
    edit = EditStep("second", {"due_on": date(2027, 8, 1)})
    operations.edit(by=signed_in(acorn.cast.mark), at=NOW, workflow_id=workflow, edit=edit)
    return task, workflow


def dues(acorn: Acorn, workflow: int) -> list[date | None]:
    return [acorn.step(workflow, key).due_on for key in ("first", "second", "third")]


def move(acorn: Acorn, task: int, to: date | None) -> None:
    operations.edit_task(by=signed_in(acorn.cast.mark), at=NOW, task_id=task, changes={"target_date": to})


def test_only_the_untouched_step_moves(acorn: Acorn, job: tuple[int, int]) -> None:
    task, workflow = job
    assert dues(acorn, workflow) == [date(2027, 8, 1), date(2027, 8, 1), date(2027, 9, 23)]
    move(acorn, task, date(2027, 10, 10))
    assert dues(acorn, workflow) == [date(2027, 8, 1), date(2027, 8, 1), date(2027, 10, 3)]
    all_well()


def test_the_record_says_why_the_step_moved(acorn: Acorn, job: tuple[int, int]) -> None:
    task, _ = job
    last = Event.objects.filter(chain="task", subject_id=task).count()
    move(acorn, task, date(2027, 10, 10))
    events = list(Event.objects.filter(chain="task", subject_id=task, seq__gt=last).order_by("seq"))
    assert events[0].verb == "task.edited"
    assert [event.step_key for event in events[1:]] == ["third"]
    assert "2027-10-03" in str(events[1].data)
    assert "2027-09-23" in str(events[1].data)


def test_without_a_date_the_step_has_none_and_gets_it_back(acorn: Acorn, job: tuple[int, int]) -> None:
    task, workflow = job
    move(acorn, task, None)
    assert dues(acorn, workflow)[2] is None
    move(acorn, task, date(2027, 9, 30))
    assert dues(acorn, workflow) == [date(2027, 8, 1), date(2027, 8, 1), date(2027, 9, 23)]
    all_well()


def test_other_bank_holidays_count_from_now_on(acorn: Acorn) -> None:
    """St Andrew's Day is a day off in Scotland alone; the page says that dates reckoned before stay."""
    dated = Template(
        name="By working days",
        groups=(a_group("only", a_step("one", due=Due(days=-1, unit=DueUnit.WORKING_DAYS))),),
    )
    wednesday = date(2027, 12, 1)
    task = acorn.task(target_date=wednesday)
    template_id = acorn.publish(dated)
    mark = acorn.cast.mark
    before = operations.attach(by=signed_in(mark), at=NOW, task_id=task, template_id=template_id).workflow_id
    olive = signed_in(acorn.cast.olive)
    practices.edit_practice(
        by=olive, at=NOW, name="Acorn", time_zone="Europe/London", calendar="scotland", weighted_progress=False
    )
    mark.practice.refresh_from_db()
    other = acorn.task(target_date=wednesday)
    after = operations.attach(by=signed_in(mark), at=NOW, task_id=other, template_id=template_id).workflow_id
    assert [acorn.step(each, "one").due_on for each in (before, after)] == [date(2027, 11, 30), date(2027, 11, 29)]
    move(acorn, task, wednesday + timedelta(days=7))
    move(acorn, task, wednesday)
    assert acorn.step(before, "one").due_on == date(2027, 11, 29)
