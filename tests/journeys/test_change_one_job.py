"""One job made different: by keys alone, by mouse, on a phone, without scripts, and by two people at once."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.test_work_annual_accounts import attach
from tests.journeys.world import World


def rows(page: Page, group: str) -> list[str]:
    """The names of a group's steps as they stand."""
    return page.locator(f"#group-{group} .step .title").all_inner_texts()


def in_group(page: Page, group: str, *names: str) -> None:
    expect(page.locator(f"#group-{group} .step .title")).to_have_text(list(names))


def choose(page: Page, name: str, *, row: str = "", group: str = "") -> None:
    """Open a menu and take one of its lines."""
    page.locator(f"#step-{row} > .more" if row else f"#group-{group} > .more").click()
    page.get_by_role("menuitem", name=name).click()


def test_a_manager_customises_a_job_by_keys_alone(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    attach(page, world)
    keys = page.keyboard
    page.locator("#row-draft").focus()
    keys.press("n")
    for name in ("Confirm bank letter", "Going-concern memo"):
        keys.type(name)
        keys.press("Enter")
    in_group(
        page, "preparation", "Prepare draft", "Compute corporation tax", "Confirm bank letter", "Going-concern memo"
    )
    expect(page.locator("#add-preparation")).to_be_focused()
    expect(page.locator("#add-preparation")).to_have_value("")

    page.locator("[data-row]:has(.title:text-is('Going-concern memo')) > details > summary").focus()
    keys.press("Alt+ArrowUp")
    in_group(
        page, "preparation", "Prepare draft", "Compute corporation tax", "Going-concern memo", "Confirm bank letter"
    )
    expect(page.locator("#toasts")).to_contain_text("Now 3rd of 4 in Draft Preparation.")
    expect(page.locator("[data-row]:has(.title:text-is('Going-concern memo')) > details > summary")).to_be_focused()
    keys.press("Alt+ArrowUp")
    keys.press("Alt+ArrowUp")
    in_group(
        page, "preparation", "Going-concern memo", "Prepare draft", "Compute corporation tax", "Confirm bank letter"
    )
    keys.press("z")
    in_group(
        page, "preparation", "Prepare draft", "Going-concern memo", "Compute corporation tax", "Confirm bank letter"
    )

    page.locator("#row-draft").focus()
    keys.press("d")
    expect(page.get_by_label("Due on", exact=True)).to_be_focused()
    page.get_by_label("Due on", exact=True).fill("2027-03-05")
    keys.press("Enter")
    expect(page.locator("#step-draft .due")).to_contain_text("Fri 5 Mar")
    expect(page.locator("#row-draft")).to_be_focused()

    page.locator("#step-draft > .more").focus()
    keys.press("Enter")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("End")
    keys.press("Escape")
    expect(page.locator("#step-draft > .more")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_label("Name")).to_be_focused()
    keys.type("Draft for the directors")
    keys.press("Enter")
    expect(page.locator("#row-draft .title")).to_have_text("Draft for the directors")
    expect(page.locator("#row-draft")).to_be_focused()

    page.locator("#group-preparation > details > summary").focus()
    keys.press("Alt+ArrowDown")
    expect(page.locator(".group h3").nth(2)).to_have_text("Draft Preparation")


def test_a_step_is_dragged_to_its_place(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    attach(page, world)
    page.locator("#step-tax").hover()
    grip, target = page.locator("#step-tax > .grip"), page.locator("#step-request")
    grip.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.move(box["x"] + 60, box["y"] + box["height"], steps=2)
    expect(page.locator(".drop")).to_be_visible()
    page.mouse.up()
    in_group(page, "gathering", "Request records", "Compute corporation tax", "Receive records")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    in_group(page, "gathering", "Request records", "Receive records")
    expect(page.locator(".drop")).to_have_count(0)

    page.locator("#step-tax").hover()
    grip.hover()
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"], steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    in_group(page, "gathering", "Request records", "Receive records")


def test_a_group_is_dragged_as_well(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport={"width": 1280, "height": 1400})
    attach(page, world)
    page.get_by_label("Add a group to").fill("After filing")
    page.keyboard.press("Enter")
    expect(page.locator(".group h3").last).to_have_text("After filing")
    group = page.locator(".group", has_text="After filing")
    group.locator("summary").hover()
    group.locator("> .grip").hover()
    page.mouse.down()
    box = page.locator("#group-gathering").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] - 4, steps=6)
    page.mouse.up()
    expect(page.locator(".group h3").nth(1)).to_have_text("After filing")


def test_two_people_change_the_same_step(world: World, open_as: OpenAs, watch: Watch) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/")
    for page in (jo, mark):
        choose(page, "All details", row="draft")
        expect(page.get_by_label("Name")).to_be_focused()
    mark.get_by_label("Due on", exact=True).fill("2027-03-05")
    mark.get_by_role("button", name="Save").click()
    expect(mark.locator("#step-draft .due")).to_contain_text("5 Mar")
    jo.get_by_label("Estimate").fill("5h")
    jo.get_by_label("Due on", exact=True).fill("2027-04-09")
    watch.expected = {409}
    jo.get_by_role("button", name="Save").click()
    expect(jo.get_by_role("alert")).to_contain_text("Mark Reed changed this meanwhile")
    expect(jo.locator(".slot")).to_contain_text("Mark Reed put “Fri 5 Mar")
    expect(jo.get_by_label("Due on", exact=True)).to_have_value("2027-04-09")
    expect(jo.locator("#step-draft .est")).to_have_text("5h")
    jo.get_by_role("button", name="Save").click()
    expect(jo.locator("#step-draft .due")).to_contain_text("9 Apr")
    expect(jo.locator(".slot")).to_have_count(0)


def test_what_is_typed_stays_while_the_panel_changes_around_it(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    attach(page, world)
    choose(page, "All details", row="tax")
    page.get_by_label("Estimate").fill("7h")
    page.get_by_label("Approval It records").check()
    page.get_by_role("button", name="Complete: Request records").click()
    expect(page.locator("#step-request")).to_have_attribute("data-state", "done")
    expect(page.get_by_label("Estimate")).to_have_value("7h")
    expect(page.get_by_label("Approval It records")).to_be_checked()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#step-tax .est")).to_have_text("7h")
    expect(page.locator("#step-tax")).to_contain_text("Approval")


def test_a_partner_says_why_a_rule_is_loosened(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.priya)
    page.goto(f"/tasks/{world.half_id}/")
    page.get_by_text("Approval and Filing").first.scroll_into_view_if_needed()
    choose(page, "What it waits for", row="file")
    page.get_by_role("checkbox", name="Client approval").uncheck()
    watch.expected = {422}
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".slot").get_by_label("Reason")).to_be_focused()
    page.locator(".slot").get_by_label("Reason").fill("Dormant: nothing to approve")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#toasts")).to_contain_text("what it waits for")
    expect(page.locator("#side")).to_contain_text("Dormant: nothing to approve")


def test_on_a_phone_the_menu_does_it_all(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    attach(page, world)
    expect(page.locator("#step-tax > .more")).to_be_hidden()
    page.locator("#row-tax").tap()
    choose(page, "Move up", row="tax")
    in_group(page, "preparation", "Compute corporation tax", "Prepare draft")
    choose(page, "Move to", row="tax")
    page.get_by_label("Where to").select_option(label="After Manager review")
    page.get_by_role("button", name="Move", exact=True).click()
    in_group(page, "review", "Manager review", "Compute corporation tax", "Partner review")
    choose(page, "Rename", group="review")
    page.get_by_label("Name").fill("Our review")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Our review")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_it_is_pages_and_forms(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    attach(page, world)
    for name in ("Bank letter", "Memo"):
        page.get_by_label("Add a step to Draft Preparation").fill(name)
        page.get_by_label("Add a step to Draft Preparation").press("Enter")
    in_group(page, "preparation", "Prepare draft", "Compute corporation tax", "Bank letter", "Memo")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    in_group(page, "preparation", "Prepare draft", "Compute corporation tax", "Bank letter")
    page.get_by_role("link", name="More for Bank letter").click()
    watch.expected = {422}
    page.get_by_label("Estimate").fill("soon")
    page.get_by_label("Name").fill("Bank letters")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is not a duration")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Bank letters")
    page.get_by_label("Estimate").fill("20m")
    page.get_by_role("button", name="Save").click()
    in_group(page, "preparation", "Prepare draft", "Compute corporation tax", "Bank letters")
    page.get_by_role("link", name="More for Bank letters").click()
    page.get_by_role("button", name="Move up").click()
    in_group(page, "preparation", "Prepare draft", "Bank letters", "Compute corporation tax")
    page.get_by_role("link", name="More for Bank letters").click()
    page.get_by_role("button", name="Remove").click()
    in_group(page, "preparation", "Prepare draft", "Compute corporation tax")
    page.get_by_role("link", name="More for Internal Review").click()
    page.get_by_label("Name").fill("Our review")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Our review")).to_be_visible()
