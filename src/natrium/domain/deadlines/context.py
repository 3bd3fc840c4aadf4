"""What a reckoning has at hand, and what it gives: a day, with the words for how it was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol, cast

from natrium.domain.dates import add_working_days
from natrium.domain.deadlines.inputs import Value
from natrium.domain.deadlines.words import said


class Calendar(StrEnum):
    """The bank holidays of which part of the United Kingdom."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


# Payments are counted by these everywhere: Scottish clearing banks have kept English bank days since 1996.
BANKS = Calendar.ENGLAND_AND_WALES

type Holidays = Callable[[Calendar, date], bool]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day and how it was found. `named`: the words name a day that was given ("the year end, 30 Jun 2027")."""

    day: date
    words: str
    named: bool = False

    def then(self, day: date, words: str, follow: str = "") -> Reckoned:
        """The next day of a chain: after a given day "9 months after …", else "…: 31 Dec 2025; 1 day after that".

        `follow` takes the place of "… that".
        """
        if self.named:
            return Reckoned(day, f"{words} {self.words}")
        return Reckoned(day, f"{self.words}: {said(self.day)}; {follow or f'{words} that'}")


@dataclass(frozen=True, slots=True)
class Context:
    """The inputs of one reckoning, the words for them, and which days are bank holidays."""

    values: Mapping[str, Value]
    labels: Mapping[str, str]
    holidays: Holidays

    def day(self, name: str) -> date:
        """An input that is a date."""
        return cast("date", self.values[name])

    def whole(self, name: str) -> int:
        """An input that is a number."""
        return cast("int", self.values[name])

    def having(self, name: str, value: Value, label: str) -> Context:
        """The same with one more input."""
        return replace(self, values={**self.values, name: value}, labels={**self.labels, name: label})

    def working(self, day: date, days: int, calendar: Calendar = BANKS) -> date:
        """The working day so many working days later; 0 gives the day itself or the working day before it."""
        return add_working_days(day, days, is_holiday=lambda one: self.holidays(calendar, one))


class Expression(Protocol):
    """A way to find a day from the inputs. It is data: frozen, compared by value, made of others like it."""

    def reckon(self, context: Context) -> Reckoned:
        """Give the day with its words."""
        ...


class Condition(Protocol):
    """Something that holds of the inputs or does not."""

    def holds(self, context: Context) -> bool:
        """Say whether it holds."""
        ...
