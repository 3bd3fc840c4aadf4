"""A fresh installation: the first verb makes the database, every other one says in a sentence that there is none."""

import fcntl
import re
import shlex
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.launcher.conftest import ROOT, Natrium
from tests.launcher.test_refusals import assert_refused
from tests.postgres import PostgresNotFoundError, temporary_postgres

PRACTICE = ("practice", "Lisle & Co", "--owner", "Ola Lisle", "--email", "ola@lisle.example")
VERBS = (
    ("audit", "verify"),
    ("doctor",),
    ("login-link", "ola@lisle.example"),
    ("token", "ola@lisle.example"),
    ("worker",),
    ("template", "export", "Accounts", "--as", "ola@lisle.example"),
    ("template", "import", "template.yaml", "--as", "ola@lisle.example"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of a PostgreSQL with one empty database, `fresh`, in it."""
    try:
        with temporary_postgres() as address:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE fresh")
            yield f"{address.rpartition('/')[0]}/fresh"
    except PostgresNotFoundError:
        pytest.skip("no PostgreSQL on this machine")


@pytest.fixture
def template(tmp_path: Path) -> None:
    """Leave a sound template file where the commands run."""
    source = next((ROOT / "src" / "natrium" / "library" / "workflows").glob("*.yaml"))
    (tmp_path / "template.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture
def newer(natrium: Natrium, tmp_path: Path) -> None:
    """Leave a database that a version of tomorrow has been at."""
    assert natrium("migrate").returncode == 0
    with sqlite3.connect(tmp_path / "data" / "natrium.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '0999_from_tomorrow', '2030-01-01')",
        )


@pytest.mark.usefixtures("template")
@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_without_a_database_a_verb_says_so_and_makes_none(
    natrium: Natrium, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert_refused(natrium(*words), "There is no practice in the database", "is NATRIUM_DATA right?", "natrium migrate")
    assert not (tmp_path / "data" / "natrium.sqlite3").exists()


@pytest.mark.usefixtures("template", "newer")
def test_no_verb_works_on_a_database_of_a_newer_version(natrium: Natrium) -> None:
    for words in (*VERBS, PRACTICE, ("demo",)):
        assert_refused(natrium(*words), "newer version of Natrium", "tasks.0999_from_tomorrow")


def test_on_postgresql_a_verb_ends_at_once_and_without_a_word_of_its_pool(natrium: Natrium, server: str) -> None:
    before = natrium("doctor", NATRIUM_DATABASE_URL=server)
    assert_refused(before, "There is no practice in the database fresh", "is NATRIUM_DATABASE_URL right?")
    made = natrium(*PRACTICE, NATRIUM_DATABASE_URL=server)
    assert (made.returncode, made.stderr) == (0, "")
    began = time.monotonic()
    well = natrium("doctor", NATRIUM_DATABASE_URL=server)
    assert (well.returncode, well.stderr) == (0, "")
    assert natrium("login-link", "nobody@lisle.example", NATRIUM_DATABASE_URL=server).stderr.count("\n") == 1
    assert natrium("token", NATRIUM_DATABASE_URL=server).stderr.startswith("usage: ")
    assert time.monotonic() - began < 20


def test_a_postgresql_that_says_no_is_one_sentence(natrium: Natrium, server: str) -> None:
    """A password that is wrong, a database that is not there, a role that may make no tables in it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'right'")
        connection.execute("CREATE DATABASE closed")
        [file] = connection.execute("SHOW hba_file").fetchone() or ("",)
        rules = Path(file).read_text(encoding="utf-8")
        Path(file).write_text(f"host all guest all scram-sha-256\n{rules}", encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
    place = server.partition("@")[2].partition("/")[0]
    wrong = natrium("doctor", NATRIUM_DATABASE_URL=f"postgresql://guest:hunter2@{place}/closed")
    assert_refused(
        wrong, "The database closed cannot be used", "password authentication failed", "NATRIUM_DATABASE_URL"
    )
    assert "hunter2" not in wrong.stderr
    absent = natrium("migrate", NATRIUM_DATABASE_URL=f"postgresql://guest:right@{place}/absent")
    assert_refused(absent, 'database "absent" does not exist')
    for words in (("migrate",), PRACTICE):
        bare = natrium(*words, NATRIUM_DATABASE_URL=f"postgresql://guest:right@{place}/closed")
        assert_refused(bare, "The role guest may make no tables in the database closed", "OWNER TO guest")


def test_a_calendar_has_the_names_that_schedules_and_due_dates_have(natrium: Natrium) -> None:
    for name in ("northern-ireland", "northern_ireland"):
        assert natrium("practice", name, *PRACTICE[2:], "--calendar", name).returncode == 0
    done = natrium(*PRACTICE, "--calendar", "wales")
    assert done.returncode == 2
    assert "'wales' is none of england-and-wales, scotland, northern-ireland" in done.stderr


def test_a_sign_in_address_is_where_the_settings_say_or_else_where_the_server_runs(
    natrium: Natrium, tmp_path: Path
) -> None:
    assert natrium(*PRACTICE).stdout.startswith("http://127.0.0.1:8000/")
    with (tmp_path / "data" / ".serving").open("w", encoding="utf-8") as served:
        fcntl.flock(served, fcntl.LOCK_EX)
        served.write("http://10.0.0.5:9000")
        served.flush()
        asked = ("login-link", "ola@lisle.example")
        assert natrium(*asked).stdout.startswith("http://10.0.0.5:9000/")
        assert natrium(*asked, NATRIUM_URL="https://natrium.example").stdout.startswith("https://natrium.example/")


def test_the_three_commands_of_the_readme_make_a_real_practice(natrium: Natrium) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## A real practice, no demo\n.*?```\n(.*?)```", text, re.DOTALL)
    assert block
    setup, practice, serve = block[1].splitlines()
    assert (setup, serve) == ("bin/setup", ".venv/bin/natrium serve")
    program, *words = shlex.split(practice)
    assert program == ".venv/bin/natrium"
    made = natrium(*words)
    assert (made.returncode, made.stderr) == (0, "")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\S+\n", made.stdout)
    assert natrium("migrate", "--check").returncode == 0
    assert natrium("demo").stdout.startswith("There is a practice in this database already")
