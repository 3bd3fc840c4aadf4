"""Refusals as problem documents (RFC 9457): the same words as on the pages, with a stable code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from natrium.apps.files import uploads
from natrium.domain.errors import OF_WHAT_WAS_SENT, Code, NotFound, Refusal, StaleEdit
from natrium.domain.files import clean_name, too_big

TITLES = {
    400: "The request could not be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not know that method",
    409: "Refused by the rules",
    412: "Changed meanwhile",
    413: "Too much at once",
    422: "Something in the request is wrong",
    500: "Something went wrong here",
}
PREFIX = "/api/"
KIND = "application/problem+json"
# What Django, Ninja or the server says of itself, in no words of ours.
PLAIN = {
    400: ("bad-request", "The request is not one that Natrium understands. Nothing was changed."),
    404: ("not-found", "There is no such address in the API."),
    405: ("method-not-allowed", "This address takes {methods}."),
    500: ("server-error", "It is not your doing, and nothing was half done. Whoever runs Natrium finds it in the log."),
}
SOURCES = ("body", "query", "path", "form", "file")
STATUS = dict.fromkeys(Code, 409) | dict.fromkeys(OF_WHAT_WAS_SENT, 422) | {Code.NOT_ALLOWED: 403}


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
    body = {"type": f"urn:natrium:problem:{code}", "title": TITLES.get(status, "Refused"), "status": status}
    body |= {"detail": detail, "code": code, "field": "", "obstacles": [], "current": {}, **more}
    return JsonResponse(body, status=status, content_type=KIND)


class ProblemsMiddleware:
    """Whatever says no under the API says it as a problem document, also where no route of the API was reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, as a problem where it is one."""
        answer = self.get_response(request)
        return as_problem(answer) if request.path.startswith(PREFIX) else answer


def as_problem(answer: HttpResponse) -> HttpResponse:
    """The answer itself, or a problem document in its place where it says no in another form."""
    status = answer.status_code
    if status < 400 or answer.get("Content-Type", "") == KIND:
        return answer
    methods = ", ".join(sorted(answer.get("Allow", "").split(", ")))
    code, words = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    said = problem(status, code, words.format(methods=methods))
    for name in ("Allow", "WWW-Authenticate", "Retry-After"):
        if name in answer:
            said[name] = answer[name]
    return said


def too_large(error: RequestDataTooBig) -> HttpResponse:
    """The answer to a body beyond what is read; files in a form have a limit of their own."""
    if isinstance(error, uploads.TooMuch):
        return problem(413, "too-large", str(error))
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return problem(413, "too-large", f"A request has at most {most:,} bytes. Send it in parts.")


def register(api: NinjaAPI) -> None:
    """Every refusal leaves the API as a problem document."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: _refusal,
        NotFound: lambda _, error: problem(404, "not-found", str(error)),
        StaleEdit: _stale,
        ValidationError: _invalid,
        AuthenticationError: _anonymous,
        HttpError: _other,
        RequestDataTooBig: lambda _, error: too_large(error),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refusal(_: HttpRequest, error: Refusal) -> HttpResponse:
    obstacles = [{"key": one.key, "name": one.name, "person": one.person} for one in error.obstacles]
    return problem(STATUS[error.code], error.code.value, error.message, field=error.field, obstacles=obstacles)


def _stale(_: HttpRequest, error: StaleEdit) -> HttpResponse:
    return problem(412, "stale-edit", error.message, current=error.current)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if names := uploads.too_big(request):
        return _refusal(request, too_big(clean_name(names[0])))
    first: Mapping[str, Any] = error.errors[0]
    source, *parts = first["loc"] or ("",)
    inside = [part for part in (parts if source in SOURCES else first["loc"]) if part not in ("body", "data")]
    where = ".".join(str(part) for part in inside)
    more = f" ({len(error.errors) - 1} more)" if len(error.errors) > 1 else ""
    words = str(first["msg"]).removeprefix("Value error, ")
    return problem(422, Code.BAD_VALUE.value, f"{where or 'The body'}: {words}.{more}", field=where)


def _anonymous(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    answer = problem(401, "not-signed-in", "Send a token (Authorization: Bearer …), or sign in.")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _other(_: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problem(400, "bad-json", "The body cannot be read as JSON.")
    words = "A write from a signed-in browser carries the page's token (X-CSRFToken)."
    return problem(error.status_code, "not-allowed", words)
