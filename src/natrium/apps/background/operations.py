"""The one door in: running a job again by hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_ox import actions
from django_ox.models import OxTask

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.background import queue
from natrium.apps.background.outbox import later
from natrium.apps.background.queries import need
from natrium.apps.background.words import words_of
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import NotFound

__all__ = ["later", "retry"]


def retry(*, by: SignedIn, at: datetime, job_id: str) -> bool:
    """Run a job again that failed, or at once one that waits to be tried again. Says whether it was either.

    One that runs, waits its turn or is over stays as it is: again is harmless. Raises NotFound, Refusal not-allowed.
    """
    need(by)
    with transaction.atomic():
        row = queue.find(job_id, by.practice_id)
        if row is None:
            raise NotFound("There is no such job.")
        if not (actions.retry(row.pk) or _at_once(row.pk, at)):
            return False
        event = NewEvent(verb="job.retried", name=words_of(row.task_path), data={"job": str(row.pk)})
        record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)
        return True


def _at_once(key: UUID, at: datetime) -> bool:
    waiting = OxTask.objects.filter(pk=key, status=OxTask.Status.READY, attempts__gt=0, run_after__gt=at)
    return bool(waiting.update(run_after=None))
