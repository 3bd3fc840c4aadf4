"""Putting down what must follow a change, in the change's own transaction."""

from __future__ import annotations

from django.db.transaction import TransactionManagementError
from django.tasks import Task
from django.utils.module_loading import import_string

from natrium.apps.database import sql


def later(job: str, **arguments: int | str) -> str:
    """Put a job down to be done once the transaction under way is committed; return its id.

    `job` is where its function is ("natrium.jobs.proposals.seal"); a job that concerns one practice says `practice_id`.
    A rollback leaves nothing of it; after the commit no crash loses it. It may be done more than once, so it must be
    harmless again. Raises TransactionManagementError outside of a transaction.
    """
    if not sql.database().in_atomic_block:
        raise TransactionManagementError("What follows a change is put down in the change's transaction.")
    task: Task[..., object] = import_string(job)
    return str(task.enqueue(**arguments).id)
