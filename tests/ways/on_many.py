"""Refusals of many at once as a whole, of taking them back, of handing over, and of taking edits back."""

from collections.abc import Callable, Iterator

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import GiveTo, MoveTarget, Part, SetHold, TaskDeed
from natrium.domain.errors import Code
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import (
    Action,
    AddStep,
    Claim,
    Comment,
    EditStep,
    OverridePrerequisites,
    Reopen,
    Skip,
    Start,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Hold
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import done, step
from tests.ways.cases import ASK_DONE, Case, after, another_owner, held
from tests.ways.deeds import (
    ChangeMember,
    HandOver,
    ManySteps,
    ManyTasks,
    TakeEditBack,
    TakeTaskEditBack,
    UndoBatch,
)
from tests.ways.on_people import some_minutes
from tests.ways.on_shape import edited
from tests.ways.stage import Situation, Stage

STEPS = "SELECT id FROM workflows_step WHERE workflow_id = %s ORDER BY position"
TOO_MANY = tuple(range(1, 2_002))


def steps(stage: Stage, action: Action) -> ManySteps:
    """The action on every step of the job."""
    return ManySteps(tuple(row[0] for row in sql.rows(STEPS, (stage.job.workflow_id,))), action)


def tasks(stage: Stage, change: TaskDeed) -> ManyTasks:
    """The change to both tasks."""
    return ManyTasks((stage.job.task_id, stage.simple_id), change)


def of_many() -> Iterator[tuple[str, Case]]:
    """What is refused before any one is looked at."""
    for name, action in {"start": Start(""), "skip": Skip("", "Dormant"), "claim": Claim("")}.items():
        yield (
            f"many, {name}: a viewer",
            Case(
                Code.NOT_ALLOWED,
                lambda stage, action=action: steps(stage, action),
                who="vera",
                words="many things at once",
            ),
        )
    changes = {"owner": GiveTo(None), "target": MoveTarget(7), "hold": SetHold(Hold.ON_HOLD, "x")}
    for name, change in changes.items():
        yield (
            f"many tasks, {name}: a viewer",
            Case(Code.NOT_ALLOWED, lambda stage, change=change: tasks(stage, change), who="vera", words="many things"),
        )
    reasonless = {"skip": Skip("", " "), "wait": Wait("", "", WaitsOn.CLIENT), "reopen": Reopen("")}
    for name, action in reasonless.items():
        yield (
            f"many, {name}: no reason",
            Case(Code.REASON_NEEDED, lambda stage, action=action: steps(stage, action), words="Say why"),
        )
    for to in (Hold.ON_HOLD, Hold.CANCELLED):
        yield (
            f"many tasks, {to.value}: no reason",
            Case(Code.REASON_NEEDED, lambda stage, to=to: tasks(stage, SetHold(to)), words="Say why"),
        )
    bad = Code.BAD_VALUE
    of_api = ("API, bulk", "a list of its own length is no body"), ("API, bulk previewed", "likewise")
    yield "many, start: none", Case(bad, ManySteps((), Start("")), words="Nothing is chosen", but=of_api)
    yield "many, start: too many", Case(bad, ManySteps(TOO_MANY, Start("")), words="2,001 are chosen", but=of_api)
    yield "many tasks, owner: none", Case(bad, ManyTasks((), GiveTo(None)), words="Nothing is chosen", but=of_api)
    yield (
        "many tasks, owner: too many",
        Case(bad, ManyTasks(TOO_MANY, GiveTo(None)), words="2,001 are chosen", but=of_api),
    )
    past = OverridePrerequisites("", ("ask",), "They are abroad")
    no_route = ("API, bulk", "its body knows no override"), ("API, bulk previewed", "likewise")
    yield (
        "many, override: one at a time",
        Case(bad, lambda stage: steps(stage, past), words="one step at a time", but=no_route),
    )
    yield (
        "many tasks, target: to no day",
        Case(bad, lambda stage: tasks(stage, MoveTarget(0)), words="by how many days"),
    )
    yield (
        "many tasks, owner: one who left",
        Case(bad, lambda stage: tasks(stage, GiveTo(stage.job.cast.lea.pk)), words="Lea Ward has left"),
    )


def batch(change: TaskDeed, who: str = "mark") -> Situation:
    """Somebody did it to both tasks, as the first batch of the stage."""

    def come_about(stage: Stage) -> None:
        many = tasks(stage, change)
        by, at = signed_in(stage.member(who)), stage.clock.at
        operations.change_many(by=by, at=at, task_ids=many.tasks, deed=many.change)

    return come_about


def noted(stage: Stage) -> None:
    """Mark left a note on every step of the job, as the first batch of the stage."""
    many = steps(stage, Comment("", "On it"))
    by, at = signed_in(stage.job.cast.mark), stage.clock.at
    operations.act_on_many(by=by, at=at, step_ids=many.steps, action=many.action)


def the_batch(_: Stage) -> UndoBatch:
    """The newest batch, taken back."""
    return UndoBatch(sql.value("SELECT COALESCE(MAX(id), 1) FROM workflows_batch"))


def of_batches() -> Iterator[tuple[str, Case]]:
    """Taking back what was done to many."""
    moved = batch(MoveTarget(7))
    yield "undo many: another's", Case(Code.NOT_ALLOWED, the_batch, moved, "priya", "Only Mark Reed takes back")
    yield "undo many: a viewer", Case(Code.NOT_ALLOWED, the_batch, moved, "vera", "To undo takes")
    yield "undo many: notes", Case(Code.NOTHING_TO_UNDO, the_batch, noted, words="not taken back as a whole")
    late = after(moved, some_minutes(11))
    yield "undo many: after eleven minutes", Case(Code.TOO_LATE, the_batch, late, words="Ten minutes have passed")


def last_edit(stage: Stage) -> TakeEditBack:
    """The newest line of the task's record, taken back."""
    return TakeEditBack(sql.value("SELECT chain_count FROM tasks_task WHERE id = %s", (stage.job.task_id,)))


RENAMED = edited(EditStep("notes", {"name": "Other"}))
ADDED = edited(AddStep("prepare", step("extra"), 0))


def of_edits() -> Iterator[tuple[str, Case]]:
    """Taking one's own last edit of the workflow back."""
    yield "undo edit: a viewer", Case(Code.NOT_ALLOWED, last_edit, RENAMED, "vera", "viewer")
    yield (
        "undo edit: staff",
        Case(Code.NOT_ALLOWED, last_edit, after(RENAMED, another_owner), "jo", "add, move and edit"),
    )
    yield "undo edit: another's", Case(Code.NOT_ALLOWED, last_edit, RENAMED, "mark", "Taking a change back is for")
    yield "undo edit: on hold", Case(Code.TASK_HELD, first_edit, after(RENAMED, held), "priya", "Fees are unpaid")
    nothing = Code.NOTHING_TO_UNDO
    yield "undo edit: no such line", Case(nothing, TakeEditBack(999), RENAMED, "priya", "no change of yours")
    yield "undo edit: what is no edit", Case(nothing, last_edit, ASK_DONE, "priya", "no change of yours")
    late = after(RENAMED, some_minutes(11))
    yield "undo edit: after eleven minutes", Case(Code.TOO_LATE, last_edit, late, "priya", "Ten minutes have passed")
    again = after(RENAMED, edited(EditStep("ask", {"name": "Other"})))
    yield "undo edit: edited again", Case(Code.BUILT_ON, first_edit, again, "priya", "has been changed again")
    settled = after(RENAMED, ("mark", Skip("notes", "Dormant")))
    yield "undo edit: settled since", Case(Code.SETTLED, first_edit, settled, "priya", "is skipped, and stays")
    worked = after(ADDED, ("jo", done("ask")), ("jo", done("receive")), ("jo", Start("extra")))
    yield "undo edit: worked on since", Case(Code.WORKED_ON, first_edit, worked, "priya", "was worked on")


def first_edit(stage: Stage) -> TakeEditBack:
    """The first edit of the workflow, taken back."""
    edits = ("step.edited", "step.added")
    return TakeEditBack(
        sql.value(
            """SELECT COALESCE(MIN(seq), 1) FROM activity_event
               WHERE chain = 'task' AND subject_id = %s AND verb IN (%s, %s)""",
            (stage.job.task_id, *edits),
        )
    )


def retitled(*titles: str, who: str = "mark") -> Situation:
    """The task's title was changed so, one time after the other; the first change is the line of `retitling`."""

    def come_about(stage: Stage) -> None:
        by, at = signed_in(stage.member(who)), stage.clock.at
        for title in titles:
            operations.edit_task(by=by, at=at, task_id=stage.job.task_id, changes={"title": title})

    return come_about


def held_and_resumed(stage: Stage) -> None:
    """Mark put the task on hold, and resumed it."""
    stage.hold()
    stage.hold(Hold.NONE)


def first_of(verb: str) -> Callable[[Stage], TakeTaskEditBack]:
    """The task's first line of this kind, taken back."""
    statement = """SELECT COALESCE(MIN(seq), 1) FROM activity_event
                   WHERE chain = 'task' AND subject_id = %s AND verb = %s"""
    return lambda stage: TakeTaskEditBack(sql.value(statement, (stage.job.task_id, verb)))


def of_task_edits() -> Iterator[tuple[str, Case]]:
    """Taking one's own change of a task's facts back, and its hold."""
    edited_once, retitling = retitled("Other"), first_of("task.edited")
    may_not, none = Code.NOT_ALLOWED, Code.NOTHING_TO_UNDO
    yield "undo task edit: a viewer", Case(may_not, retitling, edited_once, "vera", "for the member who made it")
    yield "undo task edit: another's", Case(may_not, retitling, edited_once, "priya", "for the member who made it")
    yield "undo task edit: on hold", Case(Code.TASK_HELD, retitling, after(edited_once, held), words="on hold")
    yield "undo task edit: no such line", Case(none, TakeTaskEditBack(999), edited_once, words="no change of yours")
    yield (
        "undo task edit: what is no edit",
        Case(none, first_of("step.completed"), ASK_DONE, "jo", "no change of yours"),
    )
    late = after(edited_once, some_minutes(11))
    yield "undo task edit: after eleven minutes", Case(Code.TOO_LATE, retitling, late, words="Ten minutes have passed")
    again = retitled("Other", "Yet another")
    yield "undo task edit: edited again", Case(Code.BUILT_ON, retitling, again, words="changed again since")
    undone = after(edited_once, take_back(retitling))
    yield "undo task edit: taken back already", Case(none, retitling, undone, words="no change of yours")
    of_hold = first_of("task.held")
    yield "undo hold: another's", Case(may_not, of_hold, held, "priya", "for the member who made it")
    yield "undo hold: after eleven minutes", Case(Code.TOO_LATE, of_hold, after(held, some_minutes(11)), words="Ten")
    yield "undo hold: resumed since", Case(Code.BUILT_ON, of_hold, held_and_resumed, words="held or resumed again")


def take_back(line: Callable[[Stage], TakeTaskEditBack]) -> Situation:
    """Mark took it back."""

    def come_about(stage: Stage) -> None:
        by, at = signed_in(stage.job.cast.mark), stage.clock.at
        operations.take_task_edit_back(by=by, at=at, task_id=stage.job.task_id, seq=line(stage).line)

    return come_about


def of_members() -> Iterator[tuple[str, Case]]:
    """Handing work over, and what a member becomes."""
    for who in ("vera", "jo"):
        yield (
            f"hand over: {who}",
            Case(
                Code.NOT_ALLOWED, lambda stage: HandOver(stage.job.cast.mark.pk), who=who, words="colleague's work over"
            ),
        )
    yield (
        "let go: a manager",
        Case(Code.NOT_ALLOWED, lambda stage: HandOver(stage.job.cast.jo.pk, leaves=True), words="To let a member go"),
    )
    bad, parts = Code.BAD_VALUE, {Part.TASKS: "lea", Part.STEPS: "vera", Part.MANAGED: "jo"}
    words = {"lea": "has left", "vera": "is a viewer", "jo": "cannot hand over to themselves"}
    for part, taker in parts.items():
        yield (
            f"hand over: {part.value} to {taker}",
            Case(
                bad,
                lambda stage, part=part, taker=taker: HandOver(stage.job.cast.jo.pk, {part: stage.member(taker).pk}),
                words=words[taker],
            ),
        )
    last = lambda stage: HandOver(stage.job.cast.olive.pk, leaves=True)  # noqa: E731 - one line of the table
    yield "let go: the last owner", Case(Code.IN_USE, last, who="olive", words="owner")
    viewer = {"role": Role.VIEWER}
    yield (
        "change member: a manager",
        Case(Code.NOT_ALLOWED, lambda stage: ChangeMember(stage.job.cast.lea.pk, viewer), words="owner"),
    )
    yield (
        "change member: one who holds work",
        Case(
            Code.IN_USE,
            lambda stage: ChangeMember(stage.job.cast.jo.pk, viewer),
            who="olive",
            words="A viewer holds no work",
        ),
    )
    yield (
        "change member: no name",
        Case(bad, lambda stage: ChangeMember(stage.job.cast.jo.pk, {"name": " "}), who="olive", words="name"),
    )


CASES = (of_many(), of_batches(), of_edits(), of_task_edits(), of_members())
