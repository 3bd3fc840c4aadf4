"""Refusals of giving, taking, saying and taking back; and of work on the one step of a task without a workflow."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from natrium.apps.workflows import operations
from natrium.domain.errors import Code
from natrium.domain.workflow.actions import Claim, Comment, Complete, Reopen, Resume, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import done
from tests.ways.cases import (
    ASK_DONE,
    FILED,
    LONG,
    NO_SUCH,
    NOTES_SKIPPED,
    Case,
    after,
    another_owner,
    held,
    nothing,
    to,
)
from tests.ways.deeds import ChangeOwn, Own, Say, Undo, UndoOwn
from tests.ways.stage import Situation, Stage

JO_STARTED = after(("jo", Start("ask")))


def holding() -> Iterator[tuple[str, Case]]:
    """Assign, take, comment."""
    yield "assign: a viewer", Case(Code.NOT_ALLOWED, to("jo", "receive"), who="vera", words="viewer")
    yield (
        "assign: another's step",
        Case(Code.NOT_ALLOWED, to("jo", "check"), another_owner, "jo", "assign a step that is not one's own"),
    )
    yield "assign: on hold", Case(Code.TASK_HELD, to("jo", "receive"), held, words="Fees are unpaid")
    yield "assign: no such step", Case(Code.UNKNOWN_KEY, to("jo", NO_SUCH), words=NO_SUCH)
    yield "assign: done", Case(Code.SETTLED, to("mark", "ask"), ASK_DONE, words="keeps who had it")
    yield "assign: skipped", Case(Code.SETTLED, to("mark", "notes"), NOTES_SKIPPED, words="keeps who had it")
    yield "assign: to a viewer", Case(Code.BAD_VALUE, to("vera", "ask"), words="Vera Lunn is a viewer")
    yield "assign: to one who left", Case(Code.BAD_VALUE, to("lea", "ask"), words="Lea Ward has left")
    yield "claim: a viewer", Case(Code.NOT_ALLOWED, Claim("receive"), who="vera", words="“Receive” takes")
    yield (
        "claim: for the client partner",
        Case(Code.NOT_ALLOWED, Claim("sign"), unheld("sign"), "jo", "“Sign” takes a partner"),
    )
    yield "claim: on hold", Case(Code.TASK_HELD, Claim("receive"), held, words="Fees are unpaid")
    yield "claim: no such step", Case(Code.UNKNOWN_KEY, Claim(NO_SUCH), words=NO_SUCH)
    yield (
        "claim: done",
        Case(Code.SETTLED, Claim("receive"), after(ASK_DONE, ("jo", done("receive"))), words="is settled"),
    )
    yield "claim: skipped", Case(Code.SETTLED, Claim("notes"), NOTES_SKIPPED, words="is settled")
    yield "claim: another has it", Case(Code.TAKEN, Claim("ask"), words="Jo Evans has “Ask”")
    yield "comment: a viewer", Case(Code.NOT_ALLOWED, Comment("ask", "Hello"), who="vera", words="viewer")
    yield "comment: no such step", Case(Code.UNKNOWN_KEY, Comment(NO_SUCH, "Hello"), words=NO_SUCH)
    yield "comment: empty", Case(Code.BAD_VALUE, Comment("ask", " \n"), words="The note is empty")
    yield "comment: too long", Case(Code.BAD_VALUE, Comment("ask", LONG), words="20,001 characters")
    yield "comment: a character that is none", Case(Code.BAD_VALUE, Comment("ask", "a\0b"), words="cannot be kept")
    yield "comment on the whole: a viewer", Case(Code.NOT_ALLOWED, Comment("", "Hello"), who="vera", words="viewer")
    yield "comment on the whole: empty", Case(Code.BAD_VALUE, Comment("", ""), words="The note is empty")


def unheld(key: str) -> Situation:
    """Nobody has a step."""

    def give_away(stage: Stage) -> None:
        by, at = signed_in(stage.job.cast.priya), stage.clock.at
        operations.assign(by=by, at=at, workflow_id=stage.job.workflow_id, key=key, to_id=None)

    return give_away


def some_minutes(minutes: int) -> Situation:
    """Time passes."""
    return lambda stage: stage.clock.later(minutes)


def undoing() -> Iterator[tuple[str, Case]]:
    """Taking one's own last action back."""
    yield "undo: a viewer", Case(Code.NOT_ALLOWED, Undo("ask"), JO_STARTED, "vera", "viewer")
    yield "undo: what another did", Case(Code.NOT_ALLOWED, Undo("ask"), JO_STARTED, "mark", "Only the member")
    yield "undo: on hold", Case(Code.TASK_HELD, Undo("ask"), after(JO_STARTED, held), "jo", "Fees are unpaid")
    yield "undo: no such step", Case(Code.UNKNOWN_KEY, Undo(NO_SUCH), words=NO_SUCH)
    yield "undo: nothing done", Case(Code.NOTHING_TO_UNDO, Undo("ask"), words="nothing of yours")
    yield (
        "undo: what is no such action",
        Case(
            Code.NOTHING_TO_UNDO,
            Undo("ask"),
            after(("mark", Wait("ask", "x", WaitsOn.CLIENT)), ("jo", Resume("ask"))),
            "jo",
            "nothing of yours",
        ),
    )
    yield "undo: a filing", Case(Code.FILED, Undo("file"), FILED, "priya", "stays filed")
    late = after(JO_STARTED, some_minutes(11))
    yield "undo: after eleven minutes", Case(Code.TOO_LATE, Undo("ask"), late, "jo", "Ten minutes have passed")
    went_on = after(("jo", Wait("ask", "x", WaitsOn.CLIENT)), ("jo", Resume("ask")))
    yield "undo: the step went on", Case(Code.BUILT_ON, Undo("ask"), went_on, "jo", "has changed again")
    built_on = after(ASK_DONE, ("mark", Start("receive")))
    yield "undo: a dependent went on", Case(Code.BUILT_ON, Undo("ask"), built_on, "jo", "“Receive” has gone on")


def own(stage: Stage, *actions: Any, who: str = "jo") -> None:
    """Work on the stage's task without a workflow."""
    for action in actions:
        by, at = signed_in(stage.member(who)), stage.clock.at
        operations.act_on_task(by=by, at=at, task_id=stage.simple_id, action=action)


OWN_WAITS = Wait("", "Statement", WaitsOn.THIRD_PARTY, "Bank")


def own_waits(stage: Stage) -> None:
    """The task waits."""
    own(stage, OWN_WAITS)


def own_done(stage: Stage) -> None:
    """The task is done."""
    own(stage, Complete(""))


def own_started(stage: Stage) -> None:
    """The task is begun."""
    own(stage, Start(""))


GOOD: dict[str, tuple[Any, Situation]] = {
    "start": (Start(""), nothing),
    "wait": (OWN_WAITS, nothing),
    "resume": (Resume(""), own_waits),
    "complete": (Complete(""), nothing),
    "reopen": (Reopen("", "Wrong account"), own_done),
}


def on_own_step() -> Iterator[tuple[str, Case]]:
    """The one step of a task without a workflow."""
    for name, (action, before) in GOOD.items():
        possible = nothing if before is own_done else before  # a done task cannot be held
        yield f"task, {name}: a viewer", Case(Code.NOT_ALLOWED, Own(action), before, "vera", "viewer")
        yield (
            f"task, {name}: on hold",
            Case(Code.TASK_HELD, Own(action), after(possible, held), words="Fees are unpaid"),
        )
        yield (
            f"task, {name}: worked through workflows",
            Case(
                Code.HAS_WORKFLOWS, lambda stage, action=action: Own(action, stage.job.task_id), words="its workflows"
            ),
        )
    yield (
        "task, reopen: another's",
        Case(
            Code.NOT_ALLOWED, lambda stage: Own(Reopen("", "Wrong"), marks(stage)), who="jo", words="another member's"
        ),
    )
    wrong = Code.WRONG_STATE
    yield "task, start: waiting", Case(wrong, Own(Start("")), own_waits, words="Resume it instead")
    yield "task, start: done", Case(wrong, Own(Start("")), own_done, words="Send it back")
    yield "task, wait: done", Case(wrong, Own(OWN_WAITS), own_done, words="Only an open step")
    yield "task, resume: not started", Case(wrong, Own(Resume("")), words="not started")
    yield "task, reopen: not started", Case(wrong, Own(Reopen("", "Wrong")), words="Only a done step")
    yield "task, wait: no reason", Case(Code.REASON_NEEDED, Own(Wait("", " ", WaitsOn.CLIENT)), words="Say why")
    yield "task, reopen: no reason", Case(Code.REASON_NEEDED, Own(Reopen("")), own_done, words="Say why")
    bad = Code.BAD_VALUE
    yield "task, wait: on nobody", Case(bad, Own(Wait("", "Statement")), words="Say whom it waits on")
    yield "task, wait: too long a reason", Case(bad, Own(Wait("", LONG, WaitsOn.CLIENT)), words="20,001 characters")
    yield "task, reopen: too long a reason", Case(bad, Own(Reopen("", LONG)), own_done, words="20,001 characters")
    yield (
        "task, skip: no such action",
        Case(bad, Own(Skip("", "Dormant")), words="A task without a workflow is started"),
    )
    yield "task, undo: a viewer", Case(Code.NOT_ALLOWED, UndoOwn(), own_started, "vera", "viewer")
    yield "task, undo: what another did", Case(Code.NOT_ALLOWED, UndoOwn(), own_started, "mark", "Only the member")
    yield "task, undo: on hold", Case(Code.TASK_HELD, UndoOwn(), after(own_started, held), "jo", "Fees are unpaid")
    yield (
        "task, undo: worked through workflows",
        Case(Code.HAS_WORKFLOWS, lambda stage: UndoOwn(stage.job.task_id), words="its workflows"),
    )
    yield "task, undo: nothing done", Case(Code.NOTHING_TO_UNDO, UndoOwn(), words="nothing of yours")
    late = after(own_started, some_minutes(11))
    yield "task, undo: after eleven minutes", Case(Code.TOO_LATE, UndoOwn(), late, "jo", "Ten minutes")
    went_on = after(own_waits, lambda stage: own(stage, Resume("")))
    yield "task, undo: the step went on", Case(Code.BUILT_ON, UndoOwn(), went_on, "jo", "has changed again")
    yield "task, comment: a viewer", Case(Code.NOT_ALLOWED, Say("Hello"), who="vera", words="viewer")
    yield "task, comment: empty", Case(bad, Say(" "), words="The note is empty")
    yield "task, comment: too long", Case(bad, Say(LONG), words="20,001 characters")


DUE = {"target_date": date(2027, 3, 1)}
UNOWNED = {"owner_id": None}


def simple_is_marks(stage: Stage) -> None:
    """The task without a workflow is no longer Jo's."""
    by, at = signed_in(stage.job.cast.mark), stage.clock.at
    changes = {"owner_id": stage.job.cast.mark.pk}
    operations.edit_task(by=by, at=at, task_id=stage.simple_id, changes=changes)


def of_own_facts() -> Iterator[tuple[str, Case]]:
    """What a row of my work changes of the task whose one step it is: who has it, and until when."""
    for name, changes in {"assign": UNOWNED, "due": DUE}.items():
        deed = ChangeOwn(changes)
        yield f"task, {name}: a viewer", Case(Code.NOT_ALLOWED, deed, who="vera", words="To edit a task")
        yield f"task, {name}: staff", Case(Code.NOT_ALLOWED, deed, simple_is_marks, "jo", "To edit a task")
        yield f"task, {name}: on hold", Case(Code.TASK_HELD, deed, held, words="on hold")
        yield (
            f"task, {name}: worked through workflows",
            Case(
                Code.HAS_WORKFLOWS,
                lambda stage, changes=changes: ChangeOwn(changes, stage.job.task_id),
                words="its workflows",
            ),
        )
    for who, words in {"lea": "Lea Ward has left", "vera": "Vera Lunn is a viewer"}.items():
        yield (
            f"task, assign: to {who}",
            Case(
                Code.BAD_VALUE,
                lambda stage, who=who: ChangeOwn({"owner_id": stage.member(who).pk}),
                words=words,
            ),
        )


def marks(stage: Stage) -> int:
    """A task of Mark's, which he has done."""
    task_id = stage.job.task("Mark's own", owner=stage.job.cast.mark)
    by = signed_in(stage.job.cast.mark)
    operations.act_on_task(by=by, at=stage.clock.at, task_id=task_id, action=Complete(""))
    return task_id


CASES = (holding(), undoing(), on_own_step(), of_own_facts())
