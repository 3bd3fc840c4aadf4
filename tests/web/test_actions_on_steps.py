"""Each action on a step, from its page: it works, it is refused with what was typed, by whom it may not be done."""

from dataclasses import dataclass, field
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import StepLine
from natrium.domain.workflow.actions import Action, Complete, Reopen, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As


@dataclass(frozen=True)
class Case:
    """An action: what comes before, what is posted, what state comes of it, and how it is refused (`bad`, `status`)."""

    noun: str
    key: str = "request"
    before: tuple[Action, ...] = ()
    post: dict[str, str] = field(default_factory=dict)
    state: str = ""
    who: str = "mark"
    bad: dict[str, str] = field(default_factory=dict)
    bad_key: str = ""
    status: int = 422
    kept: str = ""


WAITED = Wait("request", "The ledger", WaitsOn.CLIENT)
SENT_BACK = (Complete("request"), Complete("receive"), Reopen("request", "Wrong"), Complete("request"))
CASES = [
    Case("start", state="in_progress", bad_key="draft", status=409),
    Case(
        "wait",
        post={"reason": "The ledger", "on": "client"},
        state="waiting",
        bad={"whom": "The bookkeeper & co", "on": "client"},
        kept="The bookkeeper &amp; co",
    ),
    Case("resumption", before=(WAITED,), state="in_progress", bad_key="receive", status=409),
    Case("completion", state="done", bad_key="draft", status=409),
    Case(
        "reopening",
        before=(Complete("request"),),
        post={"reason": "Wrong year"},
        state="in_progress",
        bad={"cascade": "1"},
    ),
    Case("confirmation", before=SENT_BACK, key="receive", state="done", bad_key="draft", status=409),
    Case("skip", post={"reason": "Not needed"}, state="skipped", bad={"reason": " "}),
    Case("unskip", before=(Skip("request", "No"),), state="ready", bad_key="draft", status=200),
    Case(
        "override",
        key="receive",
        post={"covers": "request", "reason": "Urgent", "then": "start"},
        state="in_progress",
        bad={"covers": "request", "then": "start"},
    ),
    Case("assignment", state="ready", bad={"to": "x"}),
    Case("claim", key="receive", state="blocked", bad_key="request", status=409),
    Case("undo", before=(Start("request"),), state="ready", bad_key="receive", status=409),
    Case("comments", post={"text": "Rang them"}, state="ready", bad={"text": " "}),
]


def prepared(world: World, case: Case) -> int:
    by = signed_in(world.cast.mark)
    done = operations.attach(by=by, at=world.at, task_id=world.fresh_id, template_id=world.template_id)
    for action in case.before:
        operations.act(by=by, at=world.at, workflow_id=done.workflow_id, actions=[action])
    return done.workflow_id


def step(world: World, key: str) -> StepLine:
    page = queries.task_page(by=signed_in(world.cast.mark), at=world.at, task_id=world.fresh_id)
    return next(one for group in page.workflows[0].groups for one in group.steps if one.key == key)


def send(
    client: Client, world: World, workflow: int, case: Case, *, key: str = "", htmx: bool = False, bad: bool = False
) -> HttpResponse:
    post = {"task": str(world.fresh_id)} | (case.bad if bad else case.post)
    headers = {"HX-Request": "true"} if htmx else {}
    where = f"/workflows/{workflow}/steps/{key or case.key}/{case.noun}/"
    return cast("HttpResponse", client.post(where, post, headers=headers))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_it_works_by_a_plain_form(world: World, as_: As, case: Case) -> None:
    workflow = prepared(world, case)
    answer = send(as_(world.cast.mark), world, workflow, case)
    assert answer.status_code == 303
    assert answer["Location"].endswith(f"#step-{case.key}")
    assert answer["Location"].startswith(f"/tasks/{world.fresh_id}/")
    assert step(world, case.key).state == case.state


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_htmx_gets_the_panel(world: World, as_: As, case: Case) -> None:
    workflow = prepared(world, case)
    answer = send(as_(world.cast.mark), world, workflow, case, htmx=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith(f'<section class="wf" id="wf-{workflow}"')
    assert "<!doctype" not in text
    assert 'id="task-status"' in text
    assert f'data-state="{case.state}"' in text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])
@pytest.mark.parametrize("case", [case for case in CASES if case.status != 200], ids=lambda case: case.noun)
def test_a_refusal_says_why_and_keeps_what_was_typed(world: World, as_: As, case: Case, *, htmx: bool) -> None:
    workflow = prepared(world, case)
    before = step(world, case.bad_key or case.key).state
    answer = send(as_(world.cast.mark), world, workflow, case, key=case.bad_key, htmx=htmx, bad=True)
    text = answer.content.decode()
    assert answer.status_code == case.status
    assert 'role="alert"' in text
    assert case.kept in text
    assert ("<!doctype" in text) is not htmx
    assert step(world, case.bad_key or case.key).state == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_a_viewer_reads_only(world: World, as_: As, case: Case) -> None:
    workflow = prepared(world, case)
    before = step(world, case.key)
    answer = send(as_(world.cast.vera), world, workflow, case)
    assert answer.status_code == 403
    assert "alert" in answer.content.decode()
    assert step(world, case.key) == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_a_stranger_finds_nothing(world: World, as_: As, case: Case) -> None:
    workflow = prepared(world, case)
    before = step(world, case.key)
    assert send(as_(world.cast.ben), world, workflow, case).status_code == 404
    assert step(world, case.key) == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)
def test_nobody_signed_in_keeps_what_they_typed(world: World, case: Case) -> None:
    workflow = prepared(world, case)
    answer = send(Client(), world, workflow, case)
    assert answer.status_code == 401
    for text in (case.post.get("reason"), case.post.get("text")):
        assert (text or "") in answer.content.decode()


def test_an_unknown_action_is_no_page(world: World, as_: As) -> None:
    workflow = prepared(world, CASES[0])
    assert as_(world.cast.mark).post(f"/workflows/{workflow}/steps/request/gift/").status_code == 404
    assert as_(world.cast.mark).get(f"/workflows/{workflow}/steps/request/start/").status_code == 405


def test_an_unknown_step_is_refused_in_words(world: World, as_: As) -> None:
    workflow = prepared(world, CASES[0])
    answer = as_(world.cast.mark).post(f"/workflows/{workflow}/steps/gone/start/", {"task": world.fresh_id})
    assert answer.status_code == 422
    assert "no step" in answer.content.decode()


def test_a_form_that_does_not_say_its_task_is_answered_all_the_same(world: World, as_: As) -> None:
    workflow = prepared(world, CASES[0])
    assert as_(world.cast.mark).post(f"/workflows/{workflow}/steps/draft/start/").status_code == 409
    assert as_(world.cast.mark).post(f"/workflows/{workflow}/steps/request/start/").status_code == 303
    assert step(world, "request").state == "in_progress"
