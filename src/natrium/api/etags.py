"""ETags are the rev of what they stand for; If-Match turns a lost update into a 412."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

# No rev at all: what is read as this is stale by all that it is compared with, once it is known who may.
NEVER_GIVEN_OUT = -1


def if_match(request: HttpRequest) -> int | None:
    """The rev that the caller read, NEVER_GIVEN_OUT for what is none; None where they do not say, or take any."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    number = given.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 10:
        return NEVER_GIVEN_OUT
    return int(number)


def tag(response: HttpResponse, rev: int) -> None:
    """Put the rev on an answer."""
    response["ETag"] = f'"{rev}"'


def not_modified(request: HttpRequest, rev: int) -> bool:
    """Whether the caller has this rev already."""
    given = request.headers.get("If-None-Match", "")
    return f'"{rev}"' in {one.strip().removeprefix("W/") for one in given.split(",")}
