"""What members say about a client."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from natrium.api.auth import asked
from natrium.api.bodies import Cursor, Id, Limit, Said
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created, Lines
from natrium.apps.clients import notes
from natrium.apps.workflows import queries

router = Router(tags=["clients"])
NOTES = "/clients/{int:client_id}/notes"


class NoteQuery(Schema):
    """Which page of the notes."""

    cursor: Cursor = ""
    limit: Limit = 50


@router.get(NOTES, response={200: Lines, **ERRORS})
def said(request: HttpRequest, client_id: Id, query: Query[NoteQuery]) -> Lines:
    """What was said about a client, newest first."""
    place = place_of(query.cursor, int)
    before = int(place[0]) if place else None
    found = queries.client_notes(by=asked(request).by, client_id=client_id, before=before, limit=query.limit)
    return Lines(items=list(found.lines), next=cursor_of(found.before) if found.before else "")


@router.post(NOTES, response={201: Created, **ERRORS})
def say(request: HttpRequest, client_id: Id, body: Said) -> Any:  # noqa: ANN401 - a status with its body
    """Say something about a client; an @Name tells that colleague."""
    who = asked(request)
    return Status(201, Created(id=notes.add_note(by=who.by, at=who.at, client_id=client_id, text=body.text)))
