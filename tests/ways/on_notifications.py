"""Refusals of what a member wants to be told, and has read."""

from collections.abc import Iterator

from natrium.domain.errors import Code
from tests.ways.cases import Case
from tests.ways.deeds import ReadAll, Wish


def of_notifications() -> Iterator[tuple[str, Case]]:
    """Saying what one wants to be told, and that one has read it."""
    yield "wish: no such kind", Case(Code.BAD_VALUE, Wish(("held", "gossip")), who="vera", words="called “gossip”")
    yield "read all: up to none", Case(Code.BAD_VALUE, ReadAll(0), who="vera", words="Say which notifications")


CASES = (of_notifications(),)
