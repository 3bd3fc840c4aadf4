"""The caller, the practice's members, tokens of one's own, and my work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Cursor, Id, Name, Strict, Words
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.practices import operations
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import TokenLine
from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import MyWork, SectionKey

router = Router(tags=["people"])


class Me(Schema):
    """Who calls, and where."""

    member_id: int
    name: str
    role: str
    practice_id: int
    practice: str
    time_zone: str


class NewToken(Strict):
    """A token to be: what it is for, what it may do, and for how many days."""

    name: Annotated[Name, Field(min_length=1)]
    scope: Literal["read", "write"] = "read"
    days: Annotated[int, Field(ge=1, le=366)] = 90


class TokenOut(Schema):
    """A new token; `token` is shown this once."""

    id: int
    token: str
    expires_at: datetime


@router.get("/me", response={200: Me, **ERRORS})
def me(request: HttpRequest) -> Me:
    """Who calls."""
    by = asked(request).by
    return Me(
        member_id=by.member.id, name=by.member.name, role=by.member.role.word, practice_id=by.practice_id,
        practice=by.practice, time_zone=by.time_zone,
    )  # fmt: skip


@router.get("/my-work", response={200: MyWork, **ERRORS})
def my_work(request: HttpRequest, q: Words = "", section: SectionKey | None = None, cursor: Cursor = "") -> MyWork:
    """What is assigned to the caller and can move, what waits, what comes, and what is up for grabs.

    `q` narrows it. A `section` comes alone, continued after `cursor` (its `more`).
    """
    who = asked(request)
    return queries.my_work(by=who.by, at=who.at, keep=q, section=section, after=cursor)


@router.get("/tokens", response={200: list[TokenLine], **ERRORS})
def tokens(request: HttpRequest) -> list[TokenLine]:
    """The caller's own tokens, newest first; never their text."""
    by = asked(request).by
    return practices.tokens(practice_id=by.practice_id, member_id=by.member.id)


@router.post("/tokens", response={201: TokenOut, **ERRORS})
def create_token(request: HttpRequest, body: NewToken) -> Any:  # noqa: ANN401 - a status with its body
    """A token for the caller's own programs. A token makes no tokens: sign in for it."""
    who = asked(request)
    until = who.at + timedelta(days=body.days)
    made = operations.create_api_token(by=who.by, at=who.at, name=body.name, scope=body.scope, expires_at=until)
    return Status(201, TokenOut(id=made.id, token=made.plain, expires_at=until))


@router.delete("/tokens/{int:token_id}", response={200: Created, **ERRORS})
def revoke_token(request: HttpRequest, token_id: Id) -> Created:
    """Make a token of the caller's worthless."""
    who = asked(request)
    operations.revoke_api_token(by=who.by, at=who.at, token_id=token_id)
    return Created(id=token_id)
