"""Refusals of work on steps: start, wait, resume, complete, send back, confirm, skip, take up again."""

from collections.abc import Iterator
from typing import Any

from natrium.domain.errors import Code
from natrium.domain.workflow.actions import (
    Complete,
    Confirm,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from tests.integration.apps.workflows.jobs import done
from tests.ways.cases import (
    APPROVAL_SKIPPED,
    APPROVED,
    ASK_DONE,
    FILED,
    LONG,
    NO_SUCH,
    NOTES_SKIPPED,
    RECEIVE_STALE,
    RECEIVE_TO_CONFIRM,
    TOMORROW,
    Case,
    after,
    another_owner,
    completion,
    held,
    nothing,
    up_to,
)

CLIENT = WaitsOn.CLIENT
WAITING = after(("jo", Wait("ask", "Bank statements", CLIENT)))
PAST = "They are abroad"


def waits(key: str, reason: str = "Bank statements", on: WaitsOn | None = CLIENT, whom: str = "") -> Wait:
    return Wait(key, reason, on, whom)


def over(key: str, *covers: str, reason: str = PAST, then: Start | Complete | None = None) -> OverridePrerequisites:
    return OverridePrerequisites(key, covers, reason, then)


FILED_ANYWAY = after(
    up_to("draft"),
    ("priya", over("approve", "check", then=completion("approve"))),
    ("priya", over("file", "check", then=completion("file"))),
)


# For each action of this page one that its words are right for, on the step "ask" or the one it fits.
GOOD: dict[str, tuple[Any, Any]] = {
    "start": (Start("ask"), nothing),
    "wait": (waits("ask"), nothing),
    "resume": (Resume("ask"), WAITING),
    "complete": (Complete("ask"), nothing),
    "reopen": (Reopen("ask", "A page is missing"), ASK_DONE),
    "confirm": (Confirm("receive"), RECEIVE_TO_CONFIRM),
    "skip": (Skip("ask", "Dormant"), nothing),
    "unskip": (Unskip("notes"), NOTES_SKIPPED),
    "override": (over("receive", "ask"), nothing),
    "start anyway": (over("receive", "ask", then=Start("receive")), nothing),
}


def everywhere() -> Iterator[tuple[str, Case]]:
    """What every action is refused for: a viewer, a held task, a step that is not there."""
    for name, (deed, before) in GOOD.items():
        yield f"{name}: a viewer", Case(Code.NOT_ALLOWED, deed, before, "vera", "viewer")
        yield f"{name}: on hold", Case(Code.TASK_HELD, deed, after(before, held), words="Fees are unpaid")
        other = type(deed)(NO_SUCH, *[getattr(deed, one) for one in list(type(deed).__dataclass_fields__)[1:]])
        yield f"{name}: no such step", Case(Code.UNKNOWN_KEY, other, before, words=NO_SUCH)


def not_allowed() -> Iterator[tuple[str, Case]]:
    """Steps for the client manager and partner; what takes a manager; others' steps."""
    for name, deed in {"start": Start("check"), "wait": waits("check"), "complete": Complete("check")}.items():
        yield f"{name}: for the client manager", Case(Code.NOT_ALLOWED, deed, up_to("draft"), "jo", "“Check” takes")
    for name, deed in {"start": Start("sign"), "complete": Complete("sign")}.items():
        yield f"{name}: for the client partner", Case(Code.NOT_ALLOWED, deed, up_to("sign"), "mark", "a partner")
    drafted = after(up_to("draft"), ("priya", done("draft")), ("priya", done("notes")), ("priya", done("check")))
    yield (
        "reopen: another's step",
        Case(Code.NOT_ALLOWED, Reopen("check", "Wrong"), after(drafted, another_owner), "jo", "another member's step"),
    )
    yield (
        "reopen: another's step with what follows",
        Case(
            Code.NOT_ALLOWED,
            Reopen("ask", "Wrong", cascade=True),
            after(("jo", done("ask")), ("priya", done("receive")), another_owner),
            "jo",
            "another member's step",
        ),
    )
    yield "skip: staff", Case(Code.NOT_ALLOWED, Skip("notes", "Dormant"), another_owner, "jo", "skip a step")
    yield (
        "unskip: staff",
        Case(Code.NOT_ALLOWED, Unskip("notes"), after(NOTES_SKIPPED, another_owner), "jo", "skip a step"),
    )
    yield "override: staff", Case(Code.NOT_ALLOWED, over("receive", "ask"), who="jo", words="anyway")
    yield (
        "override: a blocking step by a manager",
        Case(Code.NOT_ALLOWED, over("approve", "check"), up_to("draft"), "mark", "blocking"),
    )
    yield (
        "complete anyway: for the client partner",
        Case(Code.NOT_ALLOWED, over("sign", "ask", then=Complete("sign")), who="mark", words="“Sign” takes"),
    )


def of_state() -> Iterator[tuple[str, Case]]:
    """What a step's status does not know."""
    wrong = Code.WRONG_STATE
    yield "start: waiting", Case(wrong, Start("ask"), WAITING, words="Resume it instead")
    yield "start: done", Case(wrong, Start("ask"), ASK_DONE, words="is done. Send it back")
    yield "start: stale", Case(wrong, Start("receive"), RECEIVE_STALE, words="done, and stale")
    yield "start: skipped", Case(wrong, Start("notes"), NOTES_SKIPPED, words="Take the skip back")
    yield "wait: done", Case(wrong, waits("ask"), ASK_DONE, words="Only an open step")
    yield "wait: skipped", Case(wrong, waits("notes"), NOTES_SKIPPED, words="Only an open step")
    yield "resume: not started", Case(wrong, Resume("ask"), words="not started")
    yield "resume: done", Case(wrong, Resume("ask"), ASK_DONE, words="is done")
    yield "resume: skipped", Case(wrong, Resume("notes"), NOTES_SKIPPED, words="is skipped")
    yield "complete: skipped", Case(wrong, Complete("notes"), NOTES_SKIPPED, words="Take the skip back")
    yield "reopen: not started", Case(wrong, Reopen("ask", "Wrong"), words="Only a done step")
    yield "reopen: waiting", Case(wrong, Reopen("ask", "Wrong"), WAITING, words="is waiting")
    yield "reopen: skipped", Case(wrong, Reopen("notes", "Wrong"), NOTES_SKIPPED, words="is skipped")
    yield "confirm: not started", Case(wrong, Confirm("ask"), words="Only a stale step")
    yield "confirm: skipped", Case(wrong, Confirm("notes"), NOTES_SKIPPED, words="Only a stale step")
    yield "skip: done", Case(wrong, Skip("ask", "Dormant"), ASK_DONE, words="A done step is not skipped")
    yield "skip: stale", Case(wrong, Skip("receive", "Dormant"), RECEIVE_STALE, words="A done step is not skipped")
    yield "unskip: waiting", Case(wrong, Unskip("ask"), WAITING, words="Only a skipped step")
    yield "unskip: done", Case(wrong, Unskip("ask"), ASK_DONE, words="Only a skipped step")
    yield "override: done", Case(wrong, over("ask", "receive"), ASK_DONE, words="nothing to go past")
    yield "override: skipped", Case(wrong, over("notes", "ask"), NOTES_SKIPPED, words="nothing to go past")
    yield (
        "start anyway: waiting",
        Case(
            wrong,
            over("receive", "ask", then=Start("receive")),
            after(ASK_DONE, ("jo", waits("receive")), ("jo", Reopen("ask", "Wrong"))),
            words="Resume it instead",
        ),
    )
    yield "complete: stale", Case(Code.STALE, Complete("receive"), RECEIVE_TO_CONFIRM, words="Confirm that it is")
    yield (
        "complete anyway: stale",
        Case(Code.STALE, over("receive", "ask", then=Complete("receive")), RECEIVE_STALE, words="Confirm that it is"),
    )
    yield (
        "complete: filed on another day",
        Case(
            Code.FILED, completion("file", filed_on=TOMORROW), FILED, "priya", "filed on 2 Nov 2026 with reference CH-1"
        ),
    )
    yield (
        "complete: filed under another reference",
        Case(Code.FILED, completion("file", reference="CH-2"), FILED, "priya", "reference CH-1"),
    )
    yield (
        "complete anyway: filed under another reference",
        Case(
            Code.FILED, over("file", "check", then=completion("file", reference="CH-2")), FILED_ANYWAY, "priya", "CH-1"
        ),
    )
    yield "reopen: filed", Case(Code.FILED, Reopen("file", "Wrong"), FILED, "priya", "stays filed")


def of_words() -> Iterator[tuple[str, Case]]:
    """What is asked for with it: reasons, evidence, and what has no sense."""
    yield "skip: required", Case(Code.REQUIRED, Skip("sign", "Not this year"), words="“Sign” is required")
    reasonless = {
        "wait": (waits("ask", " "), nothing),
        "reopen": (Reopen("ask"), ASK_DONE),
        "skip": (Skip("ask", "\n"), nothing),
        "override": (over("receive", "ask", reason=""), nothing),
        "complete anyway": (over("receive", "ask", reason="", then=Complete("receive")), nothing),
    }
    for name, (deed, before) in reasonless.items():
        yield f"{name}: no reason", Case(Code.REASON_NEEDED, deed, before, words="Say why")
    endless = {
        "wait": (waits("ask", LONG), nothing),
        "reopen": (Reopen("ask", LONG), ASK_DONE),
        "skip": (Skip("ask", LONG), nothing),
        "override": (over("receive", "ask", reason=LONG), nothing),
    }
    for name, (deed, before) in endless.items():
        yield f"{name}: too long a reason", Case(Code.BAD_VALUE, deed, before, words="20,001 characters")
    yield "wait: on nobody", Case(Code.BAD_VALUE, waits("ask", on=None), words="Say whom it waits on")
    yield "wait: too long a name", Case(Code.BAD_VALUE, waits("ask", whom="x" * 201), words="201 characters")
    no_text = "cannot be kept"
    yield "wait: a character that is none", Case(Code.BAD_VALUE, waits("ask", "a\0b"), words=no_text)
    yield "skip: a character that is none", Case(Code.BAD_VALUE, Skip("ask", "a\0b"), words=no_text)
    evidence = Code.EVIDENCE_NEEDED
    yield "complete: filed when", Case(evidence, completion("file", filed_on=None), APPROVED, "priya", "a filing")
    yield "complete: no reference", Case(evidence, completion("file", reference=" "), APPROVED, "priya", "reference")
    yield (
        "complete: approved how",
        Case(evidence, completion("approve", note=""), up_to("approve"), words="an approval"),
    )
    yield (
        "complete anyway: approved how",
        Case(
            evidence,
            over("approve", "check", then=completion("approve", note="")),
            up_to("draft"),
            "priya",
            "an approval",
        ),
    )
    bad = Code.BAD_VALUE
    yield "complete: filed tomorrow", Case(bad, completion("file", filed_on=TOMORROW), APPROVED, "priya", "future")
    yield (
        "complete: too long a reference",
        Case(bad, completion("file", reference="x" * 201), APPROVED, "priya", "201 characters"),
    )
    yield "complete: too long a note", Case(bad, completion("approve", note=LONG), up_to("approve"), words="20,001")
    yield "override: nothing", Case(bad, over("receive"), words="Name steps that “Receive” waits for directly")
    yield "override: not what is in the way", Case(bad, over("receive", "notes"), words="Ask — Jo Evans")
    yield "override: past no such step", Case(bad, over("receive", NO_SUCH), words="Ask — Jo Evans")


def of_order() -> Iterator[tuple[str, Case]]:
    """What stands in the way."""
    in_the_way = "“Receive” waits for Ask — Jo Evans."
    for name, deed in {
        "start": Start("receive"),
        "wait": waits("receive"),
        "complete": Complete("receive"),
    }.items():
        yield f"{name}: blocked", Case(Code.BLOCKED, deed, words=in_the_way)
    yield "confirm: blocked", Case(Code.BLOCKED, Confirm("receive"), RECEIVE_STALE, words=in_the_way)
    yield (
        "complete: at work when something came before it",
        Case(
            Code.BLOCKED,
            Complete("receive"),
            after(ASK_DONE, ("jo", Start("receive")), ("jo", Reopen("ask", "Wrong"))),
            words=in_the_way,
        ),
    )
    yield (
        "start: blocked by two",
        Case(Code.BLOCKED, Start("draft"), words="“Draft” waits for Receive; Ask — Jo Evans."),
    )
    yield (
        "complete: blocked by many",
        Case(Code.BLOCKED, completion("approve"), words="“Approve” waits for Check — Mark Reed; Receive; Ask"),
    )
    yield (
        "start anyway: not past all",
        Case(Code.BLOCKED, over("draft", "ask", then=Start("draft")), words="“Draft” waits for Receive."),
    )
    yield (
        "complete anyway: not past all",
        Case(Code.BLOCKED, over("draft", "ask", then=Complete("draft")), words="“Draft” waits for Receive."),
    )
    missing = Code.APPROVAL_MISSING
    yield "start: approval skipped", Case(missing, Start("file"), APPROVAL_SKIPPED, words="needs Approve")
    yield "wait: approval skipped", Case(missing, waits("file"), APPROVAL_SKIPPED, words="needs Approve")
    yield "complete: approval skipped", Case(missing, completion("file"), APPROVAL_SKIPPED, words="needs Approve")
    yield "override: an approval", Case(missing, over("file", "approve"), up_to("file"), words="no override")
    yield (
        "complete anyway: an approval",
        Case(missing, over("file", "approve", then=completion("file")), up_to("file"), words="no override"),
    )


CASES = (everywhere(), not_allowed(), of_state(), of_words(), of_order())
