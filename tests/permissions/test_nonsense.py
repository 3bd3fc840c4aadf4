"""Nonsense at every place of every call is answered with words, never with a fault, and never kept in part."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from tests.permissions.calling import PARAMETER, call, named
from tests.permissions.conftest import Both, taken_back
from tests.permissions.entries import ENTRIES
from tests.permissions.entry import Entry, Upload

TEXTS = ("\0", "a\0b", "x" * 30_000, "\u202e", "٣", "'; DROP TABLE x; --", "{{7*7}}", "\r\nSet-Cookie: a=b", " ", "")
VALUES: tuple[Any, ...] = (*TEXTS, "\ud800", -1, 0, 2**63, 10**40, 1.5, True, None, [], {}, [["x"]], {"a": 1})
NUMBERS = ("-1", "0", "9" * 19, "9" * 40, "1.5", "1e3", "٣", "0x1", "1 OR 1=1", "%00", "a%00b", "%ff", "..")


def by_route(entry: Entry) -> str:
    """An entry's name in the list of tests."""
    return entry.route


def places(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body where a value stands."""
    match body:
        case Mapping():
            for name, value in body.items():
                yield (*path, name)
                yield from places(value, (*path, name))
        case list():
            for at, value in enumerate(body):
                yield (*path, at)
                yield from places(value, (*path, at))


def put(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at a place."""
    whole = deepcopy(dict(body))
    inner: Any = whole
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return whole


def answered(answer: HttpResponse, what: object) -> None:
    """Whatever comes of it, it is no fault, and a refusal of the API is a problem document."""
    assert answer.status_code < 500, (what, answer.content[:2000])
    assert not any("a=b" in str(value) and name == "Set-Cookie" for name, value in answer.items()), what
    if answer.status_code >= 400 and "json" in answer["Content-Type"]:
        assert json.loads(answer.content)["detail"], what


@pytest.mark.parametrize("entry", ENTRIES, ids=by_route)
def test_nonsense_is_answered(both: Both, entry: Entry) -> None:
    ours, part = both.quercus, "staff" if "token_id" in entry.address else "owner"
    if entry.before:
        entry.before(ours, ours.people[part])
    for field in ("body", "query"):
        given = getattr(entry, field)
        is_json = entry.is_api and field == "body" and not any(isinstance(one, Upload) for one in given.values())
        values = VALUES if is_json else TEXTS
        for place in places(given):
            for value in values:
                asking = replace(entry, **{field: put(given, place, value)})
                with taken_back():
                    answered(call(ours.browser(part), asking, [ours] * len(named(asking))), (place, value))
    for name in PARAMETER.findall(entry.address):
        for text in NUMBERS:
            asking = replace(
                entry, route=entry.route.replace(f"{{{name}}}", quote(text, safe="%")), path=dict(entry.path)
            )
            with taken_back():
                answered(call(ours.browser(part), asking, [ours] * len(named(asking))), (name, text))
