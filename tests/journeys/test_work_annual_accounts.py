"""Annual Accounts, from attaching the template to the last filing, by three people in a browser."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World


def state_is(page: Page, key: str, state: str) -> None:
    expect(page.locator(f"#step-{key}")).to_have_attribute("data-state", state)


def tick(page: Page, key: str, name: str) -> None:
    page.get_by_role("button", name=f"Complete: {name}", exact=True).click()
    state_is(page, key, "done")


def attach(page: Page, world: World) -> None:
    page.goto(f"/tasks/{world.fresh_id}/")
    page.locator("#attach-more summary").click()
    page.get_by_label("Template").select_option(label="Annual Accounts")
    page.get_by_role("button", name="Attach workflow").click()
    expect(page.get_by_text("0 of 8 steps done")).to_be_visible()


def open_form(page: Page, key: str, words: str) -> None:
    page.locator(f"#step-{key} .acts-row summary", has_text=words).click()


def test_three_people_take_it_from_nothing_to_filed(world: World, open_as: OpenAs, watch: Watch) -> None:
    jo, mark, priya = (open_as(member) for member in (world.cast.jo, world.cast.mark, world.cast.priya))
    attach(jo, world)
    tick(jo, "request", "Request records")
    expect(jo.locator("#toasts")).to_contain_text("Done: Request records")
    expect(jo.locator(".big")).to_have_text("12%")
    jo.get_by_role("button", name="Take: Receive records").click()
    expect(jo.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    tick(jo, "receive", "Receive records")
    tick(jo, "draft", "Prepare draft")

    mark.goto(f"/tasks/{world.fresh_id}/?open=tax")
    open_form(mark, "tax", "Skip")
    watch.expected = {422}
    mark.locator("#step-tax").get_by_role("button", name="Skip step").click()
    expect(mark.get_by_role("alert")).to_be_visible()
    mark.locator("#step-tax").get_by_label("Why is it not needed?").fill("Dormant for the year")
    mark.locator("#step-tax").get_by_role("button", name="Skip step").click()
    state_is(mark, "tax", "skipped")
    tick(mark, "manager-review", "Manager review")

    priya.goto(f"/tasks/{world.fresh_id}/?open=draft")
    open_form(priya, "draft", "Send back")
    priya.locator("#step-draft").get_by_label("Why is it sent back?").fill("The lease note is wrong")
    priya.locator("#step-draft").get_by_role("button", name="Send back").click()
    state_is(priya, "draft", "in_progress")
    state_is(priya, "manager-review", "stale")

    jo.reload()
    tick(jo, "draft", "Prepare draft")
    mark.reload()
    mark.locator("#row-manager-review").click()
    mark.get_by_role("button", name="Confirm: still right").click()
    state_is(mark, "manager-review", "done")
    priya.reload()
    tick(priya, "partner-review", "Partner review")
    file_it(jo, watch)
    expect(jo.locator(".big")).to_have_text("100%")
    expect(jo.locator("#task-status")).to_contain_text("Done")
    jo.get_by_role("link", name="The whole record").click()
    expect(jo.get_by_text("The lease note is wrong")).to_be_visible()


def file_it(page: Page, watch: Watch) -> None:
    page.reload()
    page.get_by_role("link", name="Complete: Client approval").click()
    page.get_by_label("How was it approved?").fill("E-mail of the director, 20 November")
    page.get_by_role("button", name="Record approval").click()
    state_is(page, "approve", "done")
    page.get_by_role("link", name="Complete: File at Companies House").click()
    page.get_by_label("Filed on").fill("2026-01-05")
    watch.expected = {422}
    page.get_by_role("button", name="Record filing").click()
    expect(page.locator("#step-file").get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Filed on")).to_have_value("2026-01-05")
    page.get_by_label("Reference").fill("CH-4711")
    page.get_by_role("button", name="Record filing").click()
    state_is(page, "file", "done")


def test_undo_is_at_hand_and_what_was_typed_elsewhere_stays(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    attach(page, world)
    page.get_by_label("Add a note").fill("Ask about the")
    tick(page, "request", "Request records")
    expect(page.get_by_label("Add a note")).to_have_value("Ask about the")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    state_is(page, "request", "ready")
    expect(page.locator(".big")).to_have_text("0%")


def test_a_colleague_was_quicker(world: World, open_as: OpenAs, watch: Watch) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    tick(jo, "request", "Request records")
    mark.goto(f"/tasks/{world.fresh_id}/")
    jo.get_by_role("button", name="Take: Receive records").click()
    expect(jo.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    watch.expected = {409}
    mark.get_by_role("button", name="Take: Receive records").click()
    expect(mark.get_by_role("alert")).to_contain_text("Jo Evans")
