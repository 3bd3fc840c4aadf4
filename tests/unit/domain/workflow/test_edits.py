"""Making one job different: adding, moving, editing and removing steps and groups of one workflow."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    Complete,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
    Reopen,
    Start,
)
from natrium.domain.workflow.definition import Order, StepDefinition
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.edits import loop_words
from natrium.domain.workflow.model import Hold, Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    PRIYA,
    SKIPPED,
    TODO,
    VERA,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    step,
)


def new(key: str = "new", name: str = "New step", **facts: object) -> StepDefinition:
    return StepDefinition(key=key, name=name, **facts)


def keys(job: Job) -> dict[str, str]:
    """Every group with the keys of its steps."""
    return {each.key: "".join(inner.key for inner in each.steps) for each in job.workflow.groups}


class TestAdd:
    @pytest.mark.parametrize(("position", "expected"), [(0, "xab"), (1, "axb"), (2, "abx"), (None, "abx")])
    def test_a_step_anywhere(self, position: int | None, expected: str) -> None:
        it = Job(loose("a", "b"))
        it.edit(AddStep("only", new("x"), position))
        assert keys(it) == {"only": expected}
        assert it["x"].added
        assert it["x"].status is TODO
        assert it.verbs == ["step.added"]

    @pytest.mark.parametrize(
        ("position", "expected"), [(0, ["x", "g", "h"]), (1, ["g", "x", "h"]), (None, ["g", "h", "x"])]
    )
    def test_a_group_anywhere(self, position: int | None, expected: list[str]) -> None:
        it = Job(flow(group("g"), group("h")))
        it.edit(AddGroup("x", "Extra", Order.ANY, gate=True, position=position))
        assert list(keys(it)) == expected
        [added] = [each for each in it.workflow.groups if each.key == "x"]
        assert (added.added, added.order, added.gate, added.steps) == (True, Order.ANY, True, ())

    @pytest.mark.parametrize("key", ["a", "only"], ids=["of a step", "of a group"])
    def test_steps_and_groups_share_their_names(self, key: str) -> None:
        it = Job(loose("a"))
        assert it.refuses_edit(AddStep("only", new(key))).code == "duplicate-key"
        assert it.refuses_edit(AddGroup(key, "Other")).code == "duplicate-key"

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (AddStep("gone", new()), "unknown-key"),
            (AddStep("only", new(after=("gone",))), "unknown-key"),
            (AddStep("only", new(), -1), "bad-value"),
            (AddStep("only", new(), 2), "bad-value"),
            (AddStep("only", new(name=" ")), "bad-value"),
            (AddStep("only", new(estimate=-1)), "bad-value"),
            (AddGroup("x", " "), "bad-value"),
            (AddGroup("x", "Extra", position=2), "bad-value"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, edit: object, code: str) -> None:
        assert Job(loose("a")).refuses_edit(edit).code == code

    def test_at_most_five_hundred_groups(self) -> None:
        it = Job(flow(*(group(f"g{number}") for number in range(499))))
        it.edit(AddGroup("x", "Extra"))
        assert it.refuses_edit(AddGroup("y", "Extra")).code == "bad-value"

    def test_at_most_five_hundred_steps(self) -> None:
        it = Job(loose(*(f"s{number}" for number in range(499))))
        it.edit(AddStep("only", new("x")))
        assert it.refuses_edit(AddStep("only", new("y"))).code == "bad-value"

    def test_it_alters_no_settled_step_and_binds_the_next_action_only(self) -> None:
        it = Job(chain(step("a", status=DONE), step("b", status=DONE, filing=True), step("c", status=SKIPPED), "d"))
        before = it.workflow.steps
        it.edit(AddStep("only", new("x", blocking=True), 0))
        assert it.workflow.steps[1:] == before
        assert Situation(it.workflow).blocked("d")


class TestMove:
    def test_a_step_within_its_group_and_to_another(self) -> None:
        it = Job(flow(group("g", "a", "b", "c"), group("h")))
        it.edit(MoveStep("a", "g", 2))
        assert keys(it) == {"g": "bca", "h": ""}
        it.edit(MoveStep("b", "h", 0))
        assert keys(it) == {"g": "ca", "h": "b"}

    def test_a_group(self) -> None:
        it = Job(flow(group("g"), group("h"), group("i")))
        it.edit(MoveGroup("g", 2))
        assert list(keys(it)) == ["h", "i", "g"]

    @pytest.mark.parametrize("status", [DONE, SKIPPED])
    def test_not_one_that_is_done_or_skipped(self, status: object) -> None:
        it = Job(flow(group("g", step("a", status=status), "b"), group("h", "c")))
        assert it.refuses_edit(MoveStep("a", "g", 1)).code == "settled"

    @pytest.mark.parametrize("status", [DONE, SKIPPED])
    def test_nor_with_its_group_though_others_move_past_it(self, status: object) -> None:
        it = Job(flow(group("g", step("a", status=status)), group("h", "b"), group("i", "c")))
        assert it.refuses_edit(MoveGroup("g", 1)).code == "settled"
        it.edit(MoveGroup("i", 0))
        assert list(keys(it)) == ["i", "g", "h"]

    @pytest.mark.parametrize("status", [DOING, WAITING])
    def test_but_one_at_work(self, status: object) -> None:
        it = Job(loose("a", step("b", status=status)))
        it.edit(MoveStep("b", "only", 0))
        assert it["b"].status is status

    def test_to_where_it_is_changes_nothing(self) -> None:
        it = Job(flow(group("g", "a"), group("h")))
        assert it.edit(MoveStep("a", "g", 0)).events == ()
        assert it.edit(MoveGroup("g", 0)).events == ()

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (MoveStep("gone", "only", 0), "unknown-key"),
            (MoveStep("a", "gone", 0), "unknown-key"),
            (MoveStep("a", "only", 2), "bad-value"),
            (MoveStep("a", "only", -1), "bad-value"),
            (MoveGroup("gone", 0), "unknown-key"),
            (MoveGroup("only", 1), "bad-value"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, edit: object, code: str) -> None:
        assert Job(loose("a", "b")).refuses_edit(edit).code == code


class TestRemove:
    def test_a_step_that_was_added_here(self) -> None:
        it = Job(loose("a", step("x", added=True)))
        it.edit(RemoveStep("x"))
        assert keys(it) == {"only": "a"}

    def test_an_empty_group_that_was_added_here(self) -> None:
        it = Job(flow(group("g", "a"), group("x", added=True)))
        it.edit(RemoveGroup("x"))
        assert keys(it) == {"g": "a"}

    @pytest.mark.parametrize(
        ("workflow", "edit", "code"),
        [
            (loose("a"), RemoveStep("a"), "template-step"),
            (flow(group("g")), RemoveGroup("g"), "template-step"),
            (flow(group("g", "a", added=True)), RemoveGroup("g"), "in-use"),
            (loose(step("a", after=["x"]), step("x", added=True)), RemoveStep("x"), "in-use"),
            (loose(step("x", added=True, status=DOING)), RemoveStep("x"), "worked-on"),
            (loose(step("x", added=True, status=WAITING)), RemoveStep("x"), "worked-on"),
            (loose(step("x", added=True, status=DONE)), RemoveStep("x"), "worked-on"),
            (loose(step("x", added=True, status=SKIPPED)), RemoveStep("x"), "worked-on"),
            (loose("a"), RemoveStep("gone"), "unknown-key"),
            (loose("a"), RemoveGroup("gone"), "unknown-key"),
        ],
    )
    def test_nothing_else(self, workflow: Workflow, edit: object, code: str) -> None:
        assert Job(workflow).refuses_edit(edit).code == code

    def test_not_one_that_was_worked_on_and_sent_back(self) -> None:
        it = Job(chain(step("a", status=DONE), step("x", added=True)))
        it.do(Complete("x"))
        it.do(Reopen("a", "Bank changed", cascade=True))
        assert it["x"].status is TODO
        assert it.refuses_edit(RemoveStep("x")).code == "worked-on"


EDITS = [
    AddStep("only", new()),
    AddGroup("z", "Extra"),
    MoveStep("a", "only", 1),
    MoveGroup("only", 0),
    EditStep("a", {"name": "Other"}),
    EditGroup("only", {"name": "Other"}),
    RemoveStep("x"),
    RemoveGroup("y"),
]


class TestWho:
    def job(self, **around: object) -> Job:
        return Job(flow(group("only", "a", step("x", added=True)), group("y", added=True)), **around)

    @pytest.mark.parametrize("edit", EDITS)
    def test_a_manager_or_above_or_the_task_owner(self, edit: object) -> None:
        assert self.job().refuses_edit(edit, by=JO).code == "not-allowed"
        assert self.job(owner=VERA).refuses_edit(edit, by=VERA).code == "not-allowed"
        self.job().edit(edit, by=MARK)
        self.job(owner=JO).edit(edit, by=JO)

    @pytest.mark.parametrize("edit", EDITS)
    def test_not_on_a_held_task(self, edit: object) -> None:
        assert self.job(hold=Hold.ON_HOLD).refuses_edit(edit).code == "task-held"

    @pytest.mark.parametrize(
        "edit", [MoveStep("a", "only", 9), EditStep("a", {"name": " "}), AddStep("only", new(), 9)]
    )
    def test_that_a_task_is_held_is_said_before_what_is_wrong_with_the_edit(self, edit: object) -> None:
        assert self.job(hold=Hold.ON_HOLD).refuses_edit(edit).code == "task-held"


def test_a_loop_in_words() -> None:
    assert loop_words(["A", "B"]) == "“A” waits for “B”, which waits for “A”"


def test_a_new_step_is_worked_like_any_other() -> None:
    it = Job(chain("a"))
    it.edit(AddStep("only", new("x", approval=True)), by=PRIYA)
    it.do(Complete("a"), Start("x"))
    it.do(Complete("x", note="By e-mail"))
    assert set(it.statuses().values()) == {"done"}
