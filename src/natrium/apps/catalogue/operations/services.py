"""What a practice sells: services, written by a manager or above, each change with its line in the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from natrium.apps.activity.operations import Head, NewEvent, append
from natrium.apps.catalogue.models import Service
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.text import bounded

EDITABLE = ("name", "description")
MOST_NAME, MOST_DESCRIPTION = 200, 4_000


def create_service(
    *, by: SignedIn, at: datetime, name: str, description: str = "", schedule_key: str = "", batch: str = ""
) -> int:
    """A new service; returns its id. Raises Refusal (not-allowed, bad-value, taken)."""
    need_manager(by)
    values = _sound({"name": name, "description": description})
    with _unique_name(values["name"]), transaction.atomic():
        service = Service.objects.create(practice_id=by.practice_id, schedule_key=schedule_key, created_at=at, **values)
        data = {"fields": values} | ({"schedule": schedule_key} if schedule_key else {})
        record(service, by, at, NewEvent(verb="service.created", name=service.name, data=data), batch)
    return service.id


def edit_service(
    *, by: SignedIn, at: datetime, service_id: int, changes: Mapping[str, str], if_rev: int | None = None
) -> int:
    """Change name or description; returns the new rev. Equal values change nothing.

    Tasks that are there keep the name they were made with. Raises NotFound, StaleEdit, Refusal (not-allowed,
    bad-value, taken).
    """
    need_manager(by)
    with _unique_name(changes.get("name", "")), transaction.atomic():
        service = lock_service(practice_id=by.practice_id, service_id=service_id, if_rev=if_rev)
        values = _sound({name: getattr(service, name) for name in EDITABLE} | dict(changes))
        differ = {
            name: [getattr(service, name), value] for name, value in values.items() if value != getattr(service, name)
        }
        if not differ:
            return service.rev
        for name, (_, value) in differ.items():
            setattr(service, name, value)
        service.rev += 1
        service.save(update_fields=[*differ, "rev"])
        record(service, by, at, NewEvent(verb="service.edited", name=service.name, data={"changes": differ}))
        return service.rev


def archive_service(*, by: SignedIn, at: datetime, service_id: int) -> bool:
    """Takes a service out of what is offered; False where it was. Raises NotFound, Refusal (not-allowed, in-use).

    A service that clients still take is not archived: their engagements are ended first.
    """
    need_manager(by)
    with transaction.atomic():
        service = lock_service(practice_id=by.practice_id, service_id=service_id)
        if not service.active:
            return False
        count = sql.value(
            "SELECT COUNT(*) FROM catalogue_engagement WHERE service_id = %s AND ends_on IS NULL", (service.id,)
        )
        if count:
            takers = "1 client takes" if count == 1 else f"{count} clients take"
            raise Refusal(Code.IN_USE, f"{takers} “{service.name}”. End it for them first.")
        _set_active(service, by, at, active=False)
        return True


def unarchive_service(*, by: SignedIn, at: datetime, service_id: int) -> bool:
    """Offers it again; False where it was. Raises NotFound, Refusal (not-allowed, taken)."""
    need_manager(by)
    with transaction.atomic():
        service = lock_service(practice_id=by.practice_id, service_id=service_id)
        if service.active:
            return False
        with _unique_name(service.name), transaction.atomic():
            _set_active(service, by, at, active=True)
        return True


def _set_active(service: Service, by: SignedIn, at: datetime, *, active: bool) -> None:
    service.active = active
    service.rev += 1
    service.save(update_fields=["active", "rev"])
    verb = "service.unarchived" if active else "service.archived"
    record(service, by, at, NewEvent(verb=verb, name=service.name))


def need_manager(by: SignedIn) -> None:
    """Refuses `not-allowed` to who may not change services."""
    if not may(by.member.role, Deed.EDIT_SERVICE):
        raise Refusal(Code.NOT_ALLOWED, f"Services are for {who_may(Deed.EDIT_SERVICE)}.")


def lock_service(*, practice_id: int, service_id: int, if_rev: int | None = None) -> Service:
    """A service of the practice, its row locked until the transaction ends. Raises NotFound, StaleEdit."""
    service = Service.objects.select_for_update(no_key=True).filter(pk=service_id, practice_id=practice_id).first()
    if service is None:
        raise NotFound("There is no such service.")
    if if_rev is not None and service.rev != if_rev:
        now = {"rev": service.rev, "name": service.name, "description": service.description}
        raise StaleEdit("Somebody changed this service since you read it.", now)
    return service


def record(service: Service, by: SignedIn, at: datetime, event: NewEvent, batch: str = "") -> None:
    """Write a line into the service's record; its row is locked."""
    head = append(
        chain="service", subject_id=service.id, practice_id=service.practice_id,
        head=Head(service.chain_count, service.chain_head), events=[event], by=by, at=at, batch=batch,
    )  # fmt: skip
    service.chain_count, service.chain_head = head.count, head.hash
    service.save(update_fields=["chain_count", "chain_head"])


def _sound(values: Mapping[str, Any]) -> dict[str, str]:
    for name in values:
        if name not in EDITABLE:
            raise Refusal(Code.BAD_VALUE, f"“{name}” is nothing of a service.", field=name)
    name, description = str(values["name"]).strip(), str(values["description"]).strip()
    if not name:
        raise Refusal(Code.BAD_VALUE, "A service needs a name.", field="name")
    bounded(name, "name", field="name", most=MOST_NAME)
    bounded(description, "description", field="description", most=MOST_DESCRIPTION)
    return {"name": name, "description": description}


@contextmanager
def _unique_name(name: str) -> Iterator[None]:
    """Turns the database's refusal of a name that is taken into ours."""
    try:
        yield
    except IntegrityError as error:
        if "service_name" not in str(error):
            raise
        raise Refusal(Code.TAKEN, f"There is a service “{name.strip()}” already.", field="name") from error
