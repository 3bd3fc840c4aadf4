"""Idempotency-Key: a write sent again with the same key is answered again, not done again."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from natrium.api.auth import READING, member_of_token
from natrium.api.problems import KIND, as_problem, problem, too_large
from natrium.apps.practices import idempotency
from natrium.apps.practices.people import SignedIn

PREFIX = "/api/v1/"
SHOWN_ONCE = frozenset({"token", "path"})
LONGEST = 200


class IdempotencyMiddleware:
    """Around the API's writes that carry a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept answer, or the fresh one, kept from now on."""
        key = request.headers.get("Idempotency-Key")
        if key is None or request.method in READING or not request.path.startswith(PREFIX):
            return self.get_response(request)
        if not key.strip() or len(key) > LONGEST or not key.isprintable():
            return problem(422, "bad-value", f"An Idempotency-Key has 1 to {LONGEST} plain characters.")
        by = _caller(request)
        if by is None or by.scope != "write":  # the API refuses them itself, and nothing of theirs is kept
            return self.get_response(request)
        return self._once(request, by, key)

    def _once(self, request: HttpRequest, by: SignedIn, key: str) -> HttpResponse:
        route = f"{request.method} {request.path}"[:LONGEST]
        try:
            body_hash = _hash(request)
        except RequestDataTooBig as error:
            return too_large(error)
        claimed = idempotency.claim(by=by, route=route, key=key, body_hash=body_hash, at=timezone.now())
        if claimed.other_body:
            return problem(422, "key-reused", "This Idempotency-Key was used with another request.")
        if claimed.at_work:
            return problem(409, "in-progress", "The first request with this Idempotency-Key is still at work.")
        if not claimed.fresh:
            kind = "application/json" if claimed.status < 400 else KIND
            again = HttpResponse(claimed.body, status=claimed.status, content_type=kind)
            again["Idempotency-Replayed"] = "true"
            return again
        answer = as_problem(self.get_response(request))
        if answer.status_code >= 500:
            idempotency.release(by=by, route=route, key=key)
        else:
            body = _without_secrets(answer.content.decode(answer.charset or "utf-8"))
            idempotency.keep(by=by, route=route, key=key, status=answer.status_code, body=body)
        return answer


def _without_secrets(body: str) -> str:
    """The answer as it may be kept: a token or a sign-in address is shown once, and is nowhere kept in clear."""
    said = json.loads(body) if body.startswith("{") else {}
    if not SHOWN_ONCE & said.keys():
        return body
    return json.dumps(said | dict.fromkeys(SHOWN_ONCE & said.keys(), ""))


def _hash(request: HttpRequest) -> str:
    """The hash of what a request asks for; of a form with files by what is in it, since its boundaries differ.

    Raises RequestDataTooBig.
    """
    digest = sha256(request.get_full_path().encode() + b"\n")
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    digest.update(repr(sorted(request.POST.lists())).encode())
    for field, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"\n{field} {file.name} {file.size}\n".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _caller(request: HttpRequest) -> SignedIn | None:
    """Who calls, by token or session; None for nobody, whom the API itself refuses."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return member_of_token(token)
    member: SignedIn | None = getattr(request, "member", None)
    return member
