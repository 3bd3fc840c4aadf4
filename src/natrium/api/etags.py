"""ETags are the rev of what they stand for; If-Match turns a lost update into a 412."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from natrium.domain.errors import StaleEdit


def if_match(request: HttpRequest) -> int | None:
    """The rev that the caller read; None where they do not say, or take any. Raises StaleEdit for no rev at all."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    number = given.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 10:
        raise StaleEdit("If-Match names no version that was ever given out.")
    return int(number)


def tag(response: HttpResponse, rev: int) -> None:
    """Put the rev on an answer."""
    response["ETag"] = f'"{rev}"'


def not_modified(request: HttpRequest, rev: int) -> bool:
    """Whether the caller has this rev already."""
    given = request.headers.get("If-None-Match", "")
    return f'"{rev}"' in {one.strip().removeprefix("W/") for one in given.split(",")}
