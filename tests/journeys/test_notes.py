"""Notes in a browser: a colleague is mentioned by keyboard, tabs of the side column, and no script at all."""

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults
from tests.journeys.test_work_annual_accounts import attach, tick
from tests.journeys.world import World


def test_a_colleague_is_mentioned_by_keyboard(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    page.goto(f"/tasks/{world.half_id}/")
    note = page.get_by_label("Add a note")
    page.keyboard.press("m")
    expect(note).to_be_focused()
    note.press_sequentially("Rang them, see mail@mark.example. @")
    expect(page.locator("#mention-list li")).to_have_count(5)
    note.press_sequentially("p")
    expect(page.locator("#mention-list li")).to_have_text(["Priya Shah"])
    assert note.get_attribute("aria-activedescendant") == "mention-0"
    page.keyboard.press("Escape")
    expect(page.locator("#mention-list")).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(note).to_have_value("Rang them, see mail@mark.example. @Mark Reed ")
    note.press_sequentially("please look")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#side .quote").first).to_have_text("Rang them, see mail@mark.example. @Mark Reed please look")
    expect(page.locator("#side .at")).to_have_text("@Mark Reed")
    expect(note).to_have_value("")
    expect(note).to_be_focused()


def test_the_open_list_of_colleagues_is_for_everyone(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.jo)
    page.goto(f"/tasks/{world.half_id}/?open=draft&form=comments#step-draft")
    page.locator("#comments-text-draft").press_sequentially("@")
    expect(page.locator("#mention-list li")).to_have_count(5)
    page.locator("#mention-list li", has_text="Mark Reed").click()
    expect(page.locator("#comments-text-draft")).to_have_value("@Mark Reed ")
    page.locator("#comments-text-draft").press_sequentially("@")
    watch.away = True
    assert faults(page) == []


def test_the_tab_stays_and_so_does_what_is_typed(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    attach(page, world)
    page.get_by_label("Add a note").fill("Half a")
    page.get_by_role("link", name="Notes").click()
    expect(page.locator("#side")).to_have_attribute("data-side", "notes")
    assert page.url.endswith("?side=notes")
    expect(page.get_by_role("link", name="Notes")).to_have_attribute("aria-current", "true")
    tick(page, "request", "Request records")
    expect(page.get_by_label("Add a note")).to_have_value("Half a")
    page.get_by_role("button", name="Add note").last.click()
    expect(page.locator("#side")).to_contain_text("Half a")
    expect(page.locator("#side")).to_have_attribute("data-side", "notes")


def test_without_scripts_tabs_are_pages(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo, java_script_enabled=False)
    page.goto(f"/tasks/{world.half_id}/")
    page.get_by_label("Add a note").fill("@Mark Reed see the mail")
    page.get_by_role("button", name="Add note").last.click()
    page.get_by_role("link", name="Notes").click()
    expect(page.locator("#side .at")).to_have_text("@Mark Reed")
    page.get_by_role("link", name="Activity").click()
    expect(page.locator("#side")).to_contain_text("left a note")


def test_a_note_on_a_client_is_left_in_its_place(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    page.goto(f"/clients/{world.client.pk}/")
    note = page.get_by_label("Add a note")
    page.keyboard.press("m")
    expect(note).to_be_focused()
    note.press_sequentially("Rings early. @p")
    expect(page.locator("#mention-list li")).to_have_text(["Priya Shah"])
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notes .quote")).to_have_text("Rings early. @Priya Shah")
    expect(note).to_have_value("")
    expect(note).to_be_focused()
