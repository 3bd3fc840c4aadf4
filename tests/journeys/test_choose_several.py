"""Several rows of my work at once: by keyboard alone, on a phone without scripts, and with all of a section."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults
from tests.journeys.world import World

TITLE = "SELECT title FROM tasks_task WHERE title LIKE 'Call number %%' AND {} ORDER BY title"


@pytest.fixture
def calls(world: World) -> World:
    """Five calls of Jo's that are late, beside what the practice has."""
    priya = signed_in(world.cast.priya)
    for number in range(1, 6):
        on = world.at.date() - timedelta(days=10 - number)
        facts = TaskFacts(title=f"Call number {number}", owner_id=world.cast.jo.id, target_date=on)
        operations.create_task(by=priya, at=world.at - timedelta(days=3), facts=facts)
    return world


def titles(where: str) -> list[str]:
    return [row[0] for row in sql.rows(TITLE.format(where))]


def chosen(page: Page) -> list[str]:
    return page.locator(".wrow:has(.pickbox:checked) .title").all_text_contents()


def home(page: Page) -> None:
    page.wait_for_url(re.compile(r"^[^?]*/my-work/$"))


def test_by_keyboard_alone(calls: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(calls.cast.jo)
    press = page.keyboard.press
    expect(page.locator("#many .bulk")).to_be_hidden()
    for key in ("j", "v", "j", "j", "Shift+V"):
        press(key)
    expect(page.locator("[data-count-of]")).to_have_text("3 steps")
    assert chosen(page) == ["Call number 1", "Call number 2", "Call number 3"]
    press("k")
    press("v")
    assert chosen(page) == ["Call number 1", "Call number 3"]
    press("x")
    expect(page.get_by_role("heading", level=1)).to_have_text("Complete 2 steps")
    expect(page.get_by_role("button", name="Complete 2 steps")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 steps are completed.")
    assert titles("status = 'done'") == ["Call number 1", "Call number 3"]
    press("z")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back for 2 steps: completed.")
    assert titles("status = 'done'") == []
    expect(page.get_by_role("link", name="Back to my work")).to_be_focused()
    press("Enter")
    home(page)
    # a due day for the two, typed; Escape lets go of what is chosen
    for key in ("j", "v", "j", "v", "d"):
        press(key)
    expect(page.get_by_label("Due")).to_be_focused()
    page.get_by_label("Due").fill("2031-03-01")
    press("Enter")
    page.get_by_role("button", name="Set it for 2 steps").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 steps have another due day: 1 Mar 2031.")
    assert titles("target_date = '2031-03-01'") == ["Call number 1", "Call number 2"]
    press("Enter")
    home(page)
    for key in ("j", "v"):
        press(key)
    expect(page.locator("#many .bulk")).to_be_visible()
    press("Escape")
    expect(page.locator("#many .bulk")).to_be_hidden()
    # with nothing chosen the keys are the row's again
    press("s")
    expect(page.locator("#toasts")).to_contain_text("Started: Call number 3")
    press("v")
    watch.away = True
    assert faults(page) == []


def test_all_of_a_section_on_a_phone_without_scripts(calls: World, open_as: OpenAs) -> None:
    page = open_as(
        calls.cast.jo, java_script_enabled=False, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True
    )
    expect(page.locator(".pickbox").first).to_be_hidden()
    page.locator("label.choose").click()
    page.get_by_role("checkbox", name=re.compile("All of Today")).check()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Waiting", exact=True).click()
    page.get_by_label("What do they wait for?").fill("The bank opens on Monday")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Set 5 steps waiting").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 steps are waiting.")
    expect(page.get_by_text("The bank opens on Monday")).to_be_visible()
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taken back for 5 steps: set waiting.")
    assert titles("status = 'not_started'") == [f"Call number {number}" for number in range(1, 6)]


def test_ticks_stay_while_the_list_is_read_anew(calls: World, open_as: OpenAs) -> None:
    page = open_as(calls.cast.jo)
    page.mouse.move(0, 0)
    page.get_by_role("checkbox", name="All of Today").check(force=True)
    expect(page.locator("[data-count-of]")).to_have_text("5 steps")
    page.get_by_role("checkbox", name=re.compile("Choose: Call number 2")).uncheck(force=True)
    expect(page.get_by_role("checkbox", name="All of Today")).not_to_be_checked()
    expect(page.locator("[data-count-of]")).to_have_text("4 steps")
    page.locator("#narrow").fill("call")
    expect(page.locator(".narrowed")).to_be_visible()
    expect(page.locator("[data-count-of]")).to_have_text("4 steps")
    assert "Call number 2" not in chosen(page)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("link", name="Leave them as they are")).to_have_attribute("href", "/my-work/?q=call")
