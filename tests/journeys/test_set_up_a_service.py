"""A service is set up, its dates seen before anything is kept; a client takes it, and its task comes by itself."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from natrium.apps.catalogue import operations
from natrium.apps.clients import operations as clients
from tests.builders import NOW, signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults, sideways
from tests.journeys.world import World

WORDS = ("due", "dates", "create", "title", "workflows")


def stagger(world: World) -> None:
    """The client's VAT quarters end with January, April, July and October."""
    clients.set_fact(
        by=signed_in(world.cast.mark), at=NOW, client_id=world.client.pk, field="vat_stagger", value="2",
        from_date=NOW.date().replace(year=2020),
    )  # fmt: skip


def press(page: Page, word: str) -> None:
    """Open the small form of a word."""
    page.locator(f'.word[value="{word}"]').click()
    expect(page.locator(".wordform")).to_be_visible()


def test_a_manager_sets_up_a_service_and_sees_its_dates(world: World, open_as: OpenAs) -> None:
    stagger(world)
    page = open_as(world.cast.mark)
    page.goto("/my-work/")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.get_by_role("link", name="Take a ready one").click()
    page.get_by_role("button", name="Use VAT Return", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VAT Return")
    rows = page.locator(".nexts tbody tr")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("after the end of the VAT period")
    first = rows.first.locator("td").nth(0).text_content()
    press(page, "create")
    expect(page.get_by_label("So many")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("15")
    page.keyboard.press("Tab")
    expect(page.locator(".ruleline")).to_contain_text("15 days after the period ends")
    expect(page.get_by_label("Days")).to_be_focused()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    assert rows.first.locator("td").nth(0).text_content() != first
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".ruleline")).to_contain_text("15 days after the period ends")
    expect(page.get_by_text("Not saved yet.")).to_have_count(0)
    start_for_the_client(page, world)
    made = operations.generate(at=world.at).created
    assert made, "a quarter has ended meanwhile"
    page.goto(f"/clients/{world.client.pk}/")
    page.get_by_role("link", name=made[0].title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(made[0].title)
    expect(page.get_by_role("heading", name="VAT Return", level=2)).to_be_visible()
    assert operations.generate(at=world.at).created == []


def start_for_the_client(page: Page, world: World) -> None:
    """From half a year ago, seen before it is done."""
    page.get_by_role("link", name="Start for clients").click()
    page.get_by_label("From").fill((world.at - timedelta(days=200)).date().isoformat())
    page.get_by_role("checkbox", name="Hartwell Joinery Ltd").check()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".firsts")).to_contain_text("VAT Return to")
    page.get_by_role("button", name="Start for 1 client").click()
    expect(page.get_by_role("status").filter(has_text="Started for 1 client.")).to_be_visible()


def test_without_scripts_the_words_open_and_are_kept(world: World, open_as: OpenAs) -> None:
    stagger(world)
    service = operations.take_ready_service(by=signed_in(world.cast.mark), at=NOW, key="VAT Return")
    page = open_as(world.cast.mark, java_script_enabled=False)
    page.goto(f"/services/{service}/")
    press(page, "target")
    page.get_by_label("So many").fill("10")
    press(page, "create")
    expect(page.locator(".ruleline")).to_contain_text("10 working days before")
    page.get_by_label("So many").fill("9999")
    page.get_by_label("So many").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Give a whole number of days")
    page.get_by_label("So many").fill("3")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".ruleline")).to_contain_text("10 working days before")
    expect(page.locator(".ruleline")).to_contain_text("3 days after the period ends")


def test_nobody_is_shut_out_of_a_service(world: World, open_as: OpenAs, watch: Watch) -> None:
    stagger(world)
    service = operations.take_ready_service(by=signed_in(world.cast.mark), at=NOW, key="VAT Return")
    engagement_id = operations.start_engagement(
        by=signed_in(world.cast.mark), at=NOW, client_id=world.client.pk, service_id=service, starts_on=NOW.date()
    )
    page = open_as(world.cast.olive, reduced_motion="reduce")
    watch.away = True
    found = []
    client = f"/clients/{world.client.pk}/"
    engagement = f"{client}engagements/{engagement_id}/"
    cards = (f"/services/{service}/{end}" for end in ("?word=dates&label1=", "?task=new", ""))
    starting = f"/services/{service}/clients/"
    for address in (client, f"{engagement}end/", f"{engagement}differences/", starting, *cards):
        page.goto(address)
        found += faults(page) + sideways(page)
    for word in WORDS:
        press(page, word)
        found += faults(page, ".rt")
    assert found == []
