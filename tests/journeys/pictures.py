"""Takes the pictures of docs/shots: every page, wide and on a phone, light and dark. Run by `make shots`."""

from pathlib import Path

import pytest

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.firm import Firm, the_firm

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "shots"
SIZES = {"1440": {"width": 1440, "height": 1000}, "390": {"width": 390, "height": 844}}


def addresses(firm: Firm) -> dict[str, str]:
    """Each picture's name and page."""
    return {
        "my-work": "/my-work/",
        "task": f"/tasks/{firm.accounts_id}/",
        "task-step": f"/tasks/{firm.accounts_id}/?open=accounts&form=wait#step-accounts",
        "task-blocked": f"/tasks/{firm.accounts_id}/?open=manager#step-manager",
        "task-sent-back": f"/tasks/{firm.stale_id}/",
        "task-without-workflow": f"/tasks/{firm.bare_id}/?open=task",
        "task-activity": f"/tasks/{firm.accounts_id}/activity/",
        "new-task": "/tasks/new/",
        "templates": "/templates/",
        "template": f"/templates/{firm.template_id}/",
        "not-found": "/nowhere/",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures(transactional_db: None, open_as: OpenAs, watch: Watch, size: str, theme: str) -> None:
    del transactional_db
    FOLDER.mkdir(parents=True, exist_ok=True)
    watch.expected = {404}
    firm = the_firm()
    page = open_as(firm.tom, viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
    for name, address in addresses(firm).items():
        page.goto(address)
        page.screenshot(path=FOLDER / f"{name}-{size}-{theme}.png")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.screenshot(path=FOLDER / f"sign-in-{size}-{theme}.png")
