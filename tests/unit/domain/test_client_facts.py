"""The facts of clients: all that rules and schedules ask for are among them, and each takes only what it can be."""

import inspect
import re
from datetime import date

import pytest

from natrium.apps.clients.models import KINDS
from natrium.domain.client_facts import ALWAYS, BY_NAME, FACTS, YEAR_END, fact_called, offered
from natrium.domain.deadlines import known
from natrium.domain.deadlines.feeds import feeds_of
from natrium.domain.deadlines.inputs import Choice
from natrium.domain.deadlines.rules import RULES
from natrium.domain.errors import Refusal
from natrium.domain.recurrence import anchors, periods
from natrium.domain.recurrence.anchors import DATES, series_of
from natrium.domain.recurrence.schedule import Anchor

ASKED = re.compile(r"""(?:fact|flag|number|facts\.get)\("(\w+)"\)""")


def test_every_fact_that_a_rule_or_a_schedule_asks_for_is_offered() -> None:
    of_rules = {feed.fact for name in RULES for _, feed in feeds_of(name)} - {""}
    in_words = {name for module in (known, anchors, periods) for name in ASKED.findall(inspect.getsource(module))}
    assert len(of_rules) > 8
    assert len(in_words) > 5
    assert of_rules | in_words | set(DATES.values()) <= set(BY_NAME)


def test_what_a_choice_offers_is_what_the_rules_take() -> None:
    for name in RULES:
        for one, feed in feeds_of(name):
            if isinstance(one.kind, Choice) and feed.fact:
                options = {value for value, _ in BY_NAME[feed.fact].value.options}  # type: ignore[union-attr]
                assert options == set(one.kind.options), (name, one.name)


@pytest.mark.parametrize("text", ["last working day", "Last  Friday", "day 25", "every 2 weeks from 2026-01-02"])
def test_pay_dates_that_can_be_said_give_periods(text: str) -> None:
    kept = fact_called("pay_dates").check(f" {text} ")
    of_client = known.Known(kind="", name="", facts={"pay_dates": kept})
    assert series_of(Anchor.PAY_DATES, 0, of_client, is_holiday=lambda _: False)
    assert kept == " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("incorporated", "23/03/2004", "Incorporated: Write a date as 2026-11-24."),
        ("incorporated", "1889-03-23", "lies between 1 Jan 1990 and 31 Dec 2099"),
        ("vat_stagger", "4", "VAT quarters end: It is “1”, “2”, “3” or “0”."),
        ("corporate_partner", "maybe", "“yes” or “no”"),
        ("pay_dates", "day 32", "Wages are paid: Say it in one of these ways"),
        ("year_end", "31 March", "Year end: Say it in one of these ways: 03-31; 02-last"),
        ("year_end", "04-32", "Year end: Say it in one of these ways"),
        ("payroll", "  ", "A fact has a name and a value."),
    ],
)
def test_what_a_fact_cannot_be_is_refused_at_its_value(name: str, value: str, words: str) -> None:
    with pytest.raises(Refusal, match=re.escape(words)) as refused:
        fact_called(name).check(value)
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("payroll", "  Two of them, by Ann ", "Two of them, by Ann"),
        ("incorporated", " 2004-03-23", "2004-03-23"),
        ("incorporated", "1990-01-01", "1990-01-01"),
        ("incorporated", "2099-12-31", "2099-12-31"),
        ("vat_stagger", "0", "0"),
        ("company_type", "PLC", "plc"),
        ("year_end", "03-31", "03-31"),
        ("year_end", "02-last", "02-last"),
    ],
)
def test_a_fact_is_kept_as_it_was_said(name: str, value: str, kept: str) -> None:
    assert fact_called(name).check(value) == kept


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("vat_stagger", "2", "January, April, July, October"),
        ("vat_stagger", "9", "9"),
        ("incorporated", "2004-03-23", "23/3/2004"),
        ("incorporated", "in spring", "in spring"),
        ("payroll", "2004-03-23", "2004-03-23"),
    ],
)
def test_a_fact_in_words_and_what_cannot_be_read_as_it_is(name: str, value: str, words: str) -> None:
    assert fact_called(name).in_words(value, day=lambda day: f"{day.day}/{day.month}/{day.year}") == words


def test_a_fact_that_there_is_not_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(Refusal, match="Did you mean “incorporated”") as refused:
        fact_called("incorportaed")
    assert refused.value.field == "field"


def test_since_when_a_fact_holds() -> None:
    day = date(2026, 4, 1)
    assert fact_called("incorporated").holds_from("2004-03-23", day) == ALWAYS, "there is one, whenever it is said"
    assert fact_called("last_reenrolment").holds_from("2024-05-01", day) == date(2024, 5, 1), "from its own day on"
    assert fact_called("vat_stagger").holds_from("1", day) == day
    assert fact_called("vat_stagger").holds_from("1", None) == ALWAYS


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_is_offered_once_and_what_fits_first(kind: str) -> None:
    first, others = offered(kind)
    assert sorted(one.name for one in (*first, *others)) == sorted(set(BY_NAME) - {YEAR_END.name}), "by an operation"
    assert len(BY_NAME) == len(FACTS) + 1
    assert all(one.who for one in FACTS)
