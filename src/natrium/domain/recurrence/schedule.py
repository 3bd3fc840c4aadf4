"""What a schedule says: how often, from which anchor, due when, with what beside it. Small data, and its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.targets import Adjust
from natrium.domain.deadlines.words import counted
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


def sentence(schedule: Schedule) -> str:
    """The schedule as people read it.

    "Every 12 months, by the client’s year end. Due by law: Accounts to Companies House. Target 60 days before. Appears
    1 day after the period ends."
    """
    words = [_often(schedule), _due(schedule)]
    if schedule.parts:
        words.append(f"Tasks: {schedule.parts.value}.")
    words += [f"{one.label}: by law, {RULES[one.rule].title}." for one in schedule.milestones]
    if schedule.target:
        words.append(f"Target {_count(schedule.target.days, schedule.target.unit)} before.")
    return " ".join([*words, f"Appears {_side(schedule.create.days, schedule.create.unit)} {schedule.create.whence}."])


def _often(schedule: Schedule) -> str:
    if schedule.anchor is Anchor.EVENT:
        return "Once."
    if schedule.anchor is Anchor.PAY_DATES:
        return "Every pay period, by the client’s pay dates."
    return f"Every {counted(schedule.months, 'month').removeprefix('1 ')}, by {schedule.anchor}."


def _due(schedule: Schedule) -> str:
    offset = schedule.offset
    if offset is None:
        return f"Due by law: {RULES[schedule.rule].title}."
    spans = [(offset.months, "month"), (offset.days, "day")]
    after = " and ".join(counted(number, noun) for number, noun in spans if number)
    moved = {Adjust.PREVIOUS: "before", Adjust.NEXT: "after"}.get(offset.adjust)
    working = f"; the working day {moved} where it is none" if moved else ""
    return f"Due {after} after {offset.whence}{working}."


def _count(days: int, unit: DueUnit) -> str:
    return counted(days, "working day" if unit is DueUnit.WORKING_DAYS else "day")


def _side(days: int, unit: DueUnit) -> str:
    if days == 0:
        return "when"
    return f"{_count(abs(days), unit)} {'before' if days < 0 else 'after'}"
