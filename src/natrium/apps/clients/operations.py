"""Writing clients. Who manages them is changed in the workflows app, since steps follow; see `set_people`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from natrium.apps.activity.operations import Actor, Head, NewEvent, append
from natrium.apps.clients.fields import PLAIN, address, check
from natrium.apps.clients.models import Client, ClientFact, Contact
from natrium.apps.practices.queries import SignedIn, member_of
from natrium.domain.client_facts import fact_called
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.domain.text import bounded

__all__ = ["NewContact", "create_client", "edit_client", "lock_client", "record", "set_fact", "set_people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A person at a client. `role` is in the practice's words."""

    name: str
    email: str = ""
    phone: str = ""
    role: str = ""


def create_client(
    *,
    by: SignedIn,
    at: datetime,
    name: str,
    kind: str,
    manager_id: int | None = None,
    partner_id: int | None = None,
    fields: Mapping[str, object] | None = None,
    contacts: Sequence[NewContact] = (),
    batch: str = "",
) -> int:
    """Create a client and return its id. `fields` are those of `fields.PLAIN` beside name and kind.

    Raises NotFound (manager, partner), Refusal: not-allowed; bad-value with the field; in-use for the reference.
    """
    need_manager(by)
    values = check({**(fields or {}), "name": name, "kind": kind})
    for member_id, who in ((manager_id, "manager"), (partner_id, "partner")):
        _check_holder(by.practice_id, member_id, who)
    with _unique_reference(str(values.get("reference", ""))), transaction.atomic():
        client = Client.objects.create(
            practice_id=by.practice_id, manager_id=manager_id, partner_id=partner_id, created_at=at, **values
        )
        Contact.objects.bulk_create(contact_row(client, contact) for contact in contacts)
        data = {"fields": values, "manager": manager_id, "partner": partner_id, "contacts": len(contacts)}
        record(client, by, at, NewEvent(verb="client.created", name=client.name, data=data), batch)
    return client.id


def edit_client(
    *,
    by: SignedIn,
    at: datetime,
    client_id: int,
    changes: Mapping[str, object],
    if_rev: int | None = None,
    batch: str = "",
) -> int:
    """Change fields of `fields.PLAIN` and return the new rev; equal values change nothing and write no event.

    Raises NotFound, StaleEdit (with the values now), Refusal: not-allowed; bad-value with the field; in-use.
    """
    need_manager(by)
    with _unique_reference(str(changes.get("reference", ""))), transaction.atomic():
        client = lock_client(practice_id=by.practice_id, client_id=client_id)
        if if_rev is not None and client.rev != if_rev:
            now = {field: getattr(client, field) for field in PLAIN}
            message = "Somebody changed this client since you read it."
            raise StaleEdit(message, {"rev": client.rev, **now})
        values = check({**{field: getattr(client, field) for field in PLAIN}, **changes})
        differ = {
            field: [getattr(client, field), value] for field, value in values.items() if value != getattr(client, field)
        }
        if not differ:
            return client.rev
        for field, (_, value) in differ.items():
            setattr(client, field, value)
        client.rev += 1
        client.save(update_fields=[*differ, "rev"])
        record(client, by, at, NewEvent(verb="client.edited", name=client.name, data={"changes": differ}), batch)
        return client.rev


def set_people(
    *, client: Client, by: SignedIn, at: datetime, manager_id: int | None, partner_id: int | None, batch: str = ""
) -> bool:
    """Write a locked client's manager and partner with the event; whether anything changed.

    For the workflows app, which makes the steps follow in the same transaction. Raises NotFound, Refusal (bad-value
    for somebody who has left or is a viewer).
    """
    changes: dict[str, list[int | None]] = {}
    for who, member_id in (("manager", manager_id), ("partner", partner_id)):
        before: int | None = getattr(client, f"{who}_id")
        if before != member_id:
            _check_holder(client.practice_id, member_id, who)
            setattr(client, f"{who}_id", member_id)
            changes[who] = [before, member_id]
    if not changes:
        return False
    client.rev += 1
    client.save(update_fields=[*changes, "rev"])
    event = NewEvent(verb="client.people_changed", name=client.name, data={"changes": changes})
    record(client, by, at, event, batch)
    return True


def set_fact(
    *, by: SignedIn, at: datetime, client_id: int, field: str, value: str, from_date: date | None, batch: str = ""
) -> bool:
    """Say what holds of a client from a day on (None: since ever); whether anything changed by it.

    What happens once (incorporation) has one value, and a date that is its own day holds from that.

    Due dates that hang on the fact do not follow by this alone: see `set_client_fact` of the workflows app.

    Raises NotFound, Refusal (not-allowed; bad-value).
    """
    need_manager(by)
    kind = fact_called(field)
    value = kind.check(bounded(value, "value", field="value", most=200))
    since = kind.holds_from(value, from_date)
    with transaction.atomic():
        client = lock_client(practice_id=by.practice_id, client_id=client_id)
        same = {} if kind.once else {"from_date": since}
        fact = ClientFact.objects.filter(client=client, field=field, **same).order_by("-from_date").first()
        before = fact.value if fact else None
        if before == value:
            return False
        fact = fact or ClientFact(practice_id=by.practice_id, client=client, field=field, from_date=since)
        fact.value = value
        fact.save()
        data = {"field": field, "from": fact.from_date, "changes": {field: [before, value]}}
        record(client, by, at, NewEvent(verb="client.fact_set", name=client.name, data=data), batch)
        return True


def lock_client(*, practice_id: int, client_id: int) -> Client:
    """Return a client of the practice, its row locked until the transaction ends. Raises NotFound."""
    client = Client.objects.select_for_update(no_key=True).filter(pk=client_id, practice_id=practice_id).first()
    if client is None:
        message = "There is no such client."
        raise NotFound(message)
    return client


class _unique_reference:  # noqa: N801 - reads as a word where it is used
    """Turns the database's refusal of a reference that is taken into ours."""

    def __init__(self, reference: str) -> None:
        self.reference = reference

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        # SQLite names the columns, PostgreSQL the constraint.
        if isinstance(error, IntegrityError) and "reference" in str(error):
            message = f"Another client has the reference {self.reference}."
            raise Refusal(Code.IN_USE, message, field="reference") from error


def contact_row(client: Client, contact: NewContact) -> Contact:
    """A contact as its row. Refuses `bad-value` with the field."""
    if not contact.name.strip():
        raise Refusal(Code.BAD_VALUE, "A contact needs a name.", field="name")
    for field, most in (("name", 200), ("email", 254), ("phone", 60), ("role", 60)):
        bounded(getattr(contact, field).strip(), field, field=field, most=most)
    try:
        address(contact.email.strip())
    except ValueError as error:
        raise Refusal(Code.BAD_VALUE, str(error), field="email") from error
    return Contact(
        practice_id=client.practice_id,
        client=client,
        name=contact.name.strip(),
        email=contact.email.strip(),
        phone=contact.phone.strip(),
        role=contact.role.strip(),
    )


def need_manager(by: SignedIn) -> None:
    """Refuses `not-allowed` to who may not change clients."""
    if not may(by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"Clients are for {who_may(Deed.EDIT_CLIENT)}.")


def _check_holder(practice_id: int, member_id: int | None, who: str) -> None:
    if member_id is None:
        return
    member = member_of(practice_id=practice_id, member_id=member_id)
    if not member.active or member.role < Role.STAFF:
        reason = "has left" if not member.active else "is a viewer"
        raise Refusal(Code.BAD_VALUE, f"{member.name} {reason} and cannot be a client {who}.", field=f"{who}_id")


def record(client: Client, by: Actor, at: datetime, event: NewEvent, batch: str = "") -> None:
    """Write a line into the client's record; its row is locked."""
    head = append(
        chain="client",
        subject_id=client.id,
        practice_id=client.practice_id,
        head=Head(client.chain_count, client.chain_head),
        events=[event],
        by=by,
        at=at,
        batch=batch,
    )
    client.chain_count, client.chain_head = head.count, head.hash
    client.save(update_fields=["chain_count", "chain_head"])
