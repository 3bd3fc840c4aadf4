"""The record: chains, their reading, and finding what was done to them past the guards."""

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from natrium.apps.activity import queries
from natrium.apps.activity.models import Event
from natrium.apps.activity.operations import Head, NewEvent, System, append, append_many, record
from natrium.apps.activity.verify import verify
from natrium.apps.tasks.models import Task
from natrium.cli import audit
from natrium.domain.errors import NotFound
from tests.builders import NOW, a_bare_task, a_member, a_practice, signed_in
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


def tell(task: Task, *verbs: str) -> Head:
    """Append lines to a task's record."""
    events = [NewEvent(verb=verb, name="Draft", data={"reason": "because “so”"}) for verb in verbs]
    with transaction.atomic():
        return record(
            chain="task", subject_id=task.id, practice_id=task.practice_id, events=events, by=System(), at=NOW
        )


def force(statement: str, params: Sequence[object] = ()) -> None:
    """Do what the guards forbid."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def task() -> Task:
    """A task with three lines, beside another with one."""
    task = a_bare_task()
    tell(task, "task.created", "step.started")
    tell(a_bare_task(task.practice), "task.created")
    tell(task, "step.completed")
    assert verify() == []
    return task


def found(place: str) -> str:
    """What is wrong at the one place where something is."""
    faults = verify()
    assert [fault.place for fault in faults] == [place], faults
    return faults[0].what


@pytest.mark.parametrize(
    "change",
    [
        "name = 'forged'",
        "data = '{}'",
        "member_name = 'Somebody'",
        "practice_id = practice_id, verb = 'x.y'",
        "batch = 'b'",
    ],
)
def test_a_changed_line_is_found(task: Task, change: str) -> None:
    force(f"UPDATE activity_event SET {change} WHERE subject_id = %s AND seq = 2 AND chain = 'task'", (task.id,))
    assert "was changed" in found(f"task {task.id}, line 2")


def test_a_changed_moment_is_found(task: Task) -> None:
    force(
        "UPDATE activity_event SET at = %s WHERE subject_id = %s AND seq = 3 AND chain = 'task'",
        (NOW + timedelta(microseconds=1), task.id),
    )
    assert "was changed" in found(f"task {task.id}, line 3")


def test_a_line_taken_out_is_found(task: Task) -> None:
    force("DELETE FROM activity_event WHERE subject_id = %s AND seq = 2 AND chain = 'task'", (task.id,))
    assert found(f"task {task.id}, line 2") == "line 2 is missing"


def test_a_cut_tail_is_found(task: Task) -> None:
    force("DELETE FROM activity_event WHERE subject_id = %s AND seq > 1 AND chain = 'task'", (task.id,))
    assert found(f"task {task.id}, line 2") == "lines 2 to 3 are missing"


def test_a_removed_record_is_found(task: Task) -> None:
    force("DELETE FROM activity_event WHERE subject_id = %s AND chain = 'task'", (task.id,))
    assert found(f"task {task.id}") == "its whole record of 3 lines is missing"


def test_a_removed_subject_is_found(task: Task) -> None:
    force("DELETE FROM tasks_task WHERE id = %s", (task.id,))
    assert "its row is gone" in found(f"task {task.id}")


def test_a_changed_head_is_found(task: Task) -> None:
    force("UPDATE tasks_task SET chain_head = %s WHERE id = %s", ("0" * 64, task.id))
    assert "not the one that the head names" in found(f"task {task.id}, line 3")


def test_a_head_set_back_is_found(task: Task) -> None:
    force("UPDATE tasks_task SET chain_count = 2 WHERE id = %s", (task.id,))
    assert "its head says 2" in found(f"task {task.id}, line 3")


def test_a_line_rewritten_with_its_hash_does_not_fit_the_next(task: Task) -> None:
    other = a_bare_task(task.practice)
    tell(other, "task.created", "step.skipped")
    force(
        """UPDATE activity_event SET previous_hash = (SELECT hash FROM activity_event WHERE subject_id = %s AND seq = 2
           AND chain = 'task') WHERE subject_id = %s AND seq = 3 AND chain = 'task'""",
        (other.id, task.id),
    )
    faults = verify()
    assert {fault.place for fault in faults} == {f"task {task.id}, line 3"}
    assert "does not follow" in faults[0].what


def test_the_command_says_where(task: Task, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.run(Namespace(what="verify", json=False)) == 0
    force("DELETE FROM activity_event WHERE subject_id = %s AND chain = 'task'", (task.id,))
    assert audit.run(Namespace(what="verify", json=True)) == 1
    answer = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert answer["faults"][0]["subject"] == task.id


def test_two_who_append_from_the_same_head_do_not_both_succeed(task: Task) -> None:
    head = Head(3, Event.objects.get(chain="task", subject_id=task.id, seq=3).hash)
    for expected in (True, False):
        try:
            with transaction.atomic():
                append(
                    chain="task",
                    subject_id=task.id,
                    practice_id=task.practice_id,
                    head=head,
                    events=[NewEvent(verb="step.started")],
                    by=System(),
                    at=NOW,
                )
        except IntegrityError:
            assert not expected
        else:
            assert expected


def test_many_chains_at_once_are_as_one_by_one() -> None:
    practice = a_practice()
    tasks = [a_bare_task(practice) for _ in range(30)]
    events = [NewEvent(verb="task.created"), NewEvent(verb="workflow.attached", data={"number": 1})]
    chains = [(task.id, Head(), events) for task in tasks]
    heads = append_many(
        chain="task", practice_id=practice.id, chains=chains, by=System(), at=NOW, action="a", batch="b"
    )
    for task in tasks:
        head = heads[task.id]
        Task.objects.filter(pk=task.pk).update(chain_count=head.count, chain_head=head.hash)
    assert verify() == []
    Event.objects.get(chain="task", subject_id=tasks[3].id, seq=2, action="a", batch="b")


def test_a_timeline_is_paged_and_filtered_and_only_the_practices_own(task: Task) -> None:
    place = {"practice_id": task.practice_id, "chain": "task", "subject_id": task.id}
    first = queries.timeline(**place, limit=2)  # type: ignore[arg-type]
    assert [entry.seq for entry in first.entries] == [3, 2]
    rest = queries.timeline(**place, limit=2, before=first.next_before)  # type: ignore[arg-type]
    assert [entry.seq for entry in rest.entries] == [1]
    assert rest.next_before is None
    assert first.entries[0].data == {"reason": "because “so”"}
    assert first.entries[0].at == NOW
    started = queries.timeline(**place, verbs=("step.started",))  # type: ignore[arg-type]
    assert [entry.seq for entry in started.entries] == [2]
    assert queries.timeline(practice_id=a_practice().id, chain="task", subject_id=task.id).entries == ()


def test_csv_has_every_line_and_no_formula(task: Task) -> None:
    with transaction.atomic():
        record(
            chain="task",
            subject_id=task.id,
            practice_id=task.practice_id,
            events=[NewEvent(verb="step.edited", name="=1+1")],
            by=System(),
            at=NOW,
        )
    rows = list(queries.csv_rows(practice_id=task.practice_id, chain="task", subject_id=task.id))
    assert rows[0] == queries.CSV_HEADER
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    assert rows[4][6] == "'=1+1"
    assert rows[1][1] == "2026-11-02T09:30:00+00:00"


def test_what_a_member_did_carries_their_name() -> None:
    member = a_member(name="Jo Evans")
    record(
        chain="practice",
        subject_id=member.practice_id,
        practice_id=member.practice_id,
        events=[NewEvent(verb="practice.edited")],
        by=signed_in(member),
        at=NOW,
    )
    page = queries.timeline(
        practice_id=member.practice_id, chain="practice", subject_id=member.practice_id, member_id=member.id
    )
    assert [(entry.actor_kind, entry.member_name) for entry in page.entries] == [("member", "Jo Evans")]
    assert verify() == []


def test_there_is_no_record_of_another_practices_task(task: Task) -> None:
    with pytest.raises(NotFound):
        record(chain="task", subject_id=task.id, practice_id=a_practice().id, events=[], by=System(), at=NOW)


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_records_are_written_side_by_side() -> None:
    first, second = a_bare_task(), a_bare_task()
    failures: list[Exception] = []

    def tell_second() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            tell(second, "task.created")
        except Exception as error:  # noqa: BLE001 - handed to the test
            failures.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        tell(first, "task.created")
        other = Thread(target=tell_second)
        other.start()
        other.join(timeout=10)
        assert not other.is_alive()
        assert not failures
        assert Event.objects.filter(chain="task", subject_id=second.id).exists()
    assert verify() == []
