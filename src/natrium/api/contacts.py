"""The people at a client."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Id, Name, Strict
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.clients import contacts, queries
from natrium.apps.clients.operations import NewContact
from natrium.apps.clients.queries import ContactLine

router = Router(tags=["clients"])
CONTACTS = "/clients/{int:client_id}/contacts"


class ContactIn(Strict):
    """A person at a client; `role` is in the practice's words."""

    name: Name
    email: Annotated[Name, Field(max_length=254)] = ""
    phone: Annotated[Name, Field(max_length=60)] = ""
    role: Annotated[Name, Field(max_length=60)] = ""


class Contacts(Schema):
    """The people at a client, by name."""

    items: list[ContactLine]


@router.get(CONTACTS, response={200: Contacts, **ERRORS})
def people(request: HttpRequest, client_id: Id) -> Contacts:
    """The people at a client."""
    found = queries.client(practice_id=asked(request).by.practice_id, client_id=client_id)
    return Contacts(items=list(found.contacts))


@router.post(CONTACTS, response={201: Created, **ERRORS})
def add(request: HttpRequest, client_id: Id, body: ContactIn) -> Any:  # noqa: ANN401 - a status with its body
    """Add a person."""
    who, contact = asked(request), NewContact(**body.model_dump())
    made = contacts.add_contact(by=who.by, at=who.at, client_id=client_id, contact=contact)
    return Status(201, Created(id=made))


@router.put(f"{CONTACTS}/{{int:contact_id}}", response={200: Created, **ERRORS})
def edit(request: HttpRequest, client_id: Id, contact_id: Id, body: ContactIn) -> Created:
    """What is known of a person from now on, all of it."""
    who, contact = asked(request), NewContact(**body.model_dump())
    contacts.edit_contact(by=who.by, at=who.at, client_id=client_id, contact_id=contact_id, contact=contact)
    return Created(id=contact_id)


@router.delete(f"{CONTACTS}/{{int:contact_id}}", response={200: Created, **ERRORS})
def remove(request: HttpRequest, client_id: Id, contact_id: Id) -> Created:
    """Take a person away; the record keeps who it was."""
    who = asked(request)
    contacts.remove_contact(by=who.by, at=who.at, client_id=client_id, contact_id=contact_id)
    return Created(id=contact_id)
