"""The demo practice is believable, whole, and the same for the same date."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.db import connection, transaction

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import doctor
from natrium.demo.load import load
from natrium.demo.months import is_working
from natrium.demo.people import PEOPLE
from natrium.demo.story import ZONE
from natrium.domain.errors import NotFound

TODAY = date(2026, 11, 23)
# A bank holiday's eve, a Sunday in a new year, the leap day, the last day of a tax year.
OTHER_DAYS = (date(2026, 12, 28), date(2027, 1, 3), date(2028, 2, 29), date(2026, 4, 5))
STEPS = {
    "ready": "ready",
    "blocked": "status = 'todo' AND NOT ready AND NOT retired",
    "in progress": "status = 'in_progress'",
    "waiting on the client": "status = 'waiting' AND waiting_on = 'client'",
    "waiting on a third party": "status = 'waiting' AND waiting_on = 'third_party'",
    "done": "status = 'done' AND NOT stale",
    "stale": "stale",
    "skipped": "status = 'skipped'",
    "overridden": "overrides <> '[]'",
    "unresolved, no partner": "unresolved AND assign_rule = 'client_partner'",
    "unresolved, manager has left": "unresolved AND assign_rule = 'client_manager'",
    "added": "added",
}
TASKS = {
    "on hold": "hold = 'on_hold'",
    "cancelled": "hold = 'cancelled'",
    "without a workflow": "workflows_count = 0",
    "with two": "workflows_count = 2",
    "done": "status = 'done'",
    "waiting": "status = 'waiting'",
}
PREFIXES = ("practices_", "clients_", "tasks_task", "workflows_", "activity_")


@pytest.mark.django_db
def test_it_shows_every_state_and_the_rules_agree_with_what_is_stored() -> None:
    loaded = load(TODAY)
    assert (loaded.people, loaded.clients) == (len(PEOPLE), 60)
    assert 270 <= loaded.tasks <= 330
    assert _missing(TODAY) == []
    assert _count("workflows_template", "latest_version > 0") == 18
    assert list(doctor.examine()) == []
    assert verify.verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", OTHER_DAYS, ids=str)
def test_it_holds_on_other_days(day: date) -> None:
    loaded = load(day)
    assert 240 <= loaded.tasks <= 330
    assert _missing(day) == []
    assert _out_of_hours(day) == []


@pytest.mark.django_db
def test_people_work_in_office_hours_one_thing_after_the_other_and_not_after_they_left() -> None:
    load(TODAY)
    assert _out_of_hours(TODAY) == []
    backwards = """SELECT COUNT(*) FROM activity_event b JOIN activity_event a
                   ON a.chain = b.chain AND a.subject_id = b.subject_id AND a.seq = b.seq - 1 WHERE b.at < a.at"""
    assert sql.value(backwards) == 0
    after_leaving = """SELECT COUNT(*) FROM activity_event e JOIN practices_member m ON m.id = e.member_id
                       WHERE NOT m.active AND e.at > %s"""
    left_on = sql.value("SELECT left_on FROM practices_member WHERE NOT active")
    assert sql.value(after_leaving, (datetime.combine(left_on, time(23), ZONE),)) == 0
    held = "assignee_id IN (SELECT id FROM practices_member WHERE NOT active) AND status NOT IN ('done', 'skipped')"
    assert _count("workflows_step", held) == 0


@pytest.mark.django_db
def test_hartwell_s_accounts_show_a_job_in_the_middle() -> None:
    load(TODAY)
    found = sql.row(
        """SELECT t.id, t.title, t.statutory_date FROM tasks_task t JOIN clients_client c ON c.id = t.client_id
           WHERE c.name = 'Hartwell Joinery Ltd' AND t.title LIKE 'Annual accounts%%'"""
    )
    assert found is not None
    assert found[1:] == ("Annual accounts y/e 31 Mar 2026", date(2026, 12, 31))
    states = dict(sql.rows("SELECT key, status FROM workflows_step WHERE task_id = %s", (found[0],)))
    assert {states[key] for key in ("prepare-draft-accounts", "confirm-stock", "visit-premises", "prepare-tax")} == {
        "in_progress",
        "waiting",
        "skipped",
        "todo",
    }


@pytest.mark.django_db
def test_everybody_but_the_leaver_can_sign_in() -> None:
    load(TODAY)
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for person in PEOPLE:
        if person.left:
            with pytest.raises(NotFound):
                practices.create_login_link(email=person.email, at=now)
        else:
            assert practices.create_login_link(email=person.email, at=now).path.startswith("/sign-in/link/")


@pytest.mark.sqlite_only
def test_two_fresh_databases_hold_the_same_bytes(tmp_path: Path) -> None:
    first, second = (_dump(tmp_path / name) for name in ("one", "two"))
    assert len(first) > 10_000
    assert first == second


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_date_gives_the_same_rows() -> None:
    first = _rows_after_loading()
    second = _rows_after_loading()
    assert len(first) > 10_000
    assert first == second


def _dump(folder: Path) -> list[str]:
    """A database of its own, made by the command: all its rows as SQL, but for when migrations were applied."""
    unset = ("DJANGO_SETTINGS_MODULE", "NATRIUM_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["NATRIUM_DATA"] = str(folder)
    for words in (["migrate"], ["demo", "--date", TODAY.isoformat()]):
        subprocess.run([sys.executable, "-m", "natrium", *words], env=environment, check=True, capture_output=True)
    with sqlite3.connect(folder / "natrium.sqlite3") as database:
        return [line for line in database.iterdump() if not line.startswith('INSERT INTO "django_migrations"')]


def _rows_after_loading() -> list[tuple[object, ...]]:
    """Every row of the practice, loaded into tables whose ids begin at 1; nothing stays behind."""
    rows: list[tuple[object, ...]] = []
    with transaction.atomic():
        for (name,) in sql.rows("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"):
            sql.execute(f'ALTER SEQUENCE "{name}" RESTART WITH 1')
        load(TODAY)
        for table in sorted(connection.introspection.table_names()):
            if table.startswith(PREFIXES):
                rows += [(table, *row) for row in sql.rows(f'SELECT * FROM "{table}" ORDER BY 1, 2')]
        transaction.set_rollback(True)
    return rows


def _missing(day: date) -> list[str]:
    """What the practice should show on that day and does not."""
    tasks = TASKS | {"late": f"target_date < '{day}' AND status NOT IN ('done', 'cancelled')"}
    found = [name for name, where in STEPS.items() if not _count("workflows_step", where)]
    return found + [name for name, where in tasks.items() if not _count("tasks_task", where)]


def _out_of_hours(today: date) -> list[datetime]:
    """The moments of the record at which the office is closed, or that are still to come."""
    moments = [sql.moment(row[0]) for row in sql.rows("SELECT DISTINCT at FROM activity_event")]
    here = [moment.astimezone(ZONE) for moment in moments if moment is not None]
    end = datetime.combine(today, time(9), ZONE)
    return [
        one for one in here if one >= end or not is_working(one.date()) or not time(9) <= one.time() <= time(17, 30)
    ]


def _count(table: str, where: str) -> int:
    return int(sql.value(f"SELECT COUNT(*) FROM {table} WHERE {where}"))
