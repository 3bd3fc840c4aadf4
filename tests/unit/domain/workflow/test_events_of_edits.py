"""Every event of an edit, whole; and repetitions, which have none but say who did it and when."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    AssignTo,
    Change,
    Claim,
    Complete,
    Confirm,
    EditGroup,
    EditStep,
    Event,
    MoveGroup,
    MoveStep,
    OverridePrerequisites,
    RemoveGroup,
    RemoveStep,
    Reopen,
    Repetition,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import Order, StepDefinition
from natrium.domain.workflow.model import Evidence, Override, Person, Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    JO,
    PRIYA,
    SKIPPED,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    person,
    row,
    step,
)
from tests.unit.domain.workflow.telling import (
    BANK,
    BEGUN,
    EARLIER,
    ME,
    SIGNED,
    TODAY,
    Told,
    check,
    idea,
)

TWO = flow(group("g", "a", "b"), group("h", "c"), group("i"))
NEW = StepDefinition(key="x", name="Extra", guidance="Look twice.", blocking=True)

EDITING = [
    Told(TWO, AddStep("h", NEW), (Event("step.added", "x", "Extra", {}, {"group": "h", "position": 1}),)),
    Told(TWO, AddStep("g", NEW, 1), (Event("step.added", "x", "Extra", {}, {"group": "g", "position": 1}),)),
    Told(TWO, AddGroup("x", "Extra", position=1), (Event("group.added", "x", "Extra", {}, {"position": 1}),)),
    Told(
        TWO,
        MoveStep("b", "h", 0, " Client asked "),
        (
            Event(
                "step.moved",
                "b",
                "B",
                {},
                {"from": "g", "was": 1, "group": "h", "position": 0, "reason": "Client asked"},
            ),
        ),
    ),
    Told(
        TWO,
        MoveStep("a", "g", 1),
        (Event("step.moved", "a", "A", {}, {"from": "g", "was": 0, "group": "g", "position": 1}),),
    ),
    Told(TWO, MoveGroup("h", 0), (Event("group.moved", "h", "H", {}, {"was": 1, "position": 0}),)),
    Told(
        TWO,
        EditStep("a", {"name": "Prepare", "estimate": 30, "blocking": False, "due_on": TODAY}),
        (
            Event(
                "step.edited",
                "a",
                "A",
                {
                    "name": ("A", "Prepare"),
                    "estimate": (None, 30),
                    "due_on": (None, TODAY),
                    "due_by_hand": (False, True),
                },
            ),
        ),
    ),
    Told(
        flow(row("g", "a", "b")),
        EditGroup("g", {"order": Order.ANY, "gate": False, "name": "Other"}, "Client asked"),
        (
            Event(
                "group.edited",
                "g",
                "G",
                {"order": (Order.SEQUENTIAL, Order.ANY), "name": ("G", "Other")},
                {"reason": "Client asked"},
            ),
        ),
    ),
    Told(
        flow(group("g", "a"), group("h", "b", step("x", added=True, estimate=5))),
        RemoveStep("x"),
        (
            Event(
                "step.removed",
                "x",
                "X",
                {"estimate": (5, None), "added": (True, False)},
                {"group": "h", "position": 1},
            ),
        ),
    ),
    Told(
        flow(group("g", "a"), group("x", added=True, gate=True)),
        RemoveGroup("x"),
        (
            Event(
                "group.removed",
                "x",
                "X",
                {"order": (Order.ANY, Order.SEQUENTIAL), "gate": (True, False), "added": (True, False)},
                {"position": 1},
            ),
        ),
    ),
]


@pytest.mark.parametrize("told", EDITING, ids=idea)
def test_what_was_changed_is_told_by_this_event(told: Told) -> None:
    check(told, Job(told.workflow).edit(told.done))


REPEATED: list[tuple[Workflow, Any, Person | None, bool]] = [
    (loose(step("a", status=DOING, **BEGUN)), Start("a"), person(JO), True),
    (loose(step("a", status=DOING, **BEGUN)), Resume("a"), person(JO), True),
    (loose(step("a", status=DOING, **BEGUN)), Reopen("a"), person(JO), True),
    (loose(step("a", status=WAITING, waiting=BANK)), Wait("a", "Bank letter", BANK.on, "HSBC"), None, True),
    (loose(step("a", **SIGNED)), Complete("a"), person(JO), True),
    (loose(step("a", filing=True, **SIGNED)), Complete("a", TODAY, "CH-1"), person(JO), True),
    (
        loose(step("a", approval=True, evidence=Evidence(note="By e-mail"), **SIGNED)),
        Complete("a", TODAY, "CH-1", "Another note"),
        person(JO),
        True,
    ),
    (loose(step("a", **SIGNED)), Confirm("a"), person(JO), True),
    (
        loose(step("a", status=SKIPPED, skipped_by=person(JO), skipped_at=EARLIER)),
        Skip("a", "No"),
        person(JO),
        True,
    ),
    (loose("a"), Unskip("a"), None, False),
    (loose(step("a", assignee=JO)), AssignTo("a", JO), person(JO), False),
    (loose("a"), AssignTo("a", None), None, False),
    (loose(step("a", assignee=PRIYA)), Claim("a"), ME, False),
    (
        chain("b", step("a", overrides=(Override("b", person(JO), EARLIER, "Hurry"),))),
        OverridePrerequisites("a", ("b",), "Again"),
        person(JO),
        True,
    ),
]


@pytest.mark.parametrize(
    ("workflow", "done", "by", "timed"), REPEATED, ids=[type(each[1]).__name__ for each in REPEATED]
)
def test_a_repetition_has_no_event_and_says_who_did_it_and_when(
    workflow: Workflow,
    done: Any,
    by: Person | None,
    timed: bool,  # noqa: FBT001
) -> None:
    change = Job(workflow).do(done)
    assert change == Change(workflow, (), (Repetition("a", by, EARLIER if timed else None),))


def test_an_edit_that_changes_nothing_is_a_repetition_of_its_step_or_group() -> None:
    assert Job(TWO).edit(EditStep("a", {"name": "A"})) == Change(TWO, (), (Repetition("a", None, None),))
    assert Job(TWO).edit(MoveGroup("h", 1)) == Change(TWO, (), (Repetition("h", None, None),))


def test_an_override_with_what_follows_repeats_only_where_all_of_it_was_so() -> None:
    covered = step("b", overrides=(Override("a", person(JO), EARLIER, "Hurry"),))
    again = OverridePrerequisites("b", ("a",), "Hurry", Start("b"))
    assert Job(chain("a", covered)).do(again).repetitions == ()
    begun = dataclasses.replace(covered, status=DOING, **BEGUN)
    assert Job(chain("a", begun)).do(again).repetitions == (Repetition("b", person(JO), EARLIER),)
    fresh = OverridePrerequisites("b", ("a",), "Hurry", Start("b"))
    assert Job(chain("a", step("b", status=DOING, **BEGUN))).do(fresh).repetitions == ()
