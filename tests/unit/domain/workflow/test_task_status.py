"""The status of a task, from the steps of its workflows and from what was set by hand."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold, Step, Workflow
from natrium.domain.workflow.progress import Counts, counts_of, task_status
from tests.unit.domain.workflow.builders import DOING, DONE, SKIPPED, TODO, WAITING, chain, flow, loose, step


def status_of(*workflows: Workflow, hold: Hold = Hold.NONE) -> str:
    counts = Counts()
    for workflow in workflows:
        counts += counts_of(Situation(workflow))
    return task_status(counts, hold).value


def at(**statuses: object) -> list[Step]:
    return [step(key, status=status) for key, status in statuses.items()]


STALE = step("stale", status=DONE, stale=True)

ONE_WORKFLOW = [
    ("nothing begun", loose("a", "b"), "not_started"),
    ("no steps", flow(), "not_started"),
    ("one in progress", loose(*at(a=DOING, b=TODO)), "in_progress"),
    ("one done", loose(*at(a=DONE, b=TODO)), "in_progress"),
    ("one skipped", loose(*at(a=SKIPPED, b=TODO)), "in_progress"),
    ("all done", loose(*at(a=DONE, b=DONE)), "done"),
    ("done and skipped", loose(*at(a=DONE, b=SKIPPED)), "done"),
    ("all skipped", loose(*at(a=SKIPPED)), "done"),
    ("one stale", loose(STALE, *at(a=DONE)), "in_progress"),
    ("all that is open waits", loose(*at(a=DONE, b=WAITING)), "waiting"),
    ("it waits, the rest is blocked", chain(*at(a=WAITING, b=TODO, c=TODO)), "waiting"),
    ("it waits, another is ready", loose(*at(a=WAITING, b=TODO)), "in_progress"),
    ("it waits, another is in progress", loose(*at(a=WAITING, b=DOING)), "in_progress"),
    ("it waits, one is stale", loose(STALE, *at(a=WAITING)), "waiting"),
    ("it waits, one in progress shows an obstacle", chain(*at(a=WAITING, b=DOING)), "in_progress"),
    ("all open blocked, none waits", chain(STALE, *at(a=TODO)), "in_progress"),
]


@pytest.mark.parametrize(("workflow", "status"), [each[1:] for each in ONE_WORKFLOW], ids=[o[0] for o in ONE_WORKFLOW])
def test_one_workflow(workflow: Workflow, status: str) -> None:
    assert status_of(workflow) == status


@pytest.mark.parametrize("hold", [Hold.ON_HOLD, Hold.CANCELLED])
def test_set_by_hand(hold: Hold) -> None:
    assert status_of(loose("a"), hold=hold) == hold.value
    assert status_of(loose(*at(a=WAITING)), hold=hold) == hold.value
    assert status_of(hold=hold) == hold.value


@pytest.mark.parametrize("hold", list(Hold))
def test_done_goes_before_what_was_set_by_hand(hold: Hold) -> None:
    assert status_of(loose(*at(a=DONE)), hold=hold) == "done"


class TestSeveralWorkflows:
    def test_done_when_all_are_finished(self) -> None:
        assert status_of(loose(*at(a=DONE)), loose(*at(a=SKIPPED))) == "done"
        assert status_of(loose(*at(a=DONE)), loose("a")) == "in_progress"

    def test_an_empty_one_is_never_finished(self) -> None:
        assert status_of(loose(*at(a=DONE)), flow()) == "in_progress"

    def test_waiting_when_no_other_can_go_on(self) -> None:
        assert status_of(loose(*at(a=WAITING)), loose(*at(a=DONE))) == "waiting"
        assert status_of(loose(*at(a=WAITING)), loose("a")) == "in_progress"


def test_without_a_workflow_nothing_is_started() -> None:
    assert status_of() == "not_started"
