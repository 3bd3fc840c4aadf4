"""What a rule is asked with: each input by name, the words for it, and what it may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from natrium.domain.dates import month_end
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.fields import did_you_mean, given, listed

EARLIEST = date(1990, 1, 1)
LATEST = date(2099, 12, 31)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

type Value = date | int | str | bool


class Unfit(Exception):  # noqa: N818 - an answer about what was given
    """A value that an input cannot have: the rest of a sentence about the input."""


class Falls(StrEnum):
    """Where in the calendar a date must lie to be what it is said to be."""

    ANYWHERE = "on any day"
    MONTH_END = "on the last day of a month"
    MONTH_START = "on the 1st of a month"
    TAX_YEAR_END = "on 5 April"
    TAX_YEAR_START = "on 6 April"
    TAX_MONTH_END = "on the 5th of a month"
    ATED_START = "on 1 April"


_FALLS: dict[Falls, Callable[[date], bool]] = {
    Falls.ANYWHERE: lambda _: True,
    Falls.MONTH_END: lambda day: day == month_end(day),
    Falls.MONTH_START: lambda day: day.day == 1,
    Falls.TAX_YEAR_END: lambda day: (day.month, day.day) == (4, 5),
    Falls.TAX_YEAR_START: lambda day: (day.month, day.day) == (4, 6),
    Falls.TAX_MONTH_END: lambda day: day.day == 5,
    Falls.ATED_START: lambda day: (day.month, day.day) == (4, 1),
}


class Kind(Protocol):
    """One kind of value. `read` gives it, or raises Unfit with the rest of a sentence: "is a date …"."""

    def read(self, value: object) -> Value:
        """Give the value as rules hold it."""
        ...

    @property
    def words(self) -> str:
        """What it is, for a table: "a date on 5 April"."""
        ...


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as such or as text like 2026-03-31, between 1990 and 2099. `why` says why it must fall where."""

    falls: Falls = Falls.ANYWHERE
    why: str = ""

    def read(self, value: object) -> date:
        """Give the date."""
        day = as_date(value)
        if day is None:
            raise Unfit(f"is a date like 2026-03-31, and here is {given(value)}")
        if not EARLIEST <= day <= LATEST:
            raise Unfit(f"lies between {said(EARLIEST)} and {said(LATEST)}, and here is {said(day)}")
        if not _FALLS[self.falls](day):
            raise Unfit(f"falls {self.falls.value}, and here is {said(day)}{self.why and '; '}{self.why}")
        return day

    @property
    def words(self) -> str:
        """What it is."""
        return "a date" if self.falls is Falls.ANYWHERE else f"a date {self.falls.value}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int

    def read(self, value: object) -> int:
        """Give the number."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise Unfit(f"is {self.words}, and here is {given(value)}")
        return value

    @property
    def words(self) -> str:
        """What it is."""
        return f"a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, value: object) -> str:
        """Give the word."""
        if not isinstance(value, str) or value not in self.options:
            raise Unfit(f"is {self.words}, and here is {given(value)}")
        return value

    @property
    def words(self) -> str:
        """What it is."""
        return listed([f"“{option}”" for option in self.options])


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, value: object) -> bool:
        """Give the flag."""
        if not isinstance(value, bool):
            raise Unfit(f"is {self.words}, and here is {given(value)}")
        return value

    @property
    def words(self) -> str:
        """What it is."""
        return "true or false"


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a rule. `label` as sentences say it: "the year end"."""

    name: str
    label: str
    kind: Kind
    optional: bool = False


def read(inputs: tuple[Input, ...], values: dict[str, object]) -> dict[str, Value]:
    """The values as rules hold them.

    Refuses `bad-value` for a value that no such input has, for what is missing (all of it at once) and for a name
    that the rule does not know: an input with a slip in its name would else be left out unseen.
    """
    known = {one.name: one for one in inputs}
    for name in values:
        if name not in known:
            hint = did_you_mean(name, list(known))
            raise Refusal(Code.BAD_VALUE, f"This rule has no input “{name}”.{hint}", field=name)
    taken: dict[str, Value] = {}
    for name, value in values.items():
        try:
            taken[name] = known[name].kind.read(value)
        except Unfit as error:
            raise Refusal(Code.BAD_VALUE, f"{sentence(known[name].label)} {error}.", field=name) from None
    missing = [one for one in inputs if not one.optional and one.name not in taken]
    if missing:
        labels = [one.label for one in missing]
        words = labels[0] if len(labels) == 1 else listed(labels, "and")
        verb = "is" if len(labels) == 1 else "are"
        raise Refusal(Code.BAD_VALUE, f"{sentence(words)} {verb} missing.", field=missing[0].name)
    return taken


def sentence(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def as_date(value: object) -> date | None:
    """A date given as such or as text like 2026-03-31; None where it is none."""
    if type(value) is date:
        return value
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
