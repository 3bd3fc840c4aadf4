"""Takes the pictures of docs/shots: every page, wide and on a phone, light and dark. Run by `make shots`."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django_ox.testing import run_tasks
from playwright.sync_api import Page

from natrium.apps.database import sql
from natrium.apps.practices.models import Member
from natrium.demo.load import load
from natrium.demo.story import ZONE
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.firm import Firm, the_firm
from tests.journeys.test_proposals import ready, write
from tests.journeys.world import World

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "shots"
SIZES = {"1440": {"width": 1440, "height": 1000}, "390": {"width": 390, "height": 844}}

__all__ = ["ready"]

pytestmark = [pytest.mark.parametrize("theme", ["light", "dark"]), pytest.mark.parametrize("size", SIZES)]


def of_a_job(firm: Firm) -> dict[str, str]:
    """Each picture's name and page, of single jobs in every state."""
    return {
        "task": f"/tasks/{firm.accounts_id}/",
        "task-step": f"/tasks/{firm.accounts_id}/?open=accounts&form=wait#step-accounts",
        "task-blocked": f"/tasks/{firm.accounts_id}/?open=manager#step-manager",
        "task-sent-back": f"/tasks/{firm.stale_id}/",
        "task-without-workflow": f"/tasks/{firm.bare_id}/?open=task",
        "task-activity": f"/tasks/{firm.accounts_id}/activity/",
        "new-task": "/tasks/new/",
        "template": f"/templates/{firm.template_id}/",
        "template-draft": f"/templates/{firm.template_id}/draft/",
        "not-found": "/nowhere/",
    }


def of_a_practice() -> dict[str, str]:
    """Each picture's name and page, of the demo practice with its sixty clients."""
    client = sql.value("SELECT id FROM clients_client WHERE name = 'Hartwell Joinery Ltd'")
    member = sql.value("SELECT id FROM practices_member WHERE name = 'Megan Doyle'")
    template = sql.value("SELECT id FROM workflows_template WHERE name = 'Annual Accounts'")
    return {
        "my-work-delegated": "/my-work/delegated/",
        "practice": "/practice/",
        "clients": "/clients/",
        "client": f"/clients/{client}/",
        "client-edit": f"/clients/{client}/edit/",
        "client-people": f"/clients/{client}/people/",
        "templates": "/templates/",
        "template-new": "/templates/new/",
        "template-publish": f"/templates/{template}/publication/",
        "people": "/people/",
        "person": f"/people/{member}/",
        "person-leaving": f"/people/{member}/hand-over/?leaves=1",
        "settings": "/settings/",
        "settings-tokens": "/settings/tokens/",
        "settings-jobs": "/settings/jobs/",
        "rules-of-law": "/rules-of-law/",
        "suggestion": "/templates/suggestion/?name=Monthly+payroll&description=weekly+hours+from+the+client",
        "settings-notifications": "/settings/notifications/",
        "notifications": "/notifications/",
        "more": "/more/",
    }


def of_services(world: World) -> dict[str, str]:
    """Each picture's name and page, of what a client takes and of the proposal that is with them."""
    client = world.client.pk
    service = sql.value("SELECT id FROM catalogue_service WHERE name = 'Annual Accounts'")
    return {
        "services": "/services/",
        "service-new": "/services/new/",
        "service": f"/services/{service}/",
        "service-clients": f"/services/{service}/clients/",
        "client-facts": f"/clients/{client}/facts/",
        "proposals": "/proposals/",
    }


def take(page: Page, wanted: dict[str, str], size: str, theme: str) -> None:
    """Open each page and keep its picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, address in wanted.items():
        page.goto(address)
        page.screenshot(path=FOLDER / f"{name}-{size}-{theme}.png")


def test_pictures_of_jobs(transactional_db: None, open_as: OpenAs, watch: Watch, size: str, theme: str) -> None:
    del transactional_db
    watch.away = True  # taking a picture puts a style into the page, which its policy refuses
    firm = the_firm()
    page = open_as(firm.tom, viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
    take(page, of_a_job(firm), size, theme)
    page.context.clear_cookies()
    take(page, {"sign-in": "/sign-in/"}, size, theme)


def test_pictures_of_a_practice(transactional_db: None, open_as: OpenAs, watch: Watch, size: str, theme: str) -> None:
    del transactional_db
    watch.away = True
    load(datetime.now(UTC).astimezone(ZONE).date())
    busy, owner = (Member.objects.get(name=name) for name in ("Megan Doyle", "Rosalind Marsh"))
    page = open_as(busy, viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
    take(page, {"my-work": "/my-work/"}, size, theme)
    page = open_as(owner, viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
    take(page, of_a_practice(), size, theme)


def test_pictures_of_services(ready: World, open_as: OpenAs, watch: Watch, size: str, theme: str) -> None:
    watch.away = True
    seen = {"viewport": SIZES[size], "color_scheme": theme, "reduced_motion": "reduce"}
    page = open_as(ready.cast.priya, **seen)
    write(page, ready)
    proposal = page.url.removesuffix("#").split("?")[0]
    take(page, {"proposal-draft": proposal, **of_services(ready)}, size, theme)
    page.goto(proposal)
    page.get_by_role("button", name=re.compile("^Send")).click()
    page.wait_for_load_state()
    run_tasks(raise_failures=True)
    [link] = set(re.findall(r"/p/[\w-]+/", str(mail.outbox[-1].body)))
    client = open_as(ready.cast.priya, **seen)
    client.context.clear_cookies()
    take(client, {"proposal-client": link}, size, theme)
    client.get_by_label("Type your full name to sign").fill("Nia Bowen")
    client.get_by_role("checkbox").check()
    client.get_by_role("button", name="Accept proposal").click()
    client.wait_for_load_state()
    take(client, {"proposal-accepted": link}, size, theme)
    take(page, {"proposal-result": proposal, "client-services": f"/clients/{ready.client.pk}/"}, size, theme)
