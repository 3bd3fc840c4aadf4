"""Making one job different: other fields of a step or a group."""

from __future__ import annotations

from datetime import date

import pytest

from natrium.domain.workflow.actions import EditGroup, EditStep
from natrium.domain.workflow.definition import Assign, Due, Order, Rule, WaitsOn
from tests.unit.domain.workflow.builders import DONE, MARK, SKIPPED, Job, loose, step


class TestEditStep:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "Another name"),
            ("name", "x" * 200),
            ("guidance", "x" * 20_000),
            ("estimate", 100_000),
            ("guidance", "Look twice."),
            ("blocking", True),
            ("required", True),
            ("review", True),
            ("approval", True),
            ("filing", True),
            ("after", ("b",)),
            ("estimate", 45),
            ("estimate", 0),
            ("due", Due(days=-3)),
            ("waits_on", WaitsOn.CLIENT),
            ("assign", Assign(rule=Rule.TASK_OWNER)),
        ],
    )
    def test_a_field(self, field: str, value: object) -> None:
        it = Job(loose("a", "b"))
        it.edit(EditStep("a", {field: value}), by=MARK)
        assert getattr(it["a"], field) == value
        assert len(it.last.events) == 1

    def test_a_date_typed_by_hand_and_taken_away_again(self) -> None:
        it = Job(loose("a"))
        it.edit(EditStep("a", {"due_on": date(2026, 4, 1)}))
        assert (it["a"].due_on, it["a"].due_by_hand) == (date(2026, 4, 1), True)
        it.edit(EditStep("a", {"due_on": None}))
        assert not it["a"].due_by_hand

    def test_to_what_it_is_changes_nothing(self) -> None:
        assert Job(loose("a")).edit(EditStep("a", {"name": "A", "blocking": False})).events == ()

    @pytest.mark.parametrize("changes", [{"name": "Other"}, {"required": True}, {"blocking": True}, {"review": True}])
    @pytest.mark.parametrize("facts", [{"status": DONE}, {"status": SKIPPED}, {"status": DONE, "stale": True}])
    def test_no_done_or_skipped_step_is_renamed_or_given_flags(self, changes: dict, facts: dict) -> None:
        assert Job(loose(step("a", **facts))).refuses_edit(EditStep("a", changes)).code == "settled"

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"name": " "}, "bad-value"),
            ({"name": "x" * 201}, "bad-value"),
            ({"estimate": -5}, "bad-value"),
            ({"status": DONE}, "bad-value"),
            ({"guidance": "x" * 20_001}, "bad-value"),
            ({"estimate": 100_001}, "bad-value"),
            ({"blocking": "yes"}, "bad-value"),
            ({"estimate": True}, "bad-value"),
            ({"after": ("gone",)}, "unknown-key"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, changes: dict, code: str) -> None:
        assert Job(loose("a")).refuses_edit(EditStep("a", changes)).code == code

    def test_not_one_that_is_not_there(self) -> None:
        assert Job(loose("a")).refuses_edit(EditStep("gone", {"name": "Other"})).code == "unknown-key"

    @pytest.mark.parametrize("flag", ["required", "filing", "review", "approval"])
    def test_what_the_template_asks_for_is_not_cleared(self, flag: str) -> None:
        it = Job(loose(step("a", **{flag: True})))
        assert it.refuses_edit(EditStep("a", {flag: False}, "No need")).code == "cannot-clear"


class TestEditGroup:
    @pytest.mark.parametrize(("field", "value"), [("name", "Other"), ("order", Order.SEQUENTIAL), ("gate", True)])
    def test_a_field(self, field: str, value: object) -> None:
        it = Job(loose("a", "b"))
        it.edit(EditGroup("only", {field: value}), by=MARK)
        assert getattr(it.workflow.groups[0], field) == value

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (EditGroup("gone", {"name": "Other"}), "unknown-key"),
            (EditGroup("only", {"name": " "}), "bad-value"),
            (EditGroup("only", {"colour": "red"}), "bad-value"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, edit: object, code: str) -> None:
        assert Job(loose("a")).refuses_edit(edit).code == code

    def test_to_what_it_is_changes_nothing(self) -> None:
        assert Job(loose("a")).edit(EditGroup("only", {"gate": False})).events == ()
