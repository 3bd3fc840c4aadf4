"""What is done to a step from my work: with htmx the row comes back, without it the list; nothing typed is lost."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from natrium.apps.database import sql
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.apps.workflows.panels import StepLine
from natrium.domain.workflow.actions import Complete, Reopen
from natrium.domain.workflow.model import Hold
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World, workflow_of
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


class Desk:
    """Jo's list, with the workflow attached to the fresh task; and short ways to act on its steps."""

    def __init__(self, world: World, browser: Client) -> None:
        self.world, self.browser, self.status, self.where = world, browser, 0, ""
        mark = signed_in(world.cast.mark)
        operations.attach(by=mark, at=world.at, task_id=world.fresh_id, template_id=world.template_id)
        self.workflow = workflow_of(mark, world.fresh_id, world.at)

    def id_of(self, key: str) -> int:
        statement = "SELECT id FROM workflows_step WHERE workflow_id = %s AND key = %s"
        return int(sql.value(statement, (self.workflow, key)))

    def line(self, key: str) -> StepLine:
        panel = queries.workflow(by=signed_in(self.world.cast.mark), at=self.world.at, workflow_id=self.workflow)
        return next(line for part in panel.groups for line in part.steps if line.key == key)

    def post(self, step: str | int, noun: str, *, htmx: bool = True, **fields: Any) -> str:
        """The text of the answer; its status and where it leads are kept."""
        step_id = self.id_of(step) if isinstance(step, str) else step
        data = {"back": "/my-work/", "from": "later"} | fields
        address = f"/my-work/steps/{step_id}/{noun}/"
        answer = self.browser.post(address, data, headers=HTMX if htmx else {})
        self.status, self.where = answer.status_code, answer.headers.get("Location", "")
        self.told = json.loads(answer.headers.get("HX-Trigger", "{}")).get("natrium:work", {})
        return answer.content.decode()

    def get(self, address: str, *, htmx: bool = False) -> str:
        answer = self.browser.get(address, headers=HTMX if htmx else {})
        self.status, self.where = answer.status_code, answer.headers.get("Location", "")
        return answer.content.decode()

    def done(self, *keys: str) -> None:
        """Priya completes steps."""
        for key in keys:
            action = Complete(key, self.world.at.date(), "CH-1", "By e-mail")
            operations.act(
                by=signed_in(self.world.cast.priya), at=self.world.at, workflow_id=self.workflow, actions=[action]
            )


@pytest.fixture
def desk(world: World, as_: As) -> Desk:
    return Desk(world, as_(world.cast.jo))


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("noun", "fields", "state", "gone"),
    [
        ("start", {}, "in_progress", False),
        ("wait", {"reason": "Papers", "on": "client", "whom": "Ada"}, "waiting", True),
        ("completion", {}, "done", True),
        ("comments", {"text": "Rang them"}, "ready", False),
        ("assignment", {"to": "mark"}, "ready", True),
        ("assignment", {"to": ""}, "ready", True),
        ("due", {"due_on": "2027-03-01"}, "ready", False),
    ],
)
def test_an_action_gives_the_row_back_or_leads_to_the_list(
    desk: Desk, noun: str, fields: dict[str, str], state: str, *, gone: bool, htmx: bool
) -> None:
    filled = {name: str(desk.world.cast.mark.id) if value == "mark" else value for name, value in fields.items()}
    text = desk.post("request", noun, htmx=htmx, **filled)
    assert desk.line("request").state == state
    if not htmx:
        assert desk.status == 303
        assert desk.where.startswith("/my-work/")
        desk.get(desk.where)
        assert desk.status == 200
        return
    assert desk.status == 200
    assert f'id="row-{desk.id_of("request")}"' in text
    assert ("data-gone" in text) is gone
    assert "<!doctype" not in text


def test_the_answer_says_what_the_headings_say_now(desk: Desk) -> None:
    ready = queries.my_work(by=signed_in(desk.world.cast.jo), at=datetime.now(UTC)).ready
    desk.post("request", "completion")
    assert desk.told["counts"]["ready"] == ready - 1
    assert desk.told["says"] in desk.get("/my-work/")
    rows = sum(count for key, count in desk.told["counts"].items() if key != "ready")
    assert rows == desk.get("/my-work/").count('id="row-')


def test_what_is_done_says_whom_it_lets_go_on(desk: Desk) -> None:
    desk.done("request", "receive", "draft")
    by = signed_in(desk.world.cast.mark)
    operations.assign(
        by=by, at=desk.world.at, workflow_id=desk.workflow, key="tax", to_id=desk.world.cast.jo.id
    )  # fmt: skip
    text = desk.post("tax", "completion")
    assert "Done: Compute corporation tax" in text
    assert "4 of 8 steps done. Mark can go on now." in text


def test_a_done_row_is_taken_back_by_its_button_or_by_the_toast(desk: Desk) -> None:
    text = desk.post("request", "completion")
    assert 'aria-label="Undo: Request records' in text
    row = desk.post("request", "undo")
    assert desk.line("request").state == "ready"
    assert "data-gone" not in row
    desk.post("request", "completion")
    whole = desk.post("request", "undo", **{"from": "toast"})
    assert 'id="work"' in whole
    assert "Taken back: Request records" in whole
    desk.post("request", "undo")
    assert desk.status == 409


def test_a_wait_is_taken_back_from_its_toast(desk: Desk) -> None:
    text = desk.post("request", "wait", reason="Bank statements", on="client")
    assert "Waiting: Request records" in text
    assert re.search(r'action="/my-work/steps/\d+/undo/"', text)
    assert desk.line("request").state == "waiting"
    desk.post("request", "undo", **{"from": "toast"})
    assert desk.line("request").state == "ready"


def test_without_scripts_the_list_says_what_was_done_with_the_way_back(desk: Desk) -> None:
    desk.post("request", "due", htmx=False, due_on="2027-03-01", was="")
    desk.post("request", "completion", htmx=False)
    text = desk.get(desk.where)
    assert "Done: Request records" in text
    assert f'action="/my-work/steps/{desk.id_of("request")}/undo/"' in text


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("noun", "fields", "status", "words"),
    [
        ("wait", {"reason": " ", "on": "client", "whom": "Ada & Sons"}, 422, "needs a reason"),
        ("wait", {"reason": "Papers", "on": "moon"}, 422, "whom it waits on"),
        ("assignment", {"to": "x"}, 422, "nobody of this practice"),
        ("due", {"due_on": "1 May"}, 422, "is not a date"),
        ("comments", {"text": " "}, 422, ""),
        ("confirmation", {}, 409, ""),
        ("resumption", {}, 409, ""),
    ],
)
def test_a_refusal_opens_the_row_with_all_that_was_typed(
    desk: Desk, noun: str, fields: dict[str, str], status: int, words: str, *, htmx: bool
) -> None:
    text = desk.post("request", noun, htmx=htmx, **fields)
    assert desk.status == status
    row = text.split(f'id="row-{desk.id_of("request")}"')[1].split("\n</li>")[0]
    assert 'role="alert"' in row
    assert words in row
    assert ("<!doctype" in text) is not htmx
    for value in fields.values():
        if value.strip() and value not in ("client", "x", "moon"):
            assert value.replace("&", "&amp;") in row
    assert desk.line("request").state == "ready"


def test_what_stands_in_the_way_is_named_in_the_row(desk: Desk) -> None:
    desk.done("request", "receive", "draft")
    desk.post("draft", "undo")
    by = signed_in(desk.world.cast.priya)
    reopen = [Reopen("draft", "Wrong"), Reopen("receive", "One is missing")]
    operations.act(by=by, at=desk.world.at, workflow_id=desk.workflow, actions=reopen)
    text = desk.post("draft", "completion")
    assert desk.status == 409
    assert "Receive records" in text


@pytest.mark.parametrize("htmx", [True, False])
def test_an_approval_and_a_filing_ask_for_their_evidence_in_the_row(desk: Desk, *, htmx: bool) -> None:
    desk.done("request", "receive", "draft", "tax", "manager-review", "partner-review")
    text = desk.post("approve", "completion", htmx=htmx)
    assert desk.status == 422
    assert "How was it approved?" in text
    desk.post("approve", "completion", htmx=htmx, note="By e-mail of 24 November")
    assert desk.line("approve").evidence_note == "By e-mail of 24 November"
    desk.post("file", "completion", htmx=htmx, filed_on="2026-11-02", reference="")
    assert desk.status == 422
    answer = desk.post("file", "completion", htmx=htmx, filed_on="2026-11-02", reference="CH-123")
    assert desk.line("file").evidence_reference == "CH-123"
    assert "Undo" not in answer


def test_a_day_is_set_and_taken_back_and_a_colleagues_is_not_written_over(desk: Desk) -> None:
    before = desk.line("request").due_on
    text = desk.post("request", "due", due_on="2027-03-01", was=before.isoformat() if before else "")
    assert "Due Mon 1 Mar 2027: Request records" in text
    seq = text.split('name="seq" value="')[1].split('"')[0]
    late = desk.post("request", "due", due_on="2027-04-01", was="2026-01-01")
    assert desk.status == 409
    assert "2027-04-01" in late
    assert desk.line("request").due_on == date(2027, 3, 1)
    desk.post("request", "undo", seq=seq, **{"from": "toast"})
    assert desk.line("request").due_on == before
    assert not desk.line("request").due_by_hand
    desk.post("request", "due", due_on="", was=before.isoformat() if before else "")
    assert desk.line("request").due_on is None


def test_the_step_of_a_task_without_a_workflow(world: World, as_: As) -> None:
    desk = Desk(world, as_(world.cast.mark))
    own = int(sql.value("SELECT id FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL", (world.bare_id,)))
    desk.post(own, "due", due_on="2027-03-01")
    desk.post(own, "comments", text="Rang them")
    desk.post(own, "start")
    desk.post(own, "wait", reason="Papers", on="client")
    desk.post(own, "resumption")
    desk.post(own, "completion")
    page = queries.task_page(by=signed_in(world.cast.mark), at=world.at, task_id=world.bare_id)
    assert (page.task.status, page.task.target_date) == ("done", date(2027, 3, 1))
    assert "Undo" in desk.post(own, "undo") or desk.status == 200
    desk.post(own, "assignment", to=world.cast.priya.id)
    page = queries.task_page(by=signed_in(world.cast.mark), at=world.at, task_id=world.bare_id)
    assert page.task.owner
    assert page.task.owner.name == "Priya Shah"


def test_a_task_of_nobodys_is_taken_whole(world: World, as_: As) -> None:
    facts = TaskFacts(title="Whose is it?")
    task = operations.create_task(by=signed_in(world.cast.priya), at=world.at, facts=facts)
    own = int(sql.value("SELECT id FROM workflows_step WHERE task_id = %s", (task,)))
    assert "Whose is it?" not in as_(world.cast.jo).get("/my-work/").content.decode()
    desk = Desk(world, as_(world.cast.mark))
    assert "Whose is it?" in desk.get("/my-work/")
    text = desk.post(own, "claim", **{"from": "grabs"})
    assert "data-gone" in text
    assert "Yours: Whose is it?" in text
    page = queries.task_page(by=signed_in(world.cast.mark), at=world.at, task_id=task)
    assert page.task.owner
    assert page.task.owner.name == "Mark Reed"


def test_a_row_is_opened_with_what_this_member_may_do(desk: Desk, as_: As) -> None:
    row = desk.get(f"/my-work/steps/{desk.id_of('request')}/?from=today&form=wait&back=/my-work/", htmx=True)
    assert desk.status == 200
    assert row.startswith("<li")
    for noun in ("start", "completion", "wait", "assignment", "due", "comments"):
        assert f"/{noun}/" in row
    assert f'id="do-wait-{desk.id_of("request")}" open' in row
    assert "autofocus" in row
    staff = as_(desk.world.cast.vera).get(f"/my-work/steps/{desk.id_of('request')}/", headers=HTMX).content.decode()
    assert "<form" not in staff
    other = Desk(desk.world, as_(desk.world.cast.mark)).browser
    assert "/due/" in other.get(f"/my-work/steps/{desk.id_of('receive')}/", headers=HTMX).content.decode()


def test_without_scripts_the_list_opens_with_the_row(desk: Desk) -> None:
    step = desk.id_of("request")
    desk.get(f"/my-work/steps/{step}/?from=today&form=due")
    assert (desk.status, desk.where) == (302, f"/my-work/?open={step}&from=today&form=due#row-{step}")
    text = desk.get(desk.where)
    assert text.count(f'id="row-{step}"') == 1
    assert f'id="do-due-{step}" open' in text
    blocked = desk.id_of("file")
    assert 'aria-label="Opened"' in desk.get(f"/my-work/?open={blocked}")
    for odd in ("x", "0", "99999999999"):
        desk.get(f"/my-work/?open={odd}")
        assert desk.status == 200


@pytest.fixture
def past(desk: Desk) -> int:
    """A task's own step, on a list that was opened before a workflow was attached."""
    world = desk.world
    own = int(sql.value("SELECT id FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL", (world.bare_id,)))
    by = signed_in(world.cast.mark)
    operations.attach(by=by, at=world.at, task_id=world.bare_id, template_id=world.template_id)
    return own


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("noun", "fields"),
    [("start", {}), ("wait", {"reason": "Papers from Ada"}), ("assignment", {"to": ""}), ("due", {}), ("undo", {})],
)
def test_a_step_that_a_workflow_replaced_says_so_and_gives_back_what_was_typed(
    desk: Desk, past: int, as_: As, noun: str, fields: dict[str, str], *, htmx: bool
) -> None:
    desk.browser = as_(desk.world.cast.mark)
    text = desk.post(past, noun, htmx=htmx, **fields)
    assert (desk.status, text.count('data-code="has-workflows"')) == (409, 1)
    assert text.count(f'id="row-{past}"') == 1
    assert f'href="/tasks/{desk.world.bare_id}/"' in text
    assert all(word in text for word in fields.values())


def test_a_note_on_it_goes_to_its_task(desk: Desk, past: int) -> None:
    there = f"/tasks/{desk.world.bare_id}/"
    desk.post(past, "comments", htmx=False, text="Rang them")
    assert (desk.status, desk.where) == (303, there)
    answer = desk.browser.post(f"/my-work/steps/{past}/comments/", {"text": "And again"}, headers=HTMX)
    assert answer["HX-Redirect"] == there
    assert all(words in desk.get(there) for words in ("Rang them", "And again"))


def test_a_held_task_takes_a_note_only(desk: Desk) -> None:
    by = signed_in(desk.world.cast.mark)
    operations.hold(by=by, at=desk.world.at, task_id=desk.world.fresh_id, to=Hold.ON_HOLD, reason="Fees")
    desk.post("request", "start")
    assert desk.status == 409
    desk.post("request", "comments", text="They paid")
    assert desk.status == 200


@pytest.mark.parametrize("address", ["/my-work/steps/9999999/", "/my-work/steps/9999999/start/"])
def test_what_is_not_there(desk: Desk, address: str) -> None:
    desk.get(address) if address.count("/") == 4 else desk.browser.post(address)
    assert desk.browser.post("/my-work/steps/9999999/start/").status_code == 404
    assert desk.browser.post(f"/my-work/steps/{desk.id_of('request')}/nonsense/").status_code == 404


def test_an_action_takes_few_statements(desk: Desk) -> None:
    desk.post("request", "start")
    with counted() as seen:
        desk.post("request", "completion")
    assert len(seen) <= 14
    with counted() as seen:
        desk.get(f"/my-work/steps/{desk.id_of('receive')}/", htmx=True)
    assert len(seen) <= 6


def test_an_open_list_asks_whether_it_changed(desk: Desk) -> None:
    text = desk.get("/my-work/")
    since = text.split('data-since="')[1].split('"')[0]
    desk.get(f"/my-work/?since={since}")
    assert desk.status == 204
    desk.post("request", "start")
    assert 'id="work"' in desk.get(f"/my-work/?since={since}&shown={since}")
