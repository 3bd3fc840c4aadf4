"""Is the work that is asked for one we know? By the words of its name, and only where the kind of work is the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from natrium.domain.suggestions.kinds import kind_of
from natrium.domain.suggestions.shelf import Known, Shelf
from natrium.domain.suggestions.words import tokens, weight

ENOUGH = 0.62
NEARLY_ALL = 0.85
IN_THE_TEXT = 0.4
_HEAD = re.compile(r"\s+(?:for|of|under|with|via|through)\s+|\s+-\s+|\s*[:(,]\s*")
_ENOUGH_ALONE = frozenset({"payroll", "bookkeeping", "onboarding", "audit", "cis", "p11d"})


@dataclass(frozen=True, slots=True)
class Found:
    """A known workflow and how well it fits: from 0 to 1, and whether that is enough to take it."""

    known: Known
    score: float
    enough: bool


@dataclass(frozen=True, slots=True)
class _Title:
    entry: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Index:
    titles: tuple[_Title, ...]
    texts: tuple[frozenset[str], ...]
    kinds: tuple[frozenset[str], ...]
    rarity: dict[str, float]
    unknown: float


def find(name: str, description: str, shelf: Shelf, *, without: Container[str] = ()) -> tuple[Found, ...]:
    """The known workflows that fit, the best first, at most five. `without`: slugs to leave aside."""
    index = _index(shelf)
    asked, told = frozenset(tokens(name)), frozenset(tokens(description))
    if not asked:
        return ()
    kind = kind_of(name, shelf)
    best: dict[int, tuple[float, bool]] = {}
    for title in index.titles:
        if shelf.known[title.entry].slug in without or not asked & title.words:
            continue
        rank, covered, whole = _rank(asked, told, title, index)
        enough = whole >= NEARLY_ALL or (covered >= ENOUGH and (not kind or kind in index.kinds[title.entry]))
        best[title.entry] = max(best.get(title.entry, (0.0, False)), (rank, enough))
    ordered = sorted(best.items(), key=lambda item: (item[1][1], item[1][0]), reverse=True)
    return tuple(Found(shelf.known[entry], min(1.0, rank), enough) for entry, (rank, enough) in ordered[:5])


def recognised(name: str, description: str, shelf: Shelf, *, without: Container[str] = ()) -> Found | None:
    """The known workflow that is asked for; None where it is none of them.

    Looked for by the whole name, then by the part of it that says the work and not for whom ("Tax return for a
    clergyman"), then by the beginning of the description, each trusted less than the one before.
    """
    head, told = _HEAD.split(name, maxsplit=1)[0], _HEAD.split(description.split(".", 1)[0], maxsplit=1)[0]
    for words, trust in ((name, 1.0), (head, 0.9), (told, 0.8)):
        found = find(words, description, shelf, without=without)
        if found and found[0].enough and (trust == 1.0 or _exact(words, found[0].known)):
            return replace(found[0], score=found[0].score * trust)
    return None


def _exact(words: str, known: Known) -> bool:
    """Whether a known workflow is called just that, and by more than a word that says little."""
    asked = frozenset(tokens(words))
    if len(asked) < 2 and words.lower() not in _ENOUGH_ALONE:
        return False
    return any(asked == frozenset(tokens(name)) for name in (known.template.name, *known.aliases))


def _rank(asked: frozenset[str], told: frozenset[str], title: _Title, index: _Index) -> tuple[float, float, float]:
    """How well a title fits, how much of what was asked it covers with its steps' help, and how much alone."""
    both = _sum(asked & title.words, index)
    text = index.texts[title.entry]
    in_text = _sum((asked - title.words) & text, index)
    whole = _sum(asked, index)
    covered = (both + IN_THE_TEXT * in_text) / whole
    alone = both / whole
    back = (both + 0.5 * _sum((title.words - asked) & told, index)) / _sum(title.words, index)
    hint = _sum(told & text, index) / (_sum(told, index) or 1.0)
    return 0.6 * covered + 0.3 * back + 0.1 * hint, covered, alone


def _sum(words: frozenset[str], index: _Index) -> float:
    return sum(index.rarity.get(word, index.unknown) * weight(word) for word in words)


@lru_cache(maxsize=4)
def _index(shelf: Shelf) -> _Index:
    titles, texts, kinds = [], [], []
    seen: Counter[str] = Counter()
    for place, known in enumerate(shelf.known):
        names = (known.template.name, *known.aliases)
        words = [frozenset(tokens(name)) for name in names]
        titles += [_Title(place, found) for found in words if found]
        kinds.append(frozenset(kind_of(name, shelf) for name in names))
        text = " ".join([known.template.description, *(step.name for step in known.template.steps)])
        texts.append(frozenset(tokens(text)).union(*words))
        seen.update(frozenset[str]().union(*words))
    count = len(shelf.known)
    rarity = {word: log(1 + count / times) for word, times in seen.items()}
    return _Index(tuple(titles), tuple(texts), tuple(kinds), rarity, log(1 + count))
