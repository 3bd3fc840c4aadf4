"""A client is found by typing: the list follows, the count is said, and the page stays where it is."""

from playwright.sync_api import expect

from tests.builders import a_client
from tests.journeys.conftest import OpenAs
from tests.journeys.world import World


def test_the_list_follows_what_is_typed(world: World, open_as: OpenAs) -> None:
    a_client(world.cast.acorn, name="Quarry Trust", kind="trust", fields={"reference": "Q77"})
    page = open_as(world.cast.mark)
    page.goto("/clients/")
    rows = page.locator(".clist > li")
    expect(rows).to_have_count(2)
    page.keyboard.press("f")
    page.keyboard.type("quar")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 client found.")).to_be_visible()
    expect(page.get_by_label("Find")).to_be_focused()
    assert "q=quar" in page.url
    page.get_by_label("Kind").select_option("limited_company")
    expect(page.get_by_text("No client is like that")).to_be_visible()
    page.get_by_label("Find").fill("")
    expect(rows).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Kind")).to_have_value("limited_company")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hartwell Joinery Ltd")


def test_without_scripts_a_button_shows_it(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    page.goto("/clients/")
    page.get_by_label("Find").fill("nobody")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No client is like that")).to_be_visible()
