"""Statements through the driver read and write what the ORM does, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from natrium.apps.database import ids, insert, sql
from natrium.apps.practices.models import Practice
from natrium.apps.tasks.models import Task
from tests.builders import NOW, a_bare_task, a_practice

pytestmark = pytest.mark.django_db

MOMENTS = [
    datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 6, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))),
]


@pytest.mark.parametrize("at", MOMENTS)
def test_a_moment_written_by_either_reads_equal_by_both(at: datetime) -> None:
    practice = a_practice()
    sql.execute("UPDATE practices_practice SET created_at = %s WHERE id = %s", (at, practice.id))
    assert Practice.objects.get(pk=practice.id, created_at=at).created_at == at
    Practice.objects.filter(pk=practice.id).update(created_at=at)
    found = sql.row(
        "SELECT created_at, MAX(created_at) FROM practices_practice WHERE id = %s GROUP BY id", (practice.id,)
    )
    assert found is not None
    assert (sql.moment(found[0]), sql.moment(found[1])) == (at, at)
    assert found[0].tzinfo is not None


def test_dates_flags_and_nulls() -> None:
    task = a_bare_task(target_date=date(2027, 2, 28))
    found = sql.row(
        """SELECT t.target_date, t.statutory_date, p.weighted_progress FROM tasks_task t
           JOIN practices_practice p ON p.id = t.practice_id WHERE t.id = %s""",
        (task.id,),
    )
    assert found == (date(2027, 2, 28), None, False)
    assert sql.day("2027-02-28") == date(2027, 2, 28)
    assert sql.moment(None) is None


def test_per_cent_signs_and_placeholders() -> None:
    assert sql.value("SELECT 1 WHERE 'a%%' LIKE %s", ("a%",)) == 1
    assert sql.value("SELECT 'a%'") == "a%"
    assert sql.row("SELECT 1 WHERE 1 = %s", (2,)) is None
    assert sql.value("SELECT 1 WHERE 1 = %s", (2,)) is None


def test_every_statement_is_seen_by_those_who_count(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    practice = a_practice()
    with django_assert_num_queries(5):
        sql.rows("SELECT id FROM practices_practice")
        sql.execute("UPDATE practices_practice SET name = %s", ("x",))
        sql.execute_many("UPDATE practices_practice SET name = %s WHERE id = %s", [("y", practice.id)])
        insert.insert_rows("tasks_task", ("practice_id", "title", "created_at"), [(practice.id, "t", NOW)])
        sql.update_many("practices_practice", ("name",), [("z", practice.id)])
    seen: list[str] = []

    def watch(execute, statement, *rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        seen.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(watch):
        insert.insert_rows("tasks_task", ("practice_id", "title", "created_at"), [(practice.id, "t", NOW)])
    assert len(seen) == 1
    assert Task.objects.count() == 2


def test_errors_are_djangos() -> None:
    a_practice(name="Acorn")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql.execute("UPDATE practices_practice SET calendar = 'mars'")
    with pytest.raises(DatabaseError), transaction.atomic():
        sql.rows("SELECT nothing FROM nowhere")


def test_nothing_runs_in_a_broken_transaction() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            sql.rows("SELECT 1")
        transaction.set_rollback(False)


@pytest.mark.parametrize("wanted", [0, 1, 3])
def test_one_of_many_ids(wanted: int) -> None:
    practice = a_practice()
    tasks = [a_bare_task(practice).id for _ in range(4)]
    chosen = tasks[:wanted]
    found = sql.rows(f"SELECT id FROM tasks_task WHERE {sql.one_of('id', chosen)} ORDER BY id", sql.chosen(chosen))
    assert [row[0] for row in found] == chosen


def test_allocated_ids_are_never_given_twice() -> None:
    practice = a_practice()
    first = list(ids.allocate("tasks_task", 3))
    made = a_bare_task(practice).id
    second = list(ids.allocate("tasks_task", 2))
    assert len({*first, made, *second}) == 6
    assert ids.allocate("tasks_task", 0) == range(0)
    rows = [(number, practice.id, "t", NOW) for number in first]
    insert.insert_rows("tasks_task", ("id", "practice_id", "title", "created_at"), rows)
    assert a_bare_task(practice).id not in {*first, made, *second}


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_ids_are_allocated_inside_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        ids.allocate("tasks_task", 1)


def test_bulk_inserts_leave_the_rows_that_single_ones_leave() -> None:
    practice = a_practice()
    title = 'tab\t, new\nline, \\N, “quotes”, "double", null'
    columns = ("practice_id", "title", "target_date", "created_at", "rev")
    insert.insert_rows(
        "tasks_task", columns, [(practice.id, title, TODAY, NOW, 3) for TODAY in [None, NOW.date()] * 2_000]
    )
    assert Task.objects.filter(title=title, created_at=NOW, rev=3, target_date=None).count() == 2_000
    single = Task.objects.create(practice=practice, title=title, target_date=NOW.date(), created_at=NOW, rev=3)
    bulk = Task.objects.filter(target_date=NOW.date()).order_by("id")[0]
    names = [field.attname for field in Task._meta.concrete_fields if field.attname != "id"]
    assert [getattr(bulk, name) for name in names] == [getattr(single, name) for name in names]


def test_many_updates_at_once() -> None:
    practice = a_practice()
    tasks = [a_bare_task(practice) for _ in range(3)]
    rows = [(f"t{task.id}", NOW + timedelta(days=1), None, task.id) for task in tasks[:2]]
    sql.update_many("tasks_task", ("title", "hold_at", "target_date"), rows)
    found = [(task.title, task.hold_at) for task in Task.objects.order_by("id")]
    assert found == [*((f"t{task.id}", NOW + timedelta(days=1)) for task in tasks[:2]), (tasks[2].title, None)]


def test_json_has_one_form() -> None:
    given = {"b": {2, 1}, "a": date(2026, 1, 2), "c": datetime(2026, 1, 2, 1, tzinfo=timezone(timedelta(hours=1)))}
    assert sql.as_json(given) == '{"a":"2026-01-02","b":[1,2],"c":"2026-01-02T00:00:00+00:00"}'
    assert sql.from_json('{"a":[1]}') == {"a": [1]}
    with pytest.raises(TypeError):
        sql.as_json({"a": object()})
