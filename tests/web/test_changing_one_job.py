"""The steps and groups of one workflow changed on their pages: it works, it is refused with what was typed kept."""

import re
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import GroupPanel, StepLine, WorkflowPanel
from natrium.domain.workflow.actions import AddGroup, AddStep, Complete, Edit, EditStep
from natrium.domain.workflow.definition import Order, StepDefinition
from natrium.domain.workflow.model import Hold
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As
from tests.web.forms import fields

htmx_and_plain = pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])


class Desk:
    """Annual Accounts on a fresh task of Jo's, and a member's browser on it."""

    def __init__(self, world: World, as_: As) -> None:
        by = signed_in(world.cast.mark)
        done = operations.attach(by=by, at=world.at, task_id=world.fresh_id, template_id=world.template_id)
        self.world, self.as_, self.id = world, as_, done.workflow_id
        self.where = f"/workflows/{self.id}"

    def edit(self, edit: Edit, by: Member | None = None) -> None:
        who = signed_in(by or self.world.cast.mark)
        operations.edit(by=who, at=self.world.at, workflow_id=self.id, edit=edit)

    def post(
        self, address: str, post: dict[str, object] | None = None, *, by: Member | None = None, htmx: bool = False
    ) -> HttpResponse:
        client = self.as_(by or self.world.cast.mark)
        headers = {"HX-Request": "true"} if htmx else {}
        return cast("HttpResponse", client.post(self.where + address, post or {}, headers=headers))

    def get(self, address: str, *, by: Member | None = None, htmx: bool = False) -> HttpResponse:
        headers = {"HX-Request": "true"} if htmx else {}
        return cast("HttpResponse", self.as_(by or self.world.cast.mark).get(self.where + address, headers=headers))

    @property
    def panel(self) -> WorkflowPanel:
        by = signed_in(self.world.cast.mark)
        return queries.workflow(by=by, at=self.world.at, workflow_id=self.id)

    def group(self, key: str) -> GroupPanel:
        return next(group for group in self.panel.groups if group.key == key)

    def step(self, key: str) -> StepLine:
        return next(step for group in self.panel.groups for step in group.steps if step.key == key)

    def names(self, group: str) -> list[str]:
        return [step.name for step in self.group(group).steps]

    def keys(self, group: str) -> list[str]:
        return [step.key for step in self.group(group).steps]


@pytest.fixture
def desk(world: World, as_: As) -> Desk:
    return Desk(world, as_)


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


class TestAdding:
    def test_a_step_at_the_foot_of_its_group(self, desk: Desk) -> None:
        answer = desk.post("/steps/", {"group": "preparation", "name": " Confirm bank letter "})
        assert answer.status_code == 303
        assert answer["Location"].startswith(f"/tasks/{desk.world.fresh_id}/?edit=")
        assert desk.names("preparation")[-1] == "Confirm bank letter"
        page = desk.as_(desk.world.cast.mark).get(answer["Location"]).content.decode()
        assert "Added the step “Confirm bank letter”" in page
        assert re.search(r'id="add-preparation"[^>]*autofocus', page)

    def test_htmx_gets_the_panel_with_the_way_back(self, desk: Desk) -> None:
        text = said(desk.post("/steps/", {"group": "preparation", "name": "Bank letter"}, htmx=True))
        assert text.lstrip().startswith(f'<section class="wf" id="wf-{desk.id}"')
        undo = re.search(rf'action="({desk.where}/edits/\d+/undo/)"', text)
        assert undo
        assert desk.post(undo[1].removeprefix(desk.where), htmx=True).status_code == 200
        assert "Bank letter" not in desk.names("preparation")

    def test_the_same_form_sent_twice_adds_one(self, desk: Desk) -> None:
        post = {"group": "preparation", "name": "Bank letter", "fresh": "0a1b2c"}
        for _ in range(2):
            assert desk.post("/steps/", post).status_code == 303
        assert desk.names("preparation").count("Bank letter") == 1
        desk.post("/steps/", post | {"fresh": "0a1b2d"})
        assert desk.names("preparation").count("Bank letter") == 2

    @pytest.mark.parametrize("name", ["Ünïcode & “quotes”", "会計", "-", "A" * 200])
    def test_any_name_has_a_key(self, desk: Desk, name: str) -> None:
        assert desk.post("/steps/", {"group": "preparation", "name": name}).status_code == 303
        assert desk.names("preparation")[-1] == name

    @htmx_and_plain
    @pytest.mark.parametrize("name", [" ", "A" * 201])
    def test_a_name_it_cannot_have_is_said_at_the_field(self, desk: Desk, name: str, *, htmx: bool) -> None:
        answer = desk.post("/steps/", {"group": "preparation", "name": name}, htmx=htmx)
        assert answer.status_code == 422
        assert re.search(r'id="add-preparation"[^>]*value="' + name, said(answer))
        assert 'id="add-preparation-error" role="alert"' in said(answer)

    @htmx_and_plain
    def test_into_a_group_that_is_gone_what_was_typed_is_given_back(self, desk: Desk, *, htmx: bool) -> None:
        answer = desk.post("/steps/", {"group": "gone", "name": "Bank <letter>"}, htmx=htmx)
        assert answer.status_code == 422
        assert "Bank &lt;letter&gt;</textarea>" in said(answer)

    def test_a_group_at_the_end(self, desk: Desk) -> None:
        post = {"name": "After filing", "fresh": "0a1b2c"}
        for _ in range(2):
            assert desk.post("/groups/", post).status_code == 303
        assert [group.name for group in desk.panel.groups][-2:] == ["Approval and Filing", "After filing"]
        assert desk.post("/groups/", {"name": ""}, htmx=True).status_code == 422

    def test_who_may_not_is_offered_no_field(self, desk: Desk) -> None:
        task = f"/tasks/{desk.world.fresh_id}/"
        assert "Add a step to" in desk.as_(desk.world.cast.jo).get(task).content.decode()
        text = desk.as_(desk.world.cast.vera).get(task).content.decode()
        assert "Add a step to" not in text
        assert "/menu/" not in text
        operations.hold(
            by=signed_in(desk.world.cast.mark),
            at=desk.world.at,
            task_id=desk.world.fresh_id,
            to=Hold.ON_HOLD,
            reason="x",
        )
        assert "Add a step to" not in desk.as_(desk.world.cast.mark).get(task).content.decode()


class TestTheMenu:
    def test_it_offers_what_can_be_done(self, desk: Desk) -> None:
        text = said(desk.get("/steps/draft/menu/", htmx=True))
        assert text.lstrip().startswith('<div class="menu" role="menu" data-live-busy')
        for words in ("Rename", "Reassign", "Due date", "What it waits for", "Rules", "Move up", "Move to", "Skip"):
            assert words in text
        assert "Remove" not in text
        assert "Comes from the template. Skip it" in text

    def test_what_was_added_can_be_removed(self, desk: Desk) -> None:
        desk.edit(AddStep("preparation", StepDefinition(key="memo", name="Memo")))
        assert "/steps/memo/removal/" in said(desk.get("/steps/memo/menu/", htmx=True))
        assert desk.post("/steps/memo/removal/").status_code == 303
        assert "memo" not in desk.keys("preparation")

    def test_what_is_done_stays_as_it_is(self, desk: Desk) -> None:
        by = signed_in(desk.world.cast.mark)
        operations.act(by=by, at=desk.world.at, workflow_id=desk.id, actions=[Complete("request")])
        text = said(desk.get("/steps/request/menu/", htmx=True))
        assert "It is done, and stays as it is." in text
        assert "Send back" in text
        assert "Rename" not in text
        assert 'name="name"' not in said(desk.get("/steps/request/edit/"))

    def test_staff_who_do_not_own_the_task_are_offered_work_only(self, desk: Desk) -> None:
        sam = desk.world.cast.jo
        other = operations.create_task(
            by=signed_in(desk.world.cast.mark),
            at=desk.world.at,
            facts=operations.TaskFacts(title="Other", owner_id=desk.world.cast.mark.pk),
            template_ids=[desk.world.template_id],
        )
        page = queries.task_page(by=signed_in(sam), at=desk.world.at, task_id=other)
        where = f"/workflows/{page.workflows[0].id}/steps/request/"
        text = desk.as_(sam).get(f"{where}menu/", headers={"HX-Request": "true"}).content.decode()
        assert "Add note" in text
        assert "Rename" not in text
        assert desk.as_(sam).get(f"{where}edit/").status_code == 403

    @pytest.mark.parametrize("address", ["/steps/draft/menu/", "/steps/draft/edit/", "/steps/draft/move/"])
    def test_without_htmx_it_is_a_page_with_every_form(self, desk: Desk, address: str) -> None:
        text = said(desk.get(address))
        assert text.count("<h1") == 1
        assert f'action="{desk.where}/steps/draft/edit/"' in text
        assert f'action="{desk.where}/steps/draft/move/"' in text
        assert "form=skip" in text

    @pytest.mark.parametrize("address", ["/groups/review/menu/", "/groups/review/edit/", "/groups/review/move/"])
    def test_for_groups_as_well(self, desk: Desk, address: str) -> None:
        text = said(desk.get(address))
        assert f'action="{desk.where}/groups/review/edit/"' in text
        assert "<!doctype" not in said(desk.get(address, htmx=True))

    @pytest.mark.parametrize("address", ["/steps/gone/menu/", "/steps/gone/edit/", "/groups/gone/menu/"])
    def test_what_is_not_there(self, desk: Desk, address: str) -> None:
        assert desk.get(address).status_code == 404


class TestChanging:
    def change(self, desk: Desk, key: str, part: str, *, htmx: bool = False, **typed: object) -> HttpResponse:
        """Open a form, type, and send it."""
        address = f"/steps/{key}/edit/"
        sent = fields(said(desk.get(f"{address}?of={part}", htmx=True)), desk.where + address)
        return desk.post(address, sent | typed, htmx=htmx)

    @htmx_and_plain
    def test_a_name(self, desk: Desk, *, htmx: bool) -> None:
        answer = self.change(desk, "draft", "name", htmx=htmx, name="Draft & check")
        assert answer.status_code == (200 if htmx else 303)
        assert desk.step("draft").name == "Draft & check"
        if htmx:
            assert "Renamed “Prepare draft” to “Draft &amp; check”" in said(answer)

    def test_every_field_at_once(self, desk: Desk) -> None:
        answer = self.change(
            desk, "draft", "", name="Draft it", assign="client_manager", due_how="hand", due_on="2027-02-03",
            estimate="1h 30m", after=["request"], waits_on="third_party", blocking="1", required="1", review="1",
            guidance="One\r\nTwo",
        )  # fmt: skip
        assert answer.status_code == 303
        line = desk.step("draft")
        assert (line.name, line.rule, line.estimate, line.after) == ("Draft it", "client manager", 90, ("request",))
        assert (str(line.due_on), line.due_by_hand, line.guidance) == ("2027-02-03", True, "One\nTwo")
        assert (line.blocking, line.required, line.review, line.approval) == (True, True, True, False)
        assert (line.assignee.name if line.assignee else "", line.waits_on) == ("Mark Reed", "third_party")

    def test_a_form_sent_as_it_was_changes_nothing(self, desk: Desk) -> None:
        desk.edit(EditStep("draft", {"guidance": "Line one\r\n\r\nLine  two ", "after": ("receive", "request")}))
        before = desk.panel
        for key in ("request", "receive", "draft", "manager-review", "file"):
            assert self.change(desk, key, "").status_code == 303
        assert desk.panel == before

    @pytest.mark.parametrize(
        ("typed", "due"),
        [
            ({"due_how": "rule", "due_days": "3", "due_unit": "days", "due_side": "before", "due_from": "target"}, -3),
            ({"due_how": "rule", "due_days": "2", "due_unit": "days", "due_side": "after", "due_from": "target"}, 2),
            ({"due_how": "none"}, None),
        ],
    )
    def test_a_due_rule(self, desk: Desk, typed: dict[str, object], due: int | None) -> None:
        self.change(desk, "draft", "due", **typed)
        target = queries.task_page(
            by=signed_in(desk.world.cast.mark), at=desk.world.at, task_id=desk.world.fresh_id
        ).task.target_date
        line = desk.step("draft")
        days = (line.due_on - target).days if line.due_on and target else None
        assert (days, line.due_by_hand) == (due, False)

    def test_a_rule_of_law(self, desk: Desk) -> None:
        self.change(desk, "draft", "due", due_how="law", due_rule="hmrc.sa.return_online")
        line = desk.step("draft")
        assert (line.due_rule, line.due_on) == ("hmrc.sa.return_online", None)
        for name, words in (("", "Choose a rule of law from the list."), ("hmrc.vat", "which there is not")):
            answer = self.change(desk, "draft", "due", due_how="law", due_rule=name)
            assert (answer.status_code, words in said(answer)) == (422, True)
        assert desk.step("draft") == line

    def test_a_date_by_hand_and_back_to_the_rule(self, desk: Desk) -> None:
        ruled = desk.step("draft").due_on
        assert ruled is not None
        self.change(desk, "draft", "due", due_how="hand", due_on=ruled.isoformat())
        assert desk.step("draft").due_by_hand
        self.change(desk, "draft", "due", due_how="hand", due_on="2030-01-01")
        self.change(desk, "draft", "due", due_how="rule")
        assert (desk.step("draft").due_on, desk.step("draft").due_by_hand) == (ruled, False)

    @pytest.mark.parametrize(
        ("text", "minutes"),
        [("90", 90), ("1h", 60), ("1.5h", 90), ("1,5 h", 90), ("2h 5m", 125), ("45 min", 45), ("", None)],
    )
    def test_an_estimate_as_people_write_it(self, desk: Desk, text: str, minutes: int | None) -> None:
        self.change(desk, "draft", "estimate", estimate=text)
        assert desk.step("draft").estimate == minutes

    @htmx_and_plain
    @pytest.mark.parametrize(
        ("part", "typed", "words"),
        [
            ("name", {"name": " "}, "1 to 200 characters"),
            ("estimate", {"estimate": "an hour <or> so"}, "is not a duration"),
            ("estimate", {"estimate": "999999"}, "An estimate is"),
            ("due", {"due_how": "hand", "due_on": "31 April"}, "is not a date"),
            ("due", {"due_how": "hand", "due_on": ""}, "on which day"),
            ("due", {"due_how": "rule", "due_days": "soon"}, "how many days"),
            ("due", {"due_how": "rule", "due_from": "birth"}, "count from"),
            ("who", {"assign": "king"}, "from the list"),
            ("rules", {"waits_on": "godot"}, "from the list"),
            ("after", {"after": ["gone"]}, "no step “gone”"),
            ("after", {"after": ["tax", "file"]}, "closes a loop"),
            ("", {"name": "New & <b>", "estimate": "x"}, "is not a duration"),
        ],
    )
    def test_what_cannot_be_is_said_at_the_field_and_all_is_kept(
        self, desk: Desk, part: str, typed: dict[str, object], words: str, *, htmx: bool
    ) -> None:
        before = desk.panel
        answer = self.change(desk, "draft", part, htmx=htmx, **typed)
        text = said(answer)
        assert answer.status_code in {409, 422}
        assert words in text
        assert ("<!doctype" in text) is not htmx
        for value in typed.values():
            if isinstance(value, str) and value.strip() and value not in {"king", "birth", "godot", "hand", "rule"}:
                assert f'value="{value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}"' in text
        assert desk.panel == before

    def test_flags_of_the_template_stay(self, desk: Desk) -> None:
        text = said(desk.get("/steps/partner-review/edit/?of=rules", htmx=True))
        assert re.search(r'name="required" value="1" checked disabled', text)
        assert 'name="was_required"' not in text
        self.change(desk, "partner-review", "rules", blocking="1")
        assert (desk.step("partner-review").required, desk.step("partner-review").blocking) == (True, True)

    @htmx_and_plain
    def test_loosening_asks_a_partner_why_and_keeps_the_rest(self, desk: Desk, *, htmx: bool) -> None:
        priya = desk.world.cast.priya
        address = "/steps/manager-review/edit/"
        sent = fields(said(desk.get(address, by=priya)), desk.where + address)
        del sent["blocking"]
        sent |= {"name": "Managers look", "estimate": "20m"}
        answer = desk.post(address, sent, by=priya, htmx=htmx)
        assert answer.status_code == 422
        assert 'name="reason"' in said(answer)
        assert 'value="Managers look"' in said(answer)
        assert desk.step("manager-review").name == "Manager review"
        again = fields(said(answer), desk.where + address)
        assert "blocking" not in again
        assert desk.post(address, again | {"reason": " "}, by=priya, htmx=htmx).status_code == 422
        assert desk.post(address, again | {"reason": "Sole director"}, by=priya).status_code == 303
        line = desk.step("manager-review")
        assert (line.name, line.estimate, line.blocking) == ("Managers look", 20, False)

    @htmx_and_plain
    def test_loosening_is_not_a_managers(self, desk: Desk, *, htmx: bool) -> None:
        sent = fields(said(desk.get("/steps/manager-review/edit/")), f"{desk.where}/steps/manager-review/edit/")
        del sent["blocking"]
        answer = desk.post("/steps/manager-review/edit/", sent | {"reason": "Because I say so"}, htmx=htmx)
        assert answer.status_code == 403
        assert "takes a partner or above" in said(answer)
        assert ">Because I say so</textarea>" in said(answer)
        assert desk.step("manager-review").blocking

    @htmx_and_plain
    def test_what_was_typed_about_a_step_that_is_done_by_now_is_given_back(self, desk: Desk, *, htmx: bool) -> None:
        sent = fields(said(desk.get("/steps/request/edit/")), f"{desk.where}/steps/request/edit/")
        by = signed_in(desk.world.cast.mark)
        operations.act(by=by, at=desk.world.at, workflow_id=desk.id, actions=[Complete("request")])
        answer = desk.post("/steps/request/edit/", sent | {"guidance": "Ask for the <lease>"}, htmx=htmx)
        assert answer.status_code == 409
        assert "stays as it is" in said(answer)
        assert "Ask for the &lt;lease&gt;" in said(answer)

    def test_a_group(self, desk: Desk) -> None:
        address = "/groups/preparation/edit/"
        sent = fields(said(desk.get(address)), desk.where + address)
        assert desk.post(address, sent | {"name": "Drafting", "order": "sequential"}).status_code == 303
        group = desk.group("preparation")
        assert (group.name, group.order, group.gate) == ("Drafting", "sequential", True)
        assert desk.post(address, sent | {"order": "sideways"}).status_code == 422

    def test_loosening_a_group_from_its_menu_asks_why(self, desk: Desk) -> None:
        priya, address = desk.world.cast.priya, "/groups/preparation/edit/"
        answer = desk.post(address, {"gate": "", "was_gate": "1"}, by=priya, htmx=True)
        assert answer.status_code == 422
        sent = fields(said(answer), desk.where + address) | {"reason": "In a hurry"}
        assert desk.post(address, sent, by=priya, htmx=True).status_code == 200
        assert not desk.group("preparation").gate


class TestColleagues:
    """S19 on the page: only the clashing field is refused, the rest is saved, what was typed stays."""

    @htmx_and_plain
    def test_only_the_clashing_field_is_refused(self, desk: Desk, *, htmx: bool) -> None:
        address = "/steps/draft/edit/"
        old = fields(said(desk.get(address, by=desk.world.cast.jo)), desk.where + address)
        desk.edit(EditStep("draft", {"name": "Mark’s draft", "blocking": True}))
        typed = old | {"name": "Jo’s <draft>", "guidance": "Jo’s guidance"}
        answer = desk.post(address, typed, by=desk.world.cast.jo, htmx=htmx)
        text = said(answer)
        assert answer.status_code == 409
        assert "Mark Reed put “Mark’s draft” here." in text
        assert "The rest is saved; what you typed" in text
        assert 'value="Jo’s &lt;draft&gt;"' in text
        line = desk.step("draft")
        assert (line.name, line.guidance, line.blocking) == ("Mark’s draft", "Jo’s guidance", True)
        again = fields(text, desk.where + address)
        assert desk.post(address, again, by=desk.world.cast.jo).status_code == 303
        line = desk.step("draft")
        assert (line.name, line.guidance, line.blocking) == ("Jo’s <draft>", "Jo’s guidance", True)

    def test_what_htmx_is_told_of_the_rest_can_be_taken_back(self, desk: Desk) -> None:
        address = "/steps/draft/edit/"
        old = fields(said(desk.get(address)), desk.where + address)
        desk.edit(EditStep("draft", {"name": "Priya’s"}), by=desk.world.cast.priya)
        text = said(desk.post(address, old | {"name": "Mark’s", "estimate": "3h"}, htmx=True))
        assert "Changed “Priya’s”: estimate" in text
        assert "/undo/" in text

    def test_a_group_as_well(self, desk: Desk) -> None:
        address = "/groups/review/edit/"
        old = fields(said(desk.get(address)), desk.where + address)
        desk.post(address, old | {"name": "Priya’s", "gate": "1"}, by=desk.world.cast.priya)
        answer = desk.post(address, old | {"name": "Mark’s"})
        assert answer.status_code == 409
        assert "Priya Shah put “Priya’s” here." in said(answer)
        assert "changed this meanwhile. What you typed" in said(answer)  # there was no rest to save


class TestMoving:
    @htmx_and_plain
    def test_up_and_down_also_past_the_end_of_a_group(self, desk: Desk, *, htmx: bool) -> None:
        assert desk.post("/steps/tax/move/", {"to": "up"}, htmx=htmx).status_code == (200 if htmx else 303)
        assert desk.keys("preparation") == ["tax", "draft"]
        desk.post("/steps/tax/move/", {"to": "up"}, htmx=htmx)
        assert (desk.keys("gathering"), desk.keys("preparation")) == (["request", "receive", "tax"], ["draft"])
        text = said(desk.post("/steps/tax/move/", {"to": "down"}, htmx=True))
        assert "Now 1st of 2 in Draft Preparation." in text

    def test_at_the_ends_it_stays(self, desk: Desk) -> None:
        before = desk.panel
        assert desk.post("/steps/request/move/", {"to": "up"}).status_code == 303
        assert desk.post("/steps/file/move/", {"to": "down"}, htmx=True).status_code == 200
        assert desk.post("/groups/gathering/move/", {"to": "up"}).status_code == 303
        assert desk.panel == before

    def test_to_a_place(self, desk: Desk) -> None:
        desk.post("/steps/tax/move/", {"where": "gathering/request"})
        assert desk.keys("gathering") == ["request", "tax", "receive"]
        desk.post("/steps/tax/move/", {"where": "preparation/"})
        assert desk.keys("preparation") == ["tax", "draft"]

    @htmx_and_plain
    @pytest.mark.parametrize("where", ["preparation/gone", "gone/", "nonsense"])
    def test_to_a_place_that_is_gone(self, desk: Desk, where: str, *, htmx: bool) -> None:
        answer = desk.post("/steps/tax/move/", {"where": where}, htmx=htmx)
        assert answer.status_code == 422
        assert f'action="{desk.where}/steps/tax/move/"' in said(answer)

    @htmx_and_plain
    def test_a_move_that_loosens_asks_a_partner_why_and_knows_where_to(self, desk: Desk, *, htmx: bool) -> None:
        priya = desk.world.cast.priya
        answer = desk.post("/steps/manager-review/move/", {"to": "down"}, by=priya, htmx=htmx)
        assert answer.status_code == 422
        sent = fields(said(answer), f"{desk.where}/steps/manager-review/move/")
        assert sent["where"] == "review/partner-review"
        assert desk.post("/steps/manager-review/move/", sent | {"reason": "Tom is away"}, by=priya).status_code == 303
        assert desk.keys("review") == ["partner-review", "manager-review"]
        assert desk.post("/steps/manager-review/move/", {"to": "down"}, htmx=htmx).status_code in {200, 303, 403}

    def test_a_group(self, desk: Desk) -> None:
        desk.edit(AddGroup("extra", "Extra", Order.ANY))
        desk.post("/groups/extra/move/", {"to": "up"})
        assert [group.key for group in desk.panel.groups][-2:] == ["extra", "approval"]
        desk.post("/groups/extra/move/", {"where": "/"})
        text = said(desk.post("/groups/extra/move/", {"to": "down"}, htmx=True))
        assert "Now the 2nd of 5 groups." in text
        assert desk.post("/groups/extra/move/", {"where": "/gone"}).status_code == 422
        assert desk.post("/groups/extra/removal/").status_code == 303
        assert [group.key for group in desk.panel.groups] == ["gathering", "preparation", "review", "approval"]


class TestTakingBack:
    def test_by_the_plain_page_as_well(self, desk: Desk) -> None:
        answer = desk.post("/steps/draft/move/", {"to": "down"})
        page = desk.as_(desk.world.cast.mark).get(answer["Location"]).content.decode()
        undo = re.search(rf'action="{desk.where}(/edits/\d+/undo/)"', page)
        assert undo
        back = desk.post(undo[1])
        assert back.status_code == 303
        page = desk.as_(desk.world.cast.mark).get(back["Location"]).content.decode()
        assert "Took back moving “Prepare draft”" in page
        assert "/edits/" not in page
        assert desk.keys("preparation") == ["draft", "tax"]
        assert desk.post(undo[1]).status_code == 409

    def test_a_removal_comes_back(self, desk: Desk) -> None:
        desk.edit(AddStep("preparation", StepDefinition(key="memo", name="Memo", estimate=30), 0))
        text = said(desk.post("/steps/memo/removal/", htmx=True))
        undo = re.search(rf'action="{desk.where}(/edits/\d+/undo/)"', text)
        assert undo
        desk.post(undo[1])
        assert desk.keys("preparation") == ["memo", "draft", "tax"]
        assert desk.step("memo").estimate == 30


def test_a_stranger_finds_nothing(desk: Desk) -> None:
    ben: Client = desk.as_(desk.world.cast.ben)
    for address in ("/steps/draft/menu/", "/steps/draft/edit/", "/groups/review/move/"):
        assert ben.get(desk.where + address).status_code == 404
    for address in ("/steps/", "/groups/", "/steps/draft/edit/", "/steps/draft/move/", "/steps/draft/removal/"):
        assert ben.post(desk.where + address, {"name": "x", "group": "review"}).status_code == 404
