"""A manager's first day: a client, a library template, a job on it, a junior who works it, a look over it all."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World


def test_from_a_client_to_a_job_that_runs(world: World, open_as: OpenAs, watch: Watch) -> None:
    watch.expected = {422}
    mark = open_as(world.cast.mark)
    mark.goto("/clients/")
    mark.get_by_role("link", name="New client").first.click()
    mark.get_by_label("Name", exact=True).fill("Quarry Stone Ltd")
    mark.get_by_label("Kind").select_option(label="Limited company")
    mark.get_by_label("Company number").fill("O9 446 231")
    mark.get_by_label("Manager").select_option("Mark Reed")
    mark.get_by_role("button", name="Create client").click()
    expect(mark.get_by_label("Company number")).to_have_attribute("aria-invalid", "true")
    expect(mark.get_by_label("Name", exact=True)).to_have_value("Quarry Stone Ltd")
    mark.get_by_label("Company number").fill("09446231")
    mark.get_by_role("button", name="Create client").click()
    expect(mark.get_by_role("heading", level=1)).to_have_text("Quarry Stone Ltd")

    mark.goto("/templates/new/")
    mark.get_by_role("button", name="Use VAT Return", exact=True).click()
    mark.wait_for_url(re.compile(r"/templates/\d+/"))
    expect(mark.locator("main")).to_contain_text("VAT Return")

    mark.goto("/tasks/new/")
    mark.get_by_label("Title").fill("VAT return to November")
    mark.get_by_label("Client").fill("quarry stone ltd")
    mark.get_by_label("Workflow").select_option(label="VAT Return")
    mark.get_by_label("Owner").select_option("Jo Evans")
    mark.get_by_role("button", name="Create task").click()
    expect(mark.locator(".big")).to_have_text("0%")

    jo = open_as(world.cast.jo)
    row = jo.locator(".wrow").filter(has_text="Quarry Stone").first
    expect(row).to_be_visible()
    row.get_by_role("button", name="Complete").click()
    expect(jo.locator("#toasts")).to_contain_text("Done")

    expect(mark.locator(".big")).not_to_have_text("0%", timeout=15_000)
    mark.goto("/practice/list/?manager=me")
    mark.get_by_role("link", name="VAT return to November").click()
    expect(mark.locator("#side")).to_contain_text("Jo Evans")
