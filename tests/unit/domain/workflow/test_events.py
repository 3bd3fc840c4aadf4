"""Every event of the record, whole: its verb, the step and its name, each fact before and after, and what else it says.

SPEC section 9: no change without an event, no event without a change; before and after stand in it.
"""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.workflow.actions import (
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    Event,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.assignment import follow
from natrium.domain.workflow.definition import Rule, WaitsOn
from natrium.domain.workflow.model import Evidence, Override, Waiting
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    SAM,
    SKIPPED,
    TODO,
    WAITING,
    Job,
    chain,
    loose,
    person,
    step,
)
from tests.unit.domain.workflow.telling import (
    BANK,
    BEGUN,
    COMPLETED,
    EARLIER,
    ME,
    NO_LONGER_STARTED,
    NOW,
    SIGNED,
    STALE,
    STARTED,
    STARTED_AGAIN,
    TODAY,
    Told,
    check,
    idea,
    to,
)


def evidence(**facts: Any) -> dict[str, Any]:
    return {"evidence": (None, Evidence(**facts))}


WORKING = [
    Told(loose("a"), Start("a"), (Event("step.started", "a", "A", to(DOING, **STARTED)),)),
    Told(
        loose("a"),
        Wait("a", " Bank letter ", WaitsOn.THIRD_PARTY, " HSBC "),
        (
            Event(
                "step.waiting",
                "a",
                "A",
                to(WAITING, waiting=(None, Waiting("Bank letter", WaitsOn.THIRD_PARTY, "HSBC", NOW))),
            ),
        ),
    ),
    Told(
        loose(step("a", status=WAITING, waiting=BANK)),
        Wait("a", "Second letter", WaitsOn.CLIENT),
        (Event("step.waiting", "a", "A", {"waiting": (BANK, Waiting("Second letter", WaitsOn.CLIENT, "", EARLIER))}),),
    ),
    Told(
        loose(step("a", status=WAITING, waiting=BANK)),
        Resume("a"),
        (Event("step.resumed", "a", "A", to(DOING, WAITING, waiting=(BANK, None), **STARTED)),),
    ),
    Told(
        loose(step("a", status=WAITING, waiting=BANK, **BEGUN)),
        Resume("a"),
        (Event("step.resumed", "a", "A", to(DOING, WAITING, waiting=(BANK, None))),),
    ),
    Told(
        loose("a"),
        Complete("a"),
        (
            Event("step.started", "a", "A", to(DOING, **STARTED)),
            Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED)),
        ),
    ),
    Told(
        loose(step("a", status=DOING, **BEGUN)),
        Complete("a"),
        (Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED)),),
    ),
    Told(
        loose(step("a", status=WAITING, waiting=BANK)),
        Complete("a"),
        (
            Event("step.started", "a", "A", to(DOING, WAITING, waiting=(BANK, None), **STARTED)),
            Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED)),
        ),
    ),
    Told(
        loose(step("a", status=WAITING, waiting=BANK, **BEGUN)),
        Complete("a"),
        (
            Event("step.resumed", "a", "A", to(DOING, WAITING, waiting=(BANK, None))),
            Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED)),
        ),
    ),
    Told(
        loose(step("a", status=DOING, filing=True)),
        Complete("a", TODAY, " CH-1 ", "Not kept"),
        (Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED, **evidence(on=TODAY, reference="CH-1"))),),
    ),
    Told(
        loose(step("a", status=DOING, approval=True)),
        Complete("a", TODAY, "Not kept", " By e-mail "),
        (Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED, **evidence(note="By e-mail"))),),
    ),
    Told(
        loose(step("a", status=DOING)),
        Complete("a", TODAY, "Not kept", "Not kept"),
        (Event("step.completed", "a", "A", to(DONE, DOING, **COMPLETED)),),
    ),
]

BACK = {"reason": "Bank changed", "cascade": False}
OVER = {"reason": "Bank changed", "cascade": True}
BECAUSE = {"because": "a", "because_name": "A"}
PROOF = Evidence(note="By e-mail")

SIGNING = [
    Told(
        chain(step("a", evidence=PROOF, **STALE), step("b", **SIGNED), step("c", **STALE), "d"),
        Reopen("a", " Bank changed "),
        (
            Event(
                "step.reopened",
                "a",
                "A",
                to(DOING, DONE, stale=(True, False), evidence=(PROOF, None), **STARTED_AGAIN),
                BACK,
            ),
            Event("step.staled", "b", "B", {"stale": (False, True)}, BECAUSE),
        ),
    ),
    Told(
        chain(step("a", **SIGNED), step("b", evidence=PROOF, **SIGNED), step("c", **STALE), "d"),
        Reopen("a", "Bank changed", cascade=True),
        (
            Event("step.reopened", "a", "A", to(DOING, DONE, **STARTED_AGAIN), OVER),
            Event("step.returned", "b", "B", to(TODO, DONE, evidence=(PROOF, None), **NO_LONGER_STARTED), BECAUSE),
            Event("step.returned", "c", "C", to(TODO, DONE, stale=(True, False), **NO_LONGER_STARTED), BECAUSE),
        ),
    ),
    Told(loose(step("a", **STALE)), Confirm("a"), (Event("step.confirmed", "a", "A", {"stale": (True, False)}),)),
    Told(
        loose(step("a", status=WAITING, waiting=BANK)),
        Skip("a", " Not needed "),
        (
            Event(
                "step.skipped",
                "a",
                "A",
                to(
                    SKIPPED,
                    WAITING,
                    waiting=(BANK, None),
                    skipped_by=(None, ME),
                    skipped_at=(None, NOW),
                    skip_reason=("", "Not needed"),
                ),
            ),
        ),
    ),
    Told(
        chain(
            step("a", status=SKIPPED, skipped_by=person(JO), skipped_at=EARLIER, skip_reason="No", **BEGUN),
            step("b", **SIGNED),
            step("c", **STALE),
            step("d", filing=True, **SIGNED),
        ),
        Unskip("a"),
        (
            Event(
                "step.unskipped",
                "a",
                "A",
                to(
                    TODO,
                    SKIPPED,
                    skipped_by=(person(JO), None),
                    skipped_at=(EARLIER, None),
                    skip_reason=("No", ""),
                    **NO_LONGER_STARTED,
                ),
            ),
            Event("step.staled", "b", "B", {"stale": (False, True)}, BECAUSE),
        ),
    ),
]


def covering(*keys: str) -> dict[str, Any]:
    return {"overrides": ((), tuple(Override(key, ME, NOW, "Hurry") for key in keys))}


HOLDING = [
    Told(
        chain(step("a", "Prepare"), "b", "c"),
        OverridePrerequisites("c", ("b", "a", "b"), " Hurry "),
        (
            Event(
                "step.overridden",
                "c",
                "C",
                covering("b", "a"),
                {"covers": ["b", "a"], "names": ["B", "Prepare"], "reason": "Hurry"},
            ),
        ),
    ),
    Told(
        chain("a", "b"),
        OverridePrerequisites("b", ("a",), "Hurry", Start("b")),
        (
            Event("step.overridden", "b", "B", covering("a"), {"covers": ["a"], "names": ["A"], "reason": "Hurry"}),
            Event("step.started", "b", "B", to(DOING, **STARTED)),
        ),
    ),
    Told(
        loose(step("a", assignee=JO)),
        AssignTo("a", SAM),
        (Event("step.assigned", "a", "A", {"assignee": (person(JO), person(SAM)), "bound": (True, False)}),),
    ),
    Told(
        loose(step("a", assignee=JO, bound=False)),
        AssignTo("a", None),
        (Event("step.assigned", "a", "A", {"assignee": (person(JO), None)}),),
    ),
    Told(loose("a"), Claim("a"), (Event("step.claimed", "a", "A", {"assignee": (None, ME), "bound": (True, False)}),)),
    Told(loose("a"), Comment("a", " Called. "), (Event("comment.added", "a", "A", {}, {"text": "Called."}),)),
    Told(loose("a"), Comment("", "Called."), (Event("comment.added", "", "", {}, {"text": "Called."}),)),
]

TABLE = [*WORKING, *SIGNING, *HOLDING]


@pytest.mark.parametrize("told", TABLE, ids=idea)
def test_what_was_done_is_told_by_these_events(told: Told) -> None:
    check(told, Job(told.workflow).do(told.done))


def test_an_undo_is_told_with_what_it_undid() -> None:
    it = Job(loose(step("a", status=DOING, **BEGUN)))
    it.do(Complete("a"))
    (event,) = it.undo("a").events
    back = to(DOING, DONE, completed_by=(ME, None), completed_at=(NOW, None))
    assert event == Event("step.undone", "a", "A", back, {"undid": "completed"})


def test_each_step_that_follows_its_rule_is_told() -> None:
    manager = {"rule": Rule.CLIENT_MANAGER, "assignee": JO}
    others = [step("x", assignee=JO), step("y", status=DONE, **manager), step("z", bound=False, **manager)]
    workflow = loose(others[0], step("a", **manager), *others[1:], step("b", **manager))
    change = follow(workflow, Rule.CLIENT_MANAGER, MARK)
    given = {"assignee": (person(JO), person(MARK))}
    assert change.events == tuple(
        Event("step.followed", key, key.upper(), given, {"rule": "client_manager"}) for key in "ab"
    )
    assert [each.assignee for each in change.workflow.steps] == [person(one) for one in (JO, MARK, JO, JO, MARK)]


def test_of_several_those_about_no_step_come_first() -> None:
    it = Job(chain("a", "b"))
    it.do(Skip("b", "No"), Start("a"), Comment("", "Called."))
    assert [event.key for event in it.last.events] == ["", "a", "b"]
