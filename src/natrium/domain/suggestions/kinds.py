"""Which kind of work a name speaks of: the archetype of its head noun or verb."""

from __future__ import annotations

import re
from functools import cache

from natrium.domain.suggestions.shelf import Archetype, Shelf
from natrium.domain.suggestions.words import plain

_PREPOSITION = re.compile(r"\s(?:for|of|to|on|with|from|in|by|about|at|against|under|and)\s")
GENERIC = "generic"


def kind_of(name: str, shelf: Shelf) -> str:
    """The archetype's key that the name's head says; "" where none does."""
    text = f" {plain(name)} "
    first = _PREPOSITION.split(text, maxsplit=1)[0]
    return _last(f"{first} ", shelf) or _first(text, shelf)


def kind_in(description: str, shelf: Shelf) -> str:
    """The archetype that a description speaks of first; "" where it speaks of none."""
    return _first(f" {plain(description)} ", shelf)


def _last(text: str, shelf: Shelf) -> str:
    found = [(match.end(), match.end() - match.start(), key) for key, match in _matches(text, shelf)]
    return max(found)[2] if found else ""


def _first(text: str, shelf: Shelf) -> str:
    found = [(match.start(), match.start() - match.end(), key) for key, match in _matches(text, shelf)]
    return min(found)[2] if found else ""


def _matches(text: str, shelf: Shelf) -> list[tuple[str, re.Match[str]]]:
    return [
        (archetype.key, match)
        for archetype in shelf.archetypes
        if archetype.heads
        for match in _pattern(archetype).finditer(text)
    ]


@cache
def _pattern(archetype: Archetype) -> re.Pattern[str]:
    heads = sorted({plain(head) for head in archetype.heads}, key=len, reverse=True)
    return re.compile(r"(?<=[\s(/-])(?:" + "|".join(re.escape(head) for head in heads) + r")(?:s|es)?(?=[\s,.:;)/-])")
