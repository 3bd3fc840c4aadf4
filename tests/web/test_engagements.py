"""What a client takes, on the client's page: started, paused, resumed, ended by choice, with what is different."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.queries import EngagementLine
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.apps.workflows import operations as workflows
from natrium.domain.recurrence import codec
from natrium.web.services import recurring
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import ACCOUNTS
from tests.journeys.world import World
from tests.web.conftest import As
from tests.web.forms import fields

UNTYPED = ("csrfmiddlewaretoken", "rev")


@pytest.fixture
def vat(world: World) -> int:
    """Return the VAT service; the client's quarters end with January and so on."""
    by = signed_in(world.cast.mark)
    clients.set_fact(
        by=by, at=NOW, client_id=world.client.pk, field="vat_stagger", value="2", from_date=date(2020, 1, 1)
    )  # fmt: skip
    return operations.take_ready_service(by=by, at=NOW, key="VAT Return")


@pytest.fixture
def mark(world: World, as_: As) -> Client:
    """Return a manager's browser."""
    return as_(world.cast.mark)


def home(world: World) -> str:
    """The client's page."""
    return f"/clients/{world.client.pk}/"


def engaged(world: World) -> EngagementLine:
    """The one engagement."""
    [line] = queries.engagements_of_client(by=signed_in(world.cast.mark), client_id=world.client.pk, at=world.at)
    return line


def start(world: World, mark: Client, vat: int) -> str:
    """The client takes it from today; the address of the engagement."""
    today = world.at.date().isoformat()
    answer = mark.post(f"{home(world)}engagements/", {"service_id": str(vat), "starts_on": today})
    assert (answer.status_code, answer["Location"]) == (303, f"{home(world)}#services")
    return f"{home(world)}engagements/{engaged(world).id}/"


def test_a_service_is_started_and_the_year_ahead_shows_what_will_come(world: World, mark: Client, vat: int) -> None:
    before = mark.get(home(world)).content.decode()
    assert "This client takes no service" in before
    assert "planned" not in before
    start(world, mark, vat)
    page = mark.get(home(world)).content.decode()
    ahead = queries.upcoming_of_client(by=signed_in(world.cast.mark), client_id=world.client.pk, at=world.at)
    assert len(ahead) >= 3
    assert page.count('class="tbar planned"') >= 3
    assert f"All {len(ahead)} dates to come" in page
    assert ahead[0].title in page
    assert "next appears" in page
    assert "Every service of the practice is taken." in page
    assert sql.value("SELECT COUNT(*) FROM catalogue_occurrence") == 0, "looking makes nothing"
    assert "started VAT Return" in mark.get(f"{home(world)}record/").content.decode()


def test_what_is_wrong_with_starting_is_said_at_its_field(world: World, mark: Client, vat: int) -> None:
    for typed, words in (
        ({"service_id": "", "starts_on": "2026-01-01"}, "Choose the service"),
        ({"service_id": str(vat), "starts_on": "soon"}, "Write a date"),
        ({"service_id": str(vat), "starts_on": "1800-01-01"}, "Give a day from"),
    ):
        answer = mark.post(f"{home(world)}engagements/", typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert page.count('aria-invalid="true"') == 1
        assert fields(page, f"{home(world)}engagements/")["starts_on"] == typed["starts_on"] or "soon" in words


def test_paused_and_resumed(world: World, mark: Client, vat: int) -> None:
    one = start(world, mark, vat)
    today = world.at.date().isoformat()
    assert mark.post(f"{one}pause/", {"on": today}).status_code == 303
    assert engaged(world).state == "paused"
    page = mark.get(home(world)).content.decode()
    assert "Paused" in page
    assert "next appears" not in page
    assert mark.post(f"{one}resumption/").status_code == 303
    assert engaged(world).state == "active"
    wrong = mark.post(f"{one}pause/", {"on": "then"})
    assert wrong.status_code == 422
    assert "Write a date" in wrong.content.decode()


def test_ending_asks_what_becomes_of_open_work(world: World, mark: Client, vat: int) -> None:
    one = start(world, mark, vat)
    task_id = with_task(world)
    page = mark.get(f"{one}end/").content.decode()
    assert "What becomes of the open task" in page
    assert "open_work" not in fields(page, f"{one}end/"), "nothing is chosen for anybody"
    day = world.at.date().isoformat()
    unsaid = mark.post(f"{one}end/", {"on": day})
    assert unsaid.status_code == 422
    assert "Say what becomes of the open tasks." in unsaid.content.decode()
    early = mark.post(f"{one}end/", {"on": "2020-01-01", "open_work": "cancel"})
    assert early.status_code == 422
    assert "before it starts" in early.content.decode()
    assert fields(early.content.decode(), f"{one}end/") | {"csrfmiddlewaretoken": ""} == {
        "csrfmiddlewaretoken": "", "on": "2020-01-01", "open_work": "cancel",
    }  # fmt: skip
    assert mark.post(f"{one}end/", {"on": day, "open_work": "cancel"}).status_code == 303
    assert sql.value("SELECT status FROM tasks_task WHERE id = %s", (task_id,)) == "cancelled"
    assert engaged(world).ends_on == world.at.date()


def with_task(world: World) -> int:
    """A task that nobody has begun was made of it."""
    line = engaged(world)
    task_id = int(sql.value("SELECT id FROM tasks_task WHERE status = 'not_started' ORDER BY id LIMIT 1"))
    [recurring] = queries.service_page(by=signed_in(world.cast.mark), service_id=line.service_id).recurring
    sql.execute(
        """INSERT INTO catalogue_occurrence (practice_id, engagement_id, recurring_task_id, period_key, part,
               period_start, period_end, state, reason, task_id, rule, made_at)
           VALUES (%s, %s, %s, '2026-01-31', 0, '2025-11-01', '2026-01-31', 'created', '', %s, '', %s)""",
        (world.cast.acorn.pk, line.id, recurring.id, task_id, world.at),
    )
    return task_id


def test_what_has_ended_is_listed_apart_and_can_be_started_again(world: World, mark: Client, vat: int) -> None:
    one = start(world, mark, vat)
    yesterday = world.at.date() - timedelta(days=1)
    operations.end_engagement(
        by=signed_in(world.cast.mark), at=world.at, engagement_id=engaged(world).id, on=world.at.date(),
        open_work=operations.OpenWork.KEEP,
    )  # fmt: skip
    sql.execute("UPDATE catalogue_engagement SET starts_on = %s, ends_on = %s", (yesterday, yesterday))
    page = mark.get(home(world)).content.decode()
    assert "Ended" in page
    assert "This client takes no service" in page
    assert f'<option value="{vat}">VAT Return</option>' in page
    assert mark.post(f"{one}pause/", {"on": yesterday.isoformat()}).status_code == 409


def test_what_is_different_for_a_client_is_kept_and_taken_away(world: World, mark: Client, vat: int) -> None:
    one = start(world, mark, vat)
    address = f"{one}differences/"
    by = signed_in(world.cast.mark)
    [recurring] = queries.service_page(by=by, service_id=vat).recurring
    shown = fields(mark.get(address).content.decode(), address)
    assert {value for name, value in shown.items() if name not in UNTYPED} == {""}
    typed = shown | {
        f"owner-{recurring.id}": str(world.cast.jo.pk), f"days-{recurring.id}": "9",
        f"template1-{recurring.id}": str(world.template_id),
    }  # fmt: skip
    assert mark.post(address, typed).status_code == 303
    [kept] = queries.overrides_of(by=by, engagement_id=engaged(world).id)
    assert (kept.owner_member_id, kept.days_before, kept.template_ids) == (world.cast.jo.pk, 9, (world.template_id,))
    again = fields(mark.get(address).content.decode(), address)
    assert {name: again[name] for name in typed if name not in UNTYPED} == {
        name: typed[name] for name in typed if name not in UNTYPED
    }
    stale = mark.post(address, typed | {f"days-{recurring.id}": "4"})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "What you typed is still here" in text
    assert fields(text, address)[f"days-{recurring.id}"] == "4"
    typed |= {"rev": fields(text, address)["rev"]}
    wrong = mark.post(address, typed | {f"days-{recurring.id}": "many"})
    assert wrong.status_code == 422
    assert "whole number of days" in wrong.content.decode()
    none = typed | {f"template1-{recurring.id}": "none"}
    assert mark.post(address, none).status_code == 303
    shown["rev"] = fields(mark.get(address).content.decode(), address)["rev"]
    assert queries.overrides_of(by=by, engagement_id=engaged(world).id)[0].template_ids == ()
    assert mark.post(address, shown).status_code == 303
    assert queries.overrides_of(by=by, engagement_id=engaged(world).id) == ()


def test_an_engagement_of_another_client_is_not_found_here(world: World, mark: Client, vat: int) -> None:
    one = start(world, mark, vat).removeprefix(home(world))
    other = clients.create_client(by=signed_in(world.cast.mark), at=NOW, name="Other Ltd", kind="limited_company")
    day = {"on": "2026-01-01", "open_work": "keep"}
    for end in ("pause/", "resumption/", "end/", "differences/"):
        assert mark.post(f"/clients/{other}/{one}{end}", day).status_code == 404


def test_staff_see_services_and_are_offered_nothing(world: World, mark: Client, as_: As, vat: int) -> None:
    start(world, mark, vat)
    page = as_(world.cast.jo).get(home(world)).content.decode()
    assert "VAT Return" in page
    assert "/engagements/" not in page


def test_more_workflows_than_the_form_offers_stay_and_a_refusal_is_at_its_own_recurring_task(
    world: World, mark: Client, vat: int
) -> None:
    one, by = start(world, mark, vat), signed_in(world.cast.mark)
    [first] = queries.service_page(by=by, service_id=vat).recurring
    operations.add_recurring_task(by=by, at=NOW, service_id=vat, facts=replace(first.facts, title_pattern="Extra"))
    more = [
        workflows.import_template(by=by, at=NOW, template=replace(ACCOUNTS, name=f"Copy {n}"), and_publish=True)
        for n in range(5)
    ]
    override = operations.Override(recurring_task_id=first.id, template_ids=tuple(more))
    operations.set_overrides(by=by, at=NOW, engagement_id=engaged(world).id, overrides=[override])
    address = f"{one}differences/"
    shown = fields(mark.get(address).content.decode(), address)
    assert mark.post(address, shown | {f"days-{first.id}": "9"}).status_code == 303
    [kept] = queries.overrides_of(by=by, engagement_id=engaged(world).id)
    assert (kept.days_before, kept.template_ids) == (9, tuple(more))
    workflows.archive(by=by, at=NOW, template_id=more[4])
    shown = fields(mark.get(address).content.decode(), address)
    text = mark.post(address, shown | {f"template5-{first.id}": str(more[4])}).content.decode()
    assert text.index(f'"f-template1-{first.id}"') < text.index("is archived") < text.index(f'"f-template2-{first.id}"')


def test_the_card_of_a_recurring_task_keeps_every_workflow_there_is() -> None:
    plain = codec.to_dict(recurring.PLAIN)
    facts = operations.RecurringFacts(title_pattern="Books", schedule=plain, template_ids=tuple(range(1, 11)))
    assert recurring.read(recurring.said(facts), facts).template_ids == facts.template_ids
