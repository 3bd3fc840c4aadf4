"""The table of rules: whole, sourced, with versions that follow one another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from natrium.domain.deadlines.rule import Deed, Rule
from natrium.domain.deadlines.rules import RULES
from tests.unit.domain.deadlines.asking import ask

ALL = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)


@ALL
def test_a_rule_says_what_it_is_and_where_it_stands(rule: Rule) -> None:
    assert rule.title
    assert all(version.source for version in rule.versions)
    assert all((version.due is None) != (version.series is None) for version in rule.versions)
    assert len({one.name for one in rule.inputs}) == len(rule.inputs)
    assert all(one.label[0].islower() for one in rule.inputs)


@ALL
def test_versions_follow_one_another(rule: Rule) -> None:
    assert [version.number for version in rule.versions] == list(range(1, len(rule.versions) + 1))
    assert rule.versions[-1].until is None
    for earlier, later in zip(rule.versions, rule.versions[1:], strict=False):
        assert earlier.until
        assert later.since
        assert later.since > earlier.until


@ALL
def test_sense_is_of_inputs_that_the_rule_has(rule: Rule) -> None:
    names = {one.name for one in rule.inputs}
    assert {sense.field for sense in rule.sense} <= names


def test_what_the_law_does_not_set_is_not_called_statutory() -> None:
    assert {name for name, rule in RULES.items() if not rule.statutory} == {
        "ch.ard.default", "hmrc.vat.dd_collection", "hmrc.payment.cleared_by", "internal.target",
    }  # fmt: skip


def test_payments_are_what_is_paid() -> None:
    assert [deed for deed in Deed if deed.pays] == [Deed.PAY, Deed.FILE_AND_PAY]
    paid = {name for name, rule in RULES.items() if rule.deed.pays}
    assert paid == {
        "hmrc.ct.payment", "hmrc.ct.qip.large", "hmrc.ct.qip.very_large", "hmrc.vat.return",
        "hmrc.vat.return.sequence", "hmrc.vat.annual_return", "hmrc.vat.annual_interim", "hmrc.vat.poa",
        "hmrc.payment.cleared_by", "hmrc.sa.balancing", "hmrc.sa.poa1", "hmrc.sa.poa2",
        "hmrc.paye.payment_electronic", "hmrc.paye.payment_post", "hmrc.class1a_electronic", "hmrc.class1a_post",
        "hmrc.psa_payment_electronic", "hmrc.cis.payment_electronic", "hmrc.ated.return", "hmrc.ated.acquired",
        "hmrc.cgt_property",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "last", "first"),
    [
        ("hmrc.cgt_property", "completion", date(2021, 10, 26), date(2021, 10, 27)),
        ("hmrc.p11d", "tax_year_end", date(2027, 4, 5), date(2028, 4, 5)),
        ("hmrc.class1a_electronic", "tax_year_end", date(2027, 4, 5), date(2028, 4, 5)),
        ("hmrc.class1a_post", "tax_year_end", date(2027, 4, 5), date(2028, 4, 5)),
        ("hmrc.mtd_it.final", "tax_year_end", date(2026, 4, 5), date(2027, 4, 5)),
    ],
)
def test_the_day_decides_on_the_version(rule: str, name: str, last: date, first: date) -> None:
    assert ask(rule, **{name: last}).version.number == 1
    assert ask(rule, **{name: first}).version.number == 2


def test_quarterly_updates_have_a_version_before_2026() -> None:
    assert (
        ask("hmrc.mtd_it.quarterly", tax_year_start="2025-04-06", quarter=1).version.source == "SI 2021/1076 reg 7(5)"
    )
    assert ask("hmrc.mtd_it.quarterly", tax_year_start="2026-04-06", quarter=1).version.source == "SI 2026/336"


def test_an_instalment_on_the_final_day_counts_once() -> None:
    found = ask("hmrc.ct.qip.large", ap_start="2026-01-01", ap_end="2026-09-30").parts
    assert [part.due.isoformat() for part in found] == ["2026-07-14", "2026-10-14", "2027-01-14"]


def test_a_version_that_is_kept_holds_whatever_the_day() -> None:
    day = date(2026, 3, 1)
    assert ask("hmrc.cgt_property", completion=day).due == day + timedelta(days=60)
    kept = ask("hmrc.cgt_property", completion=day, version=1)
    assert (kept.due, kept.version.number) == (day + timedelta(days=30), 1)


def test_what_an_input_may_hold_is_said() -> None:
    kinds = {one.name: one.kind.words for rule in RULES.values() for one in rule.inputs}
    assert kinds["arp_end"] == "a date"
    assert kinds["tax_year_end"] == "a date on 5 April"
    assert kinds["quarter"] == "a whole number from 1 to 4"
    assert kinds["company_type"] == "“private”, “llp” or “plc”"
    assert kinds["corporate_partner"] == "true or false"
