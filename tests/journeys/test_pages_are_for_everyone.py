"""Every page, in both themes and on small screens: no serious fault for assistive technology, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from natrium.apps.database import sql
from tests.builders import signed_in
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World, workflow_of

SERIOUS = {"serious", "critical"}


def pages_of(world: World) -> list[str]:
    """Every kind of page a member can open, with rows and forms open where they can be."""
    return [
        "/my-work/",
        "/my-work/delegated/",
        "/my-work/?q=nothing-has-this",
        f"/my-work/of/{world.cast.jo.pk}/",
        *(f"/my-work/of/{world.cast.mark.pk}/?open={step_of(world)}&form={form}" for form in ("", "wait", "due")),
        "/tasks/new/",
        f"/tasks/{world.half_id}/",
        f"/tasks/{world.half_id}/?open=manager-review&form=comments",
        f"/tasks/{world.half_id}/?open=partner-review&form=override",
        f"/tasks/{world.bare_id}/?open=task&form=wait",
        f"/tasks/{world.fresh_id}/",
        f"/tasks/{world.half_id}/?side=notes",
        f"/tasks/{world.half_id}/activity/",
        *changing(world),
        "/templates/",
        f"/templates/{world.template_id}/",
        f"/templates/{world.template_id}/draft/",
        f"/templates/{world.template_id}/publication/",
        f"/templates/{world.template_id}/versions/",
        "/templates/new/",
        "/more/",
        "/clients/",
        "/clients/new/",
        "/clients/import/",
        f"/clients/{world.client.pk}/",
        f"/clients/{world.client.pk}/edit/",
        f"/clients/{world.client.pk}/people/",
        f"/clients/{world.client.pk}/record/",
        "/clients/?q=nobody",
        "/practice/",
        "/practice/?manager=me&-status=waiting&due=..2099-01-01",
        "/practice/?q=nothing+like+it",
        "/practice/stages/",
        "/practice/list/",
        "/practice/list/?rows=steps",
        f"/practice/bulk/?do=target&task={world.half_id}&task=999999&preview=1&days=7",
        "/practice/bulk/?do=complete&every=1&from=/practice/list/?rows=steps",
        "/people/",
        "/people/new/",
        f"/people/{world.cast.jo.pk}/",
        f"/people/{world.cast.jo.pk}/hand-over/?leaves=1",
        "/settings/",
        "/settings/keys/",
        "/keys/",
        "/search/?q=hartwell",
        "/search/?q=nothing-has-this",
        "/settings/tokens/",
        "/settings/password/",
    ]


def changing(world: World) -> list[str]:
    """The pages that change one workflow, in a browser without scripts."""
    where = f"/workflows/{workflow_of(signed_in(world.cast.priya), world.half_id, world.at)}"
    return [
        f"/tasks/{world.half_id}/edit/",
        f"{where}/differences/",
        f"{where}/steps/file/menu/",
        f"{where}/steps/request/menu/",
        f"{where}/groups/review/menu/",
    ]


def step_of(world: World) -> int:
    """A step to open on a list of work."""
    return int(sql.value("SELECT id FROM workflows_step WHERE task_id = %s", (world.bare_id,)))


def faults(page: Page) -> list[str]:
    """What axe calls serious or worse; that what is pressed is 24 by 24 (WCAG 2.5.8) it looks at only when told."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [
        f"{page.url} {fault['id']}: {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(world: World, open_as: OpenAs, watch: Watch, theme: str) -> None:
    page = open_as(world.cast.olive, color_scheme=theme, reduced_motion="reduce")
    watch.away = True
    found = []
    for address in pages_of(world):
        page.goto(address)
        found += faults(page)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    found += faults(page)
    assert found == []


FORMS = ("Rename", "Due date", "What it waits for", "Rules", "All details", "Move to")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_with_menus_and_forms_open_in_a_row(world: World, open_as: OpenAs, watch: Watch, theme: str) -> None:
    page = open_as(world.cast.priya, color_scheme=theme, reduced_motion="reduce")
    page.goto(f"/tasks/{world.half_id}/")
    watch.away = True
    page.locator("#task-more > summary").click()
    found = faults(page)
    page.get_by_role("link", name="Edit task").click()
    page.locator(".slot").wait_for()
    found += faults(page)
    page.locator(".slot [data-closes]").click()
    for more in ("#step-file > .more", "#group-approval > .more"):
        page.locator(more).click()
        page.locator(".menu").wait_for()
        found += faults(page)
        page.keyboard.press("Escape")
    for name in FORMS:
        page.locator("#step-file > .more").click()
        page.get_by_role("menuitem", name=name).click()
        page.locator(".slot").wait_for()
        found += faults(page)
        page.locator(".slot [data-closes]").click()
    page.locator("#step-file > .more").click()
    page.get_by_role("menuitem", name="All details").click()
    page.get_by_role("checkbox", name="Client approval").uncheck()
    page.get_by_label("Estimate").fill("1h")
    page.get_by_role("button", name="Save").click()
    page.locator(".slot [aria-invalid=true]").wait_for()
    found += faults(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 760, 1080, 1440])
def test_no_page_scrolls_sideways(world: World, open_as: OpenAs, width: int) -> None:
    page = open_as(world.cast.olive, viewport={"width": width, "height": 800})
    for address in pages_of(world):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [320, 1440])
def test_nor_do_long_names_without_a_space(world: World, open_as: OpenAs, width: int) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and Partners"
    for table, column, row_id in (
        ("clients_client", "name", world.client.pk),
        ("practices_member", "name", world.cast.jo.pk),
        ("tasks_task", "title", world.half_id),
    ):
        sql.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", (long, row_id))
    page = open_as(world.cast.olive, viewport={"width": width, "height": 800})
    client, jo, task = f"/clients/{world.client.pk}/", f"/people/{world.cast.jo.pk}/", f"/tasks/{world.half_id}/"
    work = ("/my-work/", "/my-work/delegated/", f"/my-work/of/{world.cast.jo.pk}/")
    practice = ("/practice/", "/practice/stages/", "/practice/list/", "/practice/list/?rows=steps")
    for address in (*work, *practice, task, f"{task}activity/", "/clients/", client, "/people/", jo, f"{jo}hand-over/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


FRAME = """() => {
  const all = [...document.querySelectorAll("h1, h2, h3, h4")];
  const seen = all.filter((one) => !one.closest("dialog") && one.checkVisibility());
  const parts = [...document.querySelectorAll("nav, aside")];
  const levels = seen.map((one) => Number(one.tagName[1]));
  return {
    title: document.title,
    firsts: levels.filter((level) => level === 1).length,
    jumps: levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1).length,
    mains: document.querySelectorAll("main").length,
    unnamed: parts.filter((one) => !one.ariaLabel && !one.getAttribute("aria-labelledby")).length,
    lang: document.documentElement.lang,
  };
}"""


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_has_one_heading_a_title_and_named_landmarks(world: World, open_as: OpenAs, width: int) -> None:
    page = open_as(world.cast.olive, viewport={"width": width, "height": 800})
    for address in pages_of(world):
        page.goto(address)
        frame = page.evaluate(FRAME)
        title = frame.pop("title")
        assert title.endswith(f" · {world.cast.acorn.name}"), address
        assert len(title) > len(f" · {world.cast.acorn.name}"), address
        assert frame == {"firsts": 1, "jumps": 0, "mains": 1, "unnamed": 0, "lang": "en-GB"}, address


def test_the_first_tab_leads_past_the_sidebar(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.olive)
    page.goto("/clients/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
