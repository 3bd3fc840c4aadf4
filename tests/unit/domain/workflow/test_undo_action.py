"""Taking back all that one action did to several steps; and whom several actions are refused because of."""

from __future__ import annotations

from typing import Any

from natrium.domain.errors import Code
from natrium.domain.workflow import transitions, undo
from natrium.domain.workflow.actions import AssignTo, Comment, Complete, Resume, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Member, Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    JO,
    MARK,
    PRIYA,
    SAM,
    TODO,
    VERA,
    Job,
    chain,
    flow,
    group,
    loose,
    row,
    step,
)


def undo_last(it: Job, action: str, by: Member = PRIYA) -> dict[str, str]:
    """Takes the action back; the codes of what stays."""
    change, refused = undo.undo_action(it.workflow, action, it.history, around=it.around, by=by, at=it.now)
    it.keep(change, by)
    return {key: refusal.code.value for key, refusal in refused.items()}


def did(it: Job, *actions: Any, by: Member = PRIYA) -> str:
    """Does several things in one action, whose id is given back."""
    it.do(*actions, by=by)
    return it.history[-1].action


def test_a_chain_completed_at_once_is_taken_back_from_its_end() -> None:
    it = Job(chain("a", "b", "c"))
    before = it.workflow
    action = did(it, Complete("a"), Complete("b"), Complete("c"))
    assert undo_last(it, action) == {}
    assert it.workflow == before
    assert [event.key for event in it.last.events] == ["c", "b", "a"]


def test_what_went_on_since_stays_and_so_does_what_it_was_built_on() -> None:
    it = Job(flow(row("r", "a", "b"), group("g", "c")))
    action = did(it, Complete("a"), Complete("b"), Complete("c"))
    it.do(Comment("c", "Thank you"), by=JO)
    it.history.append(it.history[-1].__class__("other", "step.reopened", "b", JO.id, it.now))
    assert undo_last(it, action) == {"b": Code.BUILT_ON, "a": Code.BUILT_ON}
    assert it["c"].status is TODO


def test_a_later_deed_of_ones_own_on_the_step_is_not_taken_back_in_its_place() -> None:
    it = Job(loose("a", "b"))
    action = did(it, AssignTo("a", JO), AssignTo("b", JO))
    it.do(Start("a"))
    assert undo_last(it, action) == {"a": Code.BUILT_ON}
    assert (it["a"].status, it["b"].assignee) == (DOING, None)


def test_a_step_undone_by_itself_has_nothing_more_to_undo() -> None:
    it = Job(loose("a", "b"))
    action = did(it, Skip("a", "No"), Skip("b", "No"))
    it.undo("a")
    assert undo_last(it, action) == {"a": Code.NOTHING_TO_UNDO}
    assert undo_last(it, action) == {"a": Code.NOTHING_TO_UNDO, "b": Code.NOTHING_TO_UNDO}


def test_what_was_changed_again_is_named_by_its_step_or_its_key_where_that_is_gone() -> None:
    it = Job(loose("a", step("b", "Bank letter")))
    action = did(it, Start("a"), Start("b"))
    it.do(Wait("a", "Bank", WaitsOn.CLIENT), Wait("b", "Bank", WaitsOn.CLIENT))
    _, refused = undo.undo_action(it.workflow, action, it.history, around=it.around, by=PRIYA, at=it.now)
    assert {key: refusal.message for key, refusal in refused.items()} == {
        "a": "“A” has changed again since.",
        "b": "“Bank letter” has changed again since.",
    }
    without = Workflow((group("only", it["b"]),))
    _, refused = undo.undo_action(without, action, it.history, around=it.around, by=PRIYA, at=it.now)
    assert refused["a"].message == "“a” has changed again since."


def test_a_step_that_is_gone_is_said_to_be_gone() -> None:
    it = Job(loose("a", "b"))
    action = did(it, Start("a"), Start("b"))
    it.history.append(it.history[-1].__class__("other", "step.removed", "b", JO.id, it.now))
    it.workflow = Workflow((group("only", it["a"]),))
    assert undo_last(it, action) == {"b": Code.BUILT_ON}


def test_a_filing_completed_with_the_rest_stays_and_keeps_what_led_to_it() -> None:
    it = Job(chain(step("a", approval=True), step("f", filing=True), "z"))
    action = did(it, Complete("a", note="By letter"), Complete("f", filed_on=it.now.date(), reference="R1"))
    assert undo_last(it, action) == {"f": Code.FILED, "a": Code.BUILT_ON}


def test_other_peoples_deeds_and_other_deeds_are_left_alone() -> None:
    it = Job(loose("a", "b"))
    it.do(Wait("a", "Records", WaitsOn.CLIENT), by=MARK)
    action = did(it, Resume("a"), Start("b"), by=MARK)
    assert undo_last(it, action, by=SAM) == {"b": Code.NOT_ALLOWED}
    assert undo_last(it, action, by=MARK) == {}
    assert (it["a"].status, it["b"].status) == (DOING, TODO)


def test_waits_set_on_several_at_once_are_taken_back_and_so_is_one_alone() -> None:
    it = Job(loose("a", "b", "c"))
    it.do(Start("b"), by=MARK)
    before = it.workflow
    action = did(it, Wait("a", "Records", WaitsOn.CLIENT), Wait("b", "Records", WaitsOn.CLIENT), by=MARK)
    assert undo_last(it, action, by=MARK) == {}
    assert it.workflow == before
    it.do(Wait("c", "Records", WaitsOn.CLIENT), by=MARK)
    change = undo.undo(it.workflow, "c", it.history, around=it.around, by=MARK, at=it.now)
    assert change.workflow == before


def refused(it: Job, *actions: Any, by: Member = PRIYA) -> dict[str, str]:
    """Why several actions are refused, by step."""
    found = transitions.refusals(it.workflow, actions, around=it.around, by=by, at=it.now)
    return {key: refusal.code.value for key, refusal in found.items()}


def test_each_step_that_is_refused_is_named_with_its_own_refusal() -> None:
    it = Job(chain("a", step("f", filing=True), "b"))
    assert refused(it, Complete("b"), Complete("f"), Complete("a")) == {
        "f": Code.EVIDENCE_NEEDED,
        "b": Code.BLOCKED,
    }
    assert refused(it, Complete("a"), by=VERA) == {"a": Code.NOT_ALLOWED}


def test_what_is_filed_today_is_not_refused_beside_another() -> None:
    it = Job(loose(step("f", filing=True), step("g", filing=True)))
    assert refused(it, Complete("f", it.now.date(), "R1"), Complete("g")) == {"g": Code.EVIDENCE_NEEDED}


def test_what_an_earlier_one_makes_possible_is_not_refused() -> None:
    it = Job(chain("a", "b"))
    assert refused(it, Complete("b"), Complete("a"), Start("x")) == {"x": Code.UNKNOWN_KEY}
