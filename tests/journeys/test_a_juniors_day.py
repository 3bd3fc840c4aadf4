"""A junior's day on my work: by keyboard alone, on a phone, without scripts; and nothing moves beneath the hand."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import Complete
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World, workflow_of


@pytest.fixture
def day(world: World) -> World:
    """Jo's day: accounts to begin, accounts before the client's approval, three calls, and a step for anyone."""
    priya = signed_in(world.cast.priya)

    def task(title: str, days: int, *templates: int) -> int:
        facts = TaskFacts(
            title=title, client_id=world.client.id, owner_id=world.cast.jo.id,
            target_date=(world.at + timedelta(days=days)).date(),
        )  # fmt: skip
        return operations.create_task(by=priya, at=world.at - timedelta(days=3), facts=facts, template_ids=templates)

    def work(task_id: int, *keys: str) -> None:
        workflow = workflow_of(priya, task_id, world.at)
        for key in keys:
            actions = [Complete(key, world.at.date(), "CH-1", "By letter")]
            operations.act(by=priya, at=world.at - timedelta(days=2), workflow_id=workflow, actions=actions)

    before_approval = ("request", "receive", "draft", "tax", "manager-review", "partner-review")
    work(task("Accounts 2024", 0, world.template_id), *before_approval)
    work(task("Accounts 2023", 1, world.template_id), "request")
    for number, days in enumerate((-2, -1, 0), 1):
        task(f"Call number {number}", days)
    return world


def row(page: Page, words: str) -> Locator:
    return page.locator(".wrow").filter(has_text=words)


def to(page: Page, words: str) -> None:
    """Go to a row by K and J."""
    for _ in range(20):
        page.keyboard.press("k")
    for _ in range(20):
        at = page.locator(".wrow:focus-within")
        if at.count() and words in (at.text_content() or ""):
            return
        page.keyboard.press("j")
    raise AssertionError(f"No row says {words}")


def toast(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def test_by_keyboard_only(day: World, open_as: OpenAs) -> None:  # noqa: PLR0915 - a day is long
    page = open_as(day.cast.jo)
    press = page.keyboard.press
    page.mouse.move(0, 0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # takes what is up for grabs, and starts it
    to(page, "Receive records")
    press("t")
    toast(page, "Yours: Receive records")
    expect(page.locator("#list-grabs .wrow")).to_have_count(0)
    to(page, "Receive records")
    press("s")
    toast(page, "Started: Receive records")
    expect(row(page, "Receive records")).to_have_attribute("data-state", "in_progress")
    # one waits
    press("w")
    page.keyboard.type("The August statements")
    expect(page.get_by_label("What does it wait for?")).to_have_value("The August statements")
    press("Tab")
    press("Tab")
    page.keyboard.type("Ada at the bank")
    press("Tab")
    press("Enter")
    toast(page, "Waiting: Receive records")
    expect(page.locator("#list-waiting")).to_contain_text("Ada at the bank")
    # two are done, one after the other, and the focus goes on by itself
    to(page, "Call number 1")
    press("x")
    toast(page, "Done: Call number 1")
    expect(page.locator(".wrow:focus-within")).to_contain_text("Call number 2")
    press("x")
    toast(page, "Done: Call number 2")
    expect(row(page, "Call number 1")).to_have_count(0)
    # the last is taken back
    press("z")
    toast(page, "Taken back: Call number 2")
    expect(row(page, "Call number 2")).to_have_count(1)
    # an approval asks how it was given
    to(page, "Client approval")
    press("x")
    expect(page.get_by_label("How was it approved?")).to_be_focused()
    page.keyboard.type("E-mail of 24 November, on file")
    press("Tab")
    press("Enter")
    toast(page, "Done: Client approval")
    # a note, and Escape
    to(page, "Call number 3")
    press("m")
    page.keyboard.type("Nobody at home")
    expect(page.get_by_label("Note")).to_have_value("Nobody at home")
    press("Tab")
    press("Enter")
    toast(page, "Note added: Call number 3")
    press("d")
    expect(page.get_by_label("Due")).to_be_focused()
    press("Escape")
    expect(page.locator(".wrow.open")).to_have_count(0)
    expect(page.locator(".wrow:focus-within")).to_contain_text("Call number 3")
    # the task, and back
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call number 3")
    expect(page.get_by_text("Nobody at home").first).to_be_visible()
    page.go_back()
    expect(row(page, "Call number 3")).to_have_count(1)


def test_what_was_typed_is_not_lost_to_escape_or_a_refusal(day: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(day.cast.jo)
    page.mouse.move(0, 0)
    to(page, "Call number 1")
    page.keyboard.press("w")
    page.get_by_label("Whom").fill("The bank")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Whom")).to_have_value("The bank")
    watch.expected = {422}
    page.get_by_role("button", name="Set waiting").click()
    expect(page.get_by_role("alert")).to_contain_text("needs a reason")
    expect(page.get_by_label("What does it wait for?")).to_be_focused()
    expect(page.get_by_label("Whom")).to_have_value("The bank")


def test_nothing_moves_beneath_the_hand(day: World, open_as: OpenAs) -> None:
    page = open_as(day.cast.jo)
    second = row(page, "Call number 2")
    before = second.bounding_box()
    row(page, "Call number 1").get_by_role("button", name="Complete").click()
    toast(page, "Done: Call number 1")
    expect(page.locator("[data-count=ready]")).to_contain_text(re.compile(r"\d"))
    page.wait_for_timeout(1500)
    assert second.bounding_box() == before
    expect(row(page, "Call number 1")).to_have_attribute("data-state", "done")
    page.mouse.move(5, 5)
    expect(row(page, "Call number 1")).to_have_count(0)
    expect(second).to_have_count(1)


def test_what_follows_comes_once_the_hand_has_rested(day: World, open_as: OpenAs) -> None:
    by = signed_in(day.cast.mark)
    operations.attach(by=by, at=day.at, task_id=day.fresh_id, template_id=day.template_id)
    page = open_as(day.cast.jo)
    row(page, "Request records").get_by_role("button", name="Complete").click()
    toast(page, "Done: Request records")
    expect(row(page, "Request records")).to_have_count(0, timeout=9000)
    expect(page.locator("#work .wrow a.title:focus")).to_have_count(1)


def test_a_form_that_is_opened_is_seen_to_its_button(day: World, open_as: OpenAs) -> None:
    page = open_as(day.cast.mark)
    page.goto(f"/tasks/{day.half_id}/")
    page.locator("#row-draft").click()
    summary = page.locator("#do-comments-draft > summary")
    low = summary.bounding_box()
    assert low is not None
    page.set_viewport_size({"width": 1440, "height": 700})
    page.evaluate("scrollBy(0, document.querySelector('#do-comments-draft').getBoundingClientRect().bottom - 630)")
    summary.click()
    expect(page.locator("#do-comments-draft button")).to_be_in_viewport(ratio=1)
    expect(page.locator("#step-draft")).to_be_in_viewport()


def test_the_list_is_narrowed_as_one_types(day: World, open_as: OpenAs) -> None:
    page = open_as(day.cast.jo)
    page.mouse.move(0, 0)
    page.keyboard.press("f")
    page.keyboard.type("number 2")
    expect(page.locator("#work .wrow")).to_have_count(1)
    assert page.url.endswith("?q=number%202")
    page.keyboard.press("Escape")
    expect(row(page, "Call number 1")).to_have_count(1)
    page.reload()
    expect(row(page, "Call number 1")).to_have_count(1)


def test_a_manager_follows_what_others_have(day: World, open_as: OpenAs) -> None:
    page = open_as(day.cast.mark)
    page.get_by_role("link", name="Delegated").click()
    expect(page.get_by_role("heading", name="Jo Evans")).to_be_visible()
    row(page, "Client approval").get_by_role("link", name=re.compile("^More for")).click()
    page.locator(".wrow.open summary", has_text="Assign").click()
    page.get_by_label("Who has it").select_option(label="Priya Shah")
    page.get_by_role("button", name="Assign", exact=True).click()
    toast(page, "Assigned: Client approval")
    page.mouse.move(5, 5)
    expect(page.locator(".wsec", has_text="Priya Shah")).to_contain_text("Client approval")
    page.get_by_role("link", name="All of Jo’s work").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Evans")


def test_on_a_phone(day: World, open_as: OpenAs) -> None:
    page = open_as(day.cast.jo, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    for box in page.locator(".wrow").all():
        size = box.bounding_box()
        assert size is not None
        assert 48 <= size["height"] <= 112
    row(page, "Call number 1").get_by_role("link", name=re.compile("^More for")).tap()
    opened = page.locator(".wrow.open")
    opened.locator("summary", has_text="Waiting").tap()
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    page.get_by_label("What does it wait for?").fill("A call back")
    page.get_by_role("button", name="Set waiting").tap()
    toast(page, "Waiting: Call number 1")
    # A finger that taps twice takes neither the next row nor this one back: it stays, struck, with its way back.
    done, following = row(page, "Call number 2"), row(page, "Call number 3")
    done.get_by_role("button", name="Complete").scroll_into_view_if_needed()
    box = done.locator(".markhit").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    toast(page, "Done: Call number 2")
    before = following.bounding_box()
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    page.wait_for_timeout(1500)
    assert following.bounding_box() == before
    expect(done).to_have_attribute("data-state", "done")
    expect(done.locator(".title")).to_have_css("text-decoration-line", "line-through")
    done.get_by_role("button", name="Undo").tap()
    toast(page, "Taken back: Call number 2")
    expect(done).to_have_attribute("data-state", "ready")


def test_without_scripts(day: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(day.cast.jo, java_script_enabled=False)
    row(page, "Call number 1").get_by_role("button", name="Complete").click()
    toast(page, "Done: Call number 1")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    toast(page, "")
    expect(row(page, "Call number 1")).to_have_count(1)
    row(page, "Client approval").get_by_role("link", name="Complete").click()
    watch.expected = {422}
    page.get_by_role("button", name="Record approval").click()
    expect(page.get_by_role("alert")).to_contain_text("records an approval")
    page.get_by_label("How was it approved?").fill("By letter")
    page.get_by_role("button", name="Record approval").click()
    expect(row(page, "Client approval")).to_have_count(0)
    row(page, "Receive records").get_by_role("button", name="Take").click()
    expect(page.locator("#list-grabs")).to_have_count(0)
    row(page, "Call number 2").get_by_role("link", name=re.compile("^More")).click()
    page.locator(".wrow.open summary", has_text="Due day").click()
    page.get_by_label("Due").fill("2027-03-01")
    page.get_by_role("button", name="Set due day").click()
    expect(page.locator("#list-later")).to_contain_text("Call number 2")
