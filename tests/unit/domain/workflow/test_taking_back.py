"""Taking back one's own last edit of a workflow, for ten minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import edits, transitions
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    AssignTo,
    Change,
    Complete,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
    Start,
)
from natrium.domain.workflow.definition import Assign, Order, Rule, StepDefinition
from natrium.domain.workflow.model import Around, Hold, Member, Workflow
from natrium.domain.workflow.taking_back import PastEdit, take_back, take_back_many
from tests.unit.domain.workflow import recipes_edits
from tests.unit.domain.workflow.builders import DONE, JO, MARK, MORNING, PRIYA, VERA, Job, flow, group, person, step
from tests.unit.domain.workflow.recipes import Recipe, member, recipes
from tests.unit.domain.workflow.strategies import jobs


class Edited:
    """A workflow with the record of its edits, a minute each."""

    def __init__(self, workflow: Workflow, around: Around | None = None) -> None:
        self.workflow = workflow
        self.around = around or Around()
        self.history: list[PastEdit] = []
        self.now = MORNING

    def edit(self, edit: object, by: Member = PRIYA) -> Change:
        return self.keep(edits.edit(self.workflow, edit, around=self.around, by=by, at=self.now), by)

    def back(self, seq: int = 0, by: Member = PRIYA) -> Change:
        """Take an edit back, the last one where none is named."""
        number = seq or self.history[-1].seq
        change = take_back(self.workflow, number, self.history, around=self.around, by=by, at=self.now)
        return self.keep(change, by)

    def keep(self, change: Change, by: Member) -> Change:
        for event in change.events:
            seq = len(self.history) + 1
            said = (event.verb, event.key, event.name, by.id, self.now, event.changes, event.data)
            self.history.append(PastEdit(seq, *said))
        self.workflow = change.workflow
        self.now += timedelta(minutes=1)
        return change

    def refusal(self, seq: int = 0, by: Member = PRIYA) -> Refusal:
        before = self.workflow
        with pytest.raises(Refusal) as caught:
            self.back(seq, by)
        assert self.workflow is before
        return caught.value

    def refuses(self, seq: int = 0, by: Member = PRIYA) -> str:
        return self.refusal(seq, by).code


def a_flow() -> Workflow:
    worked = step("c", assignee=JO, after=["a"], estimate=30)
    extra = step("x", added=True, assignee=JO, bound=False, estimate=5, after=["a"], guidance="Look twice")
    return flow(
        group("g", step("a", blocking=True), "b"),
        group("h", worked, extra, "d", gate=True),
        group("y", added=True, gate=True, order=Order.ANY),
        group("z", step("q", status=DONE)),
    )


EDITS = [
    AddStep("g", StepDefinition(key="n", name="New"), 1),
    AddGroup("n", "New", Order.ANY, gate=True, position=0),
    MoveStep("c", "g", 0, "This client is special"),
    MoveStep("b", "h", 2),
    MoveGroup("y", 0),
    EditStep("c", {"name": "Other", "estimate": None, "after": ("b",)}, "This client is special"),
    EditStep("b", {"blocking": True, "required": True, "filing": True}),
    EditStep("c", {"assign": Assign(rule=Rule.CLIENT_MANAGER)}),
    EditGroup("g", {"name": "Other", "order": Order.SEQUENTIAL, "gate": True}),
    RemoveStep("x"),
    RemoveGroup("y"),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_the_workflow_is_as_it_was_and_both_events_stay(edit: object) -> None:
    it = Edited(a_flow())
    it.edit(edit)
    assert it.workflow != a_flow()
    change = it.back()
    assert it.workflow == a_flow()
    assert len(it.history) == 2
    assert change.events[0].data["undid"] == it.history[0].verb


OPPOSITE = {"step.added": "step.removed", "group.added": "group.removed"}
OPPOSITE |= {after: before for before, after in OPPOSITE.items()}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_its_event_tells_the_opposite_of_the_same_step_or_group(edit: object) -> None:
    it = Edited(a_flow())
    it.edit(edit)
    it.back()
    there, back = it.history
    name_now = there.changes.get("name", (there.name, there.name))[1]
    assert (back.verb, back.key, back.name) == (OPPOSITE.get(there.verb, there.verb), there.key, name_now)
    if there.verb.endswith("edited"):
        assert back.changes == {name: (new, old) for name, (old, new) in there.changes.items()}


@pytest.mark.parametrize(
    "edit",
    [
        EditStep("b", {"blocking": True, "required": True}),
        EditStep("b", {"after": ("a",)}),
        EditGroup("g", {"order": Order.SEQUENTIAL, "gate": True}),
    ],
)
def test_a_manager_takes_a_tightening_back_without_a_reason(edit: object) -> None:
    it = Edited(a_flow())
    it.edit(edit, by=MARK)
    it.back(by=MARK)
    assert it.workflow == a_flow()


def test_one_after_the_other_from_the_last() -> None:
    it = Edited(a_flow())
    it.edit(EditStep("b", {"name": "One"}))
    it.edit(EditStep("b", {"name": "Two"}))
    assert it.refuses(1) == "built-on"
    assert it.refusal(1).message == "The workflow has been changed again since “B” was."
    it.back(2)
    it.back(1)
    assert it.workflow == a_flow()
    assert it.refuses(1) == "nothing-to-undo"
    assert it.refuses(3) == "nothing-to-undo"


def test_somebody_elses_stays() -> None:
    it = Edited(a_flow())
    it.edit(EditStep("b", {"name": "Other"}))
    assert it.refuses(by=MARK) == "not-allowed"
    assert it.refusal(by=MARK).message == "Taking a change back is for the member who made it."


def test_who_may_not_edit_takes_nothing_back() -> None:
    it = Edited(a_flow(), Around(owner=person(JO)))
    it.edit(EditStep("b", {"name": "Other"}), by=JO)
    it.around = Around(owner=person(VERA))
    assert it.refuses(by=JO) == "not-allowed"


def test_not_on_a_held_task() -> None:
    it = Edited(a_flow())
    it.edit(EditStep("b", {"name": "Other"}))
    it.around = Around(hold=Hold.ON_HOLD, hold_reason="Why")
    assert it.refuses() == "task-held"


def test_for_ten_minutes() -> None:
    it = Edited(a_flow())
    it.edit(EditStep("b", {"name": "Other"}))
    it.now = MORNING + timedelta(minutes=10, seconds=1)
    assert it.refuses() == "too-late"
    assert it.refusal().message == "Ten minutes have passed since “B” was changed. Change it by hand."
    it.now = MORNING + timedelta(minutes=10)
    it.back()


def test_an_unknown_one() -> None:
    assert Edited(a_flow()).refuses(7) == "nothing-to-undo"
    assert Edited(a_flow()).refusal(7).message == "There is no change of yours to take back here."


def test_not_after_a_colleagues_edit() -> None:
    it = Edited(a_flow())
    it.edit(MoveStep("b", "h", 0))
    it.edit(EditStep("d", {"name": "Other"}), by=MARK)
    assert it.refuses(1) == "built-on"


@pytest.mark.parametrize(
    ("edit", "deed", "code"),
    [
        (AddStep("g", StepDefinition(key="n", name="New"), 0), Start("n"), "worked-on"),
        (EditStep("a", {"name": "Other"}), Complete("a"), "settled"),
        (MoveStep("a", "g", 1), Complete("a"), "settled"),
        (MoveGroup("g", 1), Complete("a"), "settled"),
        (EditStep("b", {"assign": Assign(rule=Rule.TASK_OWNER)}), None, ""),
    ],
)
def test_not_once_it_was_worked_on(edit: object, deed: object, code: str) -> None:
    it = Edited(flow(group("g", "a", "b"), group("h", "c")))
    it.edit(edit)
    if deed is not None:
        it.workflow = transitions.perform(it.workflow, [deed], around=it.around, by=PRIYA, at=it.now).workflow
        assert it.refuses() == code
    else:
        it.back()


def test_not_once_a_fact_it_set_is_another_by_working() -> None:
    it = Edited(flow(group("g", step("b", assignee=MARK))))
    moved = replace(it.workflow.steps[0], assignee=person(JO), assign=Assign(rule=Rule.TASK_OWNER))
    changes = {"assign": (Assign(), moved.assign), "assignee": (person(MARK), person(JO))}
    it.workflow = flow(group("g", moved))
    it.history.append(PastEdit(1, "step.edited", "b", "B", PRIYA.id, it.now, changes))
    assigned = transitions.perform(it.workflow, [AssignTo("b", PRIYA)], around=it.around, by=PRIYA, at=it.now)
    it.workflow = assigned.workflow
    assert it.refuses() == "built-on"
    assert it.refusal().message == "“B” has changed again since."


@given(jobs(), recipes)
def test_any_edit_can_be_taken_back(job: Job, wanted: list[Recipe]) -> None:
    it = Edited(job.workflow, job.around)
    for recipe in wanted:
        by, before, known = member(recipe), it.workflow, len(it.history)
        job.workflow = it.workflow
        try:
            it.edit(recipes_edits.edit(job, recipe), by)
        except Refusal:
            continue
        if len(it.history) > known and Random(recipe[1]).random() < 0.7:  # noqa: S311 - a test's dice
            it.back(by=by)
            assert it.workflow == before


def due(it: Edited, *keys: str, by: Member = PRIYA) -> list[PastEdit]:
    """Gives steps a due day by hand; the edits."""
    for key in keys:
        it.edit(EditStep(key, {"due_on": date(2027, 3, 1)}), by)
    return it.history[-len(keys) :]


def back_at_once(it: Edited, pasts: list[PastEdit], by: Member = PRIYA) -> dict[str, str]:
    """Takes edits back at once; the codes of what stays."""
    change, refused = take_back_many(it.workflow, pasts, around=it.around, by=by, at=it.now)
    it.keep(change, by)
    return {key: refusal.code.value for key, refusal in refused.items()}


def test_due_days_set_on_several_go_back_also_beside_later_edits_which_still_can() -> None:
    it = Edited(a_flow())
    before = it.workflow
    pasts = due(it, "a", "b")
    it.edit(EditStep("b", {"name": "Other"}))
    assert back_at_once(it, pasts) == {}
    assert [one.due_on for one in it.workflow.steps[:2]] == [None, None]
    assert it.workflow != before
    it.back(3)
    assert it.workflow == before


def test_a_due_day_that_no_longer_stands_stays_and_says_why() -> None:
    it = Edited(a_flow())
    pasts = due(it, "a", "b", "x")
    it.edit(EditStep("a", {"due_on": date(2027, 3, 2)}))
    it.edit(RemoveStep("x"))
    assert back_at_once(it, pasts, by=JO) == dict.fromkeys(("a", "b", "x"), Code.NOT_ALLOWED)
    assert back_at_once(it, pasts) == {"a": Code.BUILT_ON, "x": Code.BUILT_ON}
