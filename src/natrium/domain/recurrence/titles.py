"""The pattern of a task's title: `{service} {period_end:%Y}`. Names and forms of dates only, nothing of Python's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal

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
    if len(pattern) > MOST:
        raise _bad(f"A title's pattern has at most {MOST} characters.")
    for name, form in _pieces(pattern):
        _check_piece(name, form)
    return pattern


def title(pattern: str, facts: TitleFacts) -> str:
    """The title for a period, at most 200 characters. Refuses as `check_pattern`."""
    check_pattern(pattern)
    return " ".join(PIECE.sub(lambda found: _said(found[1], facts), pattern).split())[:MOST]


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    for found in PIECE.finditer(pattern):
        if found[2]:
            raise _bad("A curly bracket stands alone: names are written as {service}.")
        name, _, form = found[1].partition(":")
        yield name, form


def _check_piece(name: str, form: str) -> None:
    if name not in NAMES:
        raise _bad(f"“{{{name}}}” is unknown: there are {', '.join(f'{{{one}}}' for one in NAMES)}.")
    if form and name not in DAYS:
        raise _bad(f"“{{{name}}}” is no date and takes no form.")
    letters = re.findall(r"%(.?)", form)
    if any(letter not in FORMS or not letter for letter in letters):
        raise _bad(f"“{form}” is no form of a date: write for instance %Y, %d %B %Y or %b %y.")


def _said(piece: str, facts: TitleFacts) -> str:
    name, _, form = piece.partition(":")
    if name == "part":
        return str(facts.part) if facts.part else ""
    values: dict[str, str | date | None] = {
        "service": facts.service, "client": facts.client, "period_start": facts.period_start,
        "period_end": facts.period_end, "due": facts.due,
    }  # fmt: skip
    value = values[name]
    if isinstance(value, date):
        return value.strftime(form) if form else said(value)
    return value or ""


def _bad(words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field="title_pattern")
