"""Files in a browser: picked, dropped, refused, downloaded, removed and brought back; and all of it without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings

from natrium.domain.files import MOST
from tests import files
from tests.journeys.conftest import OpenAs, Watch
from tests.journeys.faults import faults
from tests.journeys.world import World

SOON = 6_500


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder in which this test's files lie."""
    settings.DATA = tmp_path
    return tmp_path / "files"


def a_file(name: str = "Bank letter.pdf", content: bytes = files.PDF) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def to_the_files(page: Page, world: World) -> None:
    page.goto(f"/tasks/{world.half_id}/")
    page.get_by_role("link", name="Files").click()
    expect(page.locator("#upload")).to_be_visible()


def test_added_downloaded_removed_and_brought_back(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    page.goto(f"/tasks/{world.half_id}/")
    page.get_by_label("Add a note").fill("Half a note")
    page.get_by_role("link", name="Files").click()
    expect(page.get_by_label("Add a note")).not_to_be_visible()
    page.get_by_label("Files to add").set_input_files([a_file(), a_file("Kontoauszüge.csv", files.CSV)])
    page.get_by_label("To", exact=True).select_option(label="Prepare draft")
    page.get_by_role("button", name="Add files").click()
    expect(page.locator("#toasts")).to_contain_text("2 files added")
    expect(page.locator(".files")).to_contain_text("Prepare draft")
    with page.expect_download() as download:
        page.get_by_role("link", name="Kontoauszüge.csv").click()
    assert download.value.suggested_filename == "Kontoauszüge.csv"
    assert Path(download.value.path()).read_bytes() == files.CSV
    page.get_by_role("button", name="Remove Bank letter.pdf").click()
    expect(page.get_by_role("link", name="Bank letter.pdf")).to_have_count(0)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Bank letter.pdf")).to_be_visible()
    page.get_by_role("link", name="Activity").click()
    expect(page.locator("#side")).to_contain_text("Jo Evans brought the file “Bank letter.pdf” back")
    expect(page.get_by_label("Add a note")).to_have_value("Half a note")


def test_a_refused_file_leaves_the_form_as_it_was(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.jo)
    to_the_files(page, world)
    watch.expected = {422}
    page.get_by_label("To", exact=True).select_option(label="Prepare draft")
    page.get_by_label("Files to add").set_input_files([a_file("invoice.pdf", files.EXE)])
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("alert")).to_contain_text("“invoice.pdf” is a program inside")
    assert page.get_by_label("Files to add").evaluate("field => field.files[0].name") == "invoice.pdf"
    expect(page.get_by_label("To", exact=True).locator("option:checked")).to_have_text("Prepare draft")


def test_a_file_too_big_is_said_before_it_is_sent(world: World, open_as: OpenAs, tmp_path: Path) -> None:
    page = open_as(world.cast.jo)
    to_the_files(page, world)
    big = tmp_path / "big.pdf"
    big.write_bytes(files.PDF.ljust(MOST + 1))
    field = page.get_by_label("Files to add")
    field.set_input_files(big)
    assert field.evaluate("field => field.validationMessage") == "“big.pdf” has 26 MB; 25 MB is the most."
    page.get_by_role("button", name="Add files").click()
    expect(page.locator(".files")).to_have_count(0)
    field.set_input_files([a_file()])
    page.get_by_role("button", name="Add files").click()
    expect(page.locator(".files")).to_contain_text("Bank letter.pdf")


def test_files_are_dropped_on_the_form(world: World, open_as: OpenAs) -> None:
    page = open_as(world.cast.jo)
    to_the_files(page, world)
    data = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['Dear client'], 'letter.txt')); return t; }"
    )
    page.dispatch_event("#upload", "dragover", {"dataTransfer": data})
    expect(page.locator("#upload.over")).to_be_visible()
    page.dispatch_event("#upload", "drop", {"dataTransfer": data})
    expect(page.locator(".files")).to_contain_text("letter.txt")


def test_a_colleague_sees_a_new_file_and_keeps_the_one_chosen(world: World, open_as: OpenAs) -> None:
    jo, mark = open_as(world.cast.jo), open_as(world.cast.mark)
    to_the_files(mark, world)
    to_the_files(jo, world)
    mark.get_by_label("Files to add").set_input_files([a_file("mine.pdf")])
    jo.get_by_label("Files to add").set_input_files([a_file()])
    jo.get_by_role("button", name="Add files").click()
    expect(mark.locator("#live-says")).to_contain_text("Jo Evans added the file “Bank letter.pdf”.", timeout=SOON)
    assert mark.get_by_label("Files to add").evaluate("field => field.files[0].name") == "mine.pdf"
    mark.get_by_role("button", name="Add files").click()
    expect(mark.locator(".files li")).to_have_count(2)


def test_without_scripts(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.jo, java_script_enabled=False)
    to_the_files(page, world)
    page.get_by_label("Files to add").set_input_files([a_file()])
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("link", name="Bank letter.pdf")).to_be_visible()
    watch.expected = {422}
    page.get_by_label("Files to add").set_input_files([a_file("x.svg", files.SVG)])
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("alert")).to_contain_text("“x.svg” cannot be added")
    page.get_by_role("button", name="Remove Bank letter.pdf").click()
    expect(page.get_by_text("No files yet")).to_be_visible()


def test_the_list_of_files_is_for_everyone(world: World, open_as: OpenAs, watch: Watch) -> None:
    page = open_as(world.cast.jo, viewport={"width": 320, "height": 700})
    to_the_files(page, world)
    watch.expected = {422}
    page.get_by_label("Files to add").set_input_files([a_file("A" * 100 + ".pdf"), a_file("B" * 100 + ".exe")])
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".files li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    watch.away = True
    assert faults(page) == []
