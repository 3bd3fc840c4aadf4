"""One line of the table: a refusal, what is asked for, what came before, and who asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from natrium.apps.workflows import operations
from natrium.domain.errors import Code
from natrium.domain.workflow.actions import Action, AssignTo, Comment, Complete, Reopen, Skip
from tests.builders import TODAY, signed_in
from tests.integration.apps.workflows.jobs import done
from tests.ways.stage import Situation, Stage

TOMORROW = TODAY + timedelta(days=1)
LONG = "x" * 20_001
NO_SUCH = "no-such-step"


def nothing(_: Stage) -> None:
    """Nothing came before."""


@dataclass(frozen=True, slots=True)
class Case:
    """A refusal. `deed` is what is asked for (or gives it); `words` is a piece of the sentence.

    `before` brings the situation about. `but` names ways that cannot ask for this, each with the reason.
    """

    code: Code
    deed: Any
    before: Situation = nothing
    who: str = "mark"
    words: str = ""
    but: tuple[tuple[str, str], ...] = ()

    def asked(self, stage: Stage) -> Any:
        """What is asked for, on this stage."""
        return self.deed(stage) if callable(self.deed) and not isinstance(self.deed, type) else self.deed


def done_up_to(*keys: str) -> Situation:
    """Priya did these."""
    return lambda stage: stage.job.work(*keys)


def after(*steps: Situation | tuple[str, Action]) -> Situation:
    """One thing after the other: situations, and actions with who takes them."""

    def come_about(stage: Stage) -> None:
        for one in steps:
            if isinstance(one, tuple):
                stage.job.act(stage.member(one[0]), one[1])
            else:
                one(stage)

    return come_about


def held(stage: Stage) -> None:
    """The tasks are on hold."""
    stage.hold()


def another_owner(stage: Stage) -> None:
    """The task is no longer Jo's."""
    by, at = signed_in(stage.job.cast.mark), stage.clock.at
    changes = {"owner_id": stage.job.cast.mark.pk}
    operations.edit_task(by=by, at=at, task_id=stage.job.task_id, changes=changes)


def to(name: str, key: str) -> Callable[[Stage], AssignTo]:
    """Giving a step to somebody."""
    return lambda stage: AssignTo(key, signed_in(stage.member(name)).member)


ALL_BUT = {
    "receive": ("ask",),
    "draft": ("ask", "receive"),
    "sign": ("ask", "receive", "draft", "notes", "check"),
    "approve": ("ask", "receive", "draft", "notes", "check"),
    "file": ("ask", "receive", "draft", "notes", "check", "sign"),
}


def up_to(key: str) -> Situation:
    """Everything before a step is done."""
    return done_up_to(*ALL_BUT[key])


ASK_DONE = after(("jo", done("ask")))
NOTES_SKIPPED = after(("mark", Skip("notes", "Dormant")))
RECEIVE_STALE = after(("jo", done("ask")), ("jo", done("receive")), ("jo", Reopen("ask", "A page is missing")))
# The stale step, with what it waits for done again.
RECEIVE_TO_CONFIRM = after(RECEIVE_STALE, ("jo", done("ask")))
APPROVAL_SKIPPED = after(up_to("file"), ("mark", Skip("approve", "They never answer")))
FILED = after(up_to("file"), ("priya", done("approve")), ("priya", done("file")))
APPROVED = after(up_to("file"), ("priya", done("approve")))

type Table = dict[str, Case]


def table(*parts: Iterable[tuple[str, Case]]) -> Table:
    """Lines in one table; their names differ."""
    lines = [line for part in parts for line in part]
    names = [name for name, _ in lines]
    assert len(set(names)) == len(names), f"two cases of one name: {sorted(n for n in names if names.count(n) > 1)}"
    return dict(lines)


def completion(key: str, **facts: Any) -> Complete:
    """A completion whose evidence is right but for these."""
    said: dict[str, Any] = {"filed_on": TODAY, "reference": "CH-1", "note": "By e-mail"}
    return Complete(key, **(said | facts))


def comment(text: str) -> Comment:
    """Words on the first step."""
    return Comment("ask", text)
