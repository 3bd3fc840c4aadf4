"""The people at a client: added, changed and removed, each with its line in the client's record."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from natrium.apps.activity.operations import NewEvent
from natrium.apps.clients.models import Client, Contact
from natrium.apps.clients.operations import NewContact, contact_row, lock_client, need_manager, record
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import NotFound

FIELDS = tuple(one.name for one in fields(NewContact))


def add_contact(*, by: SignedIn, at: datetime, client_id: int, contact: NewContact) -> int:
    """Add a contact and return its id. Raises NotFound, Refusal (not-allowed; bad-value)."""
    need_manager(by)
    with transaction.atomic():
        client = lock_client(practice_id=by.practice_id, client_id=client_id)
        row = contact_row(client, contact)
        row.save()
        data = {"contact": row.id, "name": row.name, "email": row.email, "role": row.role}
        record(client, by, at, NewEvent(verb="client.contact_added", name=client.name, data=data))
    return row.id


def edit_contact(*, by: SignedIn, at: datetime, client_id: int, contact_id: int, contact: NewContact) -> None:
    """What is known of a contact from now on; the same again changes nothing.

    Raises NotFound, Refusal (not-allowed; bad-value).
    """
    need_manager(by)
    with transaction.atomic():
        client, row = _of(by, client_id, contact_id)
        after = contact_row(client, contact)
        changes = {name: [getattr(row, name), getattr(after, name)] for name in FIELDS}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return
        for name, (_, new) in changes.items():
            setattr(row, name, new)
        row.save(update_fields=list(changes))
        data = {"contact": row.id, "name": row.name, "changes": changes}
        record(client, by, at, NewEvent(verb="client.contact_edited", name=client.name, data=data))


def remove_contact(*, by: SignedIn, at: datetime, client_id: int, contact_id: int) -> None:
    """Take a contact away; the record keeps who it was. Raises NotFound, Refusal (not-allowed)."""
    need_manager(by)
    with transaction.atomic():
        client, row = _of(by, client_id, contact_id)
        data = {"contact": row.id} | {name: getattr(row, name) for name in FIELDS}
        row.delete()
        record(client, by, at, NewEvent(verb="client.contact_removed", name=client.name, data=data))


def _of(by: SignedIn, client_id: int, contact_id: int) -> tuple[Client, Contact]:
    client = lock_client(practice_id=by.practice_id, client_id=client_id)
    row = Contact.objects.filter(pk=contact_id, client=client).first()
    if row is None:
        raise NotFound("There is no such contact of this client.")
    return client, row
