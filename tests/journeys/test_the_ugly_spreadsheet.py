"""S24 in a browser: what each row will do, which dates are meant, the rows that cannot be, and then the good ones."""

from playwright.sync_api import expect

from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.world import World
from tests.scenarios.test_s24_the_ugly_spreadsheet import FILE


def test_the_good_rows_come_in_and_the_others_go_back_to_be_mended(world: World, open_as: OpenAs, watch: Watch) -> None:
    watch.expected = {422}
    mark = open_as(world.cast.mark)
    mark.goto("/clients/import/")
    file = {"name": "clients.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    mark.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
    mark.get_by_role("button", name="Look at it").click()
    rows = mark.locator("table.rows tbody tr")
    expect(rows).to_have_count(5)
    expect(mark.get_by_text("2 new").first).to_be_visible()
    expect(rows.filter(has_text="Quarry Ltd")).to_contain_text("is no date")
    mark.get_by_label("Day first").check()

    mark.get_by_role("button", name="Import", exact=True).click()
    expect(mark.get_by_role("alert")).to_contain_text("3 of the rows")
    expect(mark.get_by_label("Day first")).to_be_checked()
    with mark.expect_download() as sent:
        mark.locator("button[formaction='/clients/import/faults/']").click()
    assert "Nobody Here" in sent.value.path().read_text(encoding="utf-8-sig")

    mark.get_by_label("Import the good rows").check()
    mark.get_by_role("button", name="Import", exact=True).click()
    mark.wait_for_url("**/clients/?imported=*")
    expect(mark.get_by_role("link", name="Harbour Lane Ltd")).to_be_visible()
    expect(mark.get_by_role("link", name="Quarry Ltd")).to_have_count(0)
