"""Who calls: a signed-in browser, or a program with a member's token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from natrium.apps.practices import operations, queries
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, Refusal

READING = frozenset({"GET", "HEAD", "OPTIONS"})
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who calls, and when, in their practice's zone."""

    by: SignedIn
    at: datetime


class SessionAuth(APIKeyCookie):
    """The session of a page; its writes carry the form's token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> SignedIn | None:  # noqa: ARG002 - Ninja's signature
        """The member whom the middleware found."""
        member: SignedIn | None = getattr(request, "member", None)
        return member


class TokenAuth(HttpBearer):
    """A personal token; one that may only read is refused a write."""

    def authenticate(self, request: HttpRequest, token: str) -> SignedIn | None:
        """The token's member, or None where the token is no good (any more)."""
        member = member_of_token(token)
        if member is not None and member.scope == "read" and request.method not in READING:
            raise Refusal(Code.NOT_ALLOWED, "This token may only read.")
        return member


def member_of_token(token: str) -> SignedIn | None:
    """The member of a token; its use is noted once a minute."""
    now = timezone.now()
    member = queries.member_by_token(operations.hash_of(token), now)
    if member is not None and (member.token_used_at is None or now - member.token_used_at > NOTED_EVERY):
        operations.note_token_use(by=member, at=now)
    return member


def asked(request: HttpRequest) -> Asked:
    """Who calls and when: the only clock of the API."""
    by: SignedIn = request.auth  # type: ignore[attr-defined]
    return Asked(by, timezone.now().astimezone(by.zone))
