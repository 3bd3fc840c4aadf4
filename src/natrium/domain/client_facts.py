"""The facts that a client may have: what each is called, what it may say, and for which kinds of client it is meant.

Rules of law and schedules ask for most of them by name (deadlines/feeds.py, recurrence/anchors.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from natrium.domain.deadlines.feeds import Unknown
from natrium.domain.deadlines.inputs import EARLIEST, LATEST, as_date
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.anchors import series_of
from natrium.domain.recurrence.schedule import Anchor
from natrium.domain.workflow.fields import did_you_mean, listed

# What has always been so holds from here: no rule of law is kept for an earlier day.
ALWAYS = EARLIEST
WRITTEN_YEAR_END = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]|last)")
COMPANIES = ("limited_company", "llp", "charity")
BUSINESSES = ("limited_company", "llp", "partnership", "sole_trader", "trust", "charity")
TRADERS = ("sole_trader", "individual")


@dataclass(frozen=True, slots=True)
class Words:
    """Any words."""

    hint: str = ""
    sort: str = "text"

    def read(self, text: str) -> str:
        """Give the text as it is kept."""
        return text


@dataclass(frozen=True, slots=True)
class ADay:
    """A date. `is_its_own`: it holds from that very day on, as a statement that was made does."""

    is_its_own: bool = False
    hint: str = ""
    sort: str = "date"

    def read(self, text: str) -> str:
        """Give the date as ISO text. Raises ValueError with a sentence."""
        day = as_date(text)
        if day is None:
            message = "Write a date as 2026-11-24."
            raise ValueError(message)
        if not EARLIEST <= day <= LATEST:
            message = f"A date lies between {said(EARLIEST)} and {said(LATEST)}."
            raise ValueError(message)
        return text


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words, each with what it means."""

    options: tuple[tuple[str, str], ...]
    hint: str = ""
    sort: str = "choice"

    def read(self, text: str) -> str:
        """Give the word. Raises ValueError with a sentence."""
        for value, _ in self.options:
            if value == text.lower():
                return value
        message = f"It is {listed([f'“{value}”' for value, _ in self.options])}."
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class PayDates:
    """When wages are paid, in one of the four ways to say so."""

    hint: str = "last working day; last Friday; day 25; every 2 weeks from 2026-01-02"
    sort: str = "text"

    def read(self, text: str) -> str:
        """Give the words. Raises ValueError with a sentence."""
        known = Known(kind="", name="", facts={"pay_dates": text})
        found = series_of(Anchor.PAY_DATES, 0, known, is_holiday=lambda _: False)
        if isinstance(found, Unknown) and found.missing:
            message = f"Say it in one of these ways: {self.hint}."
            raise ValueError(message)
        return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class YearEndOn:
    """The month and day on which years end, or a month's last day."""

    hint: str = "03-31; 02-last for the end of February"
    sort: str = "text"

    def read(self, text: str) -> str:
        """Give the words. Raises ValueError with a sentence."""
        if WRITTEN_YEAR_END.fullmatch(text) is None:
            message = f"Say it in one of these ways: {self.hint}."
            raise ValueError(message)
        return text


@dataclass(frozen=True, slots=True)
class FactKind:
    """One fact. `who`: the kinds of client it is offered for first. `once`: there is one value, from birth on."""

    name: str
    label: str
    value: Words | ADay | OneOf | PayDates | YearEndOn
    who: tuple[str, ...] = BUSINESSES
    once: bool = False

    def check(self, value: str) -> str:
        """Give a value as it is kept. Refuses `bad-value` of the field `value`."""
        text = value.strip()
        if not text:
            raise Refusal(Code.BAD_VALUE, "A fact has a name and a value.", field="value")
        try:
            return self.value.read(text)
        except ValueError as error:
            raise Refusal(Code.BAD_VALUE, f"{self.label}: {error}", field="value") from error

    def holds_from(self, value: str, day: date | None) -> date:
        """From when on a value holds: as was said, or from its own day, or since ever."""
        if self.once:
            return ALWAYS
        if isinstance(self.value, ADay) and self.value.is_its_own:
            return as_date(value) or ALWAYS
        return day or ALWAYS

    def in_words(self, value: str, *, day: Callable[[date], str]) -> str:
        """A value as people read it; `day` writes a date."""
        if isinstance(self.value, OneOf):
            return dict(self.value.options).get(value, value)
        found = as_date(value) if isinstance(self.value, ADay) else None
        return day(found) if found else value


YES_NO = OneOf((("yes", "Yes"), ("no", "No")))
# HMRC's VAT stagger groups (DMBM530020): the months in which a quarter ends.
STAGGERS = OneOf(
    (
        ("1", "March, June, September, December"),
        ("2", "January, April, July, October"),
        ("3", "February, May, August, November"),
        ("0", "every month"),
    )
)
COMPANY_TYPES = OneOf(
    (("private", "Private company"), ("plc", "Public company (plc)"), ("llp", "Limited liability partnership")),
    hint="Only where the name does not end with it.",
)
FACTS: tuple[FactKind, ...] = (
    FactKind("incorporated", "Incorporated", ADay(is_its_own=True), COMPANIES, once=True),
    FactKind("company_type", "Kind of company", COMPANY_TYPES, COMPANIES),
    FactKind("last_confirmation_date", "Last confirmation statement", ADay(is_its_own=True), COMPANIES),
    FactKind("vat_stagger", "VAT quarters end", STAGGERS),
    FactKind("vat_scheme", "VAT scheme", Words()),
    FactKind("vat_year_end", "VAT year end (annual accounting)", ADay(hint="The last one, or the next.")),
    FactKind(
        "vat_interim_plan",
        "VAT interim payments (annual accounting)",
        OneOf((("monthly", "Nine monthly ones"), ("quarterly", "Three quarterly ones"))),
    ),
    FactKind("pay_dates", "Wages are paid", PayDates()),
    FactKind("payroll", "Payroll runs", Words()),
    FactKind("employees", "Employees", Words()),
    FactKind("paye_frequency", "PAYE is paid", OneOf((("monthly", "Every month"), ("quarterly", "Every quarter")))),
    FactKind("duties_start", "Workplace pension duties began", ADay(is_its_own=True), once=True),
    FactKind("last_reenrolment", "Last re-enrolment", ADay(is_its_own=True)),
    FactKind("corporate_partner", "A company is a partner", YES_NO, ("partnership", "llp")),
    FactKind(
        "mtd_quarters",
        "Quarters of Making Tax Digital",
        OneOf((("standard", "To the 5th of a month"), ("calendar", "To the end of a month"))),
        TRADERS,
    ),
    FactKind("new_build", "The dwelling was newly built (ATED)", YES_NO, ("limited_company",)),
    FactKind("last_aml_review", "Last AML review", ADay(is_its_own=True), (*BUSINESSES, "individual")),
)
# What a change of the year end leaves; it is not offered, since that is an operation with a preview.
YEAR_END = FactKind("year_end", "Year end", YearEndOn())
BY_NAME = {fact.name: fact for fact in (*FACTS, YEAR_END)}


def fact_called(name: str) -> FactKind:
    """A fact by its name. Refuses `bad-value` of the field `field`."""
    if name not in BY_NAME:
        hint = did_you_mean(name, list(BY_NAME))
        raise Refusal(Code.BAD_VALUE, f"A client has no fact “{name}”.{hint}", field="field")
    return BY_NAME[name]


def offered(kind: str) -> tuple[tuple[FactKind, ...], tuple[FactKind, ...]]:
    """The facts that make sense for a kind of client, and the rest."""
    return tuple(one for one in FACTS if kind in one.who), tuple(one for one in FACTS if kind not in one.who)
