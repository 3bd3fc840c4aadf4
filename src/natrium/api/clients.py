"""Clients: list, create, read, edit; their people; their dated facts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Cursor, Day, Id, Limit, Name, Strict, Text
from natrium.api.etags import if_match, tag
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.clients import operations, queries
from natrium.apps.clients.queries import ClientDetail, ClientLine
from natrium.apps.workflows.operations import change_client_people, edit_client, set_client_fact

router = Router(tags=["clients"])
Kind = Literal["limited_company", "llp", "partnership", "sole_trader", "individual", "trust", "charity"]


class ClientFields(Strict):
    """What is known of a client; in a change, those fields that are sent."""

    reference: Annotated[Name, Field(max_length=60)] = ""
    company_number: Annotated[Name, Field(max_length=20)] = ""
    utr: Annotated[Name, Field(max_length=20)] = ""
    vat_number: Annotated[Name, Field(max_length=20)] = ""
    email: Name = ""
    phone: Annotated[Name, Field(max_length=60)] = ""
    notes: Text = ""
    year_end_month: Annotated[int, Field(ge=1, le=12)] | None = None
    year_end_day: Annotated[int, Field(ge=1, le=31)] | None = None
    year_end_is_last_day: bool = False


class NewClient(ClientFields):
    """A client to be."""

    name: Name
    kind: Kind
    manager_id: Id | None = None
    partner_id: Id | None = None


class ClientChange(ClientFields):
    """Fields to change."""

    name: Name = ""
    kind: Kind = "limited_company"
    active: bool = True
    ceased_on: Day | None = None


class People(Strict):
    """Who looks after a client; null for nobody."""

    manager_id: Id | None
    partner_id: Id | None


class FactIn(Strict):
    """What holds of a client from a day on; without one since ever, or, of a date that is its own day, from that."""

    field: Annotated[Name, Field(max_length=60)]
    value: Annotated[Name, Field(max_length=200)]
    from_date: Day | None = None


class Clients(Schema):
    """A page of clients by name; `next` continues it ("" at the end)."""

    items: list[ClientLine]
    next: str


class ClientQuery(Schema):
    """What to look for."""

    search: Name = ""
    active_only: bool = True
    cursor: Cursor = ""
    limit: Limit = 50


class Followed(Schema):
    """How many steps went to the new people."""

    steps: int


class Redated(Schema):
    """How many steps got another due date."""

    steps: int


@router.get("/clients", response={200: Clients, **ERRORS})
def clients(request: HttpRequest, query: Query[ClientQuery]) -> Clients:
    """The practice's clients by name."""
    place = place_of(query.cursor, str, int)
    page = queries.clients(
        practice_id=asked(request).by.practice_id, search=query.search, active_only=query.active_only,
        after=(str(place[0]), int(place[1])) if place else None, limit=query.limit,
    )  # fmt: skip
    return Clients(items=list(page.clients), next=cursor_of(*page.next_after) if page.next_after else "")


@router.post("/clients", response={201: Created, **ERRORS})
def create(request: HttpRequest, body: NewClient) -> Any:  # noqa: ANN401 - a status with its body
    """A new client."""
    who = asked(request)
    fields = body.model_dump(include=body.model_fields_set & set(ClientFields.model_fields))
    made = operations.create_client(
        by=who.by, at=who.at, name=body.name, kind=body.kind, manager_id=body.manager_id, partner_id=body.partner_id,
        fields=fields,
    )  # fmt: skip
    return Status(201, Created(id=made))


@router.get("/clients/{int:client_id}", response={200: ClientDetail, **ERRORS})
def client(request: HttpRequest, response: HttpResponse, client_id: Id) -> ClientDetail:
    """A client with contacts and facts."""
    found = queries.client(practice_id=asked(request).by.practice_id, client_id=client_id)
    tag(response, found.rev)
    return found


@router.patch("/clients/{int:client_id}", response={200: Created, **ERRORS})
def edit(request: HttpRequest, response: HttpResponse, client_id: Id, body: ClientChange) -> Created:
    """Change fields of a client."""
    who = asked(request)
    changes = body.model_dump(include=set(body.model_fields_set))
    rev = edit_client(by=who.by, at=who.at, client_id=client_id, changes=changes, if_rev=if_match(request))
    tag(response, rev)
    return Created(id=client_id)


@router.put("/clients/{int:client_id}/people", response={200: Followed, **ERRORS})
def people(request: HttpRequest, client_id: Id, body: People) -> Followed:
    """Give a client another manager and partner; unsettled steps bound to the rules follow at once."""
    who = asked(request)
    moved = change_client_people(
        by=who.by, at=who.at, client_id=client_id, manager_id=body.manager_id, partner_id=body.partner_id
    )
    return Followed(steps=moved)


@router.put("/clients/{int:client_id}/facts", response={200: Redated, **ERRORS})
def fact(request: HttpRequest, client_id: Id, body: FactIn) -> Redated:
    """Say what holds of a client from a day on; open steps that go by a rule of law follow."""
    who = asked(request)
    day: date | None = body.from_date
    moved = set_client_fact(
        by=who.by, at=who.at, client_id=client_id, field=body.field, value=body.value, from_date=day
    )
    return Redated(steps=moved)
