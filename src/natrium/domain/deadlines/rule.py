"""What a rule of law is: its versions, each with source, days on which it holds, and the way to reckon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from natrium.domain.deadlines.context import Condition, Context, Expression
from natrium.domain.deadlines.inputs import Input
from natrium.domain.deadlines.series import Part, QuarterToDate, Series
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal


class Deed(StrEnum):
    """What is due on the day."""

    FILE = "file"
    PAY = "pay"
    FILE_AND_PAY = "file and pay"
    GIVE = "give to employees"
    TELL = "tell"
    KNOW = "know"

    @property
    def pays(self) -> bool:
        """Whether money is to arrive by then, so that a last day for cleared funds goes with it."""
        return self in (Deed.PAY, Deed.FILE_AND_PAY)


@dataclass(frozen=True, slots=True)
class Sense:
    """What must hold of the inputs together. `message` says what does not, `field` which input it is about."""

    holds: Condition
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A rule as it stood for a time. `since` and `until` are compared with the rule's `governed` day, both inclusive.

    None in `since`: as far back as rules are kept; in `until`: still in force. Exactly one of `due` and `series`.
    """

    source: str
    number: int = 1
    since: date | None = None
    until: date | None = None
    due: Expression | None = None
    series: Series | None = None
    period: QuarterToDate | None = None
    note: str = ""

    def parts(self, context: Context) -> tuple[Part, ...]:
        """The dates, or the one date."""
        if self.series:
            return self.series.parts(context)
        found = cast("Expression", self.due).reckon(context)
        return (Part(1, found.day, found.words),)

    def covers(self, day: date) -> bool:
        """Whether the version holds for a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `governed` gives the day that decides which version holds.

    `statutory` is false for what is not a legal date: a practice's own target, the last day for cleared funds.
    """

    name: str
    title: str
    deed: Deed
    inputs: tuple[Input, ...]
    governed: Expression
    versions: tuple[Version, ...]
    sense: tuple[Sense, ...] = ()
    statutory: bool = True

    def version(self, number: int) -> Version:
        """A version by its number. Refuses `unknown-key`."""
        for one in self.versions:
            if one.number == number:
                return one
        message = f"The rule {self.name} has versions 1 to {len(self.versions)}, and no {number}."
        raise Refusal(Code.UNKNOWN_KEY, message, field="version")

    def version_for(self, context: Context) -> Version:
        """The version that holds for these inputs. Refuses `bad-value` for a day that no version covers."""
        governed = self.governed.reckon(context)
        for one in self.versions:
            if one.covers(governed.day):
                return one
        since = ", ".join(said(one.since) for one in self.versions[:1] if one.since)
        words = governed.words if governed.named else f"{said(governed.day)} ({governed.words})"
        message = f"This rule holds from {since} on, and not yet for {words}. What held before is not kept here."
        raise Refusal(Code.BAD_VALUE, message, field=self.inputs[0].name)
