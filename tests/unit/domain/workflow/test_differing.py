"""How a workflow shows that it differs from its template version; and a template's groups as a fresh workflow's."""

from __future__ import annotations

from datetime import date

import pytest

from natrium.domain.workflow.actions import AddGroup, AddStep, Complete, EditGroup, EditStep, MoveGroup, MoveStep, Skip
from natrium.domain.workflow.comparing import Difference, Kind
from natrium.domain.workflow.definition import (
    Assign,
    Due,
    GroupDefinition,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)
from natrium.domain.workflow.differing import KINDS, as_running, counted, departures
from natrium.domain.workflow.model import Group, Workflow
from tests.unit.domain.workflow.builders import DONE, JO, TODO, Job, group, person, row, step

GROUPS = (group("g", "a", "b", "c"), group("h", "d", "e"))


def differs_from(workflow: Workflow, groups: tuple[Group, ...]) -> dict[str, list[str]]:
    """The names of what differs by the word of its kind, each once."""
    found: dict[str, list[str]] = {}
    for one in departures(workflow, Template(name="T", groups=groups)):
        names = found.setdefault(KINDS[one.kind], [])
        names += [one.name] if one.name not in names else []
    return found


def after(*edits: object, groups: tuple[Group, ...] = GROUPS) -> dict[str, list[str]]:
    job = Job(Workflow(as_running(groups)))
    for edit in edits:
        job.edit(edit)
    return differs_from(job.workflow, as_running(groups))


def test_a_fresh_one_does_not() -> None:
    assert after() == {}


def test_what_was_added_skipped_changed_and_moved() -> None:
    it = Job(Workflow(as_running(GROUPS)))
    it.edit(AddStep("g", StepDefinition(key="x", name="Extra"), 0))
    it.edit(EditStep("a", {"estimate": 5}))
    it.edit(MoveStep("c", "h", 0))
    it.do(Complete("a"), Skip("b", "Not needed"), Skip("d", "Not needed"))
    found = differs_from(it.workflow, as_running(GROUPS))
    assert found == {"added": ["Extra"], "skipped": ["B", "D"], "changed": ["A"], "moved": ["C"]}


def test_each_is_counted_once_by_kind_whatever_it_differs_in() -> None:
    it = Job(Workflow(as_running(GROUPS)))
    it.edit(AddStep("g", StepDefinition(key="x", name="Extra"), 0))
    it.edit(EditStep("x", {"estimate": 30}))
    it.edit(EditStep("a", {"name": "Other", "estimate": 5, "blocking": True, "due_on": date(2026, 4, 1)}))
    it.edit(EditGroup("h", {"name": "Last", "order": Order.SEQUENTIAL}))
    it.do(Skip("b", "Not needed"))
    found = departures(it.workflow, Template(name="T", groups=GROUPS))
    assert counted(found) == {"added": 1, "skipped": 1, "changed": 2}
    assert list(counted(found)) == ["added", "skipped", "changed"]
    assert counted(()) == {}


def test_they_come_in_the_order_of_the_workflow_with_what_was_and_what_is() -> None:
    it = Job(Workflow(as_running(GROUPS)))
    it.edit(EditStep("b", {"due_on": date(2026, 4, 1)}))
    it.edit(AddGroup("more", "More", position=0))
    it.edit(EditGroup("g", {"gate": True}))
    it.do(Skip("b", "Not needed"))
    assert departures(it.workflow, Template(name="T", groups=GROUPS)) == (
        Difference(Kind.ADDED, "group", "more", "More"),
        Difference(Kind.CHANGED, "group", "g", "G", "gate", before=False, after=True),
        Difference(Kind.SKIPPED, "step", "b", "B"),
        Difference(Kind.CHANGED, "step", "b", "B", "due_on", None, date(2026, 4, 1)),
    )


def test_of_a_step_that_was_added_no_more_is_said() -> None:
    it = Job(Workflow(as_running(GROUPS)))
    it.edit(AddStep("g", StepDefinition(key="x", name="Extra")))
    it.edit(EditStep("x", {"due_on": date(2026, 4, 1)}))
    it.do(Skip("x", "Not needed after all"))
    found = departures(it.workflow, Template(name="T", groups=GROUPS))
    assert found == (Difference(Kind.ADDED, "step", "x", "Extra", "", "", "G"),)


FIELDS = {
    "name": "Another name",
    "guidance": "Look twice.",
    "assign": Assign(rule=Rule.TASK_OWNER),
    "blocking": True,
    "required": True,
    "after": ("b",),
    "estimate": 45,
    "due": Due(days=-3),
    "waits_on": WaitsOn.CLIENT,
    "review": True,
    "approval": True,
    "filing": True,
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_of_a_step_is_the_templates_until_it_is_changed(field: str) -> None:
    other = StepDefinition(**{"key": "a", "name": "A", field: FIELDS[field]})
    base = (GroupDefinition(key="g", name="G", steps=(StepDefinition(key="a", name="A"), other)),)
    plain, full = as_running(base)[0].steps
    assert getattr(full, field) == FIELDS[field]
    now, then = (Workflow((group("g", each),)) for each in (plain, full))
    assert differs_from(now, then.groups) == {"changed": [plain.name]}
    assert differs_from(then, then.groups) == {}


MOVED = [
    ("first in its group", [MoveStep("c", "g", 0)], ["C"]),
    ("last in its group", [MoveStep("a", "g", 2)], ["A"]),
    ("to another group, in the same order", [MoveStep("c", "h", 0)], ["C"]),
    ("to another group, in another order", [MoveStep("a", "h", 2)], ["A"]),
    ("to another group, and one within the first", [MoveStep("a", "h", 0), MoveStep("c", "g", 0)], ["C", "A"]),
    ("to another group, and one within that", [MoveStep("a", "h", 0), MoveStep("e", "h", 0)], ["E", "A"]),
    ("the other way round", [MoveStep("a", "g", 2), MoveStep("c", "g", 0)], ["C", "B"]),
    ("there and back", [MoveStep("a", "h", 0), MoveStep("a", "g", 0)], []),
    ("a group with fewer steps", [MoveGroup("g", 1)], ["H"]),
]


@pytest.mark.parametrize(("edits", "moved"), [each[1:] for each in MOVED], ids=[each[0] for each in MOVED])
def test_as_few_as_explain_the_new_order_have_moved(edits: list[object], moved: list[str]) -> None:
    assert after(*edits) == ({"moved": moved} if moved else {})


@pytest.mark.parametrize("key", list("abcde"))
@pytest.mark.parametrize("place", range(5))
def test_one_that_was_moved_within_its_group_is_the_only_one(key: str, place: int) -> None:
    five = (group("g", *"abcde"),)
    there = "abcde".index(key)
    found = after(MoveStep(key, "g", place), groups=five).get("moved", [])
    # Of two that changed places with each other, either may be said to have moved.
    either = {key.upper(), "ABCDE"[place]} if abs(place - there) == 1 else {key.upper()}
    assert len(found) == (place != there)
    assert either.issuperset(found)


@pytest.mark.parametrize("key", list("abcde"))
@pytest.mark.parametrize("place", range(5))
def test_of_two_that_changed_places_the_one_that_somebody_moved_is_said_to_have(key: str, place: int) -> None:
    job = Job(Workflow(as_running((group("g", *"abcde"),))))
    job.edit(MoveStep(key, "g", place))
    found = departures(job.workflow, Template(name="T", groups=(group("g", *"abcde"),)), frozenset(key))
    assert [one.key for one in found] == ([key] if place != "abcde".index(key) else [])


def test_of_many_only_the_one_that_was_moved() -> None:
    many = (group("g", *(f"s{number}" for number in range(50))),)
    assert after(MoveStep("s49", "g", 0), groups=many) == {"moved": ["S49"]}


def test_a_fresh_workflow_is_all_to_do_and_nobodys() -> None:
    worked = row("g", step("a", status=DONE, assignee=JO, completed_by=person(JO), estimate=5), gate=True, added=True)
    loose = group("h", "b")
    [fresh, other] = as_running((worked, loose))
    assert (fresh.key, fresh.name, fresh.order, fresh.gate, fresh.added) == ("g", "G", Order.SEQUENTIAL, True, False)
    assert (other.key, other.name, other.order, other.gate, other.added) == ("h", "H", Order.ANY, False, False)
    assert fresh.steps == (step("a", estimate=5),)
    assert fresh.steps[0].status is TODO
    assert other.steps == loose.steps
