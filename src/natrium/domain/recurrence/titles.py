"""The pattern of a task's title: `{service} {period_end:%Y}`. Names and forms of dates only, nothing of Python's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal
from natrium.domain.text import keepable

MOST = 200
NAMES = ("service", "client", "period_start", "period_end", "due", "part")
DAYS = frozenset({"period_start", "period_end", "due"})
# What may stand after a percent sign: year, month, day, and their names. No other is the same on every system.
FORMS = "YymdbBjaA"
PIECE = re.compile(r"\{([^{}]*)\}|([{}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFacts:
    """What a title can say. `part` is 0 where a period has one task."""

    service: str
    client: str
    period_start: date
    period_end: date
    due: date | None = None
    part: int = 0


def check_pattern(pattern: str) -> str:
    """The pattern without outer blanks. Refuses bad-value with the reason."""
    pattern = pattern.strip()
    if not pattern:
        raise _bad("A recurring task has a title: say for instance {service} {period_end:%Y}.")
    if not keepable(pattern):
        raise _bad("The title has a character that cannot be kept.")
    if len(pattern) > MOST:
        raise _bad(f"A title's pattern has at most {MOST} characters.")
    _pieces(pattern)
    return pattern


def title(pattern: str, facts: TitleFacts) -> str:
    """The title for a period, at most 200 characters. Refuses as `check_pattern`."""
    said = "".join(text + _said(name, form, facts) for text, name, form in _pieces(check_pattern(pattern)))
    return " ".join(said.split())[:MOST]


@lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[tuple[str, str, str], ...]:
    """The pattern in pieces: plain text, then the name after it with its form ("" and "" at the end)."""
    pieces, place = [], 0
    for found in PIECE.finditer(pattern):
        if found[2]:
            raise _bad("A curly bracket stands alone: names are written as {service}.")
        name, _, form = found[1].partition(":")
        _check_piece(name, form)
        pieces.append((pattern[place : found.start()], name, form))
        place = found.end()
    return (*pieces, (pattern[place:], "", ""))


def _check_piece(name: str, form: str) -> None:
    if name not in NAMES:
        raise _bad(f"“{{{name}}}” is unknown: there are {', '.join(f'{{{one}}}' for one in NAMES)}.")
    if form and name not in DAYS:
        raise _bad(f"“{{{name}}}” is no date and takes no form.")
    letters = re.findall(r"%(.?)", form)
    if any(letter not in FORMS or not letter for letter in letters):
        raise _bad(f"“{form}” is no form of a date: write for instance %Y, %d %B %Y or %b %y.")


def _said(name: str, form: str, facts: TitleFacts) -> str:
    if not name:
        return ""
    value = getattr(facts, name)  # a name that was checked
    if name == "part":
        return str(value) if value else ""
    if isinstance(value, date):
        return value.strftime(form) if form else said(value)
    return str(value or "")


def _bad(words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field="title_pattern")
