"""Two refusals at once, beyond who may not and what is held: the name says both codes, the first is given."""

from collections.abc import Iterator
from datetime import timedelta

from natrium.domain.errors import Code
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    Claim,
    Complete,
    Confirm,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveStep,
    Reopen,
    Skip,
    Start,
    Wait,
)
from natrium.domain.workflow.model import Hold
from tests.builders import TODAY
from tests.integration.apps.workflows.jobs import done, step
from tests.ways.cases import (
    APPROVAL_SKIPPED,
    ASK_DONE,
    FILED,
    LONG,
    NO_SUCH,
    NOTES_SKIPPED,
    RECEIVE_STALE,
    TOMORROW,
    Case,
    after,
    completion,
    nothing,
    to,
    up_to,
)
from tests.ways.deeds import Attach, HoldTask, NewTask, Publish, Undo
from tests.ways.on_people import JO_STARTED, some_minutes
from tests.ways.on_shape import EXTRA, WHY, edited
from tests.ways.on_steps import over, waits
from tests.ways.on_tasks import facts, named_as_archived, redrafted

STALE_APPROVAL = after(up_to("approve"), ("priya", completion("approve")), ("priya", Reopen("ask", "Wrong")))
FILE_MUCH_LATER = completion("file", filed_on=TODAY + timedelta(days=400), reference="CH-9")


def pair(first: Code, second: Code, what: str, *rest: object, **more: object) -> tuple[str, Case]:
    """A line: the codes in its name."""
    return f"{first.value} before {second.value}: {what}", Case(first, *rest, **more)  # type: ignore[arg-type]


def of_steps() -> Iterator[tuple[str, Case]]:
    """Work on steps."""
    c = Code
    stale_note = completion("approve", note=" ")
    yield pair(c.STALE, c.EVIDENCE_NEEDED, "complete", stale_note, STALE_APPROVAL, "priya")
    yield pair(c.STALE, c.BAD_VALUE, "complete", completion("approve", note=LONG), STALE_APPROVAL, "priya")
    yield pair(c.STALE, c.BLOCKED, "complete", Complete("receive"), RECEIVE_STALE)
    anyway = over("receive", "ask", reason="", then=Complete("receive"))
    yield pair(c.STALE, c.REASON_NEEDED, "complete anyway", anyway, RECEIVE_STALE)
    nowhere = over("receive", "notes", then=Complete("receive"))
    yield pair(c.STALE, c.BAD_VALUE, "complete anyway", nowhere, RECEIVE_STALE)
    yield pair(c.FILED, c.EVIDENCE_NEEDED, "complete", completion("file", reference="X", filed_on=None), FILED, "priya")
    yield pair(c.FILED, c.BAD_VALUE, "complete", FILE_MUCH_LATER, FILED, "priya")
    yield pair(c.FILED, c.REASON_NEEDED, "reopen", Reopen("file"), FILED, "priya")
    yield pair(c.FILED, c.BAD_VALUE, "reopen", Reopen("file", LONG), FILED, "priya")
    wrong = c.WRONG_STATE
    yield pair(wrong, c.REQUIRED, "skip", Skip("sign", "x"), after(up_to("sign"), ("priya", done("sign"))), "priya")
    yield pair(wrong, c.REASON_NEEDED, "wait", Wait("ask"), ASK_DONE)
    yield pair(wrong, c.REASON_NEEDED, "reopen", Reopen("ask"))
    yield pair(wrong, c.REASON_NEEDED, "skip", Skip("ask"), ASK_DONE)
    yield pair(wrong, c.REASON_NEEDED, "override", over("ask", "receive", reason=""), ASK_DONE)
    yield pair(wrong, c.EVIDENCE_NEEDED, "complete", completion("approve", note=""), APPROVAL_SKIPPED)
    yield pair(wrong, c.BAD_VALUE, "wait", Wait("ask", LONG), ASK_DONE)
    yield pair(wrong, c.BAD_VALUE, "skip", Skip("ask", LONG), ASK_DONE)
    yield pair(wrong, c.BAD_VALUE, "override", over("ask", NO_SUCH), ASK_DONE)
    yield pair(wrong, c.BLOCKED, "complete", Complete("notes"), NOTES_SKIPPED)
    yield pair(wrong, c.BLOCKED, "start", Start("receive"), RECEIVE_STALE)
    yield pair(wrong, c.BLOCKED, "confirm", Confirm("draft"))
    waiting = after(ASK_DONE, ("jo", waits("receive")), ("jo", Reopen("ask", "Wrong")))
    start_anyway = over("receive", "ask", reason="", then=Start("receive"))
    yield pair(wrong, c.REASON_NEEDED, "start anyway", start_anyway, waiting)
    yield pair(c.REQUIRED, c.REASON_NEEDED, "skip", Skip("sign"))
    yield pair(c.REQUIRED, c.BAD_VALUE, "skip", Skip("sign", LONG))


def of_words() -> Iterator[tuple[str, Case]]:
    """What is asked for with it."""
    c = Code
    needed = c.REASON_NEEDED
    yield pair(needed, c.EVIDENCE_NEEDED, "complete anyway", replace_reason("approve", ""), up_to("draft"), "priya")
    yield pair(needed, c.BAD_VALUE, "wait", Wait("ask", " ", None, "x" * 201))
    yield pair(needed, c.BAD_VALUE, "override", over("receive", NO_SUCH, reason=""))
    yield pair(needed, c.BLOCKED, "wait", waits("receive", " "))
    missing = over("file", "approve", reason="")
    yield pair(needed, c.APPROVAL_MISSING, "override", missing, up_to("file"))
    evidence = c.EVIDENCE_NEEDED
    yield pair(evidence, c.BAD_VALUE, "complete", completion("file", filed_on=TOMORROW, reference=""), up_to("file"))
    yield pair(evidence, c.BAD_VALUE, "complete anyway", replace_covers(), up_to("draft"), "priya")
    yield pair(evidence, c.BLOCKED, "complete", completion("file", reference=""))
    yield pair(evidence, c.APPROVAL_MISSING, "complete", completion("file", reference=""), APPROVAL_SKIPPED)
    yield pair(c.BAD_VALUE, c.BLOCKED, "complete", completion("file", filed_on=TOMORROW))
    yield pair(c.BAD_VALUE, c.BLOCKED, "wait", waits("receive", on=None))
    yield pair(c.BAD_VALUE, c.APPROVAL_MISSING, "complete", completion("file", filed_on=TOMORROW), APPROVAL_SKIPPED)
    yield pair(c.BAD_VALUE, c.APPROVAL_MISSING, "override", over("file", "approve", NO_SUCH), up_to("file"))
    yield pair(c.BLOCKED, c.APPROVAL_MISSING, "start", Start("file"))
    yield pair(c.BLOCKED, c.APPROVAL_MISSING, "complete", completion("file"))
    yield pair(c.SETTLED, c.BAD_VALUE, "assign", to("vera", "ask"), ASK_DONE)
    yield pair(c.SETTLED, c.TAKEN, "claim", Claim("ask"), ASK_DONE)
    yield pair(
        c.TOO_LATE, c.BUILT_ON, "undo", Undo("ask"), after(ASK_DONE, ("mark", Start("receive")), some_minutes(11)), "jo"
    )
    yield pair(c.FILED, c.TOO_LATE, "undo", Undo("file"), after(FILED, some_minutes(11)), "priya")


def replace_reason(key: str, reason: str) -> object:
    """Complete anyway, with neither a reason nor evidence."""
    return over(key, "check", reason=reason, then=completion(key, note=""))


def replace_covers() -> object:
    """Complete anyway past what is not in the way, without evidence."""
    return over("approve", "sign", then=completion("approve", note=""))


def of_shape() -> Iterator[tuple[str, Case]]:
    """Making one job different."""
    c = Code
    looser = EditStep("check", {"blocking": False})
    checked = after(up_to("sign"))
    yield pair(c.NOT_ALLOWED, c.REASON_NEEDED, "edit step", looser, who="mark")
    yield pair(c.NOT_ALLOWED, c.SETTLED, "edit step", looser, checked, "mark")
    yield pair(c.NOT_ALLOWED, c.CANNOT_CLEAR, "edit step", EditStep("check", {"blocking": False, "review": False}, WHY))
    yield pair(c.NOT_ALLOWED, c.BAD_VALUE, "edit step", EditStep("check", {"blocking": False, "name": ""}, WHY))
    yield pair(c.SETTLED, c.REASON_NEEDED, "edit step", looser, checked, "priya")
    yield pair(c.SETTLED, c.REASON_NEEDED, "move group", MoveGroup("gather", 2), ASK_DONE, "priya")
    yield pair(c.SETTLED, c.BAD_VALUE, "edit step", EditStep("ask", {"name": ""}), ASK_DONE)
    yield pair(c.SETTLED, c.BAD_VALUE, "move step", MoveStep("ask", "gather", 9), ASK_DONE)
    yield pair(c.SETTLED, c.BAD_VALUE, "move group", MoveGroup("gather", 9), ASK_DONE, "priya")
    yield pair(c.SETTLED, c.UNKNOWN_KEY, "move step", MoveStep("ask", NO_SUCH, 0), ASK_DONE)
    yield pair(c.SETTLED, c.UNKNOWN_KEY, "edit step", EditStep("ask", {"after": (NO_SUCH,)}), ASK_DONE)
    yield pair(c.SETTLED, c.CYCLE, "edit step", EditStep("ask", {"after": ("file",)}), ASK_DONE)
    yield pair(c.SETTLED, c.CANNOT_CLEAR, "edit step", EditStep("check", {"review": False}), checked)
    yield pair(
        c.REASON_NEEDED, c.BAD_VALUE, "edit step", EditStep("check", {"blocking": False, "name": ""}), who="priya"
    )
    unordered = EditGroup("gather", {"gate": False, "name": ""})
    yield pair(c.REASON_NEEDED, c.BAD_VALUE, "edit group", unordered, who="priya")
    lost = EditStep("file", {"after": (NO_SUCH,)})
    yield pair(c.REASON_NEEDED, c.UNKNOWN_KEY, "edit step", lost, who="priya")
    yield pair(c.REASON_NEEDED, c.CYCLE, "edit step", EditStep("file", {"after": ("file",)}), who="priya")
    cleared = EditStep("check", {"blocking": False, "review": False})
    yield pair(c.REASON_NEEDED, c.CANNOT_CLEAR, "edit step", cleared, who="priya")
    yield pair(c.BAD_VALUE, c.UNKNOWN_KEY, "edit step", EditStep("notes", {"name": "", "after": (NO_SUCH,)}))
    yield pair(c.BAD_VALUE, c.UNKNOWN_KEY, "add step", AddStep(NO_SUCH, step("extra", name="")))
    yield pair(
        c.BAD_VALUE, c.UNKNOWN_KEY, "add step at no place", AddStep("gather", step("extra", after=(NO_SUCH,)), 9)
    )
    yield pair(c.BAD_VALUE, c.DUPLICATE_KEY, "add step", AddStep("gather", step("ask", name="")))
    yield pair(c.BAD_VALUE, c.DUPLICATE_KEY, "add step at no place", AddStep("gather", step("ask"), 9))
    yield pair(c.BAD_VALUE, c.DUPLICATE_KEY, "add group", AddGroup("ask", ""))
    yield pair(c.BAD_VALUE, c.DUPLICATE_KEY, "add group at no place", AddGroup("ask", "More", position=9))
    yield pair(c.BAD_VALUE, c.CYCLE, "edit step", EditStep("ask", {"name": "", "after": ("file",)}))
    yield pair(c.BAD_VALUE, c.CANNOT_CLEAR, "edit step", EditStep("sign", {"name": "", "required": False}))
    yield pair(c.UNKNOWN_KEY, c.DUPLICATE_KEY, "add step", AddStep("gather", step("ask", after=(NO_SUCH,))))
    yield pair(c.UNKNOWN_KEY, c.CYCLE, "edit step", EditStep("ask", {"after": ("file", NO_SUCH)}))
    yield pair(c.UNKNOWN_KEY, c.CANNOT_CLEAR, "edit step", EditStep("sign", {"after": (NO_SUCH,), "required": False}))
    yield pair(c.DUPLICATE_KEY, c.CYCLE, "add step", AddStep("gather", step("ask", after=("file",)), 0))
    yield pair(c.CYCLE, c.CANNOT_CLEAR, "edit step", EditStep("sign", {"after": ("sign",), "required": False}))
    used = after(
        EXTRA, edited(EditStep("notes", {"after": ("extra",)})), ("jo", done("ask")), ("jo", done("receive")),
        ("jo", Start("extra")),
    )  # fmt: skip
    yield pair(c.TEMPLATE_STEP, c.WORKED_ON, "remove step", RemoveStep("ask"), JO_STARTED)
    yield pair(c.TEMPLATE_STEP, c.IN_USE, "remove step", RemoveStep("approve"))
    yield pair(c.WORKED_ON, c.IN_USE, "remove step", RemoveStep("extra"), used)


def of_wholes() -> Iterator[tuple[str, Case]]:
    """Tasks and templates."""
    c = Code
    yield pair(c.WRONG_STATE, c.REASON_NEEDED, "hold", HoldTask(Hold.ON_HOLD), FILED)
    yield pair(c.WRONG_STATE, c.BAD_VALUE, "cancel", HoldTask(Hold.CANCELLED, LONG), FILED)
    yield pair(
        c.BAD_VALUE, c.BAD_TEMPLATE, "create task", lambda stage: NewTask(facts(title=" "), (stage.archived_id,))
    )
    yield pair(c.BAD_VALUE, c.BAD_TEMPLATE, "publish", lambda stage: Publish(stage.job.template_id, LONG), redrafted)
    yield pair(c.NOT_ALLOWED, c.BAD_TEMPLATE, "attach", lambda stage: Attach(stage.archived_id), nothing, "vera")
    yield pair(c.NOT_ALLOWED, c.TAKEN, "publish", lambda stage: Publish(stage.draft_id), named_as_archived, "jo")


CASES = (*of_steps(), *of_words(), *of_shape(), *of_wholes())
