"""Where two refusals apply to one edit or one action, the earlier one of the list is given (SPEC section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.errors import Code, Refusal, first_of
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import Due, StepDefinition
from natrium.domain.workflow.model import Hold, Member, Workflow
from tests.unit.domain.workflow.builders import (
    DONE,
    JO,
    MARK,
    PRIYA,
    SKIPPED,
    VERA,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    step,
)


def over(key: str, *covers: str, reason: str = "Abroad", then: Start | Complete | None = None) -> OverridePrerequisites:
    return OverridePrerequisites(key, covers, reason, then)


GONE = "gone"
# Each action on a step that is not there: who may do it to no step at all, and who is told that it is not there.
NO_SUCH = [
    (Start(GONE), VERA, JO),
    (Wait(GONE), VERA, JO),
    (Resume(GONE), VERA, JO),
    (Complete(GONE), VERA, JO),
    (Confirm(GONE), VERA, JO),
    (Claim(GONE), VERA, JO),
    (Reopen(GONE), JO, MARK),
    (Skip(GONE), JO, MARK),
    (Unskip(GONE), JO, MARK),
    (AssignTo(GONE, None), JO, MARK),
    (over(GONE, "a"), JO, MARK),
]


@pytest.mark.parametrize(("action", "may_not", "may"), NO_SUCH, ids=[type(each[0]).__name__ for each in NO_SUCH])
def test_of_a_step_that_is_not_there_who_may_not_is_told_so_first_then_that_the_task_is_held(
    action: Any, may_not: Member, may: Member
) -> None:
    held = Job(loose("a"), hold=Hold.ON_HOLD)
    assert held.refuses(action, by=may_not).code == "not-allowed"
    assert held.refuses(action, by=may).code == "task-held"
    refusal = Job(loose("a")).refuses(action, by=may)
    assert (refusal.code, refusal.message) == ("unknown-key", "This workflow has no step “gone”.")


def test_a_comment_on_no_step_is_told_so_on_a_held_task_as_well() -> None:
    held = Job(loose("a"), hold=Hold.ON_HOLD)
    assert held.refuses(Comment(GONE, "Hello"), by=VERA).code == "not-allowed"
    assert held.refuses(Comment(GONE, "Hello"), by=JO).code == "unknown-key"


def test_a_key_as_long_as_a_page_is_said_by_its_beginning() -> None:
    refusal = Job(loose("a")).refuses(Start("x" * 5_000))
    assert refusal.message == f"This workflow has no step “{'x' * 100}…”."


STALE = {"status": DONE, "stale": True}
ANYWAY: list[tuple[str, Workflow, OverridePrerequisites, str]] = [
    ("stale before a reason", chain("a", step("b", **STALE)), over("b", "a", reason="", then=Complete("b")), "stale"),
    ("stale before what is no obstacle", chain("a", step("b", **STALE)), over("b", "z", then=Complete("b")), "stale"),
    (
        "the wrong state before a reason",
        chain("a", step("b", status=WAITING)),
        over("b", "a", reason="", then=Start("b")),
        "wrong-state",
    ),
    (
        "evidence before what is no obstacle",
        chain("a", step("b", approval=True)),
        over("b", "z", then=Complete("b")),
        "evidence-needed",
    ),
    (
        "a reason before evidence",
        chain("a", step("b", approval=True)),
        over("b", "a", reason="", then=Complete("b")),
        "reason-needed",
    ),
    ("a reason alone", chain("a", "b"), over("b", "a", reason="", then=Start("b")), "reason-needed"),
    ("what is no obstacle before what still is one", chain("a", "b"), over("b", "z", then=Start("b")), "bad-value"),
    ("without more, its own", chain("a", step("b", **STALE)), over("b", "a", reason=""), "reason-needed"),
]


@pytest.mark.parametrize(
    ("workflow", "action", "code"), [each[1:] for each in ANYWAY], ids=[each[0] for each in ANYWAY]
)
def test_anyway_is_refused_for_the_first_of_both_its_parts(
    workflow: Workflow, action: OverridePrerequisites, code: str
) -> None:
    job = Job(workflow)
    assert job.refuses(action, by=PRIYA).code == code
    assert all(each.overrides == () for each in job.workflow.steps)


def new(key: str = "x", name: str = "Extra", **facts: Any) -> StepDefinition:
    return StepDefinition(key=key, name=name, **facts)


SETTLED = loose(step("a", status=DONE), step("b", status=SKIPPED, review=True), "c")
REVIEW = loose(step("a", review=True))
MADE: list[tuple[str, Workflow, Any, str]] = [
    ("settled before a wrong place", SETTLED, MoveStep("a", "only", 9), "settled"),
    ("settled before a group that is not there", SETTLED, MoveStep("a", GONE, 0), "settled"),
    ("settled, one in a group, before a place", flow(group("g", step("a", status=DONE))), MoveGroup("g", 9), "settled"),
    ("settled before a flag that stays", SETTLED, EditStep("b", {"review": False}), "settled"),
    ("settled before a field that is none", SETTLED, EditStep("a", {"colour": "red"}), "settled"),
    ("a wrong value before a group that is not there", loose("a"), AddStep(GONE, new(name="")), "bad-value"),
    ("a wrong value before a key that is taken", loose("a"), AddStep("only", new("a", "")), "bad-value"),
    ("a wrong place before a key that is taken", loose("a"), AddStep("only", new("a"), 9), "bad-value"),
    ("a wrong name of a group before that", loose("a"), AddGroup("a", ""), "bad-value"),
    ("a wrong place of a group before that", loose("a"), AddGroup("a", "More", position=9), "bad-value"),
    ("a step that is not there before that", loose("a"), AddStep("only", new("a", after=(GONE,))), "unknown-key"),
    ("a wrong value before a flag that stays", REVIEW, EditStep("a", {"name": "", "review": False}), "bad-value"),
    ("a loop before a flag that stays", REVIEW, EditStep("a", {"after": ("a",), "review": False}), "cycle"),
    ("a flag that stays, in the end", REVIEW, EditStep("a", {"name": "B", "review": False}), "cannot-clear"),
]


@pytest.mark.parametrize(("workflow", "edit", "code"), [each[1:] for each in MADE], ids=[each[0] for each in MADE])
def test_an_edit_is_refused_for_the_first(workflow: Workflow, edit: Any, code: str) -> None:
    assert Job(workflow).refuses_edit(edit).code == code


def test_of_an_edit_that_changes_nothing_nothing_is_wrong() -> None:
    assert Job(SETTLED).edit(EditStep("a", {"name": "A"})).events == ()


def test_of_several_the_first_in_the_list_of_codes() -> None:
    refusals = [
        Refusal(Code.BLOCKED, "1"),
        Refusal(Code.STALE, "2"),
        Refusal(Code.STALE, "3"),
        Refusal(Code.CYCLE, "4"),
    ]
    assert first_of(refusals).message == "2"


KEY = "a key is small letters, digits and hyphens, 63 at most, beginning with a letter or digit."
FAR = "“A” is due -4000 days from a date; 3660 either way is the most."
LIKE_LINT: list[tuple[Any, str, str]] = [
    (AddStep("only", new("No key")), f"“No key” cannot be the key of a step: {KEY}", "key"),
    (AddGroup("No key", "More"), f"“No key” cannot be the key of a group: {KEY}", "key"),
    (EditStep("a", {"due": Due(days=-4000)}), FAR, "due"),
    (EditStep("a", {"after": ("b", "b")}), "“A” names “b” twice in after; once is enough.", "after"),
    (EditStep("a", {"guidance": "a\0"}), "The guidance of “A” has a character that is not text.", "guidance"),
    (EditStep("a", {"name": "A\nB"}), "The step “a” has a line break or a control character in its name.", "name"),
    (
        EditGroup("only", {"name": "A\0"}),
        "The group “only” has a line break or a control character in its name.",
        "name",
    ),
]


@pytest.mark.parametrize(("edit", "words", "field"), LIKE_LINT, ids=[each[2] for each in LIKE_LINT])
def test_a_workflow_is_held_to_what_lint_holds_a_template_to(edit: Any, words: str, field: str) -> None:
    refusal = Job(loose("a", "b")).refuses_edit(edit)
    assert (refusal.code, refusal.message, refusal.field) == ("bad-value", words, field)


def test_at_most_five_hundred_groups() -> None:
    it = Job(flow(*(group(f"g{number}") for number in range(499))))
    it.edit(AddGroup("x", "More"))
    refusal = it.refuses_edit(AddGroup("y", "More"))
    assert (refusal.code, refusal.message) == ("bad-value", "A workflow has at most 500 groups.")


def test_a_reason_that_nothing_asks_for_is_bounded_all_the_same() -> None:
    refusal = Job(loose("a")).refuses_edit(EditStep("a", {"name": "B"}, "x" * 20_001))
    assert (refusal.code, refusal.field) == ("bad-value", "reason")
