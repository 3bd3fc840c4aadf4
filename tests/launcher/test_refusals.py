"""What keeps Natrium from starting is said in one sentence, with exit status 2 and no traceback."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launcher.conftest import ROOT, Natrium


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("natrium: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        yield holder.getsockname()[1]


def test_a_taken_port(natrium: Natrium, taken_port: int) -> None:
    assert_refused(natrium("serve", PORT=str(taken_port)), f"Port {taken_port}", "taken", f"PORT={taken_port + 1}")


def test_a_port_that_is_none(natrium: Natrium) -> None:
    assert_refused(natrium("serve", PORT="http"), "PORT is 'http'", "from 1 to 65535")


def test_a_host_that_is_not_this_machine(natrium: Natrium, free_port: int) -> None:
    assert_refused(natrium("serve", NATRIUM_HOST="192.0.2.1", PORT=str(free_port)), "NATRIUM_HOST", "192.0.2.1")


def test_a_data_folder_that_cannot_be_written(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_refused(natrium("serve", NATRIUM_DATA=str(tmp_path / "file")), "data folder", "NATRIUM_DATA")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_without_leave_to_write(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert_refused(natrium("serve", NATRIUM_DATA=str(tmp_path / "closed")), "data folder", "Permission denied")


def test_a_database_address_that_is_none(natrium: Natrium) -> None:
    done = natrium("serve", NATRIUM_DATABASE_URL="mysql://me:hunter2@db/x")
    assert_refused(done, "NATRIUM_DATABASE_URL", "postgresql://user:password@host:5432/name")
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NATRIUM_DATABSE_URL", "postgresql://me:hunter2@db/x", ("is NATRIUM_DATABASE_URL meant?",)),
        ("NATRIUM_SECRET_KEY", "hunter2", ("7 characters", "32 are the least")),
        ("NATRIUM_MAIL_FROM", "Natrium", ("'Natrium'", "not a mail address", "natrium@yourfirm.example")),
        ("NATRIUM_SMTP_URL", "smtp://me:hunter2@", ("smtp://user:password@host:587",)),
        ("NATRIUM_URL", "natrium.example", ("'natrium.example'", "https://natrium.example")),
        ("NATRIUM_HOSTS", "https://x", ("not the name of a host",)),
        ("NATRIUM_WEB_WORKERS", "many", ("'many'", "from 1 to 64", "NATRIUM_WEB_WORKERS=2")),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence_and_leaves_nothing_behind(
    natrium: Natrium, tmp_path: Path, name: str, value: str, words: tuple[str, ...]
) -> None:
    done = natrium("migrate", **{name: value})
    assert_refused(done, name, *words)
    assert "hunter2" not in done.stderr
    assert not (tmp_path / "data" / "natrium.sqlite3").exists()


def test_a_folder_of_the_database_that_is_not_there(natrium: Natrium, tmp_path: Path) -> None:
    done = natrium("migrate", NATRIUM_DATABASE_URL=f"sqlite://{tmp_path}/none/natrium.sqlite3")
    assert_refused(done, f"no folder {tmp_path}/none", "NATRIUM_DATABASE_URL")


def test_the_version_comes_with_the_commit(natrium: Natrium) -> None:
    done = natrium("--version", PORT="http")
    assert (done.returncode, done.stderr) == (0, "")
    commit = r" \(commit [0-9a-f]{12}\)" if (ROOT / ".git").exists() else ""
    assert re.fullmatch(rf"natrium \d+\.\d+\S*{commit}\n", done.stdout)


def test_a_postgresql_that_does_not_answer(natrium: Natrium, free_port: int) -> None:
    address = f"postgresql://me:hunter2@127.0.0.1:{free_port}/x?connect_timeout=1"
    began = time.monotonic()
    for words in (("migrate",), ("doctor",), ("serve", "--only", "worker")):
        done = natrium(*words, NATRIUM_DATABASE_URL=address)
        assert_refused(done, "The database x cannot be used", "NATRIUM_DATABASE_URL")
        assert "hunter2" not in done.stderr
    assert time.monotonic() - began < 15


def test_a_file_that_is_no_database(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "natrium.sqlite3").write_text("a shopping list, long enough to be read as a header" * 20)
    assert_refused(natrium("migrate"), "cannot be used", "not a database")


def test_a_database_of_something_else(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / "natrium.sqlite3") as database:
        database.execute("CREATE TABLE recipes (name text)")
    assert_refused(natrium("migrate"), "not Natrium's")


def test_a_database_of_a_newer_version(natrium: Natrium, tmp_path: Path) -> None:
    assert natrium("migrate").returncode == 0
    with sqlite3.connect(tmp_path / "data" / "natrium.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '0999_from_tomorrow', '2030-01-01')",
        )
    assert_refused(natrium("migrate"), "newer version", "tasks.0999_from_tomorrow")
    assert_refused(natrium("serve"), "newer version")


def test_a_database_that_has_gone_missing(natrium: Natrium, tmp_path: Path) -> None:
    assert natrium("migrate").returncode == 0
    for file in (tmp_path / "data").glob("natrium.sqlite3*"):
        file.unlink()
    assert_refused(natrium("migrate"), "missing or empty", "natrium.json")
    assert not (tmp_path / "data" / "natrium.sqlite3").exists()


def test_a_moved_volume_where_there_should_be_one(natrium: Natrium) -> None:
    assert_refused(natrium("migrate", NATRIUM_EXPECT_EXISTING="1"), "NATRIUM_EXPECT_EXISTING")


def test_a_database_address_that_was_forgotten(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "natrium.json").write_text(json.dumps({"database": "postgresql"}))
    assert_refused(natrium("migrate"), "belongs to a postgresql database", "NATRIUM_DATABASE_URL")


def test_a_marker_that_cannot_be_read(natrium: Natrium, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "natrium.json").write_text("{")
    assert_refused(natrium("migrate"), "natrium.json cannot be read")


def test_migrate_says_whether_there_is_something_to_do(natrium: Natrium) -> None:
    before = natrium("migrate", "--check")
    assert before.returncode == 1
    assert "workflows.0001_initial" in before.stdout
    assert "Applied" in natrium("migrate").stdout
    after = natrium("migrate", "--check")
    assert (after.returncode, after.stdout) == (0, "The database is up to date.\n")


def test_an_unknown_verb(natrium: Natrium) -> None:
    done = natrium("florbl")
    assert done.returncode == 2
    assert "florbl" in done.stderr


def test_help_needs_no_settings(natrium: Natrium, tmp_path: Path) -> None:
    done = natrium("--help", PORT="http")
    assert done.returncode == 0
    assert "migrate" in done.stdout
    assert not (tmp_path / "data").exists()
