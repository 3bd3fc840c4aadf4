"""A practice that was made a minute ago: what to do first, by keyboard, on every width, and gone once it is hidden."""

from contextlib import redirect_stdout
from io import StringIO

from playwright.sync_api import expect

from natrium.apps.practices.models import Member
from natrium.cli.main import main
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults


def test_the_first_things_to_do(transactional_db: None, open_as: OpenAs, watch: Watch) -> None:
    del transactional_db
    with redirect_stdout(StringIO()):
        assert main(["practice", "Lisle & Co", "--owner", "Ola Lisle", "--email", "ola@lisle.example"]) == 0
    page = open_as(Member.objects.get(email="ola@lisle.example"))
    setup = page.get_by_role("region", name="Set up Lisle & Co")
    setup.get_by_role("link", name="Import clients").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/import/")
    page.goto("/my-work/")
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box, narrow = setup.bounding_box(), page.locator(".narrow").bounding_box()
        assert box is not None
        assert narrow is not None
        assert box["y"] + box["height"] <= narrow["y"]
    setup.get_by_role("button", name="Hide this list").focus()
    page.keyboard.press("Enter")
    expect(setup).not_to_be_visible()
    page.goto("/clients/")
    watch.away = True
    assert faults(page) == []
