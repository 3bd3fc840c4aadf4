"""What must follow a change is put down with it; what failed is shown, and run again by hand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.tasks import task
from django.utils import timezone
from django_ox.models import OxScheduleTick, OxTask
from django_ox.testing import run_tasks

from natrium.apps.activity.models import Event
from natrium.apps.background import doctor, operations, queries
from natrium.apps.background.outbox import later
from natrium.apps.background.queries import State
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Role
from tests.builders import a_member, a_practice, signed_in, the_owner

BROKEN = "tests.integration.apps.background.test_jobs.broken"
DONE = "tests.integration.apps.background.test_jobs.fine"
done: list[str] = []


@task
def broken(practice_id: int, thing_id: int) -> None:
    """Fail as long as nobody has repaired it."""
    if not done:
        raise ValueError(f"certificate missing for {thing_id} of {practice_id}")


@task
def fine() -> str:
    """Do it."""
    done.append("fine")
    return "fine"


@pytest.fixture(autouse=True)
def nothing_done_yet() -> Iterator[None]:
    """Forget what earlier tests did."""
    done.clear()
    yield
    done.clear()


def give_up(key: str) -> None:
    """Run a job as often as it is tried, then see it given up."""
    for _ in range(5):
        OxTask.objects.filter(pk=key).update(run_after=None)
        run_tasks()
    assert OxTask.objects.get(pk=key).status == "FAILED"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_nothing_of_it() -> None:
    with transaction.atomic():
        later(DONE)
        transaction.set_rollback(True)
    assert not OxTask.objects.exists()
    with transaction.atomic():
        later(DONE)
    assert [one.return_value for one in run_tasks()] == ["fine"]


@pytest.mark.django_db(transaction=True)
def test_it_is_put_down_in_a_transaction_or_not_at_all() -> None:
    with pytest.raises(TransactionManagementError):
        later(DONE)
    assert not OxTask.objects.exists()


@pytest.mark.django_db
def test_what_failed_is_shown_to_its_practice_and_runs_again() -> None:
    practice, other = a_practice(), a_practice()
    key = later(BROKEN, practice_id=practice.pk, thing_id=7)
    run_tasks()
    now = timezone.now()
    by, stranger = signed_in(the_owner(practice)), signed_in(the_owner(other))
    (again,) = queries.jobs(by=by, at=now).others
    assert (again.state, again.error, again.attempts) == (State.AGAIN, f"certificate missing for 7 of {practice.pk}", 1)
    give_up(key)
    (failed,) = queries.jobs(by=by, at=now).troubled
    assert (failed.state, failed.about, failed.attempts) == (State.FAILED, "thing 7", 5)
    assert queries.jobs(by=stranger, at=now).troubled == ()
    assert "certificate missing" in " ".join(one.what for one in doctor.examine(at=now))
    with pytest.raises(NotFound):
        operations.retry(by=stranger, at=now, job_id=key)
    done.append("repaired")
    assert operations.retry(by=by, at=now, job_id=key)
    assert not operations.retry(by=by, at=now, job_id=key)
    run_tasks()
    assert queries.jobs(by=by, at=timezone.now()).troubled == ()
    assert Event.objects.filter(verb="job.retried", practice=practice).count() == 1
    assert list(doctor.examine(at=timezone.now())) == []


@pytest.mark.django_db
def test_one_that_waits_to_be_tried_again_can_be_tried_at_once() -> None:
    practice = a_practice()
    key = later(BROKEN, practice_id=practice.pk, thing_id=1)
    run_tasks()
    done.append("repaired")
    assert run_tasks() == []
    assert operations.retry(by=signed_in(the_owner(practice)), at=timezone.now(), job_id=key)
    assert [one.attempts for one in run_tasks()] == [2]


@pytest.mark.django_db
def test_what_waits_or_runs_too_long_is_said() -> None:
    practice = a_practice()
    by, now = signed_in(the_owner(practice)), timezone.now()
    waiting, running, lost = (later(BROKEN, practice_id=practice.pk, thing_id=number) for number in (1, 2, 3))
    assert {job.state for job in queries.jobs(by=by, at=now).others} == {State.WAITING}
    OxTask.objects.filter(pk=running).update(status="RUNNING", lease_expires_at=now)
    OxTask.objects.filter(pk=lost).update(status="LOST", attempts=5)
    assert {job.state for job in queries.jobs(by=by, at=now).others} == {State.WAITING, State.RUNNING}
    later_on = now + timedelta(minutes=6)
    states = {job.id: job.state for job in queries.jobs(by=by, at=later_on).troubled}
    assert states == {waiting: State.LATE, running: State.STUCK, lost: State.FAILED}
    assert sorted(one.place for one in doctor.examine(at=later_on)) == sorted(f"job {key}" for key in states)


@pytest.mark.django_db
def test_as_many_failures_of_others_as_are_looked_at_hide_none_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natrium.apps.background.queue.MOST", 2)
    practice, other = a_practice(), a_practice()
    mine = later(BROKEN, practice_id=practice.pk, thing_id=1)
    for number in range(3):
        later(BROKEN, practice_id=other.pk, thing_id=number)
    found = queries.jobs(by=signed_in(the_owner(practice)), at=timezone.now())
    assert [job.id for job in (*found.troubled, *found.others)] == [mine]


@pytest.mark.django_db
def test_of_the_installations_jobs_nothing_is_said_that_another_practice_may_not_read() -> None:
    practice = a_practice()
    with_words = OxTask.objects.create(
        task_path="natrium.jobs.notifications.tell", backend_name="default", status="FAILED", attempts=5,
        errors=[{"exception_class_path": "builtins.ValueError", "traceback": "ValueError: Widget Ltd is wrong"}],
        enqueued_at=timezone.now(),
    )  # fmt: skip
    (job,) = queries.jobs(by=signed_in(the_owner(practice)), at=timezone.now()).troubled
    assert (job.id, job.words) == (str(with_words.pk), "Tell members what happened")
    assert job.error == "ValueError. The log of the worker has the rest."
    OxTask.objects.create(
        task_path="natrium.jobs.notifications.tell", backend_name="default", status="SUCCESSFUL",
        enqueued_at=timezone.now(),
    )  # fmt: skip
    assert queries.jobs(by=signed_in(the_owner(practice)), at=timezone.now()).troubled == ()


@pytest.mark.django_db
def test_what_comes_round_by_itself_and_has_not_is_said() -> None:
    now = timezone.now()
    OxScheduleTick.objects.create(schedule_name="tell", scheduled_for=now - timedelta(minutes=10), created_at=now)
    by = signed_in(the_owner(a_practice()))
    regular = {one.name: one for one in queries.jobs(by=by, at=now).regular}
    assert (regular["tell"].overdue, regular["tell"].every) == (True, "every 10 seconds")
    assert (regular["digests"].overdue, regular["digests"].last) == (False, None)
    assert [one.place for one in doctor.examine(at=now)] == ["schedule tell"]
    assert not queries.jobs(by=by, at=now - timedelta(minutes=9)).regular[-1].overdue


@pytest.mark.django_db
def test_a_manager_sees_no_jobs() -> None:
    practice = a_practice()
    mark = signed_in(a_member(practice, role=Role.MANAGER))
    with pytest.raises(Refusal) as refused:
        queries.jobs(by=mark, at=timezone.now())
    assert refused.value.code is Code.NOT_ALLOWED
    with pytest.raises(Refusal):
        operations.retry(by=mark, at=timezone.now(), job_id=later(BROKEN, practice_id=practice.pk, thing_id=1))
