"""A proposal from the first line to the work that it sets up: written, sent, accepted on a phone without a script."""

import re

import pytest
from django.core import mail
from django_ox.testing import run_tasks
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from natrium.apps.catalogue import operations as catalogue
from natrium.apps.clients import contacts
from natrium.apps.clients import operations as clients
from natrium.apps.clients.operations import NewContact
from natrium.apps.proposals.models import Proposal
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def ready(world: World) -> World:
    """Return the practice with two services, and a contact who can answer."""
    mark = signed_in(world.cast.mark)
    for key in ("Annual Accounts", "Payroll Monthly"):
        catalogue.take_ready_service(by=mark, at=world.at, key=key)
    nia = NewContact(name="Nia Bowen", email="nia@hartwell.example", role="Director")
    contacts.add_contact(by=mark, at=world.at, client_id=world.client.pk, contact=nia)
    clients.edit_client(
        by=mark, at=world.at, client_id=world.client.pk, changes={"year_end_month": 3, "year_end_day": 31}
    )  # fmt: skip
    return world


def write(page: Page, world: World) -> None:
    """Fill two lines in, with a fee that is none at first."""
    page.goto("/proposals/new/")
    page.get_by_label("Client").select_option(label=world.client.name)
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Nia Bowen")
    page.get_by_label("Opening note").fill("Dear Nia, thank you for showing us round on Thursday.")
    page.get_by_label("Starts").select_option(label="Annual Accounts")
    page.get_by_label("Fee, £").fill("lots")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Give a fee in pounds")).to_be_visible()
    expect(page.get_by_label("Fee, £")).to_have_value("lots")
    page.get_by_label("Fee, £").fill("1,650")
    page.get_by_role("button", name="Add a line").click()
    second = page.get_by_role("group", name="Line 2")
    second.get_by_label("Starts").select_option(label="Payroll Monthly")
    second.get_by_label("Fee, £").fill("48")
    second.get_by_label("Billed").select_option(label="a month")
    page.get_by_role("textbox", name="Terms").fill("Either of us can end this with one month’s notice.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("£185.50")).to_be_visible()


def test_written_sent_and_accepted_on_a_phone(
    ready: World, open_as: OpenAs, watch: Watch, browser: Browser, live_server: LiveServer
) -> None:
    watch.expected |= {422}
    write(open_as(ready.cast.mark), ready)
    proposal = Proposal.objects.get()
    partner = open_as(ready.cast.priya)
    partner.goto(f"/proposals/{proposal.pk}/")
    partner.get_by_role("button", name="Send to Nia Bowen").click()
    expect(partner.get_by_text("What it says is fixed now.")).to_be_visible()
    run_tasks(raise_failures=True)
    found = re.search(r"/p/[\w-]+/", str(mail.outbox[-1].body))
    assert found is not None

    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, **PHONE)  # type: ignore[arg-type]
    phone = context.new_page()
    watch.follow(phone)
    phone.goto(found[0])
    expect(phone.get_by_role("heading", name="Proposal for Hartwell Joinery Ltd")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="Accept proposal").click()
    expect(phone.get_by_text("Type your full name to accept.")).to_be_visible()
    phone.get_by_label("Type your full name to sign").fill("Nia Bowen")
    phone.get_by_role("button", name="Accept proposal").click()
    expect(phone.get_by_text("Tick the box")).to_be_visible()
    expect(phone.get_by_label("Type your full name to sign")).to_have_value("Nia Bowen")
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Accept proposal").click()
    expect(phone.get_by_role("heading", name="Accepted. Thank you, Nia.")).to_be_visible()
    assert context.cookies() == [], "nobody is signed in by a link"
    context.close()

    partner.reload()
    expect(partner.get_by_role("heading", name=re.compile(r"\d+ tasks? created"))).to_be_visible()
    partner.get_by_role("link", name="Client onboarding").click()
    expect(partner).to_have_url(re.compile(r"/tasks/\d+/$"))
