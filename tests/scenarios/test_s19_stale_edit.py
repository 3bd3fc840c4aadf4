"""S19: Mark and Jo opened the same step; each field is saved, or refused, on its own.

A way in is a function like `by_api`: how somebody opens the step, and how what they opened then is sent with a change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from natrium.apps.database import sql
from natrium.apps.practices.models import Member
from natrium.apps.workflows.operations import Attached
from tests.scenarios.acorn import Acorn, all_well, everything
from tests.scenarios.conftest import Calls

STEP = "draft"
EDITS = "SELECT member_name, data FROM activity_event WHERE verb = 'step.edited' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is told of a change: the status, and where it is refused the value now, and whose it is."""

    status: int
    now: object = None
    by: str = ""


type Save = Callable[[dict[str, Any]], Answer]
type Opens = Callable[[Member], Save]
SAVED, STALE = 200, 412


@pytest.fixture
def job(acorn: Acorn) -> Attached:
    """Return a job of Jo's, so that she may edit it."""
    return acorn.attached(owner=acorn.cast.jo)


def by_api(job: Attached, calls: Calls) -> Opens:
    """Programs: what was read goes along as `shown`."""

    def opens(member: Member) -> Save:
        call, workflow = calls(member), f"/workflows/{job.workflow_id}"
        groups = call("get", workflow).json()["groups"]
        read = next(step for group in groups for step in group["steps"] if step["key"] == STEP)
        shown = {"due_on": read["due_on"], "guidance": read["guidance"], "name": read["name"]}

        def save(changes: dict[str, Any]) -> Answer:
            said = {"shown": {name: shown[name] for name in changes}}
            answer = call("patch", f"{workflow}/steps/{STEP}", changes | said)
            if answer.status_code != STALE:
                return Answer(answer.status_code)
            current = answer.json()["current"]
            return Answer(STALE, current["fields"], current["by"])

        return save

    return opens


@pytest.fixture(params=[by_api])
def opens(request: pytest.FixtureRequest, job: Attached, calls: Calls) -> Opens:
    """Return each way of opening the step."""
    way: Callable[[Attached, Calls], Opens] = request.param
    return way(job, calls)


def saved(job: Attached, acorn: Acorn) -> tuple[date | None, str]:
    """The step's date and its description, as they are kept."""
    line = acorn.step(job.workflow_id, STEP)
    return line.due_on, line.guidance


def test_only_the_field_that_somebody_else_changed_is_refused(acorn: Acorn, job: Attached, opens: Opens) -> None:
    mark, jo = opens(acorn.cast.mark), opens(acorn.cast.jo)
    assert mark({"due_on": "2026-12-01"}).status == SAVED
    assert jo({"guidance": "Mind the lease."}).status == SAVED
    assert saved(job, acorn) == (date(2026, 12, 1), "Mind the lease.")
    before = everything()
    refused = jo({"due_on": "2026-12-09"})
    assert refused == Answer(STALE, {"due_on": "2026-12-01"}, "Mark Reed")
    assert everything() == before
    edits = [(who, sorted(sql.from_json(data)["changes"])) for who, data in sql.rows(EDITS)]
    assert edits == [("Mark Reed", ["due_by_hand", "due_on"]), ("Jo Evans", ["guidance"])]
    all_well()


def test_who_wants_what_the_other_wrote_is_not_refused(acorn: Acorn, opens: Opens) -> None:
    mark, jo = opens(acorn.cast.mark), opens(acorn.cast.jo)
    assert mark({"name": "Draft the accounts"}).status == SAVED
    before = everything()
    assert jo({"name": "Draft the accounts"}).status == SAVED
    assert everything() == before


def test_a_program_that_names_the_version_it_read_is_refused_as_a_whole(
    acorn: Acorn, job: Attached, calls: Calls
) -> None:
    mark, jo, workflow = calls(acorn.cast.mark), calls(acorn.cast.jo), f"/workflows/{job.workflow_id}"
    rev = acorn.step(job.workflow_id, STEP).rev
    assert mark("patch", f"{workflow}/steps/{STEP}", {"due_on": "2026-12-01"}, If_Match=f'"{rev}"').status_code == SAVED
    before = everything()
    stale = jo("patch", f"{workflow}/steps/{STEP}", {"guidance": "Mine"}, If_Match=f'"{rev}"')
    assert (stale.status_code, stale.json()["code"]) == (STALE, "stale-edit")
    assert stale.json()["current"]["rev"] > rev
    assert everything() == before


def test_a_task_changed_meanwhile_is_told_by_its_version(acorn: Acorn, job: Attached, calls: Calls) -> None:
    mark, jo, task = calls(acorn.cast.mark), calls(acorn.cast.jo), f"/tasks/{job.task_id}"
    etag = jo("get", task)["ETag"]
    assert mark("patch", task, {"service": "A"}, If_Match=etag).status_code == SAVED
    stale = jo("patch", task, {"service": "B"}, If_Match=etag)
    assert (stale.status_code, stale.json()["code"]) == (STALE, "stale-edit")
    assert mark("get", task).json()["task"]["service"] == "A"


def test_a_workflow_that_did_not_change_is_not_sent_again(acorn: Acorn, job: Attached, calls: Calls) -> None:
    vera, workflow = calls(acorn.cast.vera), f"/workflows/{job.workflow_id}"
    etag = vera("get", workflow)["ETag"]
    assert vera("get", workflow, If_None_Match=etag).status_code == 304
