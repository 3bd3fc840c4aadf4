"""The engine's own rows as values. Nothing else in the product knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from django_ox.models import OxScheduleTick, OxTask

from natrium.apps.background.words import every, words_of

LATE = timedelta(minutes=5)
STUCK = timedelta(minutes=2)
LONG = timedelta(hours=1)
MOST = 200
ERROR = 500
Status = OxTask.Status


class State(StrEnum):
    """How a job stands. `failed`, `stuck` and `late` want somebody's eye."""

    FAILED = "failed"
    STUCK = "stuck"
    LATE = "late"
    AGAIN = "again"
    RUNNING = "running"
    WAITING = "waiting"


TROUBLE = frozenset({State.FAILED, State.STUCK, State.LATE})


@dataclass(frozen=True, slots=True)
class Job:
    """One job that is not over. `about` is what it was given; `error` what its last attempt met ("" for nothing).

    `practice_id` None: it is the installation's, not one practice's. `again_at`: when it is tried next by itself.
    """

    id: str
    path: str
    words: str
    about: str
    practice_id: int | None
    state: State
    since: datetime
    attempts: int
    again_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Regular:
    """A job that comes round by itself: how often, when it was last put down, and whether that is too long ago."""

    name: str
    words: str
    every: str
    last: datetime | None
    overdue: bool


def open_jobs(at: datetime, *, practice_id: int | None = None) -> list[Job]:
    """Jobs that wait, run or have failed, the oldest first; at most 200 of each kind.

    `practice_id`: only those of a practice and the installation's. A failure of a job that comes round by itself counts
    only until it has been done since.
    """
    rows: list[OxTask] = []
    mine = Q() if practice_id is None else _of(practice_id)
    for statuses in ((Status.FAILED, Status.LOST), (Status.RUNNING,), (Status.READY,)):
        rows += OxTask.objects.filter(mine, status__in=statuses).order_by("-enqueued_at")[:MOST]
    healed = _healed({row.task_path for row in rows if _has_failed(row) and not row.kwargs})
    jobs = [_job(row, at) for row in rows if not (_has_failed(row) and _is_over(row, healed))]
    return sorted(_newest_of_each(jobs), key=lambda job: job.since)


def find(job_id: str, practice_id: int) -> OxTask | None:
    """The row of a job that is a practice's own, or the installation's; None where there is none."""
    try:
        key = UUID(job_id)
    except ValueError:
        return None
    return OxTask.objects.filter(_of(practice_id), pk=key).first()


def _of(practice_id: int) -> Q:
    """A practice's own jobs, and the installation's."""
    return Q(kwargs__practice_id=practice_id) | Q(kwargs__practice_id__isnull=True)


def regulars(at: datetime) -> list[Regular]:
    """Every job that comes round by itself. One that never was is not overdue: nobody knows since when it is due."""
    tasks: dict[str, Any] = settings.TASKS
    named: dict[str, Any] = tasks["default"]["OPTIONS"]["SCHEDULES"]
    last: dict[str, datetime | None] = dict.fromkeys(named)
    ticks = OxScheduleTick.objects.filter(schedule_name__in=list(named)).values_list("schedule_name")
    last |= dict(ticks.annotate(Max("scheduled_for")).order_by())
    return [_regular(name, entry, last[name], at) for name, entry in named.items()]


def _regular(name: str, entry: dict[str, Any], last: datetime | None, at: datetime) -> Regular:
    overdue = last is not None and at - last > entry["every"] + LATE
    return Regular(name, words_of(entry["task"]), every(entry["every"]), last, overdue)


def _has_failed(row: OxTask) -> bool:
    return row.status in {Status.FAILED, Status.LOST}


def _healed(paths: set[str]) -> dict[str, datetime]:
    """When each of some jobs that are given nothing was last done."""
    done = OxTask.objects.filter(task_path__in=paths, status=Status.SUCCESSFUL, kwargs={}).values_list("task_path")
    return dict(done.annotate(Max("enqueued_at")).order_by())


def _is_over(row: OxTask, healed: dict[str, datetime]) -> bool:
    return not row.kwargs and row.task_path in healed and healed[row.task_path] > row.enqueued_at


def _newest_of_each(jobs: Sequence[Job]) -> list[Job]:
    """Of failures of the same job for the same thing the newest alone: `jobs` begins with it."""
    found: dict[tuple[object, ...], Job] = {}
    for job in jobs:
        key = (job.path, job.about, job.practice_id) if job.state is State.FAILED else (job.id,)
        found.setdefault(key, job)
    return list(found.values())


def _job(row: OxTask, at: datetime) -> Job:
    given = dict(row.kwargs)
    practice_id = given.pop("practice_id", None)
    state, since = _state(row, at)
    return Job(
        id=str(row.pk),
        path=row.task_path,
        words=words_of(row.task_path),
        about=", ".join(f"{name.removesuffix('_id').replace('_', ' ')} {value}" for name, value in given.items()),
        practice_id=practice_id,
        state=state,
        since=since,
        attempts=row.attempts,
        again_at=row.run_after if state is State.AGAIN else None,
        error=_error(row, whole=practice_id is not None),
    )


def _state(row: OxTask, at: datetime) -> tuple[State, datetime]:
    if _has_failed(row):
        return State.FAILED, row.finished_at or row.enqueued_at
    begun = row.last_attempted_at or row.enqueued_at
    if row.status == Status.RUNNING:
        let_go = row.lease_expires_at is not None and at - row.lease_expires_at > STUCK
        return (State.STUCK if let_go or at - begun > LONG else State.RUNNING), begun
    if row.run_after is not None and row.run_after > at:
        return (State.AGAIN if row.attempts else State.WAITING), row.enqueued_at
    due = max(row.enqueued_at, row.run_after or row.enqueued_at)
    return (State.LATE if at - due > LATE else State.WAITING), due


def _error(row: OxTask, *, whole: bool) -> str:
    """What the last attempt met. Of the installation's jobs only the kind: the words may name another practice's."""
    if row.status == Status.LOST:
        return "The worker ended in the middle of it, as often as it was tried."
    if not row.errors:
        return ""
    kind = row.errors[-1]["exception_class_path"].rpartition(".")[2]
    if not whole:
        return f"{kind}. The log of the worker has the rest."
    lines = row.errors[-1]["traceback"].strip().splitlines() or [""]
    said = str(lines[-1]).partition(": ")[2] or kind
    return said[:ERROR]
