"""Content without a row, rows without content, and what was removed long ago: found, and taken away in time."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.files import doctor, housekeeping, operations, storage
from natrium.apps.files.housekeeping import Tidied
from natrium.domain.errors import Code, Refusal
from tests import files
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import Job, a_job
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

TODAY = datetime.now(UTC)


def add(job: Job, name: str = "a.pdf") -> int:
    by = signed_in(job.cast.jo)
    added = operations.add_file(by=by, at=TODAY, task_id=job.task_id, name=name, file=io.BytesIO(files.PDF))
    return added.file_id


def stored(file_id: int) -> str:
    return str(sql.value("SELECT stored FROM files_file WHERE id = %s", (file_id,)))


def age(path: Path, **by: int) -> None:
    then = (TODAY - timedelta(**by)).timestamp()
    os.utime(path, (then, then))


def findings() -> list[tuple[str, str]]:
    return [(one.place, one.what) for one in doctor.examine(at=TODAY)]


def test_all_is_well(job: Job) -> None:
    add(job)
    assert findings() == []
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 0, 0)


def test_a_row_without_its_content_is_found(job: Job) -> None:
    gone, cut = add(job), add(job, "b.pdf")
    storage.path_of(stored(gone)).unlink()
    storage.path_of(stored(cut)).write_bytes(b"%PDF")
    assert findings() == [
        (f"file {gone}", f"the content of “a.pdf” on task {job.task_id} is missing ({stored(gone)})"),
        (f"file {cut}", f"“b.pdf” on task {job.task_id} had {len(files.PDF)} bytes and has 4"),
    ]


def test_content_without_a_row_is_found_set_aside_and_in_the_end_deleted(job: Job, folder: Path) -> None:
    kept = add(job)
    orphan = storage.keep([b"x"], name="x.txt").stored
    path = storage.path_of(orphan)
    assert findings() == []  # it may be one whose row is just being written
    age(path, hours=2)
    assert findings() == [(f"files/{orphan[:2]}/{orphan}", "it belongs to no file of a task")]
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 0, 0)
    age(path, days=2)
    age(storage.path_of(stored(kept)), days=400)
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 1, 0)
    aside = folder / "lost" / orphan
    assert aside.exists()
    assert findings() == []
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 0, 0)
    age(aside, days=61)
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 0, 1)
    assert storage.path_of(stored(kept)).exists()


def test_what_was_never_finished_goes_after_a_day(folder: Path, job: Job) -> None:
    del job
    draft = folder / "ab" / ".abcd"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"half")
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 0, 0)
    age(draft, days=2)
    assert housekeeping.tidy(at=TODAY) == Tidied(0, 1, 0)
    assert not draft.exists()


def test_what_was_removed_a_month_ago_is_erased_and_the_record_says_so(job: Job) -> None:
    file_id, by = add(job), signed_in(job.cast.jo)
    operations.remove_file(by=by, at=TODAY - timedelta(days=29), file_id=file_id)
    assert housekeeping.tidy(at=TODAY).erased == 0
    assert housekeeping.tidy(at=TODAY + timedelta(days=2)).erased == 1
    assert not storage.path_of(stored(file_id)).exists()
    verb, name, kind = sql.rows("SELECT verb, name, actor_kind FROM activity_event ORDER BY id DESC LIMIT 1")[0]
    assert (verb, name, kind) == ("file.erased", "a.pdf", "system")
    with pytest.raises(Refusal) as refused:
        operations.restore_file(by=by, at=TODAY, file_id=file_id)
    assert refused.value.code is Code.TOO_LATE
    assert housekeeping.tidy(at=TODAY + timedelta(days=2)).erased == 0
    assert (findings(), verify.verify()) == ([], [])


KILLED = """
import io, os, signal
import django
django.setup()
from django.conf import settings
from pathlib import Path
settings.DATA = Path({folder!r})
from datetime import UTC, datetime
from natrium.apps.files import operations, storage
from natrium.apps.practices import queries
from tests import files
by = queries.acting(email={email!r}, slug="acorn")
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
{where} = die
operations.add_file(by=by, at=datetime.now(UTC), task_id={task}, name="a.pdf", file=io.BytesIO(files.PDF))
"""


@pytest.mark.parametrize(
    ("where", "left"),
    [("storage.os.fsync", "draft"), ("storage._settle", "whole"), ("operations._add", "whole"),
     ("operations._record", "whole"), ("operations.insert.insert_row", "whole")],
)  # fmt: skip
def test_a_process_killed_on_the_way_leaves_no_row_and_at_most_a_content(
    process_env: dict[str, str], folder: Path, where: str, left: str
) -> None:
    job = a_job()
    script = KILLED.format(folder=str(folder.parent), email=job.cast.jo.email, task=job.task_id, where=where)
    done = subprocess.run([sys.executable, "-c", script], env=process_env | {"PYTHONPATH": "src:."}, check=False)
    assert done.returncode == -9
    assert sql.value("SELECT COUNT(*) FROM files_file") == 0
    assert sql.value("SELECT COUNT(*) FROM activity_event WHERE verb = 'file.added'") == 0
    [path] = [one for one in folder.rglob("*") if one.is_file()]
    assert path.name.startswith(".") is (left == "draft")
    age(path, days=2)
    assert len(findings()) == 1
    assert housekeeping.tidy(at=TODAY).set_aside == 1
    assert (findings(), verify.verify()) == ([], [])
