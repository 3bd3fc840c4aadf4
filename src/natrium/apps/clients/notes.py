"""Notes on a client. As on a task they are lines of the record: what was said stays as it was said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from natrium.apps.activity.operations import NewEvent
from natrium.apps.clients.operations import lock_client, record
from natrium.apps.practices import mentions
from natrium.apps.practices.queries import SignedIn
from natrium.domain import notes
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may


def add_note(*, by: SignedIn, at: datetime, client_id: int, text: str) -> int:
    """Say something about a client and return the place of the line in its record.

    Raises NotFound, Refusal (not-allowed; bad-value).
    """
    [said] = mentions.resolved([text], by=by)
    with transaction.atomic():
        client = lock_client(practice_id=by.practice_id, client_id=client_id)
        if not may(by.member.role, Deed.COMMENT):
            words = f"You are {by.member.role.one}. To {Deed.COMMENT.value} takes {who_may(Deed.COMMENT)}."
            raise Refusal(Code.NOT_ALLOWED, words)
        data = notes.note_data(said.text, said.mentioned)
        record(client, by, at, NewEvent(verb="comment.added", data=data))
        return client.chain_count
