"""S12: a blocked step is refused by every way in, in the same words, and stays as it was.

The ways are those of tests/ways, over which the whole table of refusals runs; here they meet this one situation.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from natrium.apps.database import sql
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.actions import Action, Comment, Complete, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests import files
from tests.integration.apps.workflows.jobs import Job
from tests.scenarios.acorn import Acorn, all_well, everything
from tests.scenarios.conftest import Calls, SignsIn
from tests.ways.every_way import WAYS
from tests.ways.stage import Clock, Stage, browser_of, program_of

KEY, IN_THE_WAY = "partner-review", "Manager review — Mark Reed"


@pytest.fixture
def job(acorn: Acorn) -> int:
    """A workflow at the manager's review, with the partner's blocked by it."""
    workflow = acorn.attached().workflow_id
    acorn.work_to(workflow, "manager-review")
    return workflow


def by_operation(acorn: Acorn, job: int) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        acorn.act(acorn.cast.priya, job, Complete(KEY))
    return refused.value.code, str(refused.value.message)


def test_the_operation_refuses_and_names_what_is_in_the_way(acorn: Acorn, job: int) -> None:
    before = everything()
    code, words = by_operation(acorn, job)
    assert (code, IN_THE_WAY in words) == (Code.BLOCKED, True)
    assert everything() == before
    all_well()


def test_starting_is_refused_too(acorn: Acorn, job: int) -> None:
    with pytest.raises(Refusal, match=IN_THE_WAY):
        acorn.act(acorn.cast.priya, job, Start(KEY))


@pytest.mark.parametrize("htmx", [True, False], ids=["button", "form"])
def test_the_page_refuses_in_the_same_words(acorn: Acorn, job: int, signs_in: SignsIn, *, htmx: bool) -> None:
    priya, before = signs_in(acorn.cast.priya), everything()
    headers = {"HX-Request": "true"} if htmx else {}
    answer = priya.post(f"/workflows/{job}/steps/{KEY}/completion/", headers=headers)
    assert answer.status_code == 409
    assert IN_THE_WAY in answer.content.decode()
    assert everything() == before


def test_several_at_once_are_refused_as_a_whole(acorn: Acorn, job: int) -> None:
    before = everything()
    with pytest.raises(Refusal) as refused:
        acorn.act(acorn.cast.priya, job, Comment("manager-review", "On it"), Complete(KEY))
    assert refused.value.code is Code.BLOCKED
    assert everything() == before


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (f"/steps/{KEY}/complete", {}),
        (f"/steps/{KEY}/start", {}),
        ("/actions", {"actions": [{"action": "complete", "step": KEY}]}),
    ],
)
def test_the_api_refuses_with_the_same_code_and_words(
    acorn: Acorn, job: int, calls: Calls, address: str, body: Any
) -> None:
    code, _ = by_operation(acorn, job)
    priya, before = calls(acorn.cast.priya), everything()
    answer = priya("post", f"/workflows/{job}{address}", body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert IN_THE_WAY in answer.json()["detail"]
    assert everything() == before


@pytest.fixture
def stage(acorn: Acorn, job: int, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return the situation as the ways of tests/ways meet it, with one clock for all."""
    task_id = sql.value("SELECT task_id FROM workflows_workflow WHERE id = %s", (job,))
    at = Job(acorn.cast, acorn.client, acorn.template_id, task_id, job)
    priya = acorn.cast.priya
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.at)
    found = Stage(at, clock, simple_id=0, draft_id=0, archived_id=0, library_id=0)
    found.browsers["priya"], found.programs["priya"] = browser_of(priya), program_of(priya)
    return found


# What is no way to one step of a workflow: attaching, from a template or many at once; and tasks.
NOT_TO_A_STEP = {"operation, many", "template page", "API, many"}


@pytest.mark.parametrize("action", [Complete(KEY), Start(KEY), Wait(KEY, "Her holiday", WaitsOn.CLIENT)])
def test_every_way_refuses_with_the_same_code_and_words(stage: Stage, action: Action) -> None:
    before = everything()
    told = {name: way(stage, "priya", action) for name, way in WAYS.items()}
    assert {name for name, answer in told.items() if answer is None} == NOT_TO_A_STEP
    met = {(answer.code, answer.words) for answer in told.values() if answer is not None}
    [(code, words)] = met
    assert (code, IN_THE_WAY in words) == (Code.BLOCKED, True)
    listed = {answer.obstacles for answer in told.values() if answer is not None and answer.obstacles is not None}
    assert listed == {(IN_THE_WAY,)}
    assert everything() == before


@pytest.mark.parametrize("do", ["complete", "start"])
def test_among_many_on_the_practice_page_it_is_left_as_it_was(stage: Stage, do: str) -> None:
    step_id = sql.value(
        "SELECT id FROM workflows_step WHERE workflow_id = %s AND key = %s", (stage.job.workflow_id, KEY)
    )
    priya, before = stage.browsers["priya"], everything()
    asked = {"do": do, "ids": str(step_id), "preview": "1"}
    previewed, done = priya.get("/practice/bulk/", asked), priya.post("/practice/bulk/", asked)
    assert (previewed.status_code, done.status_code) == (200, 409)
    assert all(IN_THE_WAY in answer.content.decode() for answer in (previewed, done))
    assert f'data-code="{Code.BLOCKED}"' in done.content.decode()
    assert everything() == before


def test_a_file_on_the_blocked_step_works(stage: Stage) -> None:
    step_id = sql.value(
        "SELECT id FROM workflows_step WHERE workflow_id = %s AND key = %s", (stage.job.workflow_id, KEY)
    )
    task_id, letter = stage.job.task_id, SimpleUploadedFile("going-concern.pdf", files.PDF)
    page = stage.browsers["priya"].post(f"/tasks/{task_id}/files/", {"file": letter, "step": step_id})
    assert page.status_code == 303
    other = SimpleUploadedFile("loan.pdf", files.PDF + b"\n% two")
    api = stage.programs["priya"].post(f"/api/v1/tasks/{task_id}/files", {"file": other, "step_id": step_id})
    assert api.status_code == 201, api.content
    names = {name for (name,) in sql.rows("SELECT name FROM files_file WHERE step_id = %s", (step_id,))}
    assert names == {"going-concern.pdf", "loan.pdf"}
    all_well()


def test_a_comment_on_the_blocked_step_works(acorn: Acorn, job: int, signs_in: SignsIn) -> None:
    acorn.act(acorn.cast.jo, job, Comment(KEY, "The going-concern note is in the file"))
    answer = signs_in(acorn.cast.jo).post(f"/workflows/{job}/steps/{KEY}/comments/", {"text": "And the loan"})
    assert answer.status_code == 303
    all_well()
