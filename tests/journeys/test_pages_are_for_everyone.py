"""Every page, in both themes and on small screens: no serious fault for assistive technology, no sideways scroll."""

import pytest
from django_ox.testing import run_tasks

from natrium.apps.database import sql
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line
from tests.builders import signed_in
from tests.integration.apps.proposals.offers import Offered, a_draft
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults, out_of_frame, sideways
from tests.journeys.world import World, workflow_of

PARTS = 6


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
        "/templates/suggestion/?name=Village+hall+accounts",
        "/services/",
        "/services/new/",
        "/more/",
        "/clients/",
        "/clients/new/",
        "/clients/import/",
        f"/clients/{world.client.pk}/",
        f"/clients/{world.client.pk}/edit/",
        f"/clients/{world.client.pk}/facts/",
        "/rules-of-law/",
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
        "/settings/jobs/",
        "/proposals/",
        "/proposals/new/",
        *(f"/proposals/{one.proposal_id}/" for one in offers_of(world)),
    ]


def offers_of(world: World) -> list[Offered]:
    """A draft with its lines, a proposal that is with the client, and one that was accepted."""
    lines = (
        Line(name="Advice", description="When you ring", fee=4_850, per=Per.MONTH),
        Line(name="Set-up", fee=25_000, per=Per.ONCE),
    )
    offered = [a_draft(world.cast, client=world.client, lines=lines[number:]) for number in (0, 1, 1)]
    for one in offered[1:]:
        one.send(world.at)
    offered[2].accept(world.at)
    run_tasks()
    return offered


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


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_shuts_nobody_out(world: World, open_as: OpenAs, watch: Watch, part: int) -> None:
    """In parts, which several processes share."""
    page = open_as(world.cast.olive, reduced_motion="reduce")
    watch.away = True
    found = []
    for address in pages_of(world)[part::PARTS]:
        page.goto(address)
        found += faults(page) + sideways(page) + out_of_frame(page, world.cast.acorn.name)
    assert found == []


def test_nor_does_the_way_in(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.olive, reduced_motion="reduce")
    watch.away = True
    page.context.clear_cookies()
    page.goto("/sign-in/")
    assert faults(page) + sideways(page) == []


def test_nor_does_the_page_that_clients_see(world: World, open_as: OpenAs, watch: Watch) -> None:
    draft, sent, accepted = offers_of(world)
    page = open_as(world.cast.olive, reduced_motion="reduce")
    watch.away = True
    for address in (f"/proposals/{draft.proposal_id}/preview/", f"/p/{sent.token}/", f"/p/{accepted.token}/"):
        page.goto(address)
        assert faults(page) + sideways(page) == []


FORMS = ("Rename", "Due date", "What it waits for", "Rules", "All details", "Move to")


def test_nor_do_menus_and_forms_open_in_a_row(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.priya, reduced_motion="reduce")
    page.goto(f"/tasks/{world.half_id}/")
    watch.away = True
    page.locator("#task-more > summary").click()
    found = faults(page)
    page.get_by_role("link", name="Edit task").click()
    page.locator(".slot").wait_for()
    found += faults(page, ".slot")
    page.locator(".slot [data-closes]").click()
    for more in ("#step-file > .more", "#group-approval > .more"):
        page.locator(more).click()
        page.locator(".menu").wait_for()
        found += faults(page, ".menu")
        page.keyboard.press("Escape")
    for name in FORMS:
        page.locator("#step-file > .more").click()
        page.get_by_role("menuitem", name=name).click()
        page.locator(".slot").wait_for()
        found += faults(page, ".slot")
        page.locator(".slot [data-closes]").click()
    page.locator("#step-file > .more").click()
    page.get_by_role("menuitem", name="All details").click()
    page.get_by_role("checkbox", name="Client approval").uncheck()
    page.get_by_label("Estimate").fill("1h")
    page.get_by_role("button", name="Save").click()
    page.locator(".slot [aria-invalid=true]").wait_for()
    found += faults(page, ".slot")
    assert found == []


# The names of steps that are cut, or that go beyond their place in the row.
CUT = """() => [...document.querySelectorAll(".step .title")].filter((title) => {
  const range = document.createRange();
  range.selectNodeContents(title);
  const isOver = range.getBoundingClientRect().right > title.parentElement.getBoundingClientRect().right + 1;
  return isOver || (getComputedStyle(title).overflow !== "visible" && title.scrollWidth > title.clientWidth);
}).map((title) => title.textContent)"""


def test_nor_do_long_names_without_a_space(world: World, open_as: OpenAs) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and Partners"
    for table, column, row_id in (
        ("clients_client", "name", world.client.pk),
        ("practices_member", "name", world.cast.jo.pk),
        ("tasks_task", "title", world.half_id),
    ):
        sql.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", (long, row_id))
    page, found = open_as(world.cast.olive), []
    client, jo, task = f"/clients/{world.client.pk}/", f"/people/{world.cast.jo.pk}/", f"/tasks/{world.half_id}/"
    work = ("/my-work/", "/my-work/delegated/", f"/my-work/of/{world.cast.jo.pk}/")
    practice = ("/practice/", "/practice/stages/", "/practice/list/", "/practice/list/?rows=steps")
    for address in (*work, *practice, task, f"{task}activity/", "/clients/", client, "/people/", jo, f"{jo}hand-over/"):
        page.goto(address)
        found += sideways(page)
    # The name of a step is whole, however many flags it has.
    sql.execute(
        "UPDATE workflows_step SET name = %s, blocking = %s, required = %s, review = %s WHERE task_id = %s",
        ("Examiner review and matters of material significance", True, True, True, world.half_id),
    )
    page.goto(task)
    for width in (1440, 1280, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {name} is cut" for name in page.evaluate(CUT)]
    assert found == []


def test_the_first_tab_leads_past_the_sidebar(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.olive)
    page.goto("/clients/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
