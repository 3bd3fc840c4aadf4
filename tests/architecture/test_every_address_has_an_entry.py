"""Every address is in the permission matrix (tests/permissions), so that none is there that nobody thought about."""

import re

from django.urls import resolve

from natrium.domain.roles import Role
from tests.permissions.entries import ENTRIES
from tests.permissions.entry import ANYBODY, Part
from tests.permissions.table import HOW, api_routes, page_routes


def test_every_route_of_the_api_has_an_entry() -> None:
    missing = api_routes() - {name for entry in ENTRIES for name in entry.names}
    assert missing == set(), f"No entry for {sorted(missing)}. {HOW}"


def test_every_page_has_an_entry() -> None:
    missing = page_routes() - {entry.address for entry in ENTRIES if not entry.is_api}
    assert missing == set(), f"No entry for {sorted(missing)}. {HOW}"


def test_every_entry_has_its_route_and_none_is_there_twice() -> None:
    stale = {entry.route for entry in ENTRIES if entry.is_api and not entry.names & api_routes()}
    stale |= {entry.route for entry in ENTRIES if not entry.is_api and entry.address not in page_routes()}
    assert stale == set(), "There are no such routes (any more): take their entries out."
    assert len({entry.route for entry in ENTRIES}) == len(ENTRIES)


def test_the_forms_that_are_for_viewers_are_those_that_the_matrix_gives_them() -> None:
    """Of any other form a viewer is told that they may not, whatever it says (`web.http.for_viewers`)."""
    viewer = Part(Role.VIEWER)
    forms = [entry for entry in ENTRIES if not entry.is_api and not entry.reads and entry.who is not ANYBODY]
    marked = {entry.address for entry in forms if hasattr(resolve(_filled(entry.address)).func, "for_viewers")}
    assert marked == {entry.address for entry in forms if entry.allows(viewer)}


def _filled(address: str) -> str:
    return re.sub(r"{\w+}", "1", address)
