"""The demo practice is believable, whole, and the same for the same date."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.workflows import doctor
from natrium.demo.load import load
from natrium.demo.people import PEOPLE
from natrium.domain.errors import NotFound

TODAY = date(2026, 11, 23)
STATES = {
    "ready": "ready",
    "blocked": "status = 'todo' AND NOT ready AND NOT retired",
    "in progress": "status = 'in_progress'",
    "waiting on the client": "status = 'waiting' AND waiting_on = 'client'",
    "waiting on a third party": "status = 'waiting' AND waiting_on = 'third_party'",
    "done": "status = 'done' AND NOT stale",
    "stale": "stale",
    "skipped": "status = 'skipped'",
    "overridden": "overrides <> '[]'",
    "unresolved": "unresolved",
    "added": "added",
}


@pytest.mark.django_db
def test_it_shows_every_state_and_the_rules_agree_with_what_is_stored() -> None:
    loaded = load(TODAY)
    assert (loaded.people, loaded.clients) == (len(PEOPLE), 60)
    assert 250 <= loaded.tasks <= 330
    missing = [name for name, where in STATES.items() if not _count("workflows_step", where)]
    assert missing == []
    assert _count("tasks_task", "target_date < '2026-11-23' AND status NOT IN ('done', 'cancelled')")
    assert {row[0] for row in sql.rows("SELECT DISTINCT hold FROM tasks_task")} == {"", "on_hold", "cancelled"}
    assert list(doctor.examine()) == []
    assert verify.verify() == []
    assert sql.value("SELECT COUNT(*) FROM activity_event WHERE at > %s", (datetime(2026, 11, 23, 9, tzinfo=UTC),)) == 0


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


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_date_gives_the_same_rows() -> None:
    first = _rows_after_loading()
    second = _rows_after_loading()
    assert len(first) > 10_000
    assert first == second


def _rows_after_loading() -> list[tuple[object, ...]]:
    """Every row of the practice, loaded into tables whose ids begin at 1; nothing stays behind."""
    rows: list[tuple[object, ...]] = []
    with transaction.atomic():
        _begin_ids_at_one()
        load(TODAY)
        for table in sorted(connection.introspection.table_names()):
            if table.startswith(("practices_", "clients_", "tasks_task", "workflows_", "activity_")):
                rows += [(table, *row) for row in sql.rows(f'SELECT * FROM "{table}" ORDER BY 1, 2')]
        transaction.set_rollback(True)
    return rows


def _begin_ids_at_one() -> None:
    if not sql.is_postgresql():
        sql.execute("DELETE FROM sqlite_sequence")
        return
    for (name,) in sql.rows("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"):
        sql.execute(f'ALTER SEQUENCE "{name}" RESTART WITH 1')


def _count(table: str, where: str) -> int:
    return int(sql.value(f"SELECT COUNT(*) FROM {table} WHERE {where}"))
