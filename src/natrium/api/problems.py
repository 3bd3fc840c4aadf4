"""Refusals as problem documents (RFC 9457): the same words as on the pages, with a stable code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit

TITLES = {
    400: "The request could not be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not know that method",
    409: "Refused by the rules",
    412: "Changed meanwhile",
    422: "Something in the request is wrong",
}
STATUS = dict.fromkeys(Code, 409) | {
    Code.NOT_ALLOWED: 403,
    Code.REASON_NEEDED: 422,
    Code.EVIDENCE_NEEDED: 422,
    Code.BAD_VALUE: 422,
    Code.UNKNOWN_KEY: 422,
    Code.DUPLICATE_KEY: 422,
    Code.CYCLE: 422,
    Code.BAD_TEMPLATE: 422,
}


class InTheWay(Schema):
    """A step that stands in the way."""

    key: str
    name: str
    person: str


class Problem(Schema):
    """A problem document. `code` is stable; `current` is what a stale edit met."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str = ""
    obstacles: list[InTheWay] = []
    current: dict[str, Any] = {}


ERRORS = {frozenset({400, 401, 403, 404, 409, 412, 422}): Problem}


def problem(status: int, code: str, detail: str, **more: object) -> HttpResponse:
    """The answer that says no."""
    body = {"type": f"/docs/api#{code}", "title": TITLES.get(status, "Refused"), "status": status, "detail": detail}
    body |= {"code": code, "field": "", "obstacles": [], "current": {}, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def register(api: NinjaAPI) -> None:
    """Every refusal leaves the API as a problem document."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: _refusal,
        NotFound: lambda _, error: problem(404, "not-found", str(error)),
        StaleEdit: _stale,
        ValidationError: _invalid,
        AuthenticationError: _anonymous,
        HttpError: _other,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refusal(_: HttpRequest, error: Refusal) -> HttpResponse:
    obstacles = [{"key": one.key, "name": one.name, "person": one.person} for one in error.obstacles]
    return problem(STATUS[error.code], error.code.value, error.message, field=error.field, obstacles=obstacles)


def _stale(_: HttpRequest, error: StaleEdit) -> HttpResponse:
    return problem(412, "stale-edit", error.message, current=error.current)


def _invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    first: Mapping[str, Any] = error.errors[0]
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path", "data"))
    more = f" ({len(error.errors) - 1} more)" if len(error.errors) > 1 else ""
    words = str(first["msg"]).removeprefix("Value error, ")
    return problem(422, Code.BAD_VALUE.value, f"{where or 'The body'}: {words}.{more}", field=where)


def _anonymous(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    answer = problem(401, "not-signed-in", "Send a token (Authorization: Bearer …), or sign in.")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _other(_: HttpRequest, error: HttpError) -> HttpResponse:
    code = "bad-json" if error.status_code == 400 else "not-allowed"
    return problem(error.status_code, code, str(error))
