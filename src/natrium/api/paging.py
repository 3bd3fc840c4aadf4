"""Pages of lists, continued by an opaque cursor."""

from __future__ import annotations

import base64
import binascii
import json

from natrium.domain.errors import Code, Refusal


def cursor_of(*place: str | int) -> str:
    """The cursor after a place in a list."""
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def place_of(cursor: str, *kinds: type) -> list[str | int] | None:
    """The place a cursor stands for, None for the beginning. Refuses `bad-value` for one that was never given out."""
    if not cursor:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        place = None
    good = isinstance(place, list) and len(place) == len(kinds)
    if not good or not all(type(one) is kind for one, kind in zip(place, kinds, strict=True)):
        raise Refusal(Code.BAD_VALUE, "That is no cursor that was given out. Start without one.", field="cursor")
    if any(isinstance(one, int) and not 0 <= one < 2**63 for one in place) or "\0" in json.dumps(place):
        raise Refusal(Code.BAD_VALUE, "That is no cursor that was given out. Start without one.", field="cursor")
    found: list[str | int] = place
    return found
