"""Adding, reading, removing and restoring files: who may, where they lie, and what the record says."""

import io
import stat
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.files import operations, queries, storage
from natrium.apps.files.operations import Added
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows.queries import task_page
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.files import MOST
from natrium.domain.workflow.actions import Start
from natrium.domain.workflow.model import Hold
from tests import files
from tests.builders import NOW, a_member, signed_in
from tests.integration.apps.workflows.jobs import Job, counted, events_after, last_event


def add(job: Job, by: Member | None = None, content: bytes = files.PDF, name: str = "a.pdf", **more: Any) -> Added:
    where = {"task_id": job.task_id} | more
    return operations.add_file(by=signed_in(by or job.cast.jo), at=NOW, name=name, file=io.BytesIO(content), **where)


def lying(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_that_says_nothing(job: Job, folder: Path) -> None:
    before = last_event()
    added = add(job, name="../Bank letter.pdf")
    [path] = lying(folder)
    assert path.read_bytes() == files.PDF
    assert "Bank" not in str(path)
    assert len(path.name) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    [event] = events_after(before)
    digest = sha256(files.PDF).hexdigest()
    assert (event["verb"], event["name"], event["chain"], event["by"]) == (
        "file.added", "Bank letter.pdf", "task", "Jo Evans",
    )  # fmt: skip
    assert event["data"] == {"file": added.file_id, "size": len(files.PDF), "sha256": digest}
    assert verify.verify() == []


def test_a_file_on_a_step_says_so_and_is_counted_there(job: Job) -> None:
    line = job.line("draft")
    before = last_event()
    added = add(job, step_id=line.id)
    [event] = events_after(before)
    assert (event["key"], event["data"]["step"]) == ("draft", "Draft")
    [shown] = queries.files(by=signed_in(job.cast.jo), task_id=job.task_id)
    assert (shown.id, shown.step, shown.step_key, shown.workflow_id) == (
        added.file_id, "Draft", "draft", job.workflow_id,
    )  # fmt: skip
    beside = queries.beside(by=signed_in(job.cast.jo), task_id=job.task_id)
    assert (beside.notes, beside.files, beside.by_step) == (0, 1, {line.id: (0, 1)})
    page = task_page(by=signed_in(job.cast.jo), at=NOW, task_id=job.task_id)
    assert page.activity[0].words == "Jo Evans added the file “a.pdf” to “Draft”"


def test_what_comes_out_is_what_went_in(job: Job) -> None:
    content = bytes(range(256)) * 5_000
    added = add(job, content=files.PNG + content, name="scan.png")
    found = queries.content(by=signed_in(job.cast.vera), file_id=added.file_id)
    with found.file as file:
        assert file.read() == files.PNG + content
    assert (found.name, found.content_type, found.size) == ("scan.png", "image/png", len(files.PNG + content))


def test_the_biggest_file_is_taken_and_one_byte_more_is_not(job: Job, folder: Path) -> None:
    add(job, content=files.PDF + b" " * (MOST - len(files.PDF)))
    with pytest.raises(Refusal) as refused:
        add(job, content=files.PDF + b" " * (MOST + 1 - len(files.PDF)), name="b.pdf")
    assert refused.value.code is Code.BAD_VALUE
    assert len(lying(folder)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("invoice.pdf", files.EXE),
        ("setup.exe", files.EXE),
        ("logo.svg", files.SVG),
        ("logo.png", files.SVG),
        ("page.txt", files.HTML),
        ("empty.pdf", b""),
        ("\u202efdp.exe", files.PDF),
        ("macros.xlsx", files.XLSM),
        ("letter.docx", files.JAR),
        ("..", files.PDF),
        ("x" * 300, files.PDF),
        ("a.pdf\x00.exe", files.PDF),
    ],
)
def test_what_is_not_what_it_says_leaves_nothing(job: Job, folder: Path, name: str, content: bytes) -> None:
    before = last_event()
    with pytest.raises(Refusal) as refused:
        add(job, content=content, name=name)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "file")
    assert (lying(folder), events_after(before)) == ([], [])


def test_the_same_file_again_is_a_repetition(job: Job, folder: Path) -> None:
    first, before = add(job), last_event()
    again = add(job, by=job.cast.mark)
    assert (again.file_id, again.created) == (first.file_id, False)
    assert (len(lying(folder)), events_after(before)) == (1, [])
    assert add(job, name="b.pdf").created
    assert add(job, step_id=job.line("draft").id).created
    operations.remove_file(by=signed_in(job.cast.jo), at=NOW, file_id=first.file_id)
    assert add(job).created


def test_who_may_add_and_remove(job: Job) -> None:
    with pytest.raises(Refusal) as refused:
        add(job, by=job.cast.vera)
    assert refused.value.code is Code.NOT_ALLOWED
    other = a_member(job.cast.acorn, name="Sam Hill")
    added = add(job, by=other)
    third = a_member(job.cast.acorn, name="Ann Lee")
    lines = {who.name: queries.files(by=signed_in(who), task_id=job.task_id)[0].can_remove for who in (
        other, third, job.cast.jo, job.cast.mark, job.cast.vera,
    )}  # fmt: skip
    # Jo owns the task.
    assert lines == {"Sam Hill": True, "Ann Lee": False, "Jo Evans": True, "Mark Reed": True, "Vera Lunn": False}
    for who, can in ((third, False), (job.cast.vera, False), (job.cast.jo, True)):
        if can:
            operations.remove_file(by=signed_in(who), at=NOW, file_id=added.file_id)
            continue
        with pytest.raises(Refusal) as no:
            operations.remove_file(by=signed_in(who), at=NOW, file_id=added.file_id)
        assert no.value.code is Code.NOT_ALLOWED


def test_another_practice_finds_nothing(job: Job, folder: Path) -> None:
    added, ben = add(job), signed_in(job.cast.ben)
    assert queries.files(by=ben, task_id=job.task_id) == ()
    assert queries.beside(by=ben, task_id=job.task_id).files == 0
    for ask in (
        lambda: queries.content(by=ben, file_id=added.file_id),
        lambda: queries.file(by=ben, file_id=added.file_id),
        lambda: operations.remove_file(by=ben, at=NOW, file_id=added.file_id),
        lambda: operations.restore_file(by=ben, at=NOW, file_id=added.file_id),
        lambda: add(job, by=job.cast.ben),
    ):
        with pytest.raises(NotFound):
            ask()
    assert len(lying(folder)) == 1


def test_a_step_of_another_task_or_practice_is_not_found(job: Job, folder: Path) -> None:
    other = job.task("Another")
    with pytest.raises(NotFound):
        add(job, task_id=other, step_id=job.line("draft").id)
    with pytest.raises(NotFound):
        add(job, step_id=10**9)
    assert lying(folder) == []


def test_a_held_task_takes_no_files(job: Job, folder: Path) -> None:
    added = add(job)
    workflows.hold(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id, to=Hold.ON_HOLD, reason="Away")
    for ask in (
        lambda: add(job, name="b.pdf"),
        lambda: operations.remove_file(by=signed_in(job.cast.mark), at=NOW, file_id=added.file_id),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code is Code.TASK_HELD
    assert len(lying(folder)) == 1


def test_a_blocked_step_takes_files(job: Job) -> None:
    assert job.state("sign") == "blocked"
    assert add(job, step_id=job.line("sign").id).created


def test_a_file_does_not_stand_in_the_way_of_undo(job: Job) -> None:
    job.act(job.cast.jo, Start("ask"))
    add(job, step_id=job.line("ask").id)
    workflows.undo(by=signed_in(job.cast.jo), at=NOW + timedelta(minutes=1), workflow_id=job.workflow_id, key="ask")
    assert job.state("ask") == "ready"
    page = task_page(by=signed_in(job.cast.jo), at=NOW, task_id=job.task_id)
    assert page.workflows


def test_removed_and_brought_back(job: Job, folder: Path) -> None:
    added, jo = add(job), signed_in(job.cast.jo)
    before = last_event()
    for _ in range(2):
        operations.remove_file(by=jo, at=NOW, file_id=added.file_id)
    assert queries.files(by=jo, task_id=job.task_id) == ()
    assert queries.beside(by=jo, task_id=job.task_id).files == 0
    with pytest.raises(NotFound):
        queries.content(by=jo, file_id=added.file_id)
    assert len(lying(folder)) == 1
    for _ in range(2):
        operations.restore_file(by=jo, at=NOW, file_id=added.file_id)
    queries.content(by=jo, file_id=added.file_id).file.close()
    assert [event["verb"] for event in events_after(before)] == ["file.removed", "file.restored"]


def test_what_fails_after_the_content_was_written_leaves_nothing(job: Job, folder: Path) -> None:
    before = last_event()
    with patch.object(operations, "_record", side_effect=RuntimeError("cut")), pytest.raises(RuntimeError):
        add(job)
    assert (lying(folder), events_after(before)) == ([], [])
    assert sql.value("SELECT COUNT(*) FROM files_file") == 0


def test_what_fails_while_the_content_is_written_leaves_nothing(job: Job, folder: Path) -> None:
    with patch.object(storage.os, "fsync", side_effect=OSError("no space left")), pytest.raises(OSError, match="space"):
        add(job)
    assert lying(folder) == []


def test_missing_content_is_said(job: Job, folder: Path) -> None:
    added = add(job)
    lying(folder)[0].unlink()
    with pytest.raises(NotFound, match="natrium doctor"):
        queries.content(by=signed_in(job.cast.jo), file_id=added.file_id)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM files_file",
        "UPDATE files_file SET name = 'other.pdf'",
        "UPDATE files_file SET stored = 'x'",
        "UPDATE files_file SET task_id = task_id",
        "UPDATE files_file SET erased_at = added_at",
        "UPDATE files_file SET removed_by_id = added_by_id",
    ],
)
def test_the_database_refuses_what_must_not_happen_to_a_row(job: Job, statement: str) -> None:
    add(job)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)


def test_lists_ask_once_however_many_there_are(job: Job) -> None:
    jo = signed_in(job.cast.jo)
    add(job)
    with counted() as few:
        queries.files(by=jo, task_id=job.task_id)
        queries.beside(by=jo, task_id=job.task_id)
    for number in range(30):
        add(job, name=f"{number}.pdf", step_id=job.line("draft").id if number % 2 else None)
    with counted() as many:
        assert len(queries.files(by=jo, task_id=job.task_id)) == 31
        queries.beside(by=jo, task_id=job.task_id)
    assert len(many) == len(few) == 2
