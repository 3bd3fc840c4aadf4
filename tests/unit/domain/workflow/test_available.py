"""What a page offers a member is exactly what the rules would not refuse them, given good words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from natrium.domain.workflow import actions
from natrium.domain.workflow.available import available
from natrium.domain.workflow.definition import Rule, WaitsOn
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Hold, Member, Status, Step
from tests.unit.domain.workflow import oracle, oracle_actions, recipes
from tests.unit.domain.workflow.builders import CAST, JO, MARK, PRIYA, SAM, VERA, Job, chain, loose, person, step
from tests.unit.domain.workflow.comparing import Compared, scene_of
from tests.unit.domain.workflow.recipes import Recipe
from tests.unit.domain.workflow.strategies import jobs

LOOKED_AT = 2
WHY = "Words that nobody has used yet"


def good_words(job: Job, step: Step, by: Member) -> dict[str, list[Any]]:
    """For each name the actions of that kind, with nothing wrong in their words; one that succeeds is enough."""
    key, flow = step.key, oracle.plain(job.workflow)
    others = [each for each in (JO, SAM, MARK) if each.id not in (by.id, step.assignee and step.assignee.id)]
    return {
        "start": [actions.Start(key)],
        "wait": [actions.Wait(key, WHY, WaitsOn.CLIENT)],
        "resume": [actions.Resume(key)],
        "complete": [actions.Complete(key, job.now.date(), "CH-1", WHY)],
        "reopen": [actions.Reopen(key, WHY)],
        "confirm": [actions.Confirm(key)],
        "skip": [actions.Skip(key, WHY)],
        "unskip": [actions.Unskip(key)],
        "override": [actions.OverridePrerequisites(key, (other,), WHY) for other in oracle.unsettled(flow, key)],
        "assign": [actions.AssignTo(key, others[0])],
        "claim": [actions.Claim(key)],
        "comment": [actions.Comment(key, WHY)],
    }


def may_cover_all(job: Job, step: Step, by: Member) -> bool:
    """Whether one override could cover all that is in the way. Whether to offer one for a part is left open."""
    covers = tuple(oracle.unsettled(oracle.plain(job.workflow), step.key))
    return oracle_actions.reason_against(scene_of(job, by), actions.OverridePrerequisites(step.key, covers, WHY)) == ""


def work_and_look(job: Job, wanted: list[Recipe]) -> None:
    """After some actions, what each member is offered on each step of a group or two."""
    compared = Compared(job)
    for recipe in wanted:
        compared.do([recipes.action(job, recipe)], recipes.member(recipe))
    situation = Situation(job.workflow)
    for each in job.workflow.steps[:LOOKED_AT]:
        for by in CAST:
            scene = scene_of(job, by)
            possible = {
                name
                for name, ways in good_words(job, each, by).items()
                if any(oracle_actions.reason_against(scene, way) == "" for way in ways)
            }
            offered = available(situation, each, around=job.around, by=by)
            differ = offered ^ possible
            if not may_cover_all(job, each, by):
                differ -= {"override"} if "override" in possible else set()
            assert not differ, f"{by.name}: {sorted(differ)} of {each}"


@given(jobs(), recipes.recipes)
def test_what_is_offered_is_what_would_not_be_refused(job: Job, wanted: list[Recipe]) -> None:
    work_and_look(job, wanted)


ALWAYS = {"comment"}
BY_STAFF = [
    ("ready", step("a", assignee=JO), {"start", "wait", "complete", "assign"}),
    ("nobody's", step("a"), {"start", "wait", "complete", "claim"}),
    ("another's", step("a", assignee=SAM), {"start", "wait", "complete"}),
    ("in progress", step("a", status=Status.IN_PROGRESS, assignee=SAM), {"wait", "complete"}),
    ("waiting", step("a", status=Status.WAITING, assignee=SAM), {"resume", "wait", "complete"}),
    ("done by another", step("a", status=Status.DONE, assignee=SAM), set()),
    ("done by oneself", step("a", status=Status.DONE, completed_by=person(JO)), {"reopen"}),
    ("stale", step("a", status=Status.DONE, stale=True, assignee=SAM), {"confirm"}),
    ("stale, one's own", step("a", status=Status.DONE, stale=True, assignee=JO), {"confirm", "reopen", "assign"}),
    ("filed", step("a", status=Status.DONE, filing=True, assignee=JO), set()),
    ("skipped", step("a", status=Status.SKIPPED), set()),
    ("the manager's", step("a", rule=Rule.CLIENT_MANAGER), set()),
    ("the manager's, held", step("a", rule=Rule.CLIENT_MANAGER, assignee=JO), {"start", "wait", "complete", "assign"}),
]
BY_OWNER = [
    ("ready", step("a"), {"start", "wait", "complete", "claim", "assign", "skip"}),
    ("required", step("a", required=True), {"start", "wait", "complete", "claim", "assign"}),
    ("done", step("a", status=Status.DONE, assignee=SAM), {"reopen"}),
    ("skipped", step("a", status=Status.SKIPPED), {"unskip"}),
    ("the partner's", step("a", rule=Rule.CLIENT_PARTNER), {"assign", "skip"}),
]
BLOCKED = [
    ("ready", step("a"), {"claim", "assign", "skip", "override"}),
    ("in progress", step("a", status=Status.IN_PROGRESS), {"claim", "assign", "skip", "override"}),
    ("waiting", step("a", status=Status.WAITING), {"resume", "claim", "assign", "skip", "override"}),
    ("stale", step("a", status=Status.DONE, stale=True), {"claim", "assign", "reopen", "override"}),
    ("done", step("a", status=Status.DONE), {"reopen"}),
]


@pytest.mark.parametrize(("each", "expected"), [one[1:] for one in BY_STAFF], ids=[one[0] for one in BY_STAFF])
def test_what_staff_are_offered(each: Step, expected: set[str]) -> None:
    assert available(Situation(loose(each)), each, around=Around(), by=JO) == expected | ALWAYS
    assert available(Situation(loose(each)), each, around=Around(owner=person(SAM)), by=JO) == expected | ALWAYS


@pytest.mark.parametrize(("each", "expected"), [one[1:] for one in BY_OWNER], ids=[one[0] for one in BY_OWNER])
def test_what_the_task_owner_is_offered(each: Step, expected: set[str]) -> None:
    assert available(Situation(loose(each)), each, around=Around(owner=person(JO)), by=JO) == expected | ALWAYS


@pytest.mark.parametrize(("each", "expected"), [one[1:] for one in BLOCKED], ids=[one[0] for one in BLOCKED])
def test_what_a_manager_is_offered_where_something_is_in_the_way(each: Step, expected: set[str]) -> None:
    assert available(Situation(chain("before", each)), each, around=Around(), by=MARK) == expected | ALWAYS


def test_on_a_held_task_there_is_only_the_comment_and_for_a_viewer_nothing() -> None:
    each = step("a")
    assert available(Situation(loose(each)), each, around=Around(hold=Hold.ON_HOLD), by=PRIYA) == ALWAYS
    assert available(Situation(loose(each)), each, around=Around(owner=person(VERA)), by=VERA) == set()


def test_a_filing_is_not_offered_past_its_approval() -> None:
    job = Job(chain(step("ok", approval=True), step("file", filing=True)))
    assert "override" not in available(Situation(job.workflow), job["file"], around=job.around, by=PRIYA)


def test_a_blocking_step_is_overridden_by_a_partner() -> None:
    job = Job(loose(step("a", blocking=True), "b"))
    situation = Situation(job.workflow)
    assert "override" not in available(situation, job["b"], around=job.around, by=MARK)
    assert "override" in available(situation, job["b"], around=job.around, by=PRIYA)
