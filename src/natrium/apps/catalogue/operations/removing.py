"""A period that is not to be done after all: its task is cancelled, and the ledger keeps it from coming back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.catalogue.operations.engagements import need_manager
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import operations as workflows
from natrium.domain.errors import NotFound
from natrium.domain.task import hold_reason
from natrium.domain.workflow.model import Hold


def remove_occurrence(*, by: SignedIn, at: datetime, occurrence_id: int, reason: str) -> bool:
    """Cancel a generated task for good, with the reason in the ledger; False where it was so.

    Raises NotFound, Refusal (not-allowed, reason-needed, bad-value, wrong-state for a task that is done).
    """
    need_manager(by)
    words = hold_reason(Hold.CANCELLED, reason)
    with transaction.atomic():
        found = sql.row(
            """SELECT e.client_id, s.name FROM catalogue_occurrence o
               JOIN catalogue_engagement e ON e.id = o.engagement_id JOIN catalogue_service s ON s.id = e.service_id
               WHERE o.id = %s AND o.practice_id = %s""",
            (occurrence_id, by.practice_id),
        )
        if found is None:
            raise NotFound("There is no such period in this practice.")
        client = clients.lock_client(practice_id=by.practice_id, client_id=found[0])
        [row] = sql.rows(
            f"""SELECT state, task_id, engagement_id, recurring_task_id, period_start, period_end, part
                FROM catalogue_occurrence WHERE id = %s {sql.for_update()}""",
            (occurrence_id,),
        )
        state, task_id, engagement, recurring, start, end, part = row
        if state == "skipped":
            return False
        workflows.hold(by=by, at=at, task_id=task_id, to=Hold.CANCELLED, reason=words)
        sql.execute(
            "UPDATE catalogue_occurrence SET state = 'skipped', reason = %s WHERE id = %s", (words, occurrence_id)
        )
        data = {
            "engagement": engagement, "recurring_task": recurring, "task": task_id, "from": sql.day(start),
            "to": sql.day(end), "part": part, "reason": words,
        }  # fmt: skip
        clients.record(client, by, at, activity.NewEvent(verb="engagement.period_removed", name=found[1], data=data))
        return True
