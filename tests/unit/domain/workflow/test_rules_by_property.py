"""The rules and their naive re-statement, asked the same things of random workflows, say the same."""

from __future__ import annotations

from random import Random

from hypothesis import given

from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow import oracle, recipes, recipes_edits
from tests.unit.domain.workflow.builders import Job
from tests.unit.domain.workflow.comparing import Compared
from tests.unit.domain.workflow.invariants import check_derived, check_state
from tests.unit.domain.workflow.recipes import Recipe
from tests.unit.domain.workflow.strategies import jobs


def work(job: Job, actions: list[Recipe]) -> None:
    """One action after the other."""
    compared = Compared(job)
    for recipe in actions:
        compared.do([recipes.action(job, recipe)], recipes.member(recipe))
        job.later(minutes=recipes.minutes(recipe))
    check_state(job.workflow)
    check_derived(job.workflow)


def work_on_several(job: Job, actions: list[Recipe]) -> None:
    """Some actions alone, some for several steps at once."""
    compared = Compared(job)
    for number, recipe in enumerate(actions):
        wanted = recipes.several(job, recipe) if number % 2 else [recipes.action(job, recipe)]
        compared.do(wanted, recipes.member(recipe))
    check_state(job.workflow)


def work_and_undo(job: Job, actions: list[Recipe]) -> None:
    """Actions, single and for several steps, and now and then the last of a step taken back."""
    compared = Compared(job)
    for recipe in actions:
        chance = Random(sum(recipe)).random()  # noqa: S311 - a test's dice
        if chance < 0.35:
            compared.undo(*recipes.undo(job, recipe))
            job.later(minutes=-1)
        else:
            wanted = recipes.several(job, recipe) if chance < 0.45 else [recipes.action(job, recipe)]
            compared.do(wanted, recipes.member(recipe))
            job.later(minutes=recipes.minutes(recipe))
    check_state(job.workflow)


def work_and_edit(job: Job, actions: list[Recipe]) -> None:
    """Actions and edits, and now and then an undo; it keeps the pairs that are newer than a step's settling."""
    compared = Compared(job)
    newer: frozenset[tuple[str, str]] = frozenset()
    for recipe in actions:
        chance = Random(sum(recipe)).random()  # noqa: S311 - a test's dice
        before = job.workflow
        if chance < 0.45:
            compared.edit(recipes_edits.edit(job, recipe), recipes.member(recipe))
            newer |= pairs(job.workflow) - pairs(before)
        elif chance < 0.55:
            compared.undo(*recipes.undo(job, recipe))
        else:
            compared.do([recipes.action(job, recipe)], recipes.member(recipe))
        settled = {step.key for step in job.workflow.steps if step.settled}
        newer = frozenset((key, other) for key, other in newer if key in settled)
        check_state(job.workflow, newer)
    check_derived(job.workflow)


def pairs(workflow: Workflow) -> frozenset[tuple[str, str]]:
    """Every step with each of its direct prerequisites."""
    flow = oracle.plain(workflow)
    return frozenset((key, other) for key, others in oracle.graph_of(flow).items() for other in others)


@given(jobs(), recipes.recipes)
def test_every_action_has_the_answer_the_rules_give(job: Job, actions: list[Recipe]) -> None:
    work(job, actions)


@given(jobs(), recipes.recipes)
def test_actions_on_several_steps_are_done_in_workflow_order_or_not_at_all(job: Job, actions: list[Recipe]) -> None:
    work_on_several(job, actions)


@given(jobs(), recipes.recipes)
def test_undo_brings_back_the_facts_before_or_says_why_not(job: Job, actions: list[Recipe]) -> None:
    work_and_undo(job, actions)


@given(jobs(), recipes.recipes)
def test_an_edited_workflow_keeps_its_rules(job: Job, actions: list[Recipe]) -> None:
    work_and_edit(job, actions)
