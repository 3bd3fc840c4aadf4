"""S16: progress is what the table says, in the task's list, on its page and in the workflow."""

from dataclasses import replace

import pytest

from natrium.apps.practices.models import Practice
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow.actions import Action, AddStep, Complete, RemoveStep, Skip
from natrium.domain.workflow.definition import Order, Template
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well
from tests.scenarios.conftest import SignsIn


def in_a_bag(steps: int) -> Template:
    made = [a_step(f"s{number}", estimate=1) for number in range(steps)]
    return Template(name=f"{steps} steps", groups=(a_group("only", *made, order=Order.ANY),))


def worked(acorn: Acorn, steps: int, done: int, skipped: int) -> tuple[int, int]:
    """A workflow of that many steps on a task, worked so far; the task and the workflow."""
    attached = acorn.attached(in_a_bag(steps))
    actions: list[Action] = [Complete(f"s{number}") for number in range(done)]
    actions += [Skip(f"s{done + number}", "Not needed") for number in range(skipped)]
    if actions:
        acorn.act(acorn.cast.mark, attached.workflow_id, *actions)
    return attached.task_id, attached.workflow_id


@pytest.mark.parametrize(
    ("steps", "done", "skipped", "percent", "words"),
    [
        (3, 1, 0, 33, "1 of 3"),
        (200, 199, 0, 99, "199 of 200"),
        (3, 3, 0, 100, "3 of 3"),
        (3, 2, 1, 100, "2 of 2"),
        (3, 0, 3, 100, "all skipped"),
        (8, 7, 1, 100, "7 of 7"),
    ],
)
def test_the_table(acorn: Acorn, steps: int, done: int, skipped: int, percent: int, words: str) -> None:
    task, workflow = worked(acorn, steps, done, skipped)
    by = signed_in(acorn.cast.mark)
    page = queries.task_page(by=by, at=NOW, task_id=task)
    for progress in (acorn.panel(workflow).progress, page.workflows[0].progress, page.task.progress):
        assert progress.percent == percent
        assert words in progress.words
    all_well()


def test_no_steps_is_no_percentage(acorn: Acorn) -> None:
    page = queries.task_page(by=signed_in(acorn.cast.mark), at=NOW, task_id=acorn.task())
    assert page.task.progress.percent is None
    assert page.task.progress.words == "no steps"


@pytest.mark.parametrize(("weights", "done", "percent"), [((0, 0, 0), 1, 33), ((1, 1, 98), 2, 2)])
def test_weights_count_where_the_practice_weighs(
    acorn: Acorn, weights: tuple[int, ...], done: int, percent: int
) -> None:
    steps = [a_step(f"s{number}", estimate=weight) for number, weight in enumerate(weights)]
    template = Template(name="Weighted", groups=(a_group("only", *steps, order=Order.ANY),))
    workflow = acorn.attached(template).workflow_id
    acorn.act(acorn.cast.mark, workflow, *(Complete(f"s{number}") for number in range(done)))
    Practice.objects.filter(pk=acorn.cast.acorn.pk).update(weighted_progress=True)
    by: SignedIn = replace(signed_in(acorn.cast.mark), weighted=True)
    assert queries.workflow(by=by, at=NOW, workflow_id=workflow).progress.percent == percent


def test_taking_away_the_only_open_step_makes_it_100_at_once(acorn: Acorn) -> None:
    task, workflow = worked(acorn, 199, 198, 0)
    by = signed_in(acorn.cast.mark)
    operations.edit(by=by, at=NOW, workflow_id=workflow, edit=AddStep("only", a_step("extra")))
    acorn.act(acorn.cast.mark, workflow, Complete("s198"))
    assert acorn.panel(workflow).progress.percent == 99
    operations.edit(by=by, at=NOW, workflow_id=workflow, edit=RemoveStep("extra"))
    assert acorn.panel(workflow).progress.percent == 100
    assert queries.task_page(by=by, at=NOW, task_id=task).task.status == "done"
    all_well()


def test_the_page_says_it(acorn: Acorn, signs_in: SignsIn) -> None:
    task, _ = worked(acorn, 3, 1, 1)
    page = signs_in(acorn.cast.jo).get(f"/tasks/{task}/").content.decode()
    assert "50" in page
    assert "1 of 2 steps done" in page
