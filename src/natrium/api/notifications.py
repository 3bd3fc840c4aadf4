"""What the caller was told, and what they want to be told."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import MAX_ID, Cursor, Id, Strict, Words
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.apps.notifications import operations, queries
from natrium.apps.notifications.queries import Told
from natrium.domain.notices import Kind

router = Router(tags=["notifications"])


class InboxOut(Schema):
    """What was told: `unread` (with the first page only), and a page of what was read; `next` continues it."""

    unread: list[Told]
    items: list[Told]
    next: str


class Unread(Schema):
    """How many things were told and not read."""

    unread: int


class ReadIn(Strict):
    """Which notifications count as read: these, or all up to one."""

    ids: Annotated[list[Id], Field(max_length=200)] = []
    up_to: Annotated[int, Field(ge=0, le=MAX_ID)] = 0


class WishesOut(Schema):
    """The kinds that one is told of, in the app and in the day's mail; and from when on that is due."""

    in_app: list[Kind]
    in_mail: list[Kind]
    digest: bool
    digest_at: str


class WishesIn(Strict):
    """The same, to be. `digest_at` is "07:30"."""

    in_app: Annotated[list[Words], Field(max_length=20)]
    in_mail: Annotated[list[Words], Field(max_length=20)]
    digest: bool
    digest_at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


@router.get("/notifications", response={200: InboxOut, **ERRORS})
def inbox(request: HttpRequest, cursor: Cursor = "") -> InboxOut:
    """What the caller was told, newest first."""
    place = place_of(cursor, int)
    found = queries.inbox(by=asked(request).by, before=int(place[0]) if place else None)
    following = cursor_of(found.before) if found.before else ""
    return InboxOut(unread=list(found.unread), items=list(found.read), next=following)


@router.post("/notifications/read", response={200: Unread, **ERRORS})
def read(request: HttpRequest, body: ReadIn) -> Unread:
    """Mark notifications as read, each with all that is told as one with it; or all up to one."""
    who = asked(request)
    if body.ids:
        operations.mark_read(by=who.by, at=who.at, ids=body.ids)
    else:
        operations.mark_all_read(by=who.by, at=who.at, up_to=body.up_to)
    return Unread(unread=queries.unread(who.by))


@router.get("/me/notifications", response={200: WishesOut, **ERRORS})
def wishes(request: HttpRequest) -> WishesOut:
    """What the caller wants to be told."""
    mine = queries.wishes(asked(request).by)
    return WishesOut(
        in_app=sorted(mine.in_app), in_mail=sorted(mine.in_mail), digest=mine.digest,
        digest_at=f"{mine.digest_at:%H:%M}",
    )  # fmt: skip


@router.put("/me/notifications", response={200: WishesOut, **ERRORS})
def wish(request: HttpRequest, body: WishesIn) -> WishesOut:
    """Say what one wants to be told."""
    who = asked(request)
    operations.wish(
        by=who.by, at=who.at, in_app=body.in_app, in_mail=body.in_mail, digest=body.digest,
        digest_at=time.fromisoformat(body.digest_at),
    )  # fmt: skip
    return wishes(request)
