"""Files on the task page: added by form and by htmx, refused in words, downloaded and never shown."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from natrium.apps.files import queries
from natrium.apps.files.queries import FileLine
from natrium.apps.workflows import operations
from natrium.apps.workflows import queries as workflows
from natrium.domain.files import MOST
from natrium.domain.workflow.model import Hold
from tests import files
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder in which this test's files lie."""
    settings.DATA = tmp_path
    return tmp_path / "files"


def upload(name: str = "a.pdf", content: bytes = files.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def add(client: Client, world: World, *given: SimpleUploadedFile, htmx: bool = False, **more: Any) -> HttpResponse:
    where = f"/tasks/{world.half_id}/files/"
    answer: Any = client.post(where, {"file": list(given), **more}, headers=HTMX if htmx else {})
    found: HttpResponse = answer
    return found


def listed(world: World) -> tuple[FileLine, ...]:
    return queries.files(by=signed_in(world.cast.jo), task_id=world.half_id)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_plain_form_adds_and_leads_back(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    answer = add(jo, world, upload("Bank letter.pdf"), upload("b.csv", files.CSV))
    assert (answer.status_code, answer["Location"]) == (303, f"/tasks/{world.half_id}/?side=files#activity")
    page = jo.get(f"/tasks/{world.half_id}/?side=files").content.decode()
    assert "Bank letter.pdf" in page
    assert 'Files<span class="num">2</span>' in page


def test_htmx_gets_the_list_and_the_counts(world: World, as_: As) -> None:
    answer = add(as_(world.cast.jo), world, upload(), htmx=True, since="0")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="side" data-side="files"' in text
    assert 'Files<span class="num">1</span>' in text
    assert "Added: a.pdf" in text
    assert "<!doctype" not in text


def test_a_file_goes_to_the_step_that_was_chosen(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    panel = workflows.task_page(by=signed_in(world.cast.jo), at=world.at, task_id=world.half_id).workflows[0]
    step = panel.groups[1].steps[0]
    page = jo.get(f"/tasks/{world.half_id}/?side=files&step={step.id}").content.decode()
    assert f'<option value="{step.id}" selected>' in page
    add(jo, world, upload(), step=str(step.id))
    assert [line.step for line in listed(world)] == [step.name]
    side = jo.get(f"/tasks/{world.half_id}/?side=files").content.decode()
    assert f'href="#step-{step.key}">{step.name}</a>' in side


def test_what_is_wrong_with_one_keeps_no_other_out(world: World, as_: As) -> None:
    answer = add(as_(world.cast.jo), world, upload("x.exe", files.EXE), upload(), upload("y.pdf", files.EXE), htmx=True)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "HX-Reswap" not in answer
    assert [line.name for line in listed(world)] == ["a.pdf"]
    assert "“x.exe” cannot be added" in text
    assert "“y.pdf” is a program inside" in text


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (upload("x.svg", files.SVG), "“x.svg” cannot be added"),
        (upload("x.pdf", files.SVG), "“x.pdf” is a web page or XML inside"),
        (upload("empty.pdf", b""), "“empty.pdf” is empty"),
        (upload("<b>.exe", files.EXE), "“&lt;b&gt;.exe” cannot be added"),
        (None, "Choose a file to add"),
    ],
)
def test_a_refusal_says_why_and_keeps_the_form(
    world: World, as_: As, given: SimpleUploadedFile | None, words: str, *, htmx: bool
) -> None:
    step = workflows.task_page(by=signed_in(world.cast.jo), at=world.at, task_id=world.half_id).workflows[0]
    chosen = step.groups[0].steps[0].id
    sent = [given] if given else []
    for file in sent:
        file.seek(0)
    answer = add(as_(world.cast.jo), world, *sent, htmx=htmx, step=str(chosen))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert text.count('role="alert"') == 1
    assert listed(world) == ()
    if htmx:
        assert answer["HX-Reswap"] == "none"
        assert "<form" not in text
    else:
        assert f'<option value="{chosen}" selected>' in text


def test_a_file_one_byte_too_big_is_not_even_taken_in(world: World, as_: As, folder: Path) -> None:
    big = upload("big.pdf", files.PDF + b" " * (MOST + 1 - len(files.PDF)))
    answer = add(as_(world.cast.jo), world, big, upload(), htmx=True)
    assert answer.status_code == 422
    assert "“big.pdf” has more than 25 MB" in answer.content.decode()
    assert [line.name for line in listed(world)] == ["a.pdf"]
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_the_biggest_file_is_taken(world: World, as_: As) -> None:
    assert add(as_(world.cast.jo), world, upload(content=files.PDF.ljust(MOST))).status_code == 303
    assert [line.size for line in listed(world)] == [MOST]


def test_a_request_beyond_all_is_not_read(world: World, as_: As) -> None:
    logging.disable(logging.CRITICAL)
    try:
        answer = as_(world.cast.jo).generic(
            "POST",
            f"/tasks/{world.half_id}/files/",
            b"--x\r\n",
            "multipart/form-data; boundary=x",
            headers={"Content-Length": str(200 * 1024 * 1024)},
        )
    finally:
        logging.disable(logging.NOTSET)
    assert answer.status_code == 413
    assert "Too much at once" in answer.content.decode()


def test_twenty_at_once_and_no_more(world: World, as_: As) -> None:
    many = [upload(f"{number}.pdf") for number in range(21)]
    answer = add(as_(world.cast.jo), world, *many, htmx=True)
    assert answer.status_code == 422
    assert "At most 20 files" in answer.content.decode()
    assert listed(world) == ()


HEADERS = [
    ("Bank letter.pdf", 'attachment; filename="Bank letter.pdf"'),
    ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
    ("Schlußbilanz €.pdf", "attachment; filename*=utf-8''Schlu%C3%9Fbilanz%20%E2%82%AC.pdf"),
    ("請求書.pdf", "attachment; filename*=utf-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf"),
]


@pytest.mark.parametrize(("name", "header"), HEADERS)
def test_a_download_is_kept_and_never_shown(world: World, as_: As, name: str, header: str) -> None:
    jo = as_(world.cast.jo)
    add(jo, world, upload(name))
    answer: Any = jo.get(f"/files/{listed(world)[0].id}/")
    assert body(answer) == files.PDF
    assert answer["Content-Disposition"] == header
    assert answer["Content-Type"] == "application/pdf"  # ours, not what the browser said on the way in
    assert answer["Content-Length"] == str(len(files.PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-cache"


def test_removed_with_the_way_back(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    add(jo, world, upload())
    file_id = listed(world)[0].id
    answer = jo.post(f"/files/{file_id}/removal/", headers=HTMX).content.decode()
    assert "Removed: a.pdf" in answer
    assert f'action="/files/{file_id}/restoration/"' in answer
    assert listed(world) == ()
    assert jo.get(f"/files/{file_id}/").status_code == 404
    assert jo.post(f"/files/{file_id}/restoration/").status_code == 303
    assert jo.post(f"/files/{file_id}/removal/").status_code == 303


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "plain"])
def test_who_may_not_is_told(world: World, as_: As, *, htmx: bool) -> None:
    add(as_(world.cast.jo), world, upload())
    headers = HTMX if htmx else {}
    answer = as_(world.cast.vera).post(f"/files/{listed(world)[0].id}/removal/", headers=headers)
    assert answer.status_code == 403
    assert "a manager or above" in answer.content.decode()
    assert add(as_(world.cast.vera), world, upload("b.pdf"), htmx=htmx).status_code == 403


def test_a_held_task_shows_its_files_and_takes_none(world: World, as_: As) -> None:
    jo = as_(world.cast.jo)
    add(jo, world, upload())
    operations.hold(by=signed_in(world.cast.mark), at=world.at, task_id=world.half_id, to=Hold.ON_HOLD, reason="Away")
    page = jo.get(f"/tasks/{world.half_id}/?side=files").content.decode()
    assert "a.pdf" in page
    assert 'id="upload"' not in page
    assert "/removal/" not in page
    assert add(jo, world, upload("b.pdf"), htmx=True).status_code == 409


@pytest.mark.parametrize("encoded", ["../../../etc/x.pdf", "..%2f..%2fx.pdf", "C:\\a\\x.pdf"])
def test_a_name_leads_nowhere(world: World, as_: As, folder: Path, encoded: str) -> None:
    boundary = "xyz"
    head = f'Content-Disposition: form-data; name="file"; filename="{encoded}"\r\nContent-Type: application/pdf\r\n\r\n'
    content = f"--{boundary}\r\n{head}".encode() + files.PDF + f"\r\n--{boundary}--\r\n".encode()
    answer = as_(world.cast.jo).generic(
        "POST", f"/tasks/{world.half_id}/files/", content, f"multipart/form-data; boundary={boundary}"
    )
    assert answer.status_code == 303
    [path] = [one for one in folder.parent.rglob("*") if one.is_file()]
    assert path.parent.parent == folder
    assert "/" not in listed(world)[0].name
