"""Loosening a template's rule on one workflow: a partner's matter, with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from natrium.domain.workflow.actions import EditGroup, EditStep, MoveGroup, MoveStep, RemoveStep
from natrium.domain.workflow.definition import Order
from natrium.domain.workflow.model import Member, Workflow
from tests.unit.domain.workflow.builders import DONE, JO, MARK, PRIYA, Job, chain, flow, group, loose, row, step

WHY = "This client signs at the door"


def approved(**approval: object) -> Workflow:
    """An approval, a step, and the filing that follows."""
    return chain(step("ok", approval=True, **approval), "pack", step("file", filing=True))


LOOSENING = [
    ("a step no longer blocks", loose(step("a", blocking=True), "b"), EditStep("a", {"blocking": False}, WHY)),
    ("a step waits for fewer", loose("a", step("b", after=["a"])), EditStep("b", {"after": ()}, WHY)),
    ("a step waits for another", loose("a", step("b", after=["a"]), "c"), EditStep("b", {"after": ("c",)}, WHY)),
    ("a group in any order", chain("a", "b"), EditGroup("only", {"order": Order.ANY}, WHY)),
    ("a gate is opened", flow(group("g", "a", gate=True), group("h", "b")), EditGroup("g", {"gate": False}, WHY)),
    ("moved before a blocking one", loose(step("a", blocking=True), "b"), MoveStep("b", "only", 0, WHY)),
    ("a blocking one moved behind", loose(step("a", blocking=True), "b"), MoveStep("a", "only", 1, WHY)),
    (
        "a group moved before a blocking step",
        flow(group("g", step("a", blocking=True)), group("h", "b")),
        MoveGroup("h", 0, WHY),
    ),
    ("an approval moved behind the filing", approved(), MoveStep("ok", "only", 2, WHY)),
    ("a filing moved before the approval", approved(), MoveStep("file", "only", 0, WHY)),
    (
        "a group in any order, after one that was added here",
        flow(group("x", gate=True, added=True), row("g", "a", "b")),
        EditGroup("g", {"order": Order.ANY}, WHY),
    ),
    (
        "moved before a blocking one, after what is settled",
        loose(step("a", blocking=True), step("b", status=DONE), "c"),
        MoveStep("a", "only", 2, WHY),
    ),
    (
        "the way from the approval to the filing is cut",
        loose(
            step("ok", approval=True), step("pack", after=["ok"], added=True), step("file", filing=True, after=["pack"])
        ),
        EditStep("file", {"after": ()}, WHY),
    ),
]
IDS = [each[0] for each in LOOSENING]


@pytest.mark.parametrize(("workflow", "edit"), [each[1:] for each in LOOSENING], ids=IDS)
def test_it_takes_a_partner_and_a_reason(workflow: Workflow, edit: EditStep) -> None:
    assert Job(workflow).refuses_edit(edit, by=MARK).code == "not-allowed"
    assert Job(workflow, owner=JO).refuses_edit(edit, by=JO).code == "not-allowed"
    assert Job(workflow).refuses_edit(replace(edit, reason=" "), by=PRIYA).code == "reason-needed"
    Job(workflow).edit(edit, by=PRIYA)


TIGHTER = [
    ("a step blocks", loose("a", "b"), EditStep("a", {"blocking": True})),
    ("a step waits for more", loose("a", step("b", after=["a"]), "c"), EditStep("b", {"after": ("a", "c")})),
    ("a group in order", loose("a", "b"), EditGroup("only", {"order": Order.SEQUENTIAL})),
    ("a gate is closed", flow(group("g", "a"), group("h", "b")), EditGroup("g", {"gate": True})),
    ("another order of plain steps", loose("a", "b"), MoveStep("b", "only", 0)),
    ("an approval before another step", approved(), MoveStep("pack", "only", 0)),
    (
        "an approval moved when all is filed",
        loose(step("ok", approval=True), step("file", filing=True, status=DONE)),
        MoveStep("ok", "only", 1),
    ),
]


@pytest.mark.parametrize(("workflow", "edit"), [each[1:] for each in TIGHTER], ids=[each[0] for each in TIGHTER])
def test_anything_else_is_a_managers_without_a_reason(workflow: Workflow, edit: object) -> None:
    Job(workflow).edit(edit, by=MARK)


ADDED_HERE = [
    (
        "an added step no longer blocks",
        loose(step("a", blocking=True, added=True), "b"),
        EditStep("a", {"blocking": False}, WHY),
    ),
    (
        "an added step waits for fewer",
        loose("a", step("b", after=["a"], added=True)),
        EditStep("b", {"after": ()}, WHY),
    ),
    ("an added group in any order", flow(row("g", "a", "b", added=True)), EditGroup("g", {"order": Order.ANY}, WHY)),
    (
        "an added gate",
        flow(group("g", "a", gate=True, added=True), group("h", "b")),
        EditGroup("g", {"gate": False}, WHY),
    ),
    (
        "moved before an added blocking one",
        loose(step("a", blocking=True, added=True), "b"),
        MoveStep("b", "only", 0, WHY),
    ),
]


@pytest.mark.parametrize(("workflow", "edit"), [each[1:] for each in ADDED_HERE], ids=[each[0] for each in ADDED_HERE])
def test_what_was_added_here_a_manager_or_the_task_owner_loosens_too(workflow: Workflow, edit: object) -> None:
    Job(workflow).edit(edit, by=MARK)
    Job(workflow, owner=JO).edit(edit, by=JO)


@pytest.mark.parametrize("by", [MARK, PRIYA])
def test_what_was_added_here_is_removed_though_an_approval_came_by_it(by: Member) -> None:
    """The template itself asks for no approval before this filing: taking the step away again loosens nothing of it."""
    added = step("x", after=["ok"], blocking=True, added=True)
    job = Job(loose(step("ok", approval=True), added, step("file", filing=True)))
    job.edit(RemoveStep("x"), by=by)
    assert [each.key for each in job.workflow.steps] == ["ok", "file"]
