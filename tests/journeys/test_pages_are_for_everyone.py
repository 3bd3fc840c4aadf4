"""Every page, in both themes and on small screens: no serious fault for assistive technology, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World

SERIOUS = {"serious", "critical"}


def pages_of(world: World) -> list[str]:
    """Every kind of page a member can open, with rows and forms open where they can be."""
    return [
        "/my-work/",
        "/tasks/new/",
        f"/tasks/{world.half_id}/",
        f"/tasks/{world.half_id}/?open=manager-review&form=comments",
        f"/tasks/{world.half_id}/?open=partner-review&form=override",
        f"/tasks/{world.bare_id}/?open=task&form=wait",
        f"/tasks/{world.fresh_id}/",
        f"/tasks/{world.half_id}/?side=notes",
        f"/tasks/{world.half_id}/activity/",
        "/templates/",
        f"/templates/{world.template_id}/",
        f"/templates/{world.template_id}/draft/",
        f"/templates/{world.template_id}/publication/",
        f"/templates/{world.template_id}/versions/",
        "/templates/new/",
        "/more/",
        "/clients/",
        "/clients/new/",
        f"/clients/{world.client.pk}/",
        f"/clients/{world.client.pk}/edit/",
        f"/clients/{world.client.pk}/people/",
        "/people/",
        "/people/new/",
        f"/people/{world.cast.jo.pk}/",
        f"/people/{world.cast.jo.pk}/hand-over/?leaves=1",
        "/settings/",
        "/settings/tokens/",
    ]


def faults(page: Page) -> list[str]:
    """What axe calls serious or worse."""
    found = Axe().run(page).response["violations"]
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


@pytest.mark.parametrize("width", [320, 390, 760, 1080, 1440])
def test_no_page_scrolls_sideways(world: World, open_as: OpenAs, width: int) -> None:
    page = open_as(world.cast.olive, viewport={"width": width, "height": 800})
    for address in pages_of(world):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
