"""What random workflows meet only now and then, said outright."""

from natrium.domain.workflow.actions import AssignTo
from natrium.domain.workflow.available import available
from natrium.domain.workflow.dependencies import Situation, find_cycle
from natrium.domain.workflow.model import Around, Status
from tests.unit.domain.workflow.builders import JO, MARK, Job, loose, step


def test_a_stale_step_with_nothing_before_it_open_can_be_confirmed() -> None:
    workflow = loose(step("a", status=Status.DONE, stale=True))
    assert "confirm" in available(Situation(workflow), workflow.steps[0], around=Around(), by=JO)


def test_two_ways_to_the_same_step_are_no_loop() -> None:
    both = frozenset({"b", "c"})
    graph = {"a": both, "b": frozenset({"d"}), "c": frozenset({"d"}), "d": frozenset()}
    assert find_cycle(graph) == ()


def test_anybody_who_may_work_an_unassigned_step_may_assign_it_to_themselves() -> None:
    job = Job(loose("a"))
    job.do(AssignTo("a", JO), by=JO)
    assert job["a"].assignee == JO.person
    job.do(AssignTo("a", MARK), by=JO)
    assert job["a"].assignee == MARK.person


def test_the_shortest_way_round_a_loop_is_named() -> None:
    graph = {key: frozenset(after) for key, after in {"a": "bc", "b": "c", "c": "d", "d": "a"}.items()}
    assert find_cycle(graph) == ("a", "c", "d")
