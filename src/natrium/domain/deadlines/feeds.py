"""Which fact of a client or a period feeds each input of each rule. What is missing is said, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from natrium.domain.deadlines.context import Holidays
from natrium.domain.deadlines.inputs import Input
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.reckoning import Answer, reckon
from natrium.domain.deadlines.rules import rule_called
from natrium.domain.errors import Code, Refusal

KEPT = 4096


class Source(StrEnum):
    """Where a value comes from."""

    CLIENT = "client"
    PERIOD = "period"
    TASK = "task"
    ASKED = "whoever asks"


@dataclass(frozen=True, slots=True)
class Feed:
    """What feeds an input: where from, the words for it, how it is read. `fact` is the client's fact, if it is one."""

    source: Source
    words: str
    give: Callable[[Known], object | None]
    fact: str = ""


def _fact(name: str, words: str) -> Feed:
    return Feed(Source.CLIENT, f"the client’s fact “{name}”: {words}", lambda known: known.fact(name), name)


def _flag(name: str, words: str) -> Feed:
    return Feed(Source.CLIENT, f"the client’s fact “{name}”: {words}, yes or no", lambda known: known.flag(name), name)


def _dated(name: str) -> Feed:
    return Feed(Source.TASK, f"the task’s other date “{name}”", lambda known: known.dates.get(name))


def _asked(words: str) -> Feed:
    return Feed(Source.ASKED, words, lambda _: None)


PERIOD_START = Feed(Source.PERIOD, "the start of the period", lambda known: known.period_start)
PERIOD_END = Feed(Source.PERIOD, "the end of the period", lambda known: known.period_end)
ONE_PERIOD_END = Feed(
    Source.PERIOD,
    "the end of the period, which has a start and is not longer than 12 months",
    lambda known: known.accounting_period_end,
)
FIRST_PERIOD_END = Feed(
    Source.PERIOD,
    "the end of the period, or of its first 12 months where it is longer",
    lambda known: known.first_accounting_period_end,
)
TAX_YEAR_START = Feed(
    Source.PERIOD, "the 6 April of the tax year in which the period ends", lambda known: known.tax_year_start
)
QUARTER = Feed(
    Source.PERIOD,
    "the quarter with which the period ends, on a 5th or with a month",
    lambda known: known.quarter,
)
ELECTION = Feed(
    Source.PERIOD, "standard quarters where the period ends on a 5th, calendar ones where with a month",
    lambda known: known.election,
)  # fmt: skip
COMPANY_TYPE = Feed(
    Source.CLIENT,
    "the client’s fact “company_type”: private, llp or plc; else the kind LLP, or how the name ends by law (Limited, "
    "plc, LLP)",
    lambda known: known.company_type,
    "company_type",
)
LAST_CONFIRMATION = Feed(
    Source.PERIOD,
    "the day before the period starts, which is the review period; none where it starts with incorporation",
    lambda known: known.last_confirmation,
)
BORN = Feed(
    Source.CLIENT,
    "the client’s fact “incorporated”, where the period starts with it",
    lambda known: known.born,
    "incorporated",
)
PARTNERSHIP_YEAR_END = Feed(
    Source.CLIENT,
    "the client’s year end that is the last one before the period’s end",
    lambda known: known.partnership_year_end,
)
LAST_REENROLMENT = Feed(
    Source.CLIENT,
    "the client’s fact “last_reenrolment”: the last re-enrolment date, less than three years before the period starts",
    lambda known: known.last_reenrolment,
    "last_reenrolment",
)
CYCLE = Feed(
    Source.CLIENT,
    "1, or 2 for every later one: where there was a re-enrolment, or the period starts three years after duties did",
    lambda known: known.cycle,
)
STAGGER = Feed(
    Source.CLIENT,
    "the client’s fact “vat_stagger”: 1, 2 or 3, or 0 for every month",
    lambda known: known.number("vat_stagger"),
    "vat_stagger",
)

BY_NAME: dict[str, Feed] = {
    "company_type": COMPANY_TYPE,
    "arp_end": PERIOD_END,
    "incorporated": _fact("incorporated", "the date of incorporation"),
    "notice_date": _dated("Notice of a shorter period"),
    "last_confirmation_date": LAST_CONFIRMATION,
    "ap_start": PERIOD_START,
    "ap_end": ONE_PERIOD_END,
    "period_start": PERIOD_START,
    "period_end": PERIOD_END,
    "poa_start": PERIOD_START,
    "poa_end": PERIOD_END,
    "notice_served": _dated("Notice to file"),
    "stagger": STAGGER,
    "from": _asked("the day from which periods are listed"),
    "count": _asked("how many periods are listed"),
    "plan": _fact("vat_interim_plan", "quarterly or monthly"),
    "return_due": _asked("the date the return is due, by its own rule"),
    "due": _asked("the date the payment is due, by its own rule"),
    "calendar": _asked("English bank days, unless another calendar is asked for"),
    "tax_year_end": PERIOD_END,
    "tax_year_start": TAX_YEAR_START,
    "quarter": QUARTER,
    "election": ELECTION,
    "corporate_partner": _flag("corporate_partner", "whether a company is a partner"),
    "relevant_period_end": PARTNERSHIP_YEAR_END,
    "payday": _dated("Payday"),
    "frequency": _fact("paye_frequency", "monthly or quarterly"),
    "tax_month_end": PERIOD_END,
    "duties_start": _fact("duties_start", "the date on which duties as an employer started"),
    "cycle": CYCLE,
    "last_reenrolment": LAST_REENROLMENT,
    "chargeable_period_start": PERIOD_START,
    "acquired": _dated("Dwelling acquired"),
    "new_build": _flag("new_build", "whether the dwelling is newly built"),
    "fy_end": PERIOD_END,
    "completion": _dated("Completion"),
}
BY_RULE: dict[tuple[str, str], Feed] = {
    ("ch.accounts.shortened", "incorporated"): BORN,
    ("hmrc.ct.return", "period_end"): FIRST_PERIOD_END,
    ("ch.cs01", "incorporated"): BORN,
    ("internal.target", "due"): Feed(Source.TASK, "the task’s statutory date", lambda known: known.statutory),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A date that cannot be said. `missing` are the facts it takes that are not there, in words."""

    rule: str
    missing: tuple[str, ...]
    reason: str


def feeds_of(name: str) -> tuple[tuple[Input, Feed], ...]:
    """Each input of a rule with what feeds it. Refuses `unknown-key` for a rule that is not there."""
    rule = rule_called(name)
    return tuple((one, BY_RULE.get((name, one.name), BY_NAME[one.name])) for one in rule.inputs)


def is_for_a_task(name: str) -> bool:
    """Whether a rule can date a piece of work: by law, and by what a task and its client can have.

    Refuses `unknown-key` for a rule that is not there.
    """
    asked = any(feed.source is Source.ASKED and not one.optional for one, feed in feeds_of(name))
    return rule_called(name).statutory and not asked


def due_for(name: str, known: Known, *, holidays: Holidays, version: int | None = None) -> Answer | Unknown:
    """The date of a rule for a client and a period; or, in words, which facts are missing or make no sense.

    The accounts of a company's first period go by the rule of first accounts, and the annual rule says so by asking
    when it was incorporated. Refuses `unknown-key` for a rule or version that is not there.
    """
    if name == "ch.accounts.annual":
        first = _is_first(known)
        if isinstance(first, Unknown):
            return first
        name = "ch.accounts.first" if first else name
    values, missing = {}, []
    for one, feed in feeds_of(name):
        value = feed.give(known)
        if value is not None:
            values[one.name] = value
        elif not one.optional:
            missing.append(feed.words)
    if missing:
        return _unknown(name, missing)
    try:
        return _reckoned(name, tuple(values.items()), holidays, version)
    except Refusal as refusal:
        if refusal.code is Code.UNKNOWN_KEY:
            raise
        return Unknown(name, (), refusal.message)


@lru_cache(maxsize=KEPT)
def _reckoned(name: str, values: tuple[tuple[str, object], ...], holidays: Holidays, version: int | None) -> Answer:
    """The answer, kept: of many clients a few month ends are asked again and again."""
    return reckon(name, dict(values), holidays=holidays, version=version)


def _is_first(known: Known) -> bool | Unknown:
    """Whether the period is a company's first: it starts no later than the company does."""
    start, born = known.period_start, known.incorporated
    if start and born:
        return start <= born
    missing = [] if born else [BY_NAME["incorporated"].words]
    return _unknown("ch.accounts.annual", missing if start else [*missing, PERIOD_START.words])


def _unknown(name: str, missing: list[str]) -> Unknown:
    return Unknown(name, tuple(missing), f"Missing: {'; '.join(missing)}.")
