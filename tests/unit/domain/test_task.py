"""Putting a task on hold, cancelling and resuming it; and the one step of a task without a workflow."""

from __future__ import annotations

import pytest

from natrium.domain.errors import Refusal
from natrium.domain.task import OWN_ACTIONS, Held, check_own, own_step, set_hold
from natrium.domain.workflow.actions import Action, Claim, Complete, Reopen, Resume, Start, Wait
from natrium.domain.workflow.definition import Rule, WaitsOn
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Hold, Member
from natrium.domain.workflow.progress import TaskStatus, counts_of, task_status
from tests.unit.domain.workflow.builders import JO, MARK, MORNING, SAM, VERA, Job, person

WHY = "Client has left"


def hold(held: Held, to: Hold, *, by: Member = MARK, reason: str = WHY, status: str = "in_progress") -> Held | None:
    return set_hold(held, to, status=TaskStatus(status), owner=person(JO), by=by, at=MORNING, reason=reason)


def told(held: Held, to: Hold, **asked: object) -> tuple[str, str, str]:
    """The refusal: its code, its sentence, and the field that is wrong."""
    with pytest.raises(Refusal) as caught:
        hold(held, to, **asked)
    return caught.value.code.value, caught.value.message, caught.value.field


def code_of(held: Held, to: Hold, **asked: object) -> str:
    with pytest.raises(Refusal) as caught:
        hold(held, to, **asked)
    return caught.value.code


FREE = Held(Hold.NONE)
BY_HAND = [Hold.ON_HOLD, Hold.CANCELLED]


@pytest.mark.parametrize("to", BY_HAND)
def test_it_says_who_when_and_why(to: Hold) -> None:
    assert hold(FREE, to) == Held(to, WHY, person(MARK), MORNING)


@pytest.mark.parametrize("to", BY_HAND)
def test_it_needs_a_reason(to: Hold) -> None:
    assert code_of(FREE, to, reason=" ") == "reason-needed"


@pytest.mark.parametrize("to", BY_HAND)
def test_a_done_task_is_neither(to: Hold) -> None:
    assert code_of(FREE, to, status="done") == "wrong-state"


def test_what_is_refused_is_refused_in_these_words() -> None:
    hold_why = "Say why: putting a task on hold needs a reason."
    cancel_why = "Say why: cancelling a task needs a reason."
    done = "The task is done; a done task is not put on hold or cancelled."
    who = "To hold, cancel or resume a task takes a manager or above, or the task owner."
    assert told(FREE, Hold.ON_HOLD, reason="") == ("reason-needed", hold_why, "reason")
    assert told(FREE, Hold.CANCELLED, reason="") == ("reason-needed", cancel_why, "reason")
    assert told(FREE, Hold.CANCELLED, status="done") == ("wrong-state", done, "")
    assert told(FREE, Hold.CANCELLED, by=SAM) == ("not-allowed", who, "")


def test_without_a_word_there_is_no_reason() -> None:
    with pytest.raises(Refusal) as caught:
        set_hold(FREE, Hold.ON_HOLD, status=TaskStatus.IN_PROGRESS, owner=None, by=MARK, at=MORNING)
    assert caught.value.code == "reason-needed"
    resumed = set_hold(Held(Hold.ON_HOLD), Hold.NONE, status=TaskStatus.IN_PROGRESS, owner=None, by=MARK, at=MORNING)
    assert resumed == FREE


@pytest.mark.parametrize("held", BY_HAND)
def test_resumed_it_is_as_before_without_a_reason(held: Hold) -> None:
    assert hold(Held(held, WHY), Hold.NONE, reason="") == FREE
    assert hold(Held(held, WHY), Hold.NONE, reason="", status="done") == FREE


@pytest.mark.parametrize("to", list(Hold))
def test_what_it_is_already_is_a_repetition(to: Hold) -> None:
    assert hold(Held(to, WHY), to, reason="") is None


@pytest.mark.parametrize("to", list(Hold))
def test_a_manager_or_above_or_the_task_owner(to: Hold) -> None:
    held = Held(Hold.ON_HOLD if to is not Hold.ON_HOLD else Hold.CANCELLED, WHY)
    assert hold(held, to, by=JO) is not None
    assert code_of(held, to, by=SAM) == "not-allowed"
    assert code_of(held, to, by=VERA) == "not-allowed"


class TestOwnStep:
    """A simple task is one step of its own, rule nobody, held by the task owner."""

    def test_it_is_held_by_the_owner(self) -> None:
        [step] = own_step("Ring the bank", person(JO)).steps
        assert (step.name, step.assignee, step.assign.rule) == ("Ring the bank", person(JO), Rule.UNASSIGNED)

    def test_it_is_one_step_of_one_group_under_fixed_keys_and_follows_no_rule(self) -> None:
        [group] = own_step("Ring the bank", person(JO)).groups
        [step] = group.steps
        assert (group.key, group.name, step.key, step.bound) == ("own", "Ring the bank", "task", False)

    def test_its_status_is_the_tasks(self) -> None:
        job = Job(own_step("Ring the bank", person(JO)), owner=JO)
        [key] = [each.key for each in job.workflow.steps]
        wait = Wait(key, "Nobody there", WaitsOn.THIRD_PARTY)
        told = []
        for action in (Start(key), wait, Resume(key), Complete(key), Reopen(key, "Again")):
            job.do(action, by=JO)
            told.append(task_status(counts_of(Situation(job.workflow)), Hold.NONE).value)
        assert told == ["in_progress", "waiting", "in_progress", "done", "in_progress"]
        assert {"start", "wait", "resume", "complete", "reopen", "undo"} == OWN_ACTIONS

    @pytest.mark.parametrize("action", [None, Start(""), Wait(""), Resume(""), Complete(""), Reopen("")])
    def test_its_actions_are_left_to_the_rules_while_it_is_worked(self, action: Action | None) -> None:
        check_own(action, worked=True, around=Around(hold=Hold.ON_HOLD), by=VERA, at=MORNING)

    @pytest.mark.parametrize(
        ("action", "by", "hold", "worked", "code", "words"),
        [
            (None, MARK, Hold.NONE, False, "has-workflows", "This task is worked through its workflows."),
            (Start(""), JO, Hold.NONE, False, "has-workflows", "This task is worked through its workflows."),
            (Start(""), JO, Hold.ON_HOLD, False, "task-held", "The task is on hold."),
            (Start(""), VERA, Hold.ON_HOLD, False, "not-allowed", "You are a viewer."),
            (Claim(""), JO, Hold.NONE, True, "bad-value", "A task without a workflow is started, waited on, resumed"),
            (Claim(""), JO, Hold.NONE, False, "bad-value", "A task without a workflow is started, waited on, resumed"),
            (Claim(""), JO, Hold.CANCELLED, True, "task-held", "The task is cancelled."),
            (Claim(""), VERA, Hold.NONE, True, "not-allowed", "You are a viewer."),
        ],
    )
    def test_what_it_does_not_know_is_refused_after_who_may_not_and_what_is_held(
        self, *, action: Action | None, by: Member, hold: Hold, worked: bool, code: str, words: str
    ) -> None:
        with pytest.raises(Refusal) as caught:
            check_own(action, worked=worked, around=Around(hold=hold), by=by, at=MORNING)
        assert caught.value.code == code
        assert caught.value.message.startswith(words)
