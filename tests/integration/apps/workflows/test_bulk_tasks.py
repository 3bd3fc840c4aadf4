"""One change to many tasks, its preview, and the whole of it taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from natrium.apps.database import sql
from natrium.apps.practices.models import Member
from natrium.apps.workflows import batches, operations
from natrium.apps.workflows.operations import AttachTemplate, GiveTo, MoveTarget, Outcome, SetHold, TaskDeed
from natrium.domain.errors import Code, NotFound
from natrium.domain.workflow.actions import Comment, Complete, Start
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import (
    TARGET,
    Job,
    all_well,
    code_of,
    column,
    counted,
    events_after,
    everything,
    last_event,
)
from tests.integration.apps.workflows.many import ANYHOW, jobs_of

OTHER = replace(ANYHOW, name="Other")
LATER = NOW + timedelta(minutes=5)


def change(by: Member, task_ids: list[int], deed: TaskDeed, **more: str) -> Outcome:
    return operations.change_many(by=signed_in(by), at=NOW, task_ids=task_ids, deed=deed, **more)


def preview(by: Member, task_ids: list[int], deed: TaskDeed) -> Outcome:
    return operations.preview_tasks(by=signed_in(by), at=NOW, task_ids=task_ids, deed=deed)


def undo(by: Member, outcome: Outcome, *, after: int = 5) -> Outcome:
    assert outcome.batch_id is not None
    return operations.undo_batch(by=signed_in(by), at=NOW + timedelta(minutes=after), batch_id=outcome.batch_id)


def the_tasks(job: Job) -> list[int]:
    """Two tasks of Jo's with workflows, one of Mark's, one of Jo's on hold, one without a target or a workflow."""
    jobs_of(job, job.cast.jo, 2, job.template_id)
    jobs_of(job, job.cast.mark, 1, job.template_id)
    held = job.task("On hold")
    operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=held, to=Hold.ON_HOLD, reason="Fees")
    bare = job.task("Bare", target_date=None)
    return [*column("SELECT id FROM tasks_task WHERE title LIKE %s ORDER BY id", ("Job%",)), held, bare]


DEEDS: dict[str, TaskDeed] = {
    "task-target": MoveTarget(days=7),
    "task-hold": SetHold(Hold.ON_HOLD, "Client away"),
    "task-cancel": SetHold(Hold.CANCELLED, "Left us"),
    "task-resume": SetHold(Hold.NONE),
}


@pytest.mark.parametrize("word", DEEDS)
def test_the_preview_says_what_then_happens_and_writes_nothing(job: Job, word: str) -> None:
    tasks, deed = [*the_tasks(job), 999_999], DEEDS[word]
    before = everything()
    said = preview(job.cast.jo, tasks, deed)
    assert everything() == before
    came = change(job.cast.jo, tasks, deed)
    assert (said.changed, said.repeated, set(said.refused)) == (came.changed, came.repeated, set(came.refused))
    assert came.selected == 6
    assert came.refused
    kept = batches.read(practice_id=job.cast.acorn.pk, batch_id=came.batch_id or 0)
    assert (kept.deed, kept.outcome, kept.by) == (word, came, "Jo Evans")
    all_well()


def test_another_owner_takes_the_steps_for_the_task_owner_along(job: Job) -> None:
    tasks = the_tasks(job)
    before = last_event()
    came = change(job.cast.jo, tasks, GiveTo(job.cast.mark.pk))
    assert came.changed == 3
    assert [(one.code, one.task) for one in came.refused] == [
        (Code.NOT_ALLOWED, "Job 0"),
        (Code.TASK_HELD, "On hold"),
    ]
    events = events_after(before)
    assert {event["batch"] for event in events} == {f"batch-{came.batch_id}"}
    assert [event["verb"] for event in events].count("step.followed") == 2 * 3
    assert [event["verb"] for event in events].count("task.edited") == 3
    all_well()


def test_a_target_moves_by_days_or_to_a_day_and_dates_that_count_from_it_move_along(job: Job) -> None:
    tasks = the_tasks(job)
    moved = change(job.cast.mark, tasks, MoveTarget(days=-3))
    assert moved.changed == 3
    assert [(one.code, one.task) for one in moved.refused] == [
        (Code.TASK_HELD, "On hold"),
        (Code.BAD_VALUE, "Bare"),
    ]
    assert column(
        f"SELECT DISTINCT target_date FROM tasks_task WHERE {sql.one_of('id', tasks[:3])}", sql.chosen(tasks[:3])
    )
    dues = column("SELECT due FROM workflows_step WHERE task_id = %s AND key = %s", (tasks[0], "draft"))
    assert [sql.day(due) for due in dues] == [TARGET - timedelta(days=10)]
    to = change(job.cast.mark, tasks, MoveTarget(to=date(2027, 1, 4)))
    assert (to.changed, to.repeated) == (4, 0)
    assert change(job.cast.mark, tasks, MoveTarget(to=date(2027, 1, 4))).repeated == 4
    all_well()


def test_what_is_held_or_cancelled_says_why(job: Job) -> None:
    tasks = the_tasks(job)
    came = change(job.cast.mark, tasks, SetHold(Hold.CANCELLED, "Left us"))
    assert came.changed == 5
    assert set(column("SELECT hold_reason FROM tasks_task WHERE status = %s", ("cancelled",))) == {"Left us"}
    all_well()


def test_attaching_to_many_is_kept_as_a_batch_too(job: Job) -> None:
    tasks = the_tasks(job)
    deed = AttachTemplate(job.publish(ANYHOW))
    said = preview(job.cast.jo, [*tasks, 999_999], deed)
    came = change(job.cast.jo, [*tasks, 999_999], deed)
    assert (said.changed, said.repeated, said.refused) == (came.changed, came.repeated, came.refused)
    assert (came.changed, sorted(one.code for one in came.refused)) == (3, ["not-allowed", "not-found", "task-held"])
    again = change(job.cast.jo, tasks, deed)
    assert (again.changed, again.repeated) == (0, 3)
    all_well()


def test_what_was_attached_to_many_is_taken_off_again_and_the_record_keeps_both(job: Job) -> None:
    tasks = [*the_tasks(job)[:3], job.task("Bare again")]
    was, steps = sql.rows(COUNTED), sql.rows(STEPS)
    deed = AttachTemplate(job.publish(ANYHOW))
    came = change(job.cast.mark, tasks, deed)
    assert came.changed == 4
    change(job.cast.mark, tasks[:1], GiveTo(job.cast.priya.pk))
    change(job.cast.mark, tasks[:1], GiveTo(job.cast.jo.pk))
    before = last_event()
    back = undo(job.cast.mark, came)
    assert (back.changed, back.refused) == (4, ())
    assert (sql.rows(COUNTED), sql.rows(STEPS)) == (was, steps)
    events = events_after(before)
    assert {(event["verb"], event["data"]["undid"]) for event in events} == {("workflow.removed", "workflow.attached")}
    assert {event["batch"] for event in events} == {f"batch-{back.batch_id}"}
    rows = everything()
    assert undo(job.cast.mark, came) == back
    assert everything() == rows
    assert change(job.cast.mark, tasks, deed).changed == 4
    all_well()


def test_an_attached_workflow_that_was_worked_on_stays_and_says_who_did(job: Job) -> None:
    tasks = the_tasks(job)[:3]
    first = job.publish(ANYHOW)
    came = change(job.cast.mark, tasks, AttachTemplate(first))
    newest = column("SELECT id FROM workflows_workflow WHERE template_id = %s ORDER BY task_id", (first,))
    for workflow_id, action in ((newest[0], Start("a")), (newest[1], Comment("a", "Rang them"))):
        operations.act(by=signed_in(job.cast.jo), at=NOW, workflow_id=workflow_id, actions=[action])
    operations.attach(by=signed_in(job.cast.mark), at=NOW, task_id=tasks[2], template_id=job.publish(OTHER))
    kept = everything()["workflows_step"]
    back = undo(job.cast.mark, came)
    assert (back.changed, {one.code for one in back.refused}) == (0, {Code.BUILT_ON})
    assert [one.message.split(" since")[0] for one in back.refused] == [
        "Jo Evans has worked on “A” in “Anyhow”",
        "Jo Evans has worked on “A” in “Anyhow”",
        "“Other” was attached after it.",
    ]
    assert everything()["workflows_step"] == kept
    all_well()


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (MoveTarget(), Code.BAD_VALUE),
        (SetHold(Hold.CANCELLED, " "), Code.REASON_NEEDED),
        (SetHold(Hold.ON_HOLD), Code.REASON_NEEDED),
    ],
)
def test_what_no_task_could_be_allowed_is_refused_as_a_whole(job: Job, deed: TaskDeed, code: Code) -> None:
    assert code_of(lambda: change(job.cast.mark, [job.task_id], deed)) is code
    assert code_of(lambda: preview(job.cast.mark, [job.task_id], deed)) is code


def test_the_new_owner_is_of_the_practice_and_can_hold_work(job: Job) -> None:
    assert code_of(lambda: change(job.cast.mark, [job.task_id], GiveTo(job.cast.lea.pk))) is Code.BAD_VALUE
    with pytest.raises(NotFound):
        change(job.cast.mark, [job.task_id], GiveTo(job.cast.ben.pk))
    assert code_of(lambda: change(job.cast.vera, [job.task_id], GiveTo(None))) is Code.NOT_ALLOWED


COUNTED = """SELECT id, status, unresolved_count, steps_total, steps_ready, steps_done, workflows_count,
    workflows_finished FROM tasks_task ORDER BY id"""
FACTS = "SELECT id, owner_id, target_date, hold, hold_reason, status FROM tasks_task ORDER BY id"
STEPS = "SELECT id, assignee_id, bound, unresolved, due, ready FROM workflows_step ORDER BY id"


@pytest.mark.parametrize("word", [*DEEDS, "task-owner"])
def test_the_whole_is_taken_back_with_events_of_its_own(job: Job, word: str) -> None:
    tasks = the_tasks(job)
    deed = DEEDS.get(word) or GiveTo(job.cast.priya.pk)
    was = sql.rows(FACTS), sql.rows(STEPS)
    came = change(job.cast.mark, tasks, deed)
    assert (sql.rows(FACTS), sql.rows(STEPS)) != was
    before = last_event()
    back = undo(job.cast.mark, came)
    assert (back.changed, back.refused) == (came.changed, ())
    assert (sql.rows(FACTS), sql.rows(STEPS)) == was
    assert {event["batch"] for event in events_after(before)} == {f"batch-{back.batch_id}"}
    rows = everything()
    assert undo(job.cast.mark, came) == back
    assert everything() == rows
    all_well()


def test_a_task_changed_again_since_stays_and_is_told(job: Job) -> None:
    tasks = the_tasks(job)[:3]
    came = change(job.cast.mark, tasks, MoveTarget(days=7))
    change(job.cast.priya, tasks[:1], MoveTarget(days=1))
    back = undo(job.cast.mark, came)
    assert (back.changed, [(one.code, one.task_id) for one in back.refused]) == (2, [(Code.BUILT_ON, tasks[0])])
    held = change(job.cast.mark, tasks, SetHold(Hold.ON_HOLD, "Fees"))
    change(job.cast.priya, tasks[:1], SetHold(Hold.CANCELLED, "Left us"))
    back = undo(job.cast.mark, held)
    assert (back.changed, [(one.code, one.task_id) for one in back.refused]) == (2, [(Code.BUILT_ON, tasks[0])])
    all_well()


def test_only_who_did_it_takes_it_back_and_within_ten_minutes(job: Job) -> None:
    came = change(job.cast.mark, the_tasks(job), MoveTarget(days=7))
    assert code_of(lambda: undo(job.cast.priya, came)) is Code.NOT_ALLOWED
    assert code_of(lambda: undo(job.cast.mark, came, after=11)) is Code.TOO_LATE
    with pytest.raises(NotFound):
        undo(job.cast.ben, came)
    assert undo(job.cast.mark, came, after=10).changed == came.changed


def test_an_undo_that_was_cut_short_goes_on(job: Job) -> None:
    tasks = the_tasks(job)[:3]
    came = change(job.cast.mark, tasks, MoveTarget(days=7))
    first = undo(job.cast.mark, came)
    sql.execute("UPDATE workflows_batch SET finished_at = NULL WHERE id = %s", (first.batch_id,))
    rows = everything()
    again = undo(job.cast.mark, came)
    assert (again.batch_id, again.changed, again.refused) == (first.batch_id, 3, ())
    assert everything() == rows


def test_a_batch_of_steps_that_was_built_on_is_taken_back_but_for_that(job: Job) -> None:
    workflows = jobs_of(job, job.cast.jo, 3, job.publish(ANYHOW))
    ids = column("SELECT id FROM workflows_step WHERE key = %s ORDER BY id", ("a",))
    came = operations.act_on_many(by=signed_in(job.cast.jo), at=NOW, step_ids=ids, action=Start(""))
    operations.act(by=signed_in(job.cast.mark), at=NOW, workflow_id=workflows[0], actions=[Complete("a")])
    back = undo(job.cast.jo, came)
    assert (back.changed, [(one.code, one.step) for one in back.refused]) == (2, [(Code.BUILT_ON, "A")])
    sql.execute("UPDATE workflows_batch SET finished_at = NULL WHERE id = %s", (back.batch_id,))
    rows = everything()
    assert undo(job.cast.jo, came) == back
    assert everything() == rows
    all_well()


def test_the_statements_of_a_preview_do_not_grow_with_the_tasks(job: Job) -> None:
    jobs_of(job, job.cast.jo, 100, job.template_id)
    tasks = column("SELECT id FROM tasks_task ORDER BY id")
    deeds = [*DEEDS.values(), GiveTo(job.cast.mark.pk), AttachTemplate(job.publish(ANYHOW))]
    preview(job.cast.mark, tasks[:2], deeds[0])
    for deed in deeds:
        with counted() as few:
            preview(job.cast.mark, tasks[:10], deed)
        with counted() as many:
            preview(job.cast.mark, tasks, deed)
        assert len(many) == len(few) <= 6
