"""What rows on a task's page say: whose a step is, what is to be done; and what an answer tells beside the panel."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow.actions import Action, Complete, Confirm, Reopen, Start
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


def attached(world: World) -> int:
    """The workflow, attached to the fresh task."""
    by = signed_in(world.cast.mark)
    done = operations.attach(by=by, at=world.at, task_id=world.fresh_id, template_id=world.template_id)
    return done.workflow_id


def row_of(page: str, key: str) -> str:
    """The row of a step."""
    return page.split(f'id="step-{key}"')[1].split('id="step-', maxsplit=1)[0]


def told(answer: Any, who: Member) -> str:
    """The text of an answer that says what is ready for a member."""
    ready = queries.ready_count(by=signed_in(who))
    assert json.loads(answer["HX-Trigger"])["natrium:work"]["counts"] == {"ready": ready}
    return str(answer.content.decode())


def test_what_is_left_and_what_is_ready_are_told_with_every_action(world: World, as_: As) -> None:
    workflow = attached(world)
    jo, where = as_(world.cast.jo), f"/workflows/{workflow}/steps/request/"
    page = jo.get(f"/tasks/{world.fresh_id}/").content.decode()
    whole = page.split('id="task-left"')[1].split("</div>")[0]
    done = told(jo.post(f"{where}completion/", headers=HTMX), world.cast.jo)
    after = done.split('id="task-left" hx-swap-oob="true"')[1].split("</div>")[0]
    assert after != whole
    again = told(jo.post(f"{where}undo/", headers=HTMX), world.cast.jo)
    assert again.split('id="task-left" hx-swap-oob="true"')[1].split("</div>")[0] == whole


def test_a_sign_off_to_be_confirmed_says_so_and_is_confirmed_by_its_mark(world: World, as_: As) -> None:
    workflow, by = attached(world), signed_in(world.cast.mark)
    for action in (Complete("request"), Complete("receive"), Reopen("request", "Wrong year")):
        operations.act(by=by, at=world.at, workflow_id=workflow, actions=[action])
    address, mark = f"/tasks/{world.fresh_id}/", as_(world.cast.mark)
    assert "To be confirmed</b> after Request records" in row_of(mark.get(address).content.decode(), "receive")
    operations.act(by=by, at=world.at, workflow_id=workflow, actions=[Complete("request")])
    page = mark.get(address).content.decode()
    row = row_of(page, "receive")
    assert "<b>To be confirmed</b> since" in row
    assert 'aria-label="Confirm: ' in row.split("<details")[0]
    assert ">Confirm " in page.split('id="task-next"')[1].split("</span>")[0]
    assert "<button" not in row_of(as_(world.cast.vera).get(address).content.decode(), "receive")


def test_a_step_that_is_another_s_says_whose_it_is(world: World, as_: As) -> None:
    workflow = attached(world)
    by = signed_in(world.cast.mark)
    operations.assign(by=by, at=world.at, workflow_id=workflow, key="request", to_id=world.cast.mark.pk)
    address = f"/tasks/{world.fresh_id}/"
    row = row_of(as_(world.cast.vera).get(address).content.decode(), "request")
    assert "<b>Ready</b> for Mark since" in row
    assert 'title="Ready for Mark since' in row.split("<details")[0]
    own = row_of(as_(world.cast.mark).get(address).content.decode(), "request")
    assert " for Mark" not in own.split('<div class="detail">')[0]


def test_a_step_skipped_just_now_is_taken_back_one_way(world: World, as_: As) -> None:
    workflow = attached(world)
    mark = as_(world.cast.mark)
    mark.post(f"/workflows/{workflow}/steps/request/skip/", {"reason": "No"}, headers=HTMX)
    address = f"/tasks/{world.fresh_id}/"
    assert "Take up again" not in row_of(mark.get(address).content.decode(), "request")
    assert ">Undo<" in row_of(mark.get(address).content.decode(), "request")
    assert "Take up again" in row_of(as_(world.cast.priya).get(address).content.decode(), "request")


def test_what_is_required_and_of_the_template_says_one_thing(world: World, as_: As) -> None:
    workflow = attached(world)
    by = signed_in(world.cast.mark)
    panel = queries.workflow(by=by, at=world.at, workflow_id=workflow)
    needed = next(line.key for part in panel.groups for line in part.steps if line.required)
    menu = as_(world.cast.mark).get(f"/workflows/{workflow}/steps/{needed}/menu/", headers=HTMX).content.decode()
    assert "Comes from the template, and is required: it stays, and is not skipped." in menu
    assert "Skip it" not in menu
    assert menu.count("menu-note") == 1


def test_the_record_says_a_day_as_people_write_it(world: World, as_: As) -> None:
    workflow, by = attached(world), signed_in(world.cast.priya)
    keys = [one.key for part in queries.workflow(by=by, at=world.at, workflow_id=workflow).groups for one in part.steps]
    done = [Complete(key, datetime(2026, 11, 27, tzinfo=UTC).date(), "CH-1", "By e-mail") for key in keys]
    operations.act(by=by, at=world.at, workflow_id=workflow, actions=done)
    page = as_(world.cast.mark).get(f"/tasks/{world.fresh_id}/").content.decode()
    assert "Filed on 27 Nov 2026, reference CH-1" in page
    assert "2026-11-27, reference" not in page


def test_what_was_under_way_before_a_completion_is_so_again_since_then(world: World) -> None:
    workflow, by = attached(world), signed_in(world.cast.mark)
    operations.act(by=by, at=world.at - timedelta(days=2), workflow_id=workflow, actions=[Start("request")])
    operations.act(by=by, at=world.at, workflow_id=workflow, actions=[Complete("request")])
    operations.undo(by=by, at=world.at + timedelta(minutes=1), workflow_id=workflow, key="request")
    line = queries.workflow(by=by, at=world.at, workflow_id=workflow).groups[0].steps[0]
    assert (line.state, line.since) == ("in_progress", (world.at - timedelta(days=2)).astimezone(by.zone))
    back = world.at + timedelta(minutes=3)
    operations.act(by=by, at=back - timedelta(minutes=1), workflow_id=workflow, actions=[Complete("request")])
    operations.act(by=by, at=back, workflow_id=workflow, actions=[Reopen("request", "Wrong year")])
    line = queries.workflow(by=by, at=world.at, workflow_id=workflow).groups[0].steps[0]
    assert line.since == back.astimezone(by.zone)


def test_a_group_is_settled_when_its_last_sign_off_was_confirmed(world: World) -> None:
    workflow, by = attached(world), signed_in(world.cast.priya)

    def first() -> Any:
        return queries.workflow(by=by, at=world.at, workflow_id=workflow).groups[0]

    keys = [line.key for line in first().steps]
    at = world.at
    actions: list[Action] = [*(Complete(key) for key in keys), Reopen(keys[0], "Wrong year"), Complete(keys[0])]
    for action in actions:
        at += timedelta(minutes=1)
        operations.act(by=by, at=at, workflow_id=workflow, actions=[action])
    assert not first().settled
    for key in keys[1:]:
        at += timedelta(minutes=1)
        operations.act(by=by, at=at, workflow_id=workflow, actions=[Confirm(key)])
    assert first().settled_on == at.astimezone(by.zone)
