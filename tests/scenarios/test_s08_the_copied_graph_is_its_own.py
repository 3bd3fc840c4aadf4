"""S08: each workflow has a graph of its own, the same as its template's."""

import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natrium.apps.workflows import operations, snapshots
from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition, Template
from natrium.domain.workflow.model import Step
from tests.builders import NOW, signed_in
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well, rows_of

TEMPLATE_TABLES = (
    "workflows_template", "workflows_templateversion", "workflows_stepgrouptemplate", "workflows_steptemplate",
)  # fmt: skip


def random_template(seed: int, steps: int, edges: int) -> Template:
    """That many steps, two of one name, with that many dependencies, each on a step before it."""
    draw = random.Random(seed)  # noqa: S311 - the same template for the same seed
    pairs = [(later, earlier) for later in range(steps) for earlier in range(later)]
    chosen = draw.sample(pairs, min(edges, len(pairs)))
    made = [
        a_step(
            f"s{number}",
            "Twin" if number in (1, 2) else f"Step {number}",
            after=tuple(f"s{earlier}" for later, earlier in chosen if later == number),
            required=draw.random() < 0.2,
            blocking=draw.random() < 0.2,
        )
        for number in range(steps)
    ]
    third = max(steps // 3, 1)
    groups = [
        a_group(f"g{start}", *made[start : start + third], order=draw.choice(list(Order)), gate=draw.random() < 0.3)
        for start in range(0, steps, third)
    ]
    return Template(name=f"Random {seed}-{steps}-{edges}", groups=tuple(groups))


def shape(groups: Iterable[GroupDefinition[Any]]) -> list[Any]:
    """What a template and a workflow of it have in common."""

    def of(step: StepDefinition | Step) -> tuple[Any, ...]:
        return (step.key, step.name, frozenset(step.after), step.required, step.blocking)

    return [(group.key, group.name, group.order, group.gate, [of(step) for step in group.steps]) for group in groups]


def same_graph(acorn: Acorn, workflow_id: int, template: Template) -> None:
    loaded = snapshots.load(practice_id=acorn.cast.acorn.pk, workflow_id=workflow_id, lock=False)
    assert shape(loaded.workflow.groups) == shape(template.groups)


def test_three_copies_are_the_templates_graph_and_touch_neither_it_nor_one_another(acorn: Acorn) -> None:
    template = random_template(8, 30, 45)
    template_id, by = acorn.publish(template), signed_in(acorn.cast.mark)
    before = {table: rows_of(table) for table in TEMPLATE_TABLES}
    copies: list[int] = []
    for number in range(3):
        task = acorn.task(title=f"Job {number}")
        earlier = [rows_of("workflows_step", "workflow_id = %s", (id_,)) for id_ in copies]
        made = operations.attach(by=by, at=NOW, task_id=task, template_id=template_id)
        assert [rows_of("workflows_step", "workflow_id = %s", (id_,)) for id_ in copies] == earlier
        copies.append(made.workflow_id)
    for workflow_id in copies:
        same_graph(acorn, workflow_id, template)
    assert {table: rows_of(table) for table in TEMPLATE_TABLES} == before
    all_well()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), steps=st.integers(1, 40), edges=st.integers(0, 60))
def test_any_template_is_copied_as_it_is(acorn: Acorn, seed: int, steps: int, edges: int) -> None:
    template = random_template(seed, steps, edges)
    by = signed_in(acorn.cast.mark)
    found = operations.create_template(by=by, at=NOW, name=f"T{acorn.task()}", definition=template)
    operations.publish(by=by, at=NOW, template_id=found)
    made = operations.attach(by=by, at=NOW, task_id=acorn.task(), template_id=found)
    same_graph(acorn, made.workflow_id, template)


@pytest.mark.parametrize("first", ["Twin"])
def test_two_steps_of_one_name_stay_two(acorn: Acorn, first: str) -> None:
    attached = acorn.attached(random_template(1, 5, 3))
    keys = [row.key for group in acorn.panel(attached.workflow_id).groups for row in group.steps if row.name == first]
    assert keys == ["s1", "s2"]
    all_well()
