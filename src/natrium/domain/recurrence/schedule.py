"""What a schedule says: how often, from which anchor, due when, with what beside it. Small data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from natrium.domain.deadlines.targets import Adjust
from natrium.domain.workflow.definition import DueUnit


class Anchor(StrEnum):
    """What the periods hang on, in words."""

    YEAR_END = "the client’s year end"
    INCORPORATION = "incorporation"
    VAT_STAGGER = "the client’s VAT stagger"
    VAT_MONTH = "the end of each month, for VAT"
    VAT_YEAR = "the client’s VAT year end"
    TAX_YEAR = "the end of the tax year"
    TAX_QUARTER = "the quarters of the tax year"
    TAX_MONTH = "the end of the tax month"
    ATED_YEAR = "the year from 1 April"
    CALENDAR = "the end of the month"
    PAY_DATES = "the client’s pay dates"
    DUTIES_START = "the duties start date"
    AML_REVIEW = "the last AML review"
    EVENT = "the day it happens"


class Whence(StrEnum):
    """The day that another counts from."""

    PERIOD_START = "the period starts"
    PERIOD_END = "the period ends"
    DUE = "it is due"
    EVENT = "it happens"


class Parts(StrEnum):
    """What a period has several tasks for."""

    ONE = ""
    INSTALMENT = "one for each instalment"
    INCOME_SOURCE = "one for each source of income"


@dataclass(frozen=True, slots=True)
class Offset:
    """So many months and days from a day of the period, moved off days on which nobody works: no date of law."""

    whence: Whence
    months: int = 0
    days: int = 0
    adjust: Adjust = Adjust.PREVIOUS


@dataclass(frozen=True, slots=True)
class Create:
    """When the task appears: so many days after (before, where negative) a day."""

    whence: Whence
    days: int
    unit: DueUnit = DueUnit.DAYS


@dataclass(frozen=True, slots=True)
class Before:
    """The practice's own target: so many days or working days before the due date, moved to the working day before."""

    days: int
    unit: DueUnit = DueUnit.DAYS


@dataclass(frozen=True, slots=True)
class Milestone:
    """Another date of the task, by a rule of its own."""

    label: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One recurring task's. `months` is 0 where the anchor says how often. Due by a rule of law, or by an offset.

    `others` are rules that take the place of the first for some clients, by the practice's choice.
    """

    service: str
    who: str
    anchor: Anchor
    create: Create
    workflow: str
    months: int = 12
    rule: str = ""
    offset: Offset | None = None
    target: Before | None = None
    milestones: tuple[Milestone, ...] = ()
    others: tuple[str, ...] = ()
    parts: Parts = Parts.ONE

    @property
    def statutory(self) -> bool:
        """Whether the law says when it is due; such a date is never moved."""
        return bool(self.rule)
