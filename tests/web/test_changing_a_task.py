"""A task's own facts changed on its page: it works, it is refused with what was typed kept, and it is taken back."""

import re
from datetime import date, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import TaskPage
from natrium.domain.workflow.actions import EditStep
from natrium.domain.workflow.model import Hold
from tests.builders import a_client, signed_in
from tests.journeys.world import World
from tests.web.conftest import As
from tests.web.forms import fields

htmx_and_plain = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])


class Desk:
    """Jo's half-done accounts, and a member's browser on them."""

    def __init__(self, world: World, as_: As) -> None:
        self.world, self.as_ = world, as_
        self.task = f"/tasks/{world.half_id}/"
        self.where = f"{self.task}edit/"

    def post(
        self, post: dict[str, Any], *, address: str = "edit/", by: Member | None = None, htmx: bool = False
    ) -> HttpResponse:
        headers = {"HX-Request": "true"} if htmx else {}
        client = self.as_(by or self.world.cast.mark)
        return cast("HttpResponse", client.post(self.task + address, post, headers=headers))

    def form(self, part: str = "", *, by: Member | None = None, htmx: bool = False) -> dict[str, Any]:
        headers = {"HX-Request": "true"} if htmx else {}
        answer = self.as_(by or self.world.cast.mark).get(f"{self.where}?of={part}", headers=headers)
        return fields(answer.content.decode(), self.where)

    @property
    def page(self) -> TaskPage:
        return queries.task_page(by=signed_in(self.world.cast.mark), at=self.world.at, task_id=self.world.half_id)


@pytest.fixture
def desk(world: World, as_: As) -> Desk:
    return Desk(world, as_)


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_every_fact_at_once(desk: Desk) -> None:
    client = a_client(desk.world.cast.acorn, name="Kestrel Haulage Ltd", manager=desk.world.cast.priya)
    owner = str(desk.world.cast.mark.pk)
    typed = {
        "title": "Accounts & tax", "client_id": str(client.pk), "service": "Advice", "owner_id": owner,
        "period_start": "2025-04-01", "period_end": "2026-03-31", "target_date": "2027-01-08",
        "statutory_date": "2027-02-08", "date_name": ["Tax to pay by", ""], "date_on": ["2027-01-01", ""],
    }  # fmt: skip
    answer = desk.post(desk.form() | typed)
    assert answer.status_code == 303
    task = desk.page.task
    assert (task.title, task.client, task.service, task.owner and task.owner.name) == (
        "Accounts & tax", "Kestrel Haulage Ltd", "Advice", "Mark Reed"
    )  # fmt: skip
    assert (task.period_start, task.period_end) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (task.target_date, task.statutory_date) == (date(2027, 1, 8), date(2027, 2, 8))
    assert [(one.name, one.on) for one in task.other_dates] == [("Tax to pay by", date(2027, 1, 1))]
    again = desk.form()
    desk.post(again | {"date_name": ["", "", ""], "date_on": ["", "", ""]})
    assert desk.page.task.other_dates == ()


@pytest.mark.parametrize("part", ["", "title", "owner", "target", "statutory", "dates"])
def test_a_form_sent_as_it_was_changes_nothing(desk: Desk, part: str) -> None:
    desk.post(desk.form("dates") | {"date_name": ["Board", ""], "date_on": ["2027-01-01", ""]})
    before = desk.page
    assert desk.post(desk.form(part)).status_code == 303
    assert desk.page == before


@htmx_and_plain
def test_the_target_and_what_moves_along(desk: Desk, *, htmx: bool) -> None:
    opened = desk.as_(desk.world.cast.mark).get(f"{desk.where}?of=target", headers={"HX-Request": "true"})
    moves = sum(step.due_on is not None and step.state not in ("done", "skipped")
                for group in desk.page.workflows[0].groups for step in group.steps)  # fmt: skip
    assert moves == 1
    assert "1 due date counts from the target, and goes along." in said(opened)
    target = desk.page.task.target_date
    assert target
    answer = desk.post(
        desk.form("target", htmx=True) | {"target_date": (target + timedelta(days=7)).isoformat()}, htmx=htmx
    )
    shown = answer if htmx else desk.as_(desk.world.cast.mark).get(answer["Location"])
    assert "Changed the task: target" in said(shown)
    assert "1 due date moved along." in said(shown)
    if htmx:
        assert said(answer).count('id="task-main"') == 1
        assert "<title>" in said(answer)
        assert "<!doctype" not in said(answer)


def test_the_owner_and_who_goes_along(desk: Desk) -> None:
    workflow = desk.page.workflows[0].id
    by = signed_in(desk.world.cast.mark)
    operations.assign(by=by, at=desk.world.at, workflow_id=workflow, key="file", to_id=desk.world.cast.priya.pk)
    opened = said(desk.as_(desk.world.cast.mark).get(f"{desk.where}?of=owner"))
    assert "2 open steps are for the task owner, and go along. 1 was given by hand and stays." in opened
    answer = desk.post(desk.form("owner") | {"owner_id": str(desk.world.cast.mark.pk)}, htmx=True)
    assert "2 steps went along." in said(answer)
    holders = {s.key: s.assignee.name if s.assignee else "" for g in desk.page.workflows[0].groups for s in g.steps}
    assert (holders["approve"], holders["file"]) == ("Mark Reed", "Priya Shah")


@htmx_and_plain
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": " "}, "needs a title"),
        ({"title": "A" * 201}, "200"),
        ({"target_date": "31 April"}, "is not a date"),
        ({"period_start": "2027-01-01", "period_end": "2026-01-01"}, "ends before it begins"),
        ({"client_id": "x"}, "Choose a client"),
        ({"owner_id": "x"}, "Choose an owner"),
        ({"date_name": ["Board", ""], "date_on": ["", ""]}, "on which day Board is"),
        ({"date_name": ["", ""], "date_on": ["2027-01-01", ""]}, "Say what happens"),
        ({"date_name": ["D"] * 21, "date_on": ["2027-01-01"] * 21}, "at most 20"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_all_is_kept(
    desk: Desk, typed: dict[str, Any], words: str, *, htmx: bool
) -> None:
    before = desk.page
    answer = desk.post(desk.form() | {"service": "Advice <& more>"} | typed, htmx=htmx)
    assert answer.status_code == 422
    assert words in said(answer)
    assert 'value="Advice &lt;&amp; more&gt;"' in said(answer)
    kept = fields(said(answer), desk.where)
    for name, value in typed.items():
        wanted = value if isinstance(value, str) else [one for one in value if one]
        got = kept[name] if isinstance(value, str) else [one for one in kept[name] if one]
        assert got == wanted or value == "x"
    assert desk.page == before


def test_an_owner_who_cannot_hold_work(desk: Desk) -> None:
    answer = desk.post(desk.form("owner") | {"owner_id": str(desk.world.cast.vera.pk)}, htmx=True)
    assert answer.status_code == 422
    assert "Vera Lunn is a viewer" in said(answer)


@htmx_and_plain
def test_only_the_field_that_a_colleague_changed_is_refused(desk: Desk, *, htmx: bool) -> None:
    old = desk.form(by=desk.world.cast.jo)
    desk.post(desk.form() | {"target_date": "2027-01-08", "owner_id": str(desk.world.cast.priya.pk)})
    typed = old | {"target_date": "2027-01-15", "title": "Jo’s title", "owner_id": str(desk.world.cast.mark.pk)}
    answer = desk.post(typed, by=desk.world.cast.priya, htmx=htmx)
    assert answer.status_code == 409
    assert "Mark Reed put “Fri 8 Jan" in said(answer)
    assert "Mark Reed put “Priya Shah” here." in said(answer)
    task = desk.page.task
    assert (task.title, task.target_date, task.owner and task.owner.name) == (
        "Jo’s title", date(2027, 1, 8), "Priya Shah"
    )  # fmt: skip
    again = fields(said(answer), desk.where)
    assert (again["target_date"], again["title"]) == ("2027-01-15", "Jo’s title")
    assert desk.post(again).status_code == 303
    assert desk.page.task.target_date == date(2027, 1, 15)


@htmx_and_plain
def test_it_is_taken_back_with_what_followed(desk: Desk, *, htmx: bool) -> None:
    before = desk.page
    answer = desk.post(desk.form() | {"owner_id": str(desk.world.cast.mark.pk), "target_date": "2027-01-08"}, htmx=htmx)
    shown = answer if htmx else desk.as_(desk.world.cast.mark).get(answer["Location"])
    undo = re.search(rf'action="{desk.task}(edits/\d+/undo/)"', said(shown))
    assert undo
    back = desk.post({}, address=undo[1], htmx=htmx)
    assert back.status_code == (200 if htmx else 303)
    assert [s.assignee for g in desk.page.workflows[0].groups for s in g.steps] == [
        s.assignee for g in before.workflows[0].groups for s in g.steps
    ]
    assert desk.page.task.target_date == before.task.target_date
    refused = desk.post({}, address=undo[1], htmx=htmx)
    assert refused.status_code == 409
    assert 'role="alert"' in said(refused)


@htmx_and_plain
def test_a_hold_is_taken_back(desk: Desk, *, htmx: bool) -> None:
    answer = desk.post({"to": "on_hold", "reason": "They moved"}, address="hold/", htmx=htmx)
    shown = answer if htmx else desk.as_(desk.world.cast.mark).get(answer["Location"])
    assert "Put the task on hold" in said(shown)
    undo = re.search(rf'action="{desk.task}(edits/\d+/undo/)"', said(shown))
    assert undo
    desk.post({}, address=undo[1], htmx=htmx)
    assert desk.page.task.hold == Hold.NONE
    assert desk.post({"to": "on_hold", "reason": " "}, address="hold/", htmx=True).status_code == 422


@htmx_and_plain
def test_on_a_held_task_what_was_typed_is_given_back(desk: Desk, *, htmx: bool) -> None:
    form = desk.form()
    by = signed_in(desk.world.cast.mark)
    operations.hold(by=by, at=desk.world.at, task_id=desk.world.half_id, to=Hold.ON_HOLD, reason="x")
    answer = desk.post(form | {"service": "Advice <b>"}, htmx=htmx)
    assert answer.status_code == 409
    assert "Advice &lt;b&gt;" in said(answer)
    assert 'name="title"' not in said(desk.as_(desk.world.cast.mark).get(desk.where))


def test_facts_are_offered_to_who_may(desk: Desk) -> None:
    for member, offered in ((desk.world.cast.mark, True), (desk.world.cast.jo, True), (desk.world.cast.vera, False)):
        text = said(desk.as_(member).get(desk.task))
        assert ("?of=owner" in text) is offered
    assert desk.as_(desk.world.cast.vera).get(desk.where).status_code == 403
    assert desk.as_(desk.world.cast.ben).get(desk.where).status_code == 404


def test_how_much_work_is_left_and_how_far_several_workflows_are(desk: Desk) -> None:
    by = signed_in(desk.world.cast.mark)
    assert "<dt>Progress</dt>" not in said(desk.as_(desk.world.cast.mark).get(desk.task))
    operations.attach(
        by=by, at=desk.world.at, task_id=desk.world.half_id, template_id=desk.world.template_id, again=True
    )
    second = desk.page.workflows[1].id
    operations.edit(by=by, at=desk.world.at, workflow_id=second, edit=EditStep("file", {"estimate": 30}))
    text = said(desk.as_(desk.world.cast.mark).get(desk.task))
    assert "<dt>Progress</dt>" in text
    # 15 + 30 + 240 + 90 + 30 of the second are open; of the first 15 + 30 + 240 are done, and 90 skipped.
    assert re.search(r"<dt>Time left</dt><dd class=\"num\">6h 45m <small>of 11h 30m</small>", text)
