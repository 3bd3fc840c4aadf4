"""Every refusal for who asks, who would hold the step, or the task: the whole of what is said, and what is said first.

SPEC section 3: permission is checked first, then whether the task is held, then the rule.
"""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.workflow.actions import (
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import Rule, WaitsOn
from natrium.domain.workflow.model import Around, Hold, Member, Step
from tests.unit.domain.workflow.builders import (
    DONE,
    JO,
    LEA,
    MARK,
    MORNING,
    PRIYA,
    SAM,
    SKIPPED,
    VERA,
    Job,
    chain,
    loose,
    person,
    step,
)
from tests.unit.domain.workflow.saying import Said, check, idea, one, over

TODAY = MORNING.date()
BANK = Wait("a", "Bank letter", WaitsOn.CLIENT)
NUL = "no\0thing"


SETTLED = "“A” is settled and keeps who had it."

HOLDING = [
    Said(
        one(),
        AssignTo("a", LEA),
        "bad-value",
        "Lea has left: only an active member of role staff or above holds a step.",
        field="to",
    ),
    Said(
        one(),
        AssignTo("a", VERA),
        "bad-value",
        "Vera is a viewer: only an active member of role staff or above holds a step.",
        field="to",
    ),
    Said(one(status=DONE), AssignTo("a", SAM), "settled", SETTLED),
    Said(one(status=SKIPPED), AssignTo("a", SAM), "settled", SETTLED),
    Said(one(status=DONE), Claim("a"), "settled", SETTLED),
    Said(one(assignee=SAM), Claim("a"), "taken", "Sam has “A”."),
    Said(one(), Comment("a", " "), "bad-value", "The note is empty.", field="text"),
    Said(
        one(),
        Comment("a", "x" * 20_001),
        "bad-value",
        "The note has 20,001 characters; 20,000 is the most.",
        field="text",
    ),
]

WHO_MAY_WORK = [
    Said(one(), Start("a"), "not-allowed", "“A” takes anyone of the practice but viewers. You are a viewer.", by=VERA),
    Said(
        one(rule=Rule.CLIENT_MANAGER),
        Complete("a"),
        "not-allowed",
        "“A” takes a manager or above, or the person it is assigned to. You are staff.",
        by=JO,
    ),
    Said(
        one(rule=Rule.CLIENT_PARTNER),
        Complete("a"),
        "not-allowed",
        "“A” takes a partner or above, or the person it is assigned to. You are a manager.",
        by=MARK,
    ),
    Said(
        one(),
        Skip("a", "No"),
        "not-allowed",
        "You are staff. To skip a step, or take the skip back takes a manager or above, or the task owner.",
        by=JO,
    ),
    Said(
        one(status=SKIPPED),
        Unskip("a"),
        "not-allowed",
        "You are staff. To skip a step, or take the skip back takes a manager or above, or the task owner.",
        by=JO,
    ),
    Said(
        one(status=DONE, completed_by=person(SAM)),
        Reopen("a", "Wrong"),
        "not-allowed",
        "You are staff. To send back another member's step takes a manager or above, or the task owner.",
        by=JO,
    ),
    Said(
        one(assignee=SAM),
        AssignTo("a", JO),
        "not-allowed",
        "You are staff. To assign a step that is not one's own takes a manager or above, or the task owner.",
        by=JO,
    ),
    Said(
        one(status=DONE, completed_by=person(VERA)),
        Reopen("a", "Wrong"),
        "not-allowed",
        "You are a viewer. To send back a step of one's own takes staff or above.",
        by=VERA,
    ),
    Said(
        chain("a", "b"),
        over("b", "a"),
        "not-allowed",
        "You are staff. To start or complete anyway takes a manager or above.",
        by=JO,
    ),
    Said(
        chain(step("a", blocking=True), "b"),
        over("b", "a"),
        "not-allowed",
        "You are a manager. To start or complete anyway past a blocking step takes a partner or above.",
        by=MARK,
    ),
    Said(one(), Comment("", "Hello"), "not-allowed", "You are a viewer. To comment takes staff or above.", by=VERA),
]

ELSEWHERE = [
    Said(one(), Start("gone"), "unknown-key", "This workflow has no step “gone”."),
    Said(
        one(),
        Start("a"),
        "task-held",
        "The task is on hold. Resume it first; comments still work.",
        around={"hold": Hold.ON_HOLD},
    ),
    Said(
        one(),
        Start("a"),
        "task-held",
        "The task is cancelled (Client has left). Resume it first; comments still work.",
        around={"hold": Hold.CANCELLED, "hold_reason": "Client has left"},
    ),
]

TABLE = [*HOLDING, *WHO_MAY_WORK, *ELSEWHERE]


@pytest.mark.parametrize("said", TABLE, ids=idea)
def test_what_is_refused_is_refused_in_these_words(said: Said) -> None:
    check(said)


HELD = {"hold": Hold.ON_HOLD}
COMPLETED = step("a", status=DONE, stale=True)

ORDER: list[tuple[Step, Any, Member, str]] = [
    (step("a", status=DONE), Start("a"), VERA, "not-allowed"),
    (step("a", status=DONE), BANK, VERA, "not-allowed"),
    (step("a", status=DONE), Resume("a"), VERA, "not-allowed"),
    (COMPLETED, Complete("a"), VERA, "not-allowed"),
    (step("a"), Reopen("a"), VERA, "not-allowed"),
    (step("a"), Confirm("a"), VERA, "not-allowed"),
    (step("a", required=True), Skip("a"), VERA, "not-allowed"),
    (step("a"), Unskip("a"), VERA, "not-allowed"),
    (step("a", status=DONE), AssignTo("a", VERA), VERA, "not-allowed"),
    (step("a", status=DONE), Claim("a"), VERA, "not-allowed"),
    (step("a", status=DONE), over("a"), VERA, "not-allowed"),
    (step("a", status=DONE), Start("a"), PRIYA, "task-held"),
    (step("a", status=DONE), BANK, PRIYA, "task-held"),
    (step("a", status=DONE), Resume("a"), PRIYA, "task-held"),
    (COMPLETED, Complete("a"), PRIYA, "task-held"),
    (step("a"), Reopen("a"), PRIYA, "task-held"),
    (step("a"), Confirm("a"), PRIYA, "task-held"),
    (step("a", required=True), Skip("a"), PRIYA, "task-held"),
    (step("a"), Unskip("a"), PRIYA, "task-held"),
    (step("a", status=DONE), AssignTo("a", VERA), PRIYA, "task-held"),
    (step("a", status=DONE), Claim("a"), PRIYA, "task-held"),
    (step("a", status=DONE), over("a"), PRIYA, "task-held"),
]


@pytest.mark.parametrize(
    ("facts", "asked", "by", "code"), ORDER, ids=[f"{o[3]} of {type(o[1]).__name__}" for o in ORDER]
)
def test_who_may_and_whether_the_task_is_held_come_before_everything_else(
    facts: Step, asked: Any, by: Member, code: str
) -> None:
    job = Job(loose(facts))
    job.around = Around(**HELD)
    assert job.refuses(asked, by=by).code == code
