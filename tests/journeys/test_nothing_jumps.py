"""Whatever is done on a task's page or in the editor, the row stays where it was and the focus with whoever had it;
what a colleague does comes in without a word of what is being typed lost; and steps and groups are dragged alike."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from natrium.apps.workflows import operations
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.test_work_annual_accounts import attach
from tests.journeys.world import World

LOW = {"width": 1280, "height": 560}
SOON = 6_500


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


def press(page: Page, row: str, *keys: str) -> None:
    """Press keys on a row, and wait until the page has the answer to them."""
    page.locator(f"#row-{row}").focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        for key in keys:
            page.keyboard.press(key)
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-swapping")).to_have_count(0)


def stays(page: Page, row: str, *keys: str) -> None:
    """Press keys on a row: afterwards it is where it was, and the focus is in it."""
    page.locator(f"#row-{row}").focus()
    before = top(page, f"#step-{row}")
    press(page, row, *keys)
    assert abs(top(page, f"#step-{row}") - before) <= 1, keys
    assert page.evaluate(f"document.querySelector('#step-{row}').contains(document.activeElement)"), keys


def test_on_a_task_the_row_and_the_focus_stay(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport=LOW, reduced_motion="reduce")
    attach(page, world)
    page.evaluate("scrollTo(0, 320)")
    for keys in (["s"], ["z"], ["x"], ["z"]):
        stays(page, "request", *keys)
    stays(page, "receive", "t")
    press(page, "tax", "Alt+ArrowUp")
    expect(page.locator("#row-tax")).to_be_focused()
    press(page, "tax", "z")
    page.locator("#row-tax").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.locator("#assignment-to-tax").select_option(label=world.cast.jo.name)
    before = top(page, "#step-tax")
    page.locator("#do-assignment-tax").get_by_role("button", name="Assign").click()
    expect(page.locator("#step-tax > .fold .who")).to_contain_text(world.cast.jo.name)
    assert abs(top(page, "#step-tax") - before) <= 1
    assert page.evaluate("document.querySelector('#step-tax').contains(document.activeElement)")

    page.locator("#step-draft > .more").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.locator("#step-draft .slot [name=name]").fill("Prepare the draft")
    before = top(page, "#step-draft")
    page.keyboard.press("Enter")
    expect(page.locator("#row-draft .title")).to_have_text("Prepare the draft")
    assert abs(top(page, "#step-draft") - before) <= 1
    assert page.evaluate("document.querySelector('#step-draft').contains(document.activeElement)")


def test_nothing_typed_anywhere_is_lost_to_a_colleague_or_to_oneself(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark, viewport={"width": 1440, "height": 1400})
    attach(jo, world)
    mark.goto(f"/tasks/{world.fresh_id}/")

    def disc(row: str, words: str) -> Locator:
        fold = mark.locator(f"#fold-{row}")
        if fold.get_attribute("open") is None:
            mark.locator(f"#row-{row}").click()
        fold.locator(".disc > summary", has_text=re.compile(f"^{words}")).click()
        return fold

    typed: dict[str, str] = {}

    def write(field: str, words: str) -> None:
        mark.locator(field).press_sequentially(words)
        typed[field] = mark.locator(field).input_value()

    write("#task-comment", "The lease mo")
    write("#add-preparation", "Confirm the bank l")
    disc("request", "Waiting")
    write("#wait-reason-request", "The bank state")
    disc("tax", "Skip")
    write("#skip-reason-tax", "Dormant for")
    disc("file", "Add note")
    write("#comments-text-file", "Ask @")
    mark.keyboard.press("Escape")
    disc("approve", "Assign")
    mark.locator("#assignment-to-approve").select_option(label=world.cast.mark.name)
    typed["#assignment-to-approve"] = mark.locator("#assignment-to-approve").input_value()
    mark.locator("#fact-title").click()
    write("#fact-form-title", ", revised")
    mark.locator("#step-draft > .more").click()
    mark.get_by_role("menuitem", name="Rename").click()
    expect(mark.locator("#step-draft .slot [name=name]")).to_be_focused()
    mark.keyboard.press("End")
    write("#step-draft .slot [name=name]", " acc")

    jo.get_by_role("button", name="Take: Receive records").click()
    expect(mark.locator("#live-says")).to_contain_text("Jo Evans took “Receive records”.", timeout=SOON)
    assert {field: mark.locator(field).input_value() for field in typed} == typed
    expect(mark.locator("#step-draft .slot [name=name]")).to_be_focused()
    mark.get_by_role("button", name="Show the change").click()
    expect(mark.locator("#step-receive .av")).to_have_attribute("title", "Jo Evans")
    assert {field: mark.locator(field).input_value() for field in typed} == typed
    assert not mark.get_by_label("What you typed").count()

    mark.locator("#add-preparation").press("Enter")
    expect(mark.locator("#group-preparation .title").last).to_have_text(typed.pop("#add-preparation"))
    assert {field: mark.locator(field).input_value() for field in typed} == typed


def test_groups_stay_as_each_left_them_and_what_differs_opens_in_place(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/tasks/{world.half_id}/")
    review = page.locator("#steps-review")
    expect(review).to_have_attribute("open", "")
    review.locator("summary").first.click()
    page.reload()
    expect(review).not_to_have_attribute("open", "")
    # Another member of the practice at the same desk.
    kept = page.evaluate("localStorage.getItem('natrium-groups')")
    page.evaluate(
        "kept => localStorage.setItem('natrium-groups', kept)", kept.replace(f'"{world.cast.mark.pk}-', '"0-')
    )
    page.reload()
    expect(review).to_have_attribute("open", "")

    page.get_by_text("Differs from template: 1 skipped").click()
    drift = page.locator(".drift")
    expect(drift).to_contain_text("Skipped “Compute corporation tax”")
    expect(drift).to_contain_text("Dormant for the year")
    page.keyboard.press("Escape")
    expect(drift).to_be_hidden()
    page.get_by_label("More for Annual Accounts").click()
    page.get_by_role("button", name="Make a template of it").click()
    page.wait_for_url(re.compile(r"/templates/\d+/draft/"))
    expect(page.locator("#t-name")).to_have_value(re.compile("Annual Accounts"))


def test_three_workflows_on_one_task_are_told_apart(world: World, open_as: OpenAs) -> None:
    for _ in range(2):
        priya, ids = signed_in(world.cast.priya), {"task_id": world.half_id, "template_id": world.template_id}
        operations.attach(by=priya, at=world.at, again=True, **ids)
    page = open_as(world.cast.mark, viewport={"width": 320, "height": 800})
    page.goto(f"/tasks/{world.half_id}/")
    names = ["Annual Accounts", "Annual Accounts 2", "Annual Accounts 3"]
    links = page.get_by_role("navigation", name="Workflows of this task").get_by_role("link")
    expect(links).to_have_text(names)
    expect(page.locator(".wf h2")).to_have_text(names)
    ids_ = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids_) == len(set(ids_))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    links.nth(2).click()
    third = page.locator(".wf").nth(2)
    expect(third.locator("h2")).to_be_in_viewport()
    page.get_by_label("Add a step to Draft Preparation of Annual Accounts 3").fill("Ask the bank")
    page.keyboard.press("Enter")
    expect(third.locator(".title", has_text="Ask the bank")).to_be_visible()
    third.get_by_role("button", name="Complete: Request records").click()
    expect(third.locator(".big")).to_have_text("11%")
    expect(page.locator(".wf").nth(1).locator(".big")).to_have_text("0%")


def steps_and_groups(page: Page) -> list[str | None]:
    return [
        one.get_attribute("data-group") or one.get_attribute("data-step")
        for one in page.locator("[data-group], [data-step]").all()
    ]


def drag(page: Page, handle: str, to: str, *, below: float = 0) -> None:
    """Take something by its handle and let go at an edge of something else."""
    page.locator(handle).scroll_into_view_if_needed()
    box, there = page.locator(handle).bounding_box(), page.locator(to).bounding_box()
    assert box is not None
    assert there is not None
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, there["y"] + below * there["height"], steps=6)
    expect(page.locator(".drop")).to_be_visible()
    page.mouse.up()


def test_steps_and_groups_of_a_draft_are_dragged_and_moved_by_keys(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport={"width": 1440, "height": 1600})
    page.goto(f"/templates/{world.template_id}/draft/")
    says = page.locator("#arranged")
    drag(page, "#gh-preparation", "#group-gathering")
    expect(says).to_have_text("Draft Preparation moved, now group 1")
    expect(page.locator("#gh-preparation")).to_be_focused()
    assert steps_and_groups(page)[:4] == ["preparation", "draft", "tax", "gathering"]
    page.keyboard.press("Alt+ArrowDown")
    expect(says).to_have_text("Draft Preparation moved down, now group 2")
    expect(page.locator("#gh-preparation")).to_be_focused()
    assert steps_and_groups(page)[:3] == ["gathering", "request", "receive"]

    drag(page, "#h-request", "#step-tax", below=1)
    expect(says).to_have_text("Request records moved, now step 4")
    assert steps_and_groups(page)[:6] == ["gathering", "receive", "preparation", "draft", "tax", "request"]
    page.locator("#h-request").hover()
    page.mouse.down()
    page.mouse.move(400, 120, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".drop")).to_have_count(0)
    assert steps_and_groups(page)[5] == "request"

    select = page.locator("#w-request")
    select.focus()
    page.keyboard.press("Alt+ArrowUp")  # it is the list's key there
    page.locator("#n-request").press("Alt+ArrowUp")
    expect(says).to_have_text("Request records moved up, now step 3")
    expect(page.locator("#n-request")).to_be_focused()


def test_a_group_of_a_draft_is_dragged_by_a_finger(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport={"width": 390, "height": 1400}, has_touch=True, is_mobile=True)
    page.goto(f"/templates/{world.template_id}/draft/")
    handle, there = page.locator("#gh-preparation").bounding_box(), page.locator("#group-gathering").bounding_box()
    assert handle is not None
    assert there is not None
    assert handle["width"] >= 24
    finger = page.context.new_cdp_session(page)
    x, y = handle["x"] + 10, handle["y"] + 10

    def touch(kind: str, height: float | None = None) -> None:
        points = [] if height is None else [{"x": x, "y": height}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for part in range(1, 6):
        touch("touchMove", y + (there["y"] - y) * part / 5)
    expect(page.locator(".drop")).to_be_visible()
    touch("touchEnd")
    expect(page.locator("#arranged")).to_have_text("Draft Preparation moved, now group 1")


def test_what_is_changed_in_the_editor_leaves_the_page_where_it_was(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport=LOW)
    page.goto(f"/templates/{world.template_id}/draft/")
    page.evaluate("scrollTo(0, 300)")
    name = page.locator("#n-manager-review")
    name.focus()
    before = top(page, "#step-manager-review")
    name.fill("Review by the manager")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    expect(page.locator("#w-manager-review")).to_be_focused()
    assert abs(top(page, "#step-manager-review") - before) <= 1
    field = page.locator("#add-review")
    field.fill("Clear the points")
    before = top(page, "#step-manager-review")
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert abs(top(page, "#step-manager-review") - before) <= 1


def test_a_task_is_printed_whole_with_nothing_to_press(world: World, open_as: OpenAs, watch: Watch) -> None:
    del watch
    page = open_as(world.cast.mark, color_scheme="dark")
    page.goto(f"/tasks/{world.half_id}/")
    page.locator("#steps-review > summary").click()
    expect(page.locator("#row-partner-review")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_contain_text("Printed by")
    expect(page.locator("#row-request")).to_be_visible()  # of a finished group
    expect(page.locator("#row-partner-review")).to_be_visible()  # of one that was shut
    expect(page.locator(".prose").first).to_be_visible()  # of a row that is not open
    for gone in (
        ".side",
        ".topbar",
        ".keybar",
        ".compose",
        "#main .btn",
        ".grip",
        ".step > .more",
        ".addline",
        ".pop > div",
    ):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.evaluate("getComputedStyle(document.querySelector('.step')).breakInside") == "avoid"
    page.emulate_media(media="screen")
    expect(page.locator("#row-partner-review")).to_be_hidden()
