"""One action on many steps: each workflow all or nothing, one batch, and what the preview says is what happens."""

from datetime import date

import pytest

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import DueOn
from natrium.domain.errors import Code
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Claim,
    Comment,
    Complete,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import (
    Job,
    all_well,
    code_of,
    column,
    counted,
    events_after,
    everything,
    last_event,
)
from tests.integration.apps.workflows.many import ANYHOW, act, jobs_of, preview, steps_of


def to(job: Job) -> Action:
    """Everything to Priya."""
    return AssignTo("", signed_in(job.cast.priya).member)


def test_each_step_changes_with_an_event_of_its_own_under_one_batch(job: Job) -> None:
    ids = steps_of(jobs_of(job, job.cast.jo, 3, job.publish(ANYHOW)))
    before = last_event()
    outcome = act(job.cast.jo, ids, to(job))
    assert (outcome.selected, outcome.changed, outcome.repeated, outcome.refused) == (15, 15, 0, ())
    events = events_after(before)
    assert [event["verb"] for event in events] == ["step.assigned"] * 15
    assert {event["batch"] for event in events} == {f"batch-{outcome.batch_id}"}
    priya = {"id": job.cast.priya.pk, "name": "Priya Shah"}
    assert all(event["data"] == {"changes": {"assignee": [None, priya], "bound": [True, False]}} for event in events)
    assert sql.rows(f"SELECT DISTINCT assignee_id FROM workflows_step WHERE {sql.one_of('id', ids)}", sql.chosen(ids))
    all_well()


def test_what_is_so_already_is_counted_and_leaves_no_event(job: Job) -> None:
    ids = steps_of(jobs_of(job, job.cast.jo, 2, job.publish(ANYHOW)))
    act(job.cast.jo, ids[:4], to(job))
    before = last_event()
    outcome = act(job.cast.jo, ids, to(job))
    assert (outcome.changed, outcome.repeated) == (6, 4)
    assert len(events_after(before)) == 6


def test_a_workflow_with_one_refused_step_stays_whole_and_the_others_go_on(job: Job) -> None:
    first, second = jobs_of(job, job.cast.jo, 2, job.template_id)
    ids = [*steps_of([first], "ask", "draft", "receive"), *steps_of([second], "ask")]
    outcome = act(job.cast.jo, ids, Complete(""))
    assert (outcome.changed, len(outcome.refused)) == (4, 0)
    ids = [*steps_of([first], "notes", "sign"), *steps_of([second], "receive")]
    outcome = act(job.cast.jo, ids, Complete(""))
    assert outcome.changed == 1
    told = {one.step: (one.code, one.message) for one in outcome.refused}
    assert told["Sign"][0] == Code.NOT_ALLOWED
    assert told["Notes"] == (
        Code.NOT_ALLOWED,
        f"Left as it was, since another step of this workflow is refused. {told['Sign'][1]}",
    )
    assert {one.task for one in outcome.refused} == {"Job 0"}
    assert {one.client for one in outcome.refused} == {"Widget Ltd"}
    all_well()


def test_steps_are_taken_in_workflow_order_whatever_the_order_of_choosing(job: Job) -> None:
    [workflow] = jobs_of(job, job.cast.jo, 1, job.template_id)
    outcome = act(job.cast.priya, list(reversed(steps_of([workflow], "ask", "receive", "draft"))), Complete(""))
    assert (outcome.changed, outcome.refused) == (3, ())
    all_well()


def test_two_workflows_of_one_task_are_counted_and_chained_right(job: Job) -> None:
    first = job.workflow_id
    second = job.attach(job.task_id, again=True).workflow_id
    outcome = act(job.cast.jo, steps_of([first, second], "ask"), Complete(""))
    assert outcome.changed == 2
    assert sql.value("SELECT steps_done FROM tasks_task WHERE id = %s", (job.task_id,)) == 2
    all_well()


GIVEN = "SELECT owner_id, target_date FROM tasks_task WHERE id = %s"


def test_a_tasks_own_step_is_worked_too_and_given_and_dated_with_its_task(job: Job) -> None:
    simple, mine = job.task("Call the bank"), signed_in(job.cast.mark)
    [own] = column("SELECT id FROM workflows_step WHERE task_id = %s", (simple,))
    mixed = [own, *steps_of([job.workflow_id], "ask")]
    was = sql.row(GIVEN, (simple,))
    assert act(job.cast.jo, [own], Start("")).changed == 1
    for deed in (to(job), DueOn(date(2027, 3, 1))):
        said = operations.preview_steps(by=mine, at=NOW, step_ids=mixed, action=deed)
        came = operations.act_on_many(by=mine, at=NOW, step_ids=mixed, action=deed)
        assert (said.changed, came.changed, came.refused) == (2, 2, ())
        assert sql.row(GIVEN, (simple,)) != was
        back = operations.undo_batch(by=mine, at=NOW, batch_id=came.batch_id or 0)
        assert (back.changed, back.refused) == (2, ())
        assert sql.row(GIVEN, (simple,)) == was
    assert act(job.cast.mark, [own], Claim("")).refused[0].code == Code.TAKEN
    marks = column("SELECT id FROM workflows_step WHERE task_id = %s", (job.task("Mark’s", owner=job.cast.mark),))
    assert act(job.cast.jo, marks, AssignTo("", None)).refused[0].code == Code.NOT_ALLOWED
    free = job.task("Anyone", owner_id=None)
    ids = column("SELECT id FROM workflows_step WHERE task_id = %s", (free,))
    assert act(job.cast.mark, ids, Claim("")).changed == 1
    assert sql.value("SELECT owner_id FROM tasks_task WHERE id = %s", (free,)) == job.cast.mark.pk
    job.attach(simple)
    assert act(job.cast.mark, [own], to(job)).refused[0].code == Code.HAS_WORKFLOWS
    assert act(job.cast.jo, [own], Claim("")).refused[0].code == Code.HAS_WORKFLOWS
    assert act(job.cast.jo, [own], Complete("")).refused[0].code == Code.HAS_WORKFLOWS
    all_well()


def test_steps_of_another_practice_are_unknown_here(job: Job) -> None:
    before = everything()
    outcome = operations.act_on_many(
        by=signed_in(job.cast.ben), at=NOW, step_ids=steps_of([job.workflow_id]), action=Start("")
    )
    assert {(one.code, one.task, one.step) for one in outcome.refused} == {("not-found", "", "")}
    assert len(outcome.refused) == 8
    assert everything() == before


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (Skip("", " "), Code.REASON_NEEDED),
        (Reopen("", ""), Code.REASON_NEEDED),
        (OverridePrerequisites("", ("ask",), "Why not"), Code.BAD_VALUE),
    ],
)
def test_what_no_step_could_be_allowed_is_refused_as_a_whole(job: Job, action: Action, code: Code) -> None:
    ids = steps_of([job.workflow_id])
    assert code_of(lambda: act(job.cast.mark, ids, action)) is code
    assert code_of(lambda: preview(job.cast.mark, ids, action)) is code


def test_none_too_many_and_viewers_are_refused(job: Job) -> None:
    assert code_of(lambda: act(job.cast.mark, [], Start(""))) is Code.BAD_VALUE
    assert code_of(lambda: act(job.cast.mark, range(1, 2_002), Start(""))) is Code.BAD_VALUE
    assert code_of(lambda: act(job.cast.vera, steps_of([job.workflow_id]), Start(""))) is Code.NOT_ALLOWED


def test_asked_for_under_the_same_word_it_is_done_once(job: Job) -> None:
    ids = steps_of([job.workflow_id], "ask", "notes")
    first = act(job.cast.jo, ids, Comment("", "Records are in the file"), once="a")
    before = everything()
    assert act(job.cast.jo, ids, Comment("", "Records are in the file"), once="a") == first
    assert everything() == before
    assert act(job.cast.mark, ids, Comment("", "So they are"), once="a").batch_id != first.batch_id


MIXED: list[tuple[str, Action]] = [
    ("jo", Complete("")),
    ("mark", Skip("", "Not needed this year")),
    ("jo", Claim("")),
    ("jo", Start("")),
    ("mark", Reopen("", "Figures changed")),
]


@pytest.mark.parametrize(("who", "action"), MIXED)
def test_the_preview_says_what_then_happens_and_writes_nothing(job: Job, who: str, action: Action) -> None:
    workflows = jobs_of(job, job.cast.jo, 4, job.template_id)
    act(job.cast.priya, steps_of(workflows[:2], "ask", "receive"), Complete(""))
    held = sql.value("SELECT task_id FROM workflows_workflow WHERE id = %s", (workflows[3],))
    operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=held, to=Hold.ON_HOLD, reason="Waiting for fees")
    ids = [*steps_of(workflows, "ask", "draft", "sign"), 999_999]
    member = getattr(job.cast, who)
    before = everything()
    said = preview(member, ids, action)
    assert everything() == before
    came = act(member, ids, action)
    assert (said.selected, said.changed, said.repeated, said.refused) == (
        came.selected, came.changed, came.repeated, came.refused,
    )  # fmt: skip
    assert said.batch_id is None
    assert came.refused
    all_well()


def test_statements_do_not_grow_with_the_steps_of_a_workflow_nor_the_previews_with_workflows(job: Job) -> None:
    template = job.publish(ANYHOW)
    few, many = (steps_of(jobs_of(job, job.cast.jo, count, template)) for count in (2, 200))
    given = to(job)
    preview(job.cast.jo, few, given)
    with counted() as preview_few:
        preview(job.cast.jo, few, given)
    with counted() as preview_many:
        assert preview(job.cast.jo, many, given).changed == 1_000
    assert len(preview_few) == 3
    assert len(preview_many) == 1 + 2 * 4
    with counted() as few_writes:
        assert act(job.cast.jo, few, given).changed == 10
    with counted() as many_writes:
        assert act(job.cast.jo, many, given).changed == 1_000
    locks = 2 if sql.is_postgresql() else 0
    assert len(few_writes) == 5 + locks + 2 * 4
    assert len(many_writes) == 3 + (2 + locks) * 4 + 200 * 4
    all_well()


def test_due_days_of_many_are_all_or_nothing_in_a_workflow_and_taken_back(job: Job) -> None:
    workflows = jobs_of(job, job.cast.jo, 2, job.template_id)
    mark = signed_in(job.cast.mark)
    act(job.cast.jo, steps_of(workflows[:1], "ask"), Complete(""))
    was = sql.rows(DUES)
    ids, due = steps_of(workflows, "ask", "receive"), DueOn(date(2027, 3, 1))
    said = operations.preview_steps(by=mark, at=NOW, step_ids=ids, action=due)
    came = operations.act_on_many(by=mark, at=NOW, step_ids=ids, action=due)
    assert (said.changed, said.refused) == (came.changed, came.refused)
    assert (came.changed, [(one.code, one.step) for one in came.refused]) == (
        2,
        [("settled", "Ask"), ("settled", "Receive")],
    )
    assert operations.act_on_many(by=mark, at=NOW, step_ids=ids[2:], action=due).repeated == 2
    back = operations.undo_batch(by=mark, at=NOW, batch_id=came.batch_id or 0)
    assert (back.changed, back.refused) == (2, ())
    assert sql.rows(DUES) == was
    again = operations.undo_batch(by=mark, at=NOW, batch_id=came.batch_id or 0)
    assert again == back
    all_well()


def test_waiting_of_many_is_taken_back_at_once(job: Job) -> None:
    workflows = jobs_of(job, job.cast.jo, 3, job.template_id)
    was = sql.rows("SELECT id, status, waiting_reason FROM workflows_step ORDER BY id")
    came = act(job.cast.jo, steps_of(workflows, "ask"), Wait("", "Records", WaitsOn.CLIENT))
    assert came.changed == 3
    operations.act(by=signed_in(job.cast.jo), at=NOW, workflow_id=workflows[0], actions=[Resume("ask")])
    back = operations.undo_batch(by=signed_in(job.cast.jo), at=NOW, batch_id=came.batch_id or 0)
    assert (back.changed, [one.code for one in back.refused]) == (2, [Code.BUILT_ON])
    now = sql.rows("SELECT id, status, waiting_reason FROM workflows_step ORDER BY id")
    assert [row for row in now if row not in was] == [(steps_of(workflows, "ask")[0], "in_progress", "")]
    all_well()


DUES = "SELECT id, due, due_by_hand FROM workflows_step ORDER BY id"
