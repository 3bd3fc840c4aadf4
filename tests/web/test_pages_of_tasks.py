"""The task as a whole: reading, creating, attaching, holding, commenting, its own step, and its activity."""

import pytest
from django.test import Client

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import TaskPage
from natrium.domain.workflow.model import Hold
from tests.builders import a_client, signed_in
from tests.journeys.world import World
from tests.web.conftest import As

READ = ["/my-work/", "/tasks/new/", "/tasks/{fresh}/", "/tasks/{half}/", "/tasks/{bare}/", "/tasks/{half}/activity/",
        "/templates/", "/templates/{template}/", "/templates/{template}/?version=1"]  # fmt: skip
POSTED = ["/tasks/{fresh}/workflows/", "/tasks/{fresh}/hold/", "/tasks/{fresh}/comments/", "/tasks/{bare}/step/start/",
          "/templates/{template}/tasks/"]  # fmt: skip


def address(world: World, pattern: str) -> str:
    return pattern.format(fresh=world.fresh_id, half=world.half_id, bare=world.bare_id, template=world.template_id)


def page_of(world: World, task_id: int) -> TaskPage:
    return queries.task_page(by=signed_in(world.cast.mark), at=world.at, task_id=task_id)


@pytest.mark.parametrize("pattern", READ)
def test_members_read(world: World, as_: As, pattern: str) -> None:
    for member in (world.cast.priya, world.cast.jo):
        answer = as_(member).get(address(world, pattern))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<h1") == 1


@pytest.mark.parametrize("pattern", [one for one in READ if "{" in one])
def test_strangers_find_nothing(world: World, as_: As, pattern: str) -> None:
    assert as_(world.cast.ben).get(address(world, pattern)).status_code == 404


@pytest.mark.parametrize("pattern", POSTED)
def test_strangers_change_nothing(world: World, as_: As, pattern: str) -> None:
    post = {
        "template_id": world.template_id,
        "task_id": world.fresh_id,
        "text": "Hello",
        "to": "on_hold",
        "reason": "x",
    }
    assert as_(world.cast.ben).post(address(world, pattern), post).status_code == 404


@pytest.mark.parametrize("pattern", POSTED)
def test_viewers_change_nothing(world: World, as_: As, pattern: str) -> None:
    post = {
        "template_id": world.template_id,
        "task_id": world.fresh_id,
        "text": "Hello",
        "to": "on_hold",
        "reason": "x",
    }
    answer = as_(world.cast.vera).post(address(world, pattern), post)
    assert answer.status_code == 403
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("pattern", READ)
def test_nobody_is_asked_to_sign_in_first(world: World, pattern: str) -> None:
    answer = Client().get(address(world, pattern))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_viewer_reads_and_is_offered_nothing(world: World, as_: As) -> None:
    text = as_(world.cast.vera).get(f"/tasks/{world.half_id}/").content.decode()
    assert "/completion/" not in text
    assert "/comments/" not in text
    assert as_(world.cast.vera).get("/tasks/new/").status_code == 403


def test_a_task_is_created_with_its_workflow(world: World, as_: As) -> None:
    post = {"title": "Accounts 2027", "client_id": world.client.id, "owner_id": world.cast.jo.id,
            "template_id": world.template_id, "target_date": "2027-03-01", "service": "Annual accounts"}  # fmt: skip
    answer = as_(world.cast.mark).post("/tasks/", post)
    assert answer.status_code == 303
    page = page_of(world, int(answer["Location"].split("/")[2]))
    assert (page.task.title, page.task.client, len(page.workflows)) == ("Accounts 2027", "Hartwell Joinery Ltd", 1)


def test_the_client_of_a_new_task_is_typed_by_name(world: World, as_: As) -> None:
    mark, other = as_(world.cast.mark), a_client(world.cast.acorn, name="Hartwell Joinery Ltd")
    assert mark.get(f"/tasks/new/?client_id={world.client.pk}").content.decode().count(f"Ltd ({world.client.pk})") == 2

    def client_of(typed: str) -> int | None:
        answer = mark.post("/tasks/", {"title": "Advice", "client": typed})
        return page_of(world, int(answer["Location"].split("/")[2])).task.client_id

    assert client_of(f"Hartwell Joinery Ltd ({other.pk})") == other.pk
    a_client(world.cast.acorn, name="Quarry Stone")
    assert client_of(" quarry STONE ") not in (None, other.pk, world.client.pk)
    assert client_of("") is None


@pytest.mark.parametrize(
    ("wrong", "words", "status"),
    [
        ({"title": " "}, "needs a title", 422),
        ({"target_date": "31 February"}, "is not a date", 422),
        ({"client_id": "nobody"}, "Choose a client", 422),
        ({"client": "hartwell"}, "Perhaps “Hartwell Joinery Ltd”?", 422),
        ({"client_id": "999999"}, "There is no such client", 404),
        ({"owner_id": "999999"}, "There is no such member", 404),
    ],
)
def test_a_wrong_field_is_said_at_the_field_and_all_is_kept(
    world: World, as_: As, wrong: dict[str, str], words: str, status: int
) -> None:
    post = {"title": "Accounts <2027>", "service": "Advice & more"} | wrong
    answer = as_(world.cast.mark).post("/tasks/", post)
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert 'role="alert"' in text
    assert "Advice &amp; more" in text
    assert "<2027>" not in text


def test_attaching_twice_finds_the_first(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    for post in ({"template_id": world.template_id}, {"template_id": world.template_id}):
        assert mark.post(f"/tasks/{world.fresh_id}/workflows/", post).status_code == 303
    assert len(page_of(world, world.fresh_id).workflows) == 1
    mark.post(f"/tasks/{world.fresh_id}/workflows/", {"template_id": world.template_id, "again": "1"})
    assert len(page_of(world, world.fresh_id).workflows) == 2
    ids = mark.get(f"/tasks/{world.fresh_id}/").content.decode()
    assert ids.count('id="step-request"') == 1


def test_nothing_chosen_is_refused(world: World, as_: As) -> None:
    answer = as_(world.cast.mark).post(f"/tasks/{world.fresh_id}/workflows/", {"template_id": ""})
    assert answer.status_code == 422
    assert "Choose a template" in answer.content.decode()
    assert as_(world.cast.mark).post(f"/templates/{world.template_id}/tasks/", {}).status_code == 422


def test_attaching_from_the_template(world: World, as_: As) -> None:
    answer = as_(world.cast.mark).post(f"/templates/{world.template_id}/tasks/", {"task_id": world.bare_id})
    assert answer["Location"].startswith(f"/tasks/{world.bare_id}/#wf-")


def test_holding_needs_a_reason_and_resuming_none(world: World, as_: As) -> None:
    mark, where = as_(world.cast.mark), f"/tasks/{world.fresh_id}/hold/"
    assert mark.post(where, {"to": "on_hold"}).status_code == 422
    assert mark.post(where, {"to": "nowhere", "reason": "x"}).status_code == 422
    assert mark.post(where, {"to": "on_hold", "reason": "They moved"}).status_code == 303
    assert page_of(world, world.fresh_id).task.hold == Hold.ON_HOLD
    assert "They moved" in mark.get(f"/tasks/{world.fresh_id}/").content.decode()
    assert mark.post(where, {"to": ""}).status_code == 303
    assert page_of(world, world.fresh_id).task.hold == Hold.NONE


def test_a_comment_is_escaped_and_an_empty_one_refused(world: World, as_: As) -> None:
    jo, where = as_(world.cast.jo), f"/tasks/{world.fresh_id}/comments/"
    assert jo.post(where, {"text": "<script>alert(1)</script> {{ 7*7 }}"}).status_code == 303
    text = jo.get(f"/tasks/{world.fresh_id}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in text
    for headers in ({}, {"HX-Request": "true"}):
        answer = jo.post(where, {"text": "  "}, headers=headers)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert "<!doctype" not in jo.post(where, {"text": "Hi"}, headers={"HX-Request": "true"}).content.decode()


def test_the_own_step_is_worked_and_undone(world: World, as_: As) -> None:
    mark, where = as_(world.cast.mark), f"/tasks/{world.bare_id}/step/"
    assert mark.post(where + "completion/").status_code == 303
    assert page_of(world, world.bare_id).task.status == "done"
    assert mark.post(where + "undo/", headers={"HX-Request": "true"}).status_code == 200
    assert mark.post(where + "wait/", {"on": "client"}).status_code == 422
    assert mark.post(where + "skip/", {"reason": "x"}).status_code == 404
    operations.attach(by=signed_in(world.cast.mark), at=world.at, task_id=world.bare_id, template_id=world.template_id)
    answer = mark.post(where + "start/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["/tasks/99999999999999999999/", "/tasks/9223372036854775808/", "/tasks/x/", "/nowhere/"]
)
def test_what_is_not_there(world: World, as_: As, path: str) -> None:
    answer = as_(world.cast.mark).get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?open=gone&form=x", "?did=1.request.step.completed", "?did=x", "?did=0..", "?did=1.a"]
)
def test_odd_addresses_still_show_the_page(world: World, as_: As, query: str) -> None:
    assert as_(world.cast.mark).get(f"/tasks/{world.half_id}/{query}").status_code == 200
    assert as_(world.cast.mark).get(f"/my-work/{query}").status_code == 200


def test_a_broken_cursor_leads_to_the_beginning(world: World, as_: As) -> None:
    assert as_(world.cast.mark).get("/my-work/?cursor=nonsense").status_code in {200, 302}
    assert as_(world.cast.mark).get(f"/tasks/{world.half_id}/activity/?cursor=nonsense").status_code == 200
    assert as_(world.cast.mark).get(f"/templates/{world.template_id}/?version=9").status_code == 404
    assert as_(world.cast.mark).get(f"/templates/{world.template_id}/?version=x").status_code == 404


def test_a_new_task_begins_at_its_title_and_a_template_is_attached_to_no_task_unasked(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    page = mark.get("/tasks/new/").content.decode()
    assert [one.split('"')[0] for one in page.split('id="')[1:] if " autofocus" in one.split(">")[0]] == ["f-title"]
    page = mark.get(f"/templates/{world.template_id}/").content.decode()
    select = page.split('id="attach-task"')[1].split("</select>")[0]
    assert select.split("<option ")[1].startswith('value="">Choose a task')
    assert " selected" not in select
