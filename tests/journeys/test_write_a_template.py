"""A manager writes a template, is shown a loop, mends it, publishes, and attaches it; and does it without a mouse."""

import re

from playwright.sync_api import Page, expect

from natrium.apps.workflows import queries
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World


def steps_of(page: Page) -> list[str]:
    """The names of all rows, in order."""
    fields = page.locator(".estep input[name=name]").all()
    return [field.input_value() for field in fields]


def add(page: Page, field: str, *names: str) -> None:
    """Type names into a field that adds: Enter adds and stays."""
    page.locator(field).focus()
    for name in names:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.locator(field)).to_have_value("")
        expect(page.locator(field)).to_be_focused()


def test_written_linted_published_and_attached_by_keyboard(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto("/templates/new/")
    page.get_by_label("Name").first.fill("Probate")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/templates/\d+/draft/"))

    for group, steps in (("estate", ("Value the estate", "List creditors")), ("tax", ("Draft IHT400", "File IHT400"))):
        page.locator("#add-group").focus()
        page.keyboard.type(group.capitalize())
        page.keyboard.press("Enter")
        # A new group is asked for its steps: one goes on typing.
        expect(page.locator(f"#add-{group}")).to_be_focused()
        add(page, f"#add-{group}", *steps)
    assert steps_of(page) == ["Value the estate", "List creditors", "Draft IHT400", "File IHT400"]

    page.locator("#h-list-creditors").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#arranged")).to_contain_text("List creditors moved up, now step 1")
    expect(page.locator("#h-list-creditors")).to_be_focused()
    assert steps_of(page)[:2] == ["List creditors", "Value the estate"]

    page.locator("#m-draft-iht400").fill("2h 30m")
    page.locator("#m-draft-iht400").press("Tab")
    expect(page.locator("#editor-side")).to_contain_text("2h 30m")
    page.locator("#step-file-iht400 .all-about").focus()
    page.keyboard.press("Enter")
    page.locator("#mf-file-iht400").get_by_label(re.compile("Filing")).check()
    expect(page.locator("#marks-file-iht400")).to_contain_text("Filing")

    page.get_by_role("link", name="Publish v1").click()
    page.get_by_label("What changed").fill("First version")
    page.get_by_role("button", name="Publish version 1").click()
    page.wait_for_url(re.compile(r"/templates/\d+/$"))
    # It attaches to nothing that was not chosen.
    expect(page.get_by_label("Task", exact=True)).to_have_value("")
    page.get_by_label("Task", exact=True).select_option(index=1)
    page.get_by_role("button", name="Attach workflow").click()
    page.wait_for_url(re.compile(r"/tasks/\d+/"))
    expect(page.locator("main")).to_contain_text("Draft IHT400")


def test_what_is_wrong_shows_beside_it_as_one_types(world: World, open_as: OpenAs, watch: Watch) -> None:
    watch.expected.add(422)
    page = open_as(world.cast.mark)
    page.goto(f"/templates/{world.template_id}/draft/")
    first, second = (field.get_attribute("id") for field in page.locator(".estep input[name=name]").all()[:2])
    name = page.locator(f"#{first}").input_value()
    page.locator(f"#{second}").fill(name.upper())
    page.locator(f"#{second}").press("Tab")
    expect(page.locator("#editor-side")).to_contain_text("Two steps are called")
    estimate = page.locator(".estep input[name=estimate]").first
    estimate.fill("soon")
    estimate.press("Tab")
    expect(page.locator("main")).to_contain_text("Write a time such as 45m")
    expect(page.locator(".estep input[name=estimate]").first).to_have_value("soon")
    found = queries.draft_page(by=signed_in(world.cast.mark), template_id=world.template_id)
    assert found.drafted


def test_days_typed_are_before_the_target_until_one_says_another_thing(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/templates/{world.template_id}/draft/")
    page.locator("#step-tax .all-about").click()
    days, side = page.locator("#dd-tax"), page.locator("#dk-tax")
    side.select_option("none")
    expect(days).to_have_value("")
    days.press_sequentially("7")
    expect(side).to_have_value("before")
    days.press("Tab")
    expect(page.locator("#marks-tax")).to_contain_text("7 days before target")
    side.select_option("none")
    expect(page.locator("#marks-tax")).not_to_contain_text("7 days")
    expect(days).to_have_value("")


def test_a_row_is_dragged_to_another_group(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, viewport={"width": 1440, "height": 1400})
    page.goto(f"/templates/{world.template_id}/draft/")
    groups = page.locator(".egroup")
    moved = groups.nth(0).locator(".estep").last
    key = moved.get_attribute("data-step")
    target = groups.nth(1).locator(".estep").first
    moved.locator(".handle").hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 6, steps=8)
    with page.expect_response(re.compile("/place/")):
        page.mouse.up()
    expect(page.locator(".egroup").nth(1).locator(".estep").first).to_have_attribute("data-step", str(key))


def test_removing_is_taken_back_and_two_people_do_not_lose_each_other_s_words(
    world: World, open_as: OpenAs, watch: Watch
) -> None:
    watch.expected.add(409)
    mark, priya = open_as(world.cast.mark), open_as(world.cast.priya)
    for page in (mark, priya):
        page.goto(f"/templates/{world.template_id}/draft/")
    before = steps_of(mark)
    mark.locator(".egroup .remove button").first.click()
    expect(mark.locator("#toasts")).to_contain_text("Removed")
    mark.locator("#toasts").get_by_role("button", name=re.compile("Undo")).click()
    expect(mark.locator(".estep")).to_have_count(len(before))
    assert steps_of(mark) == before

    fields = [page.locator(".estep input[name=name]").first for page in (mark, priya)]
    fields[0].fill("Ask nicely")
    fields[0].press("Tab")
    expect(mark.locator("#saved")).to_contain_text("Draft saved")
    fields[1].fill("Ask firmly")
    fields[1].press("Tab")
    expect(priya.locator("main")).to_contain_text("Somebody else changed")
    expect(priya.locator(".estep input[name=name]").first).to_have_value("Ask firmly")


def test_without_javascript_it_is_all_forms(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark, java_script_enabled=False)
    page.goto(f"/templates/{world.template_id}/draft/")
    row = page.locator(".estep").first
    row.locator("input[name=name]").fill("Ask for the books")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".estep input[name=name]").first).to_have_value("Ask for the books")
    page.locator(".estep .all-about").first.click()
    page.get_by_role("button", name="Move down", exact=True).click()
    assert "Ask for the books" in steps_of(page)[1]
    page.locator(".eadd input[name=name]").first.fill("Chase")
    page.locator(".eadd").first.get_by_role("button", name="Add").click()
    assert "Chase" in steps_of(page)


def test_a_name_left_out_is_said_at_its_field_in_the_one_editor(world: World, open_as: OpenAs, watch: Watch) -> None:
    watch.expected = {422}
    page = open_as(world.cast.mark)
    page.goto(f"/templates/{world.template_id}/draft/")
    name = page.locator("#gf-gathering input[name=name]")
    name.fill("")
    name.press("Tab")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#editor")).to_have_count(1)
    name.fill("Records")
    name.press("Tab")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#editor-side")).to_contain_text("Records")
