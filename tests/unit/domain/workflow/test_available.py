"""What a page offers a member is exactly what the rules would not refuse them, given good words."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from natrium.domain.workflow import actions
from natrium.domain.workflow.available import available
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Member, Step
from tests.unit.domain.workflow import oracle, oracle_actions, recipes
from tests.unit.domain.workflow.builders import CAST, JO, MARK, PRIYA, SAM, Job, chain, loose, step
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


def test_a_filing_is_not_offered_past_its_approval() -> None:
    job = Job(chain(step("ok", approval=True), step("file", filing=True)))
    assert "override" not in available(Situation(job.workflow), job["file"], around=job.around, by=PRIYA)


def test_a_blocking_step_is_overridden_by_a_partner() -> None:
    job = Job(loose(step("a", blocking=True), "b"))
    situation = Situation(job.workflow)
    assert "override" not in available(situation, job["b"], around=job.around, by=MARK)
    assert "override" in available(situation, job["b"], around=job.around, by=PRIYA)
