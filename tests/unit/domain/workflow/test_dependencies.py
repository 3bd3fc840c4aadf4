"""Loops, however long, and what can be reached from where."""

from __future__ import annotations

import pytest
from hypothesis import given

from natrium.domain.workflow.actions import AddStep, EditGroup, EditStep, MoveStep
from natrium.domain.workflow.definition import Order, StepDefinition
from natrium.domain.workflow.dependencies import Situation, dependents_of, direct_prerequisites, find_cycle, reachable
from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow import oracle
from tests.unit.domain.workflow.builders import Job, chain, flow, group, loose, row, step
from tests.unit.domain.workflow.invariants import check_derived
from tests.unit.domain.workflow.strategies import workflows

LENGTHS = [2, 15, 16, 400]


def keys(length: int) -> list[str]:
    return [f"k{number}" for number in range(length)]


def is_loop(graph: dict[str, frozenset[str]], loop: tuple[str, ...]) -> bool:
    """Each waits for the next, and the last for the first."""
    return all(other in graph[key] for key, other in zip(loop, [*loop[1:], loop[0]], strict=True))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_chain_by_after_is_not_closed(length: int) -> None:
    names = keys(length)
    steps = [step(key, f"Step {key}", after=names[number - 1 : number]) for number, key in enumerate(names)]
    job = Job(loose(*steps))
    refusal = job.refuses_edit(EditStep("k0", {"after": (names[-1],)}))
    assert refusal.code == "cycle"
    assert "Step k0" in refusal.message
    assert f"Step {names[-1]}" in refusal.message
    if length <= 16:
        assert all(f"Step {key}" in refusal.message for key in names)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_loop_is_found_whole(length: int) -> None:
    names = keys(length)
    graph = {key: frozenset({names[number - 1]}) for number, key in enumerate(names)}
    loop = find_cycle(graph)
    assert len(loop) == length
    assert is_loop(graph, loop)


@pytest.mark.parametrize("length", LENGTHS)
def test_an_after_that_contradicts_the_order_of_the_group_is_refused(length: int) -> None:
    job = Job(chain(*keys(length)))
    assert job.refuses_edit(EditStep("k0", {"after": (f"k{length - 1}",)})).code == "cycle"


LOOPS = [
    ("a step that names itself", loose("a"), EditStep("a", {"after": ("a",)})),
    ("against a gate", flow(group("g", "a", gate=True), group("h", "b")), EditStep("a", {"after": ("b",)})),
    ("against blocking", loose(step("a", blocking=True), "b"), EditStep("a", {"after": ("b",)})),
    ("a flag that blocks what it waits for", loose(step("a", after=["b"]), "b"), EditStep("a", {"blocking": True})),
    (
        "an order that contradicts an after",
        loose(step("a", after=["b"]), "b"),
        EditGroup("only", {"order": Order.SEQUENTIAL}),
    ),
    (
        "a gate before what it waits for",
        flow(group("g", step("a", after=["b"])), group("h", "b")),
        EditGroup("g", {"gate": True}),
    ),
    ("moved before what it waits for", chain("a", step("b", after=["a"])), MoveStep("b", "only", 0)),
    ("added before what it waits for", chain("a"), AddStep("only", StepDefinition(key="b", name="B", after=("a",)), 0)),
    (
        "through several kinds",
        flow(row("g", "a", "b"), group("h", step("c", after=["b"]))),
        EditStep("a", {"after": ("c",)}),
    ),
]


@pytest.mark.parametrize(("workflow", "edit"), [each[1:] for each in LOOPS], ids=[each[0] for each in LOOPS])
def test_a_loop_through_any_mix_of_kinds_is_refused(workflow: Workflow, edit: object) -> None:
    job = Job(workflow)
    assert job.refuses_edit(edit).code == "cycle"
    assert job.workflow is workflow


def test_of_two_opposite_edges_the_second_is_refused() -> None:
    job = Job(loose("a", "b"))
    job.edit(EditStep("a", {"after": ("b",)}))
    assert job.refuses_edit(EditStep("b", {"after": ("a",)})).code == "cycle"


def test_a_forward_after_without_a_loop_is_fine() -> None:
    job = Job(loose("a", "b"))
    job.edit(EditStep("a", {"after": ("b",)}))
    assert Situation(job.workflow).blocked("a")


def test_no_loop_where_there_is_none() -> None:
    assert find_cycle({}) == ()
    assert find_cycle({"a": frozenset({"b", "c"}), "b": frozenset({"c"}), "c": frozenset()}) == ()


def test_the_loop_is_the_shortest_way_round_and_no_more() -> None:
    graph = {"a": frozenset("b"), "b": frozenset("cd"), "c": frozenset("bd"), "d": frozenset("c"), "e": frozenset("a")}
    loop = find_cycle(graph)
    assert is_loop(graph, loop)
    assert len(loop) == 2


def test_a_loop_with_two_ways_round() -> None:
    graph = {"a": frozenset("bc"), "b": frozenset("d"), "c": frozenset("d"), "d": frozenset("a")}
    loop = find_cycle(graph)
    assert is_loop(graph, loop)
    assert len(loop) == 3


def test_what_can_be_reached() -> None:
    graph = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset(), "d": frozenset({"d"})}
    assert reachable(graph, ["a"]) == {"b", "c"}
    assert reachable(graph, ["c"]) == set()
    assert reachable(graph, ["d"]) == {"d"}
    assert dependents_of(graph, "c") == {"a", "b"}


@given(workflows(cyclic=True))
def test_a_loop_is_found_exactly_where_there_is_one(workflow: Workflow) -> None:
    graph = direct_prerequisites(workflow.groups)
    plain = oracle.graph_of(oracle.plain(workflow))
    assert {key: sorted(others) for key, others in graph.items()} == {k: sorted(o) for k, o in plain.items()}
    loop = find_cycle(graph)
    assert bool(loop) == oracle.has_cycle(oracle.plain(workflow))
    assert len(set(loop)) == len(loop)
    assert not loop or is_loop(dict(graph), loop)


@given(workflows())
def test_all_that_is_derived_is_as_computed_anew(workflow: Workflow) -> None:
    check_derived(workflow)
