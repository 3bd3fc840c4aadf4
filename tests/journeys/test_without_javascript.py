"""The same work in a browser that runs no scripts."""

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.test_work_annual_accounts import attach, state_is
from tests.journeys.world import World


def test_a_workflow_is_worked_with_forms_alone(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    attach(page, world)
    page.get_by_role("button", name="Complete: Request records").click()
    state_is(page, "request", "done")
    expect(page.locator("#toasts")).to_contain_text("Done: Request records")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    state_is(page, "request", "ready")
    page.locator("#row-request").click()
    page.locator("#do-wait-request summary").click()
    watch.expected = {422}
    page.get_by_label("Whom").first.fill("The bookkeeper")
    page.get_by_role("button", name="Set waiting").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Whom").first).to_have_value("The bookkeeper")
    page.get_by_label("What does it wait for?").first.fill("The ledger")
    page.get_by_role("button", name="Set waiting").first.click()
    state_is(page, "request", "waiting")
    expect(page.locator("#toasts")).to_contain_text("Waiting: Request records")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    state_is(page, "request", "ready")
    assert page.url.endswith(f"/tasks/{world.fresh_id}/#step-request")


def test_a_task_is_created_held_and_resumed(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    page.get_by_role("link", name="New task").first.click()
    watch.expected = {422}
    page.get_by_label("Service").fill("Advice")
    page.get_by_role("button", name="Create task").click()
    expect(page.get_by_text("A task needs a title")).to_be_visible()
    expect(page.get_by_label("Service")).to_have_value("Advice")
    page.get_by_label("Title").fill("Call about the lease")
    page.get_by_role("button", name="Create task").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call about the lease")
    page.locator("#task-more > summary").click()
    page.get_by_label("Reason").fill("They are on holiday")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.locator("#task-status")).to_contain_text("On hold")
    page.get_by_role("button", name="Resume task").click()
    expect(page.locator("#task-status")).to_contain_text("Not started")
    page.get_by_role("button", name="Complete: Call about the lease").click()
    expect(page.locator("#task-status")).to_contain_text("Done")
