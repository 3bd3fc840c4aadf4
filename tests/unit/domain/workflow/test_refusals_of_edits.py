"""Every refusal of an edit, whole: its code, the sentence people read, and the field that is wrong (SPEC section 5)."""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
)
from natrium.domain.workflow.definition import Due, Order, StepDefinition
from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    MORNING,
    SKIPPED,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    step,
)
from tests.unit.domain.workflow.findings_table import A_KEY_IS
from tests.unit.domain.workflow.saying import Said, check, idea, plain

A = loose("a", "b")
TEMPLATE = "“A” comes from the template. Skip it, so that the record is whole."
WORKED_ON = "“A” was worked on. Skip it, so that the record is whole."


DUE_AT_MOST = "“A” is due 4000 days from a date; 3660 either way is the most."


def new(**facts: Any) -> StepDefinition:
    return StepDefinition(**{"key": "x", "name": "Extra", **facts})


def added(**facts: Any) -> Workflow:
    return loose(step("a", added=True, **facts), "b")


NOT_THERE = [
    Said(A, AddStep("gone", new()), "unknown-key", "This workflow has no group “gone”."),
    Said(A, MoveStep("gone", "only", 0), "unknown-key", "This workflow has no step “gone”."),
    Said(A, MoveStep("a", "gone", 0), "unknown-key", "This workflow has no group “gone”."),
    Said(A, MoveGroup("gone", 0), "unknown-key", "This workflow has no group “gone”."),
    Said(A, EditStep("gone", {}), "unknown-key", "This workflow has no step “gone”."),
    Said(A, EditGroup("gone", {}), "unknown-key", "This workflow has no group “gone”."),
    Said(A, RemoveStep("gone"), "unknown-key", "This workflow has no step “gone”."),
    Said(A, RemoveGroup("gone"), "unknown-key", "This workflow has no group “gone”."),
    Said(
        A,
        EditStep("a", {"after": ("b", "gone")}),
        "unknown-key",
        "This workflow has no step “gone” to wait for.",
        field="after",
    ),
    Said(
        A,
        AddStep("only", new(after=("only",))),
        "unknown-key",
        "This workflow has no step “only” to wait for.",
        field="after",
    ),
    Said(A, AddStep("only", new(key="a")), "duplicate-key", "The key “a” is taken in this workflow.", field="key"),
    Said(
        A, AddStep("only", new(key="only")), "duplicate-key", "The key “only” is taken in this workflow.", field="key"
    ),
    Said(A, AddGroup("b", "Extra"), "duplicate-key", "The key “b” is taken in this workflow.", field="key"),
    Said(A, AddStep("only", new(), 3), "bad-value", "Places run from 0 to 2.", field="position"),
    Said(A, AddStep("only", new(), -1), "bad-value", "Places run from 0 to 2.", field="position"),
    Said(A, AddStep("only", new(), position=True), "bad-value", "Places run from 0 to 2.", field="position"),
    Said(A, AddGroup("x", "Extra", position=2), "bad-value", "Places run from 0 to 1.", field="position"),
    Said(A, MoveStep("a", "only", 2), "bad-value", "Places run from 0 to 1.", field="position"),
    Said(A, MoveGroup("only", 1), "bad-value", "Places run from 0 to 0.", field="position"),
]

NAME = "A name has 1 to 200 characters."
STEP_FIELDS = (
    "after, approval, assign, blocking, due, due_on, estimate, filing, guidance, name, required, review, waits_on"
)

BAD_VALUES = [
    Said(A, EditStep("a", {"name": " "}), "bad-value", NAME, field="name"),
    Said(A, EditStep("a", {"name": "x" * 201}), "bad-value", NAME, field="name"),
    Said(A, EditGroup("only", {"name": ""}), "bad-value", NAME, field="name"),
    Said(A, AddStep("only", new(name=" ")), "bad-value", NAME, field="name"),
    Said(A, AddGroup("x", "x" * 201), "bad-value", NAME, field="name"),
    Said(
        A,
        EditStep("a", {"guidance": "x" * 20_001}),
        "bad-value",
        "Guidance has at most 20,000 characters.",
        field="guidance",
    ),
    Said(A, EditStep("a", {"estimate": -1}), "bad-value", "An estimate is 0 to 100,000 minutes.", field="estimate"),
    Said(
        A, EditStep("a", {"estimate": 100_001}), "bad-value", "An estimate is 0 to 100,000 minutes.", field="estimate"
    ),
    Said(
        A,
        EditStep("a", {"status": DONE}),
        "bad-value",
        f"“status” cannot be changed; these can: {STEP_FIELDS}.",
        field="status",
    ),
    Said(
        A,
        EditGroup("only", {"colour": "red"}),
        "bad-value",
        "“colour” cannot be changed; these can: gate, name, order.",
        field="colour",
    ),
    Said(
        loose(*(f"s{number}" for number in range(500))),
        AddStep("only", new()),
        "bad-value",
        "A workflow has at most 500 steps.",
    ),
    Said(
        flow(*(group(f"g{number}") for number in range(500))),
        AddGroup("more", "More"),
        "bad-value",
        "A workflow has at most 500 groups.",
    ),
    Said(A, EditStep("a", {"due": Due(days=4_000)}), "bad-value", DUE_AT_MOST, field="due"),
]

# What lint says of a template's single values holds in a workflow as well.
AS_LINT = [
    Said(
        A,
        AddStep("only", new(key="Not a key")),
        "bad-value",
        f"“Not a key” cannot be the key of a step: {A_KEY_IS}",
        field="key",
    ),
    Said(
        A,
        AddGroup("Not a key", "Extra"),
        "bad-value",
        f"“Not a key” cannot be the key of a group: {A_KEY_IS}",
        field="key",
    ),
    Said(
        A,
        EditStep("a", {"name": "a\nb"}),
        "bad-value",
        "The step “a” has a line break or a control character in its name.",
        field="name",
    ),
    Said(
        A,
        EditGroup("only", {"name": "a\nb"}),
        "bad-value",
        "The group “only” has a line break or a control character in its name.",
        field="name",
    ),
    Said(
        A,
        EditStep("a", {"guidance": "a\0"}),
        "bad-value",
        "The guidance of “A” has a character that is not text.",
        field="guidance",
    ),
    Said(
        A,
        EditStep("a", {"due": Due(days=3661)}),
        "bad-value",
        "“A” is due 3661 days from a date; 3660 either way is the most.",
        field="due",
    ),
    Said(
        A,
        EditStep("a", {"after": ("b", "b")}),
        "bad-value",
        "“A” names “b” twice in after; once is enough.",
        field="after",
    ),
    Said(
        flow(*(group(f"g{number}") for number in range(500))),
        AddGroup("x", "Extra"),
        "bad-value",
        "A workflow has at most 500 groups.",
    ),
]

STAYS = [
    Said(loose("a"), RemoveStep("a"), "template-step", TEMPLATE),
    Said(
        flow(group("g", "a"), group("h")),
        RemoveGroup("h"),
        "template-step",
        "“H” comes from the template. Skip its steps instead.",
    ),
    Said(
        flow(group("g", "a", "b", added=True)),
        RemoveGroup("g"),
        "in-use",
        "“G” still has 2 of the steps. Move or remove them first.",
    ),
    Said(added(status=DOING), RemoveStep("a"), "worked-on", WORKED_ON),
    Said(added(status=WAITING), RemoveStep("a"), "worked-on", WORKED_ON),
    Said(added(completed_at=MORNING), RemoveStep("a"), "worked-on", WORKED_ON),
    Said(
        loose(step("a", added=True), step("b", after=["a"]), step("c", after=["a"])),
        RemoveStep("a"),
        "in-use",
        "“A” stays: “B” waits for it by name.",
    ),
    Said(
        loose(step("a", status=DONE)), EditStep("a", {"name": "Other"}), "settled", "“A” is done, and stays as it is."
    ),
    Said(
        loose("b", step("a", status=SKIPPED)),
        MoveStep("a", "only", 0),
        "settled",
        "“A” is skipped, and stays as it is.",
    ),
    Said(
        flow(group("g", "a", step("b", status=DONE)), group("h")),
        MoveGroup("g", 1),
        "settled",
        "“B” is done, and stays as it is.",
    ),
    *(
        Said(
            loose(step("a", **{flag: True})),
            EditStep("a", {flag: False}, "No need"),
            "cannot-clear",
            f"“A” is {flag} by its template, and stays so.",
            field=flag,
        )
        for flag in ("required", "filing", "review", "approval")
    ),
    Said(
        loose("a", "b", step("c", after=["b"])),
        EditStep("b", {"after": ("c",)}),
        "cycle",
        "That closes a loop: “B” waits for “C”, which waits for “B”.",
    ),
    Said(loose("a"), EditStep("a", {"after": ("a",)}), "cycle", "That closes a loop: “A” waits for “A”."),
    Said(
        loose("a", step("b", after=["a"]), step("c", after=["b"])),
        EditStep("a", {"after": ("c",)}),
        "cycle",
        "That closes a loop: “A” waits for “C”, which waits for “B”, which waits for “A”.",
    ),
]

WHO = [
    Said(
        A,
        EditStep("a", {"name": "Other"}),
        "not-allowed",
        "You are staff. To add, move and edit steps of one workflow takes a manager or above, or the task owner.",
        by=JO,
    ),
    Said(
        chain("a", "b"),
        EditGroup("only", {"order": Order.ANY}, "Hurry"),
        "not-allowed",
        "You are a manager. To loosen a template's rule on one workflow takes a partner or above.",
        by=MARK,
    ),
]


def loosening(words: str) -> str:
    return f"Say why: loosening a rule of the template ({words}) needs a reason."


APPROVED = chain(step("ok", approval=True), "pack", step("file", filing=True))

LOOSENING: list[tuple[Workflow, Any, str]] = [
    (loose(step("a", blocking=True)), EditStep("a", {"blocking": False}), "“A” no longer blocks"),
    (loose("a", step("b", after=["a"])), EditStep("b", {"after": ()}), "“B” waits for fewer steps"),
    (
        flow(group("g", "a", gate=True), group("h", "b")),
        EditGroup("g", {"gate": False}),
        "“G” no longer holds what follows",
    ),
    (chain("a", "b"), EditGroup("only", {"order": Order.ANY}), "“Only” is no longer in order"),
    (loose(step("a", blocking=True), "b"), MoveStep("b", "only", 0), "“B” no longer waits for a blocking step"),
    (APPROVED, MoveStep("ok", "only", 2), "“File” no longer waits for an approval"),
    (
        loose(step("a", blocking=True), step("b", after=["a"], blocking=True), "c"),
        EditStep("b", {"blocking": False, "after": ()}),
        "“B” no longer blocks; “B” waits for fewer steps",
    ),
    (
        loose(step("a", blocking=True), "b", step("c", status=DONE), step("d", status=SKIPPED), "e"),
        MoveStep("a", "only", 4),
        "“B” no longer waits for a blocking step; “E” no longer waits for a blocking step",
    ),
]


@pytest.mark.parametrize("said", [*NOT_THERE, *BAD_VALUES, *AS_LINT, *STAYS, *WHO], ids=idea)
def test_what_is_refused_is_refused_in_these_words(said: Said) -> None:
    check(said)


@pytest.mark.parametrize(("workflow", "edit", "words"), LOOSENING, ids=[plain(each[2]) for each in LOOSENING])
def test_what_is_loosened_is_said_where_its_reason_is_asked_for(workflow: Workflow, edit: Any, words: str) -> None:
    check(Said(workflow, edit, "reason-needed", loosening(words), field="reason"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 5),
        ("guidance", None),
        ("assign", "task_owner"),
        ("blocking", 1),
        ("required", None),
        ("review", "yes"),
        ("approval", 0),
        ("filing", 1),
        ("after", ["b"]),
        ("estimate", "5"),
        ("estimate", 5.5),
        ("estimate", True),
        ("due", 3),
        ("due_on", "2026-04-01"),
        ("waits_on", "client"),
    ],
)
def test_a_value_of_another_kind_is_refused_at_its_field(name: str, value: object) -> None:
    refusal = Job(A).refuses_edit(EditStep("a", {name: value}))
    assert (refusal.code, refusal.message, refusal.field) == ("bad-value", f"That is no value for “{name}”.", name)
