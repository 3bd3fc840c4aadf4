"""The task page and my work by single keys, and single keys switched off."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs
from tests.journeys.test_work_annual_accounts import attach, state_is
from tests.journeys.world import World


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_workflow_by_keys(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    attach(page, world)
    press(page, "j")
    expect(page.locator("#row-request")).to_be_focused()
    press(page, "s")
    state_is(page, "request", "in_progress")
    expect(page.locator("#row-request")).to_be_focused()
    press(page, "x")
    state_is(page, "request", "done")
    press(page, "z")
    state_is(page, "request", "in_progress")
    press(page, "x")
    state_is(page, "request", "done")
    press(page, "j", "t")
    expect(page.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    press(page, "w")
    page.keyboard.type("Bank statements, and the loan agreement")
    page.locator("#step-receive").get_by_role("button", name="Set waiting").click()
    state_is(page, "receive", "waiting")
    expect(page.locator("#step-receive")).to_contain_text("Bank statements, and the loan agreement")
    # X says why where it cannot tick.
    page.locator("#row-draft").focus()
    press(page, "x")
    expect(page.locator("#toasts")).to_contain_text("“Prepare draft”: Waits for Receive records")
    # Whoever skips a step and takes it back is at its row all the time.
    page.locator("#do-skip-receive > summary").click()
    page.keyboard.type("They are here")
    page.get_by_role("button", name="Skip step").click()
    state_is(page, "receive", "skipped")
    expect(page.locator("#row-receive")).to_be_focused()
    press(page, "z")
    state_is(page, "receive", "waiting")
    expect(page.locator("#row-receive")).to_be_focused()


def test_my_work_by_keys(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    press(page, "j", "s")
    expect(page.locator("#toasts")).to_contain_text("Started")
    press(page, "x")
    expect(page.locator("#toasts")).to_contain_text("Done")
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    # A note on one row leaves what is chosen as it is; Enter opens the task, and going back is to the row.
    at = page.locator(".wrow:focus-within")
    press(page, "j", "v", "m")
    expect(at.locator("textarea")).to_be_focused()
    expect(page.locator(".pickbox:checked")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator(".wrow.open")).to_have_count(0)
    expect(page.locator(".pickbox:checked")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator(".pickbox:checked")).to_have_count(0)
    row = at.get_attribute("id")
    press(page, "Enter")
    page.wait_for_url("**/tasks/**")
    page.go_back()
    expect(page.locator(f"#{row} a.title")).to_be_focused()


def test_keys_can_be_switched_off(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    press(page, "?")
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    press(page, "c")
    expect(page).to_have_url(page.url)
    press(page, "?")
    expect(page.locator("#keys")).not_to_be_visible()


def test_keys_leave_fields_alone(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    attach(page, world)
    page.get_by_label("Add a note").press_sequentially("xszt?")
    expect(page.get_by_label("Add a note")).to_have_value("xszt?")
    state_is(page, "request", "ready")


def test_a_form_that_is_opened_has_the_focus_and_escape_gives_it_back(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    attach(page, world)
    press(page, "j", "Enter")
    row, note = page.locator("#step-request"), page.locator("#do-comments-request")
    note.locator("summary").focus()
    press(page, "Enter")
    expect(note.locator("textarea")).to_be_focused()
    page.keyboard.type("x")
    expect(note.locator("textarea")).to_have_value("x")
    expect(row).to_have_attribute("data-state", "ready")
    press(page, "Escape")
    expect(page.locator("#row-request")).to_be_focused()
    expect(note).not_to_have_attribute("open", "")
    press(page, "m")
    expect(note.locator("textarea")).to_have_value("x")
    press(page, "Escape", "w")
    expect(page.locator("#do-wait-request textarea")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#row-request")).to_be_focused()
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("Nothing to take back")


def test_escape_leaves_the_fields_that_keys_lead_to(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.priya)
    page.goto(f"/tasks/{world.half_id}/")
    press(page, "j")
    row = page.locator("[data-row].at .fold > summary")
    press(page, "n")
    adding = page.locator(".addline input[name=name]:focus")
    expect(adding).to_have_count(1)
    page.keyboard.type("Ring them")
    press(page, "Escape")
    expect(row).to_be_focused()
    page.goto("/my-work/")
    press(page, "f")
    page.keyboard.type("hart")
    press(page, "Escape")
    expect(page.locator("#narrow")).to_have_value("")
    expect(page.locator("#narrow")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#narrow")).not_to_be_focused()


def test_a_new_task_on_a_page_of_a_client_is_for_that_client(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/clients/{world.client.pk}/")
    press(page, "c")
    page.wait_for_url(f"**/tasks/new/?client_id={world.client.pk}")
