"""Being told in a browser: the number beside the bell, the list, following and marking, and the settings of it."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from natrium.apps.notifications import operations
from natrium.apps.workflows import operations as workflows
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults, sideways
from tests.journeys.test_work_annual_accounts import attach, open_form, tick
from tests.journeys.world import World


def mention(world: World) -> None:
    """Priya mentions Jo, and Jo is told."""
    now = datetime.now(UTC)
    text = "@Jo Evans: the lease of the workshop"
    workflows.comment_on_task(by=signed_in(world.cast.priya), at=now, task_id=world.fresh_id, text=text)
    tell(world)


def tell(world: World, *, forget: bool = False) -> None:
    """What the worker does every few seconds."""
    operations.read_record(at=datetime.now(UTC))
    if forget:
        for who in (world.cast.jo, world.cast.mark, world.cast.priya):
            operations.mark_all_read(by=signed_in(who), at=datetime.now(UTC), up_to=10**9)


def test_one_assigns_and_the_other_sees_it_and_goes_there(world: World, open_as: OpenAs) -> None:
    mark, jo = open_as(world.cast.mark), open_as(world.cast.jo)
    attach(mark, world)
    tell(world, forget=True)
    jo.goto("/my-work/")
    expect(jo.get_by_role("link", name="Notifications", exact=True).first).to_be_visible()
    mark.goto(f"/tasks/{world.fresh_id}/?open=receive")
    open_form(mark, "receive", "Assign")
    mark.locator("#step-receive select").select_option(label="Jo Evans")
    mark.locator("#step-receive").get_by_role("button", name="Assign", exact=True).click()
    expect(mark.get_by_text("Assigned: Receive records")).to_be_visible()
    tell(world)
    # The page of hers that is open says so within seconds.
    expect(jo.get_by_role("link", name="Notifications 1 not read")).to_be_visible()
    jo.keyboard.press("g")
    jo.keyboard.press("n")
    jo.wait_for_url("**/notifications/")
    jo.keyboard.press("j")
    expect(jo.get_by_role("link", name="Mark Reed gave you “Receive records”")).to_be_focused()
    jo.keyboard.press("Enter")
    jo.wait_for_url(f"**/tasks/{world.fresh_id}/?open=receive#step-receive")
    expect(jo.locator("#step-receive > .fold")).to_have_attribute("open", "")
    expect(jo.get_by_role("link", name="Notifications", exact=True).first).to_be_visible()


def test_a_mention_and_a_step_that_can_begin(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    tell(world, forget=True)
    jo.get_by_label("Add a note").fill("@Mark Reed please look at the lease")
    jo.get_by_role("button", name="Add note", exact=True).last.click()
    expect(jo.locator("#side .at").first).to_have_text("@Mark Reed")
    tell(world)
    mark.goto("/my-work/")
    mark.get_by_role("link", name="Notifications 1 not read").click()
    expect(mark.get_by_role("link", name="Jo Evans mentioned you")).to_be_visible()
    expect(mark.locator(".told .quote").first).to_have_text("@Mark Reed please look at the lease")
    mark.get_by_role("link", name="Jo Evans mentioned you").click()
    mark.wait_for_url(f"**/tasks/{world.fresh_id}/")
    mark.goto("/notifications/")
    expect(mark.get_by_text("You have read everything")).to_be_visible()
    expect(mark.get_by_role("link", name="Notifications", exact=True).first).to_be_visible()


def test_all_are_marked_without_leaving_the_page(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(mark, world)
    tell(world, forget=True)
    tick(mark, "request", "Request records")
    for text in ("one", "two"):
        mark.get_by_label("Add a note").fill(f"@Jo Evans {text}")
        mark.keyboard.press("Control+Enter")
        expect(mark.locator("#side")).to_contain_text(f"@Jo Evans {text}")
    tell(world)
    jo.goto("/notifications/")
    expect(jo.locator(".told.unread")).to_have_count(2)
    jo.keyboard.press("j")
    jo.keyboard.press("x")
    expect(jo.locator(".told.unread")).to_have_count(1)
    expect(jo.locator(".told.unread a.title")).to_be_focused()
    expect(jo.get_by_role("link", name="Notifications 1 not read")).to_be_visible()
    jo.get_by_role("button", name="Mark all as read").click()
    expect(jo.locator(".told.unread")).to_have_count(0)
    expect(jo.get_by_role("heading", name="Earlier")).to_be_visible()
    expect(jo.get_by_role("heading", name="Notifications", level=1)).to_be_focused()


def test_without_scripts(world: World, open_as: OpenAs) -> None:
    jo = open_as(world.cast.jo, java_script_enabled=False)
    mention(world)
    jo.goto("/notifications/")
    jo.get_by_role("button", name="Mark all as read").click()
    expect(jo.get_by_text("You have read everything")).to_be_visible()
    jo.goto("/settings/notifications/")
    jo.get_by_label("In the day’s mail: Another step of yours can begin").check()
    jo.get_by_label("Not before").fill("06:15")
    jo.get_by_role("button", name="Save").click()
    expect(jo.get_by_text("Saved.")).to_be_visible()
    expect(jo.get_by_label("Not before")).to_have_value("06:15")
    expect(jo.get_by_label("In the day’s mail: Another step of yours can begin")).to_be_checked()


def test_the_pages_are_for_everyone(world: World, open_as: OpenAs, watch: Watch) -> None:
    mention(world)
    page = open_as(world.cast.jo, reduced_motion="reduce")
    watch.away = True
    found = []
    for address in ("/notifications/", "/settings/notifications/"):
        page.goto(address)
        found += faults(page) + sideways(page)
    assert found == []
