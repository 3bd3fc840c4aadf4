"""Words by which people look for things: how a text is cut into them, and where they stand in a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
MOST_WORDS, LONGEST, LONGEST_TEXT = 6, 40, 200
# A word this long may also stand inside another: "hart" finds Lockhart.
INSIDE = 3


def plain(text: str) -> str:
    """A text in small letters without accents: "Café" and "CAFE" are alike."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join([letter for letter in apart if not unicodedata.combining(letter)]).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """The words looked for, each once: letters and digits only, whatever else was typed."""
    found = WORD.findall(plain(text[:LONGEST_TEXT]))
    return tuple(dict.fromkeys(word[:LONGEST] for word in found))[:MOST_WORDS]


@lru_cache(maxsize=32_768)
def searchable(text: str) -> str:
    """A text as words after spaces, and what is written together once more as one: "O'Brien" is also "obrien"."""
    pieces = []
    for together in plain(text).split():
        parts = WORD.findall(together)
        pieces += parts
        if len(parts) > 1:
            pieces.append("".join(parts))
    return f" {' '.join(pieces)}"


def has(text: str, word: str) -> bool:
    """Whether a `searchable` text has a word that begins with this one, or, if it is long enough, has it in it."""
    return f" {word}" in text or (len(word) >= INSIDE and word in text)


def spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in a text as it is written: beginnings and ends, in order, none within another."""
    letters, origins = [], []
    for place, letter in enumerate(text):
        as_plain = plain(letter)
        letters.append(as_plain)
        origins += [place] * len(as_plain)
    flat = "".join(letters)
    marked: set[int] = set()
    for word in words:
        begins = r"(?<![^\W_])" if len(word) < INSIDE else ""
        for match in re.finditer(begins + re.escape(word), flat):
            marked.update(origins[match.start() : match.end()])
    return _stretches(sorted(marked))


def _stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
