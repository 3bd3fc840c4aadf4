"""In what a job differs from its template: on its task's page, on a page of its own and by the API; and what else
the panel says of it: notes and files beside the rows, who holds up the next group, and its menu."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.domain.workflow.actions import AddStep, Comment, Edit, EditGroup, EditStep, MoveStep, Skip, Wait
from natrium.domain.workflow.definition import Order, StepDefinition, WaitsOn
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


@pytest.fixture
def workflow_id(world: World) -> int:
    """A workflow on the fresh task, as its template has it."""
    priya = signed_in(world.cast.priya)
    done = operations.attach(by=priya, at=world.at, task_id=world.fresh_id, template_id=world.template_id)
    return done.workflow_id


def edit(world: World, workflow_id: int, member: Member, edit: Edit) -> None:
    operations.edit(by=signed_in(member), at=world.at, workflow_id=workflow_id, edit=edit)


def customise(world: World, workflow_id: int) -> None:
    """One of each."""
    mark, priya = world.cast.mark, world.cast.priya
    edit(world, workflow_id, mark, AddStep("approval", StepDefinition(key="call", name="Call the bank"), 0))
    edit(world, workflow_id, mark, EditStep("file", {"name": "File it", "estimate": 75, "due_on": date(2027, 2, 1)}))
    edit(world, workflow_id, mark, MoveStep("call", "approval", 1))
    edit(world, workflow_id, priya, EditGroup("approval", {"order": Order.SEQUENTIAL}))
    edit(world, workflow_id, priya, EditStep("manager-review", {"blocking": False}, "She reviews at once"))


def test_each_is_said_with_whose_doing_it_was_and_why(world: World, as_: As, workflow_id: int) -> None:
    customise(world, workflow_id)
    text = as_(world.cast.jo).get(f"/workflows/{workflow_id}/differences/").content.decode()
    for words in (
        "Added “Call the bank” in Approval and Filing",
        "Renamed “File at Companies House” to “File it”",
        "“File it”: estimate none → 1h 15m",
        "“File it”: due by hand, 1 Feb 2027",
        "“Approval and Filing”: any order → in order",
        "“Manager review”: no longer blocking",
        "<li>“Manager review” no longer blocks</li>",
        "She reviews at once",
    ):
        assert words in text
    blocking = text.split("no longer blocking")[1].split("</li>")[0]
    assert world.cast.priya.name in blocking
    assert "She reviews at once" in blocking
    assert world.cast.mark.name in text.split("Added “Call the bank”")[1].split("</li>")[0]
    assert "Moved" not in text  # one that was added is where it was put


def test_the_page_says_how_many_and_the_list_is_a_fragment_of_it(world: World, as_: As, workflow_id: int) -> None:
    jo, address = as_(world.cast.jo), f"/workflows/{workflow_id}/differences/"
    assert "Differs from template" not in jo.get(f"/tasks/{world.fresh_id}/").content.decode()
    assert "It is as its template has it." in jo.get(address).content.decode()
    customise(world, workflow_id)
    page = jo.get(f"/tasks/{world.fresh_id}/").content.decode()
    assert "Differs from template: 1 added, 3 changed" in page
    assert f'hx-get="{address}"' in page
    assert f'<a class="link" href="{address}">' in page
    fragment = jo.get(address, headers=HTMX).content.decode()
    assert "Added “Call the bank”" in fragment
    assert "<h1" not in fragment


def test_a_step_that_was_skipped_differs_until_it_is_taken_up_again(world: World, as_: As, workflow_id: int) -> None:
    mark = signed_in(world.cast.mark)
    skip = [Skip("tax", "Dormant for the year")]
    operations.act(by=mark, at=world.at, workflow_id=workflow_id, actions=skip)
    text = as_(world.cast.jo).get(f"/workflows/{workflow_id}/differences/").content.decode()
    assert "Skipped “Compute corporation tax”" in text
    assert "Dormant for the year" in text
    assert world.cast.mark.name in text.split("Skipped “Compute")[1]
    operations.undo(by=mark, at=world.at, workflow_id=workflow_id, key="tax")
    assert "Skipped" not in as_(world.cast.jo).get(f"/workflows/{workflow_id}/differences/").content.decode()


@pytest.mark.parametrize(("key", "place", "name"), [("draft", 1, "Prepare draft"), ("tax", 0, "Compute corporation")])
def test_of_two_that_changed_places_the_one_that_was_moved_is_named(
    world: World, as_: As, workflow_id: int, key: str, place: int, name: str
) -> None:
    edit(world, workflow_id, world.cast.mark, MoveStep(key, "preparation", place))
    text = as_(world.cast.jo).get(f"/workflows/{workflow_id}/differences/").content.decode()
    moved = text.split('<li class="moved">')[1].split("</li>")[0]
    assert f"Moved “{name}" in moved
    assert world.cast.mark.name in moved


def test_a_long_list_takes_no_more_statements(world: World, as_: As, workflow_id: int) -> None:
    jo = as_(world.cast.jo)

    def taken() -> int:
        with counted() as seen:
            jo.get(f"/workflows/{workflow_id}/differences/")
        return len(seen)

    edit(world, workflow_id, world.cast.mark, EditStep("tax", {"estimate": 5}))
    taken()
    few = taken()
    for number in range(30):
        edit(world, workflow_id, world.cast.mark, AddStep("review", StepDefinition(key=f"x{number}", name="Extra")))
    assert taken() == few <= 9


def test_rows_say_how_many_notes_and_files_they_have(world: World, as_: As, workflow_id: int) -> None:
    jo = as_(world.cast.jo)

    def row(key: str) -> str:
        page = jo.get(f"/tasks/{world.fresh_id}/").content.decode()
        return page.split(f'id="row-{key}"')[1].split("</summary>")[0]

    assert " note" not in row("tax")
    for text in ("Group relief", "From the parent"):
        note = [Comment("tax", text)]
        operations.act(by=signed_in(world.cast.jo), at=world.at, workflow_id=workflow_id, actions=note)
    _file(jo, world.fresh_id, step_id(world, "tax"))
    assert '2<span class="vh"> notes</span>' in row("tax")
    assert '1<span class="vh"> file</span>' in row("tax")
    assert " note" not in row("draft")


def step_id(world: World, key: str) -> int:
    panel = queries.task_page(by=signed_in(world.cast.jo), at=world.at, task_id=world.fresh_id).workflows[0]
    return next(step.id for group in panel.groups for step in group.steps if step.key == key)


def _file(who: Client, task_id: int, step_id: int) -> None:
    sent = {"file": SimpleUploadedFile("relief.txt", b"Group relief"), "step": step_id}
    assert who.post(f"/tasks/{task_id}/files/", sent).status_code == 303


def test_who_holds_up_the_next_group_is_said_with_since_when(world: World, as_: As, workflow_id: int) -> None:
    jo = as_(world.cast.jo)

    def line() -> str:
        return jo.get(f"/tasks/{world.fresh_id}/").content.decode().split('class="holds"')[1].split("</p>")[0]

    assert "<strong>2 steps before Draft Preparation can start.</strong>" in line()
    assert '<a href="#step-request">Request records</a>, ready for Jo since ' in line()
    assert '<a href="#step-receive">Receive records</a>, for anyone.' in line()
    wait = [Wait("request", "The bank", WaitsOn.THIRD_PARTY, "HSBC")]
    operations.act(by=signed_in(world.cast.jo), at=world.at, workflow_id=workflow_id, actions=wait)
    assert "Request records</a>, with HSBC since " in line()


def test_a_template_is_made_of_it_by_those_who_may(world: World, as_: As, workflow_id: int) -> None:
    form = f'action="/workflows/{workflow_id}/template/"'
    assert form in as_(world.cast.mark).get(f"/tasks/{world.fresh_id}/").content.decode()
    assert form not in as_(world.cast.jo).get(f"/tasks/{world.fresh_id}/").content.decode()
