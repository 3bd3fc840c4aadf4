"""The route table: every address and method that the product answers, read from Django's resolver and from OpenAPI.

An address that takes a {noun}, and the API's list of actions, stand once for each thing they do.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from django.urls import URLPattern, URLResolver, get_resolver

from natrium.api.api import api
from natrium.api.bodies import OneAction
from natrium.web.work.acting import NOUNS as WORK_NOUNS
from natrium.web.workflows.forms import NOUNS, OWN_NOUNS

HOW = "Add an Entry to a file in tests/permissions/entries (CONTRIBUTING.md, “A new address”, says how)."

# What stands for {noun}.
FANNED = {
    "/workflows/{workflow_id}/steps/{key}/{noun}/": NOUNS,
    "/tasks/{task_id}/step/{noun}/": OWN_NOUNS | {"undo"},
    "/my-work/steps/{step_id}/{noun}/": WORK_NOUNS,
}
ACTIONS = "POST /api/v1/workflows/{workflow_id}/actions"
# The API's own two addresses beside the described ones: its document, and everything that is none of its addresses.
API_EXTRA = ("GET /api/v1/openapi.json", "GET /api/{rest}")


def routes() -> set[str]:
    """Every route that needs an entry: the API's by method, a page's by address (its entries say the methods)."""
    return api_routes() | page_routes()


@cache
def api_routes() -> set[str]:
    """ "GET /api/v1/tasks/{task_id}" for every operation, and each action of the list of actions."""
    found = set(API_EXTRA)
    for address, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            found.add(f"{method.upper()} {address}")
    found.remove(ACTIONS)
    return found | {f"{ACTIONS}#{name}" for name in get_args(OneAction.model_fields["action"].annotation)}


@cache
def page_routes() -> set[str]:
    """Every address that is not the API's; one with {noun} once for each."""
    found: set[str] = set()
    for address in addresses():
        if address.startswith("/api"):
            continue
        nouns = FANNED.get(address)
        found |= {address.replace("{noun}", noun) for noun in nouns} if nouns else {address}
    return found


def addresses() -> Iterator[str]:
    """Every address of the resolver, its parameters in braces."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        assert isinstance(pattern, URLPattern | URLResolver)
        address = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address)
        else:
            yield address


def _plain(pattern: str) -> str:
    """A pattern with {name} for every parameter."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern.removeprefix("^").removesuffix("$"))
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", named)
