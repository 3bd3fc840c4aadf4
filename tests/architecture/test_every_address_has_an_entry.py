"""Every address is in the permission matrix (tests/permissions), so that none is there that nobody thought about."""

from tests.permissions.entries import ENTRIES
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
