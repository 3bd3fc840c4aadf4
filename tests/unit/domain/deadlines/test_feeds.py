"""Which fact feeds which input; what is missing is said, and nothing is guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from natrium.domain.deadlines.feeds import Source, Unknown, due_for, feeds_of, is_for_a_task
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.reckoning import Answer
from natrium.domain.deadlines.rules import RULES
from natrium.domain.errors import Refusal
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

TAX_YEAR = {"period_start": date(2025, 4, 6), "period_end": date(2026, 4, 5)}
OLD = {"incorporated": "2010-05-04"}


def known(name: str = "Widget Ltd", kind: str = "limited_company", **more: Any) -> Known:
    return Known(kind=kind, name=name, **more)


def found(rule: str, of: Known) -> tuple[str, str, int]:
    answer = due_for(rule, of, holidays=is_bank_holiday)
    assert isinstance(answer, Answer), answer
    return answer.due.isoformat(), answer.rule.name, answer.version.number


def missing(rule: str, of: Known) -> tuple[tuple[str, ...], str]:
    answer = due_for(rule, of, holidays=is_bank_holiday)
    assert isinstance(answer, Unknown), answer
    return answer.missing, answer.reason


def year(to: str, **more: Any) -> dict[str, Any]:
    end = date.fromisoformat(to)
    return {"period_start": date(end.year - 1, end.month, end.day), "period_end": end, **more}


@pytest.mark.parametrize("rule", RULES)
def test_each_input_of_each_rule_has_a_feed_in_words(rule: str) -> None:
    fed = feeds_of(rule)
    assert [one.name for one, _ in fed] == [one.name for one in RULES[rule].inputs]
    assert all(feed.words for _, feed in fed)
    assert all((feed.source is Source.CLIENT) or not feed.fact for _, feed in fed)


@pytest.mark.parametrize(
    ("rule", "of", "expected"),
    [
        ("ch.accounts.annual", known(**year("2027-06-30", facts=OLD)), "2028-03-31"),
        ("ch.accounts.annual", known("Big plc", **year("2027-06-30", facts=OLD)), "2027-12-31"),
        ("ch.accounts.annual", known("Two Partners", "llp", **year("2027-06-30", facts=OLD)), "2028-03-31"),
        ("ch.accounts.annual", known("X", **year("2027-06-30", facts={**OLD, "company_type": "plc"})), "2027-12-31"),
        ("ch.cs01", known(**year("2026-03-09", facts=OLD)), "2026-03-22"),
        ("hmrc.ct.payment", known(**year("2026-03-31") | {"period_start": date(2025, 4, 1)}), "2027-01-01"),
        ("hmrc.ct.return", known(period_start=date(2025, 1, 1), period_end=date(2026, 3, 31)), "2027-03-31"),
        ("hmrc.ct.return", known(period_start=date(2025, 1, 1), period_end=date(2026, 8, 31)), "2027-06-30"),
        ("hmrc.vat.return", known(period_end=date(2026, 6, 30)), "2026-08-07"),
        ("hmrc.sa.return_online", known("Ann", "individual", **TAX_YEAR), "2027-01-31"),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2026, 7, 5)), "2026-08-07"),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2026, 9, 30)), "2026-11-07"),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2026, 12, 31)), "2027-02-07"),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2027, 4, 5)), "2027-05-07"),
        ("hmrc.partnership.return_online", known(**TAX_YEAR, facts={"corporate_partner": "No"}), "2027-01-31"),
        (
            "hmrc.partnership.return_online",
            known(**TAX_YEAR, facts={"corporate_partner": "yes"}, year_end=(2, 28), year_end_is_last=True),
            "2027-02-28",
        ),
        (
            "hmrc.partnership.return_online",
            known(**TAX_YEAR, facts={"corporate_partner": "yes"}, year_end=(6, 30)),
            "2027-01-31",
        ),
        ("hmrc.paye.payment_electronic",
         known(facts={"paye_frequency": "monthly"}, dates={"Payday": date(2026, 5, 6)}), "2026-06-22"),
        ("tpr.redeclaration", known(facts={"duties_start": "2014-04-01"}), "2017-08-31"),
        ("tpr.redeclaration",
         known(facts={"duties_start": "2014-04-01", "last_reenrolment": "2017-04-01"}), "2020-08-31"),
        ("hmrc.vat.annual_interim",
         known(period_start=date(2026, 4, 1), facts={"vat_interim_plan": "quarterly"}), "2026-07-31"),
        ("hmrc.ated.acquired", known(facts={"new_build": "yes"}, dates={"Dwelling acquired": date(2026, 7, 1)}),
         "2026-09-28"),
        ("internal.target", known(statutory=date(2026, 12, 31)), "2026-12-31"),
        ("ch.accounts.shortened",
         known(**year("2025-09-30", facts=OLD), dates={"Notice of a shorter period": date(2026, 8, 10)}),
         "2026-11-10"),
    ],
)  # fmt: skip
def test_facts_and_period_give_the_date(rule: str, of: Known, expected: str) -> None:
    assert found(rule, of)[0] == expected


def test_the_first_period_of_a_company_goes_by_the_rule_of_first_accounts() -> None:
    first = known(period_start=date(2024, 1, 1), period_end=date(2025, 1, 31), facts={"incorporated": "2024-01-01"})
    assert found("ch.accounts.annual", first) == ("2025-10-01", "ch.accounts.first", 1)
    second = known(period_start=date(2025, 2, 1), period_end=date(2026, 1, 31), facts={"incorporated": "2024-01-01"})
    assert found("ch.accounts.annual", second) == ("2026-10-31", "ch.accounts.annual", 1)


def test_a_later_re_declaration_counts_from_the_re_enrolment_before() -> None:
    facts = {"duties_start": "2014-04-01"}
    first = known(period_start=date(2014, 4, 1), facts=facts)
    assert found("tpr.redeclaration", first)[0] == "2017-08-31"
    again = known(period_start=date(2017, 4, 1), facts=facts)
    assert missing("tpr.redeclaration", again)[1].startswith("The last re-enrolment date is missing")
    known_again = known(period_start=date(2017, 5, 2), facts={**facts, "last_reenrolment": "2017-05-02"})
    assert found("tpr.redeclaration", known_again)[0] == "2020-10-01"
    old = known(period_start=date(2020, 5, 2), facts={**facts, "last_reenrolment": "2017-05-02"})
    assert missing("tpr.redeclaration", old)[1].startswith("The last re-enrolment date is missing")


def test_the_first_review_period_begins_with_incorporation() -> None:
    born = {"incorporated": "2025-03-10"}
    first = known(period_start=date(2025, 3, 10), period_end=date(2026, 3, 9), facts=born)
    assert found("ch.cs01", first)[0] == "2026-03-23"
    second = known(period_start=date(2026, 3, 10), period_end=date(2027, 3, 9), facts=born)
    assert found("ch.cs01", second)[0] == "2027-03-23"


@pytest.mark.parametrize(
    ("rule", "dates_work"),
    [
        ("hmrc.vat.return", True),
        ("ch.accounts.annual", True),
        ("internal.target", False),
        ("hmrc.payment.cleared_by", False),
        ("hmrc.vat.return.sequence", False),
    ],
)
def test_work_is_dated_by_law_and_by_what_nobody_has_to_be_asked_for(
    rule: str,
    dates_work: bool,  # noqa: FBT001
) -> None:
    assert is_for_a_task(rule) is dates_work


BORN = "the client’s fact “incorporated”: the date of incorporation"
START = "the start of the period"
TYPE = (
    "the client’s fact “company_type”: private, llp or plc; else the kind LLP, or how the name ends by law (Limited, "
    "plc, LLP)"
)


@pytest.mark.parametrize(
    ("rule", "of", "expected"),
    [
        ("ch.accounts.annual", known(**year("2027-06-30")), (BORN,)),
        ("ch.accounts.annual", known(period_end=date(2027, 6, 30), facts=OLD), (START,)),
        ("ch.accounts.annual", known(), (BORN, START)),
        ("ch.accounts.annual", known(**year("2027-06-30", facts={"incorporated": "long ago"})), (BORN,)),
        ("ch.accounts.annual", known("Widget", **year("2027-06-30", facts=OLD)), (TYPE,)),
        ("ch.accounts.annual", known("Limitless", period_start=date(2026, 1, 1), facts=OLD),
         (TYPE, "the end of the period")),
        ("hmrc.ct.payment", known(period_start=date(2025, 1, 1), period_end=date(2026, 3, 31)),
         ("the end of the period, which has a start and is not longer than 12 months",)),
        ("hmrc.ct.payment", known(period_end=date(2026, 3, 31)),
         ("the end of the period, which has a start and is not longer than 12 months",)),
        ("hmrc.ct.return", known(period_end=date(2026, 3, 31)),
         ("the end of the period, or of its first 12 months where it is longer",)),
        ("hmrc.paye.payment_post", known(),
         ("the task’s other date “Payday”", "the client’s fact “paye_frequency”: monthly or quarterly")),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2026, 7, 6)),
         ("the quarter with which the period ends, on a 5th or with a month",)),
        ("hmrc.mtd_it.quarterly", known(period_end=date(2026, 6, 5)),
         ("the quarter with which the period ends, on a 5th or with a month",)),
        ("hmrc.mtd_it.quarterly", known(),
         ("the 6 April of the tax year in which the period ends",
          "the quarter with which the period ends, on a 5th or with a month")),
        ("hmrc.partnership.return_paper", known(**TAX_YEAR),
         ("the client’s fact “corporate_partner”: whether a company is a partner, yes or no",)),
        ("hmrc.payment.cleared_by", known(), ("the date the payment is due, by its own rule",)),
        ("hmrc.vat.return.sequence", known(facts={"vat_stagger": "2"}),
         ("the day from which periods are listed", "how many periods are listed")),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(rule: str, of: Known, expected: tuple[str, ...]) -> None:
    assert missing(rule, of) == (expected, f"Missing: {'; '.join(expected)}.")


@pytest.mark.parametrize(
    ("rule", "of", "reason"),
    [
        ("hmrc.vat.return", known(period_end=date(2026, 6, 28)),
         ("The end of the VAT period falls on the last day of a month, and here is 28 Jun 2026; other periods have "
         "dates of their own, agreed with HMRC.")),
        ("hmrc.partnership.return_paper", known(**TAX_YEAR, facts={"corporate_partner": "maybe"}),
         "Whether a company is a partner is true or false, and here is the text “maybe”."),
        ("ch.cs01", known(), "Incorporation is missing, or the last confirmation date where there is one."),
        ("hmrc.partnership.return_paper", known(period_end=date(2026, 4, 5), facts={"corporate_partner": "yes"}),
         "The end of the partnership’s period is missing: with a company as partner the date depends on it."),
    ],
)  # fmt: skip
def test_facts_that_make_no_sense_are_said(rule: str, of: Known, reason: str) -> None:
    assert missing(rule, of) == ((), reason)


def test_numbers_are_read_from_facts() -> None:
    assert [known(facts={"a": text}).number("a") for text in ("0", "3", "x", "²", "")] == [0, 3, "x", "²", ""]
    assert known().number("a") is None


def test_a_version_or_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="no 9"):
        due_for("hmrc.vat.return", known(period_end=date(2026, 6, 30)), holidays=is_bank_holiday, version=9)
    with pytest.raises(Refusal, match="no rule"):
        due_for("hmrc.vat", known(), holidays=is_bank_holiday)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("A Ltd", "private"),
        ("A LIMITED", "private"),
        ("A Ltd.", "private"),
        ("A Cyfyngedig", "private"),
        ("A Cyf", "private"),
        ("A plc", "plc"),
        ("A Public Limited Company", "plc"),
        ("A CCC", "plc"),
        ("A cwmni cyfyngedig cyhoeddus", "plc"),
        ("A LLP", "llp"),
        ("A Limited Liability Partnership", "llp"),
        ("A PAC", "llp"),
        ("A partneriaeth atebolrwydd cyfyngedig", "llp"),
        ("Ltd", None),
        ("Unlimited", None),
    ],
)
def test_a_name_says_by_its_end_what_a_company_is(name: str, kind: str | None) -> None:
    assert known(name).company_type == kind
