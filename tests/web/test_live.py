"""An open page asks whether something changed: nothing is cheap, and a change comes with who did it."""

import pytest
from django.http import HttpResponse

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow.actions import Action, Claim, Comment, Complete, Start
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As


def entries(world: World) -> int:
    return queries.entries(by=signed_in(world.cast.jo), task_id=world.fresh_id)


def attached(world: World) -> int:
    by = signed_in(world.cast.mark)
    return operations.attach(by=by, at=world.at, task_id=world.fresh_id, template_id=world.template_id).workflow_id


def act(world: World, member: Member, workflow: int, *actions: Action) -> None:
    operations.act(by=signed_in(member), at=world.at, workflow_id=workflow, actions=actions)


def asked(world: World, as_: As, since: object, member: Member | None = None) -> HttpResponse:
    where = f"/tasks/{world.fresh_id}/changes/?since={since}&shown={since}"
    answer: HttpResponse = as_(member or world.cast.jo).get(where)  # type: ignore[assignment]  # the test client's own kind
    return answer


def says(answer: HttpResponse) -> str:
    return answer.content.decode().split('data-says="')[1].split('"')[0]


def test_nothing_new_is_an_empty_answer_in_three_statements_with_the_number_beside_the_bell(
    world: World, as_: As
) -> None:
    jo = as_(world.cast.jo)
    where = f"/tasks/{world.fresh_id}/changes/?since={entries(world)}"
    with counted() as statements:
        answer = jo.get(where)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Natrium-Unread"] == "0"
    assert len(statements) == 3


def test_a_change_is_the_page_and_says_who_did_what(world: World, as_: As) -> None:
    workflow, before = attached(world), entries(world)
    act(world, world.cast.mark, workflow, Complete("request"))
    answer = asked(world, as_, before)
    assert answer.status_code == 200
    assert f'data-since="{entries(world)}"' in answer.content.decode()
    assert says(answer) == "Mark Reed completed “Request records”."


def test_several_changes_are_counted(world: World, as_: As) -> None:
    workflow, before = attached(world), entries(world)
    act(world, world.cast.mark, workflow, Complete("request"))
    operations.act(by=signed_in(world.cast.priya), at=world.at, workflow_id=workflow, actions=[Claim("receive")])
    operations.act(by=signed_in(world.cast.olive), at=world.at, workflow_id=workflow, actions=[Comment("draft", "x")])
    assert says(asked(world, as_, before)) == "Olive Grant left a note on “Prepare draft”, and 2 more changes."


def test_ones_own_change_in_another_window_is_not_news(world: World, as_: As) -> None:
    workflow, before = attached(world), entries(world)
    act(world, world.cast.jo, workflow, Start("request"))
    answer = asked(world, as_, before)
    assert (answer.status_code, says(answer)) == (200, "")


@pytest.mark.parametrize("since", ["", "x", "-1", "999999999999999999999999"])
def test_a_page_that_says_nothing_sensible_gets_the_page(world: World, as_: As, since: str) -> None:
    assert asked(world, as_, since).status_code == 200


def test_strangers_learn_nothing(world: World, as_: As) -> None:
    assert asked(world, as_, entries(world), world.cast.ben).status_code == 404
    assert asked(world, as_, 0, world.cast.ben).status_code == 404


def test_an_action_says_whether_it_left_anything_unseen(world: World, as_: As) -> None:
    workflow, jo = attached(world), as_(world.cast.jo)
    where = f"/workflows/{workflow}/steps/request/"
    sent = {"HX-Request": "true"}
    mine = jo.post(f"{where}start/", {"since": entries(world)}, headers=sent).content.decode()
    assert f'id="live" data-live="/tasks/{world.fresh_id}/changes/" data-since="{entries(world)}"' in mine
    older = entries(world)
    act(world, world.cast.mark, workflow, Comment("request", "Meanwhile"))
    theirs = jo.post(f"{where}comments/", {"since": older, "text": "Hello"}, headers=sent).content.decode()
    assert 'id="live"' not in theirs
    where = f"/tasks/{world.fresh_id}/comments/"
    note = jo.post(where, {"since": entries(world), "text": "Again"}, headers=sent).content.decode()
    assert 'id="live"' in note
    assert 'id="live"' not in jo.post(where, {"since": "", "text": "Again"}, headers=sent).content.decode()
