"""Files through the API: list, add (once under a key), download, remove, bring back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from natrium.domain.files import MOST
from tests import files
from tests.api.conftest import ApiWorld, a_token


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder in which this test's files lie."""
    settings.DATA = tmp_path
    return tmp_path / "files"


@pytest.fixture
def jo(world: ApiWorld) -> Client:
    """Return a program with Jo's token."""
    return Client(headers={"authorization": f"Bearer {a_token(world.cast.jo)}"})


def add(jo: Client, world: ApiWorld, name: str = "a.pdf", content: bytes = files.PDF, **headers: str) -> Any:
    sent = {word.replace("_", "-"): value for word, value in headers.items()}
    body = {"file": SimpleUploadedFile(name, content)}
    return jo.post(f"/api/v1/tasks/{world.task_id}/files", body, headers=sent)


def test_a_file_there_and_back(world: ApiWorld, jo: Client) -> None:
    made = add(jo, world)
    assert (made.status_code, made.json()["name"], made.json()["created"]) == (201, "a.pdf", True)
    address = f"/api/v1/files/{made.json()['id']}"
    [line] = jo.get(f"/api/v1/tasks/{world.task_id}/files").json()["items"]
    assert (line["name"], line["size"], line["by"]["name"]) == ("a.pdf", len(files.PDF), "Jo Evans")
    answer: Any = jo.get(address)
    assert b"".join(answer.streaming_content) == files.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert jo.delete(address).json() == {"task_id": world.task_id}
    assert jo.get(address).status_code == 404
    assert jo.post(f"{address}/restore", {}, "application/json").status_code == 200
    assert jo.get(address).status_code == 200


def test_a_file_under_a_key_is_added_once(world: ApiWorld, jo: Client) -> None:
    big = files.PDF.ljust(3_000_000)
    first = add(jo, world, content=big, Idempotency_Key="f-1")
    again = add(jo, world, content=big, Idempotency_Key="f-1")
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    other = add(jo, world, content=files.PDF, Idempotency_Key="f-1")
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert len(jo.get(f"/api/v1/tasks/{world.task_id}/files").json()["items"]) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", files.EXE, "“a.exe” cannot be added."),
        ("a.pdf", files.EXE, "“a.pdf” is a program inside."),
        ("a.pdf", b"", "“a.pdf” is empty."),
        ("a.pdf", files.PDF.ljust(MOST + 1), "“a.pdf” has more than 25 MB, the most for a file."),
    ],
)
def test_a_refusal_is_a_problem_at_the_field(
    world: ApiWorld, jo: Client, name: str, content: bytes, words: str
) -> None:
    answer = add(jo, world, name, content)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["field"]) == (422, "bad-value", "file")
    assert problem["detail"].startswith(words)


def test_without_a_file_it_is_said(world: ApiWorld, jo: Client) -> None:
    answer = jo.post(f"/api/v1/tasks/{world.task_id}/files", {"step_id": "1"})
    assert (answer.status_code, answer.json()["field"]) == (422, "file")


@pytest.mark.parametrize("key", ["", "f-9"])
def test_more_than_is_read_is_413(world: ApiWorld, jo: Client, key: str) -> None:
    headers = {"Content-Length": str(200 * 1024 * 1024)} | ({"Idempotency-Key": key} if key else {})
    kind = "multipart/form-data; boundary=x"
    answer = jo.generic("POST", f"/api/v1/tasks/{world.task_id}/files", b"--x\r\n", kind, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert "100 MB" in answer.json()["detail"]
