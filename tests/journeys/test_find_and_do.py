"""The palette by keyboard alone: find, go, do, come back to where one was; without scripts a page does the same."""

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults
from tests.journeys.world import World


def active(page: Page) -> str:
    """The words of the option that Enter would take."""
    return page.locator("#palette-found [aria-selected=true]").inner_text()


def ask(page: Page, text: str) -> None:
    """Open the palette and type."""
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.type(text)


def test_find_and_do_anything_by_keyboard(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.jo)
    ask(page, "hartw joi")
    expect(page.locator("#palette-found mark").first).to_have_text("Hartw")
    assert "Hartwell Joinery Ltd" in active(page)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#palette-q")).to_have_attribute("aria-activedescendant", "po-4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/{world.client.pk}/")

    # Esc gives the focus back to where it was, and a second Ctrl K closes as well.
    link = page.get_by_role("link", name="Export as CSV").or_(page.get_by_role("link", name="New task").last)
    link.first.focus()
    ask(page, "x")
    page.keyboard.press("Escape")
    expect(link.first).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).not_to_be_visible()

    # What was looked at lately is there before anything is typed; commands have their keys.
    page.goto("/my-work/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-found h3").first).to_have_text("Lately")
    assert "Hartwell Joinery Ltd" in active(page)
    page.keyboard.type("> templ")
    expect(page.locator("#palette-found [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/templates/")
    ask(page, "a")
    expect(page.locator("#palette-found mark").first).to_be_visible()
    watch.away = True
    assert faults(page) == []


def test_the_last_letters_typed_win(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    held: list[Route] = []
    page.route("**/search/?q=hart&*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    ask(page, "hart")
    page.wait_for_timeout(300)
    assert len(held) == 1
    page.keyboard.type(" zzz")
    page.wait_for_timeout(300)
    held[0].fulfill(body="<p class='none'>an old answer</p>")
    expect(page.locator("#palette-found .none")).to_contain_text("hart zzz")
    page.wait_for_timeout(300)
    expect(page.locator("#palette-found .none")).to_contain_text("hart zzz")


def test_a_deed_on_the_step_one_is_at(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    page.goto(f"/tasks/{world.half_id}/")
    page.keyboard.press("j")
    name = page.locator("[data-row].at .title").first.inner_text()
    ask(page, "add a note")
    expect(page.locator("#palette-found h3").first).to_have_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).not_to_be_visible()
    expect(page.locator("[data-row].at textarea[name=text]")).to_be_focused()


def test_a_phone_has_the_whole_width(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo, viewport={"width": 390, "height": 800}, has_touch=True)
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.locator("#palette-q")).to_be_focused()
    box = page.locator("#palette").bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["height"]) == (0, 390, 800)
    page.keyboard.type("hartwell")
    page.locator("[aria-labelledby=po-clients] .found-one").first.click()
    page.wait_for_url(f"**/clients/{world.client.pk}/")


def test_without_scripts_there_is_a_page(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo, java_script_enabled=False)
    page.get_by_role("link", name="Search or do…").click()
    page.get_by_label("Clients, tasks, templates, people").fill("hartwell")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Hartwell Joinery Ltd").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hartwell Joinery Ltd")
    page.goto("/search/")
    page.get_by_role("link", name="Keys").first.click()
    expect(page.get_by_role("heading", name="Rows of my work, and the steps of a task").first).to_be_visible()


def test_on_a_client_s_page_a_new_task_is_for_that_client(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.mark)
    page.goto(f"/clients/{world.client.pk}/")
    ask(page, "new task")
    expect(page.locator("#palette-found [aria-selected=true]")).to_contain_text("New task")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/new/?client_id={world.client.pk}")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Client")).to_have_value("Hartwell Joinery Ltd")
    # The list's boxes stand there without the mouse over them.
    page.goto("/practice/list/")
    page.mouse.move(0, 0)
    box = page.locator(".prow .check").first
    assert box.evaluate("(one) => getComputedStyle(one).opacity") == "1"
