"""Inputs that make no sense are refused with the reason, not reckoned with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from natrium.domain.errors import Code
from tests.unit.domain.deadlines.asking import ask, refused

LTD = {"company_type": "private"}
YEAR = {"tax_year_end": "2026-04-05"}

VALUES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "ch.accounts.annual", {**LTD, "arp_end": "31/03/2026"}, "arp_end",
        "The year end is a date like 2026-03-31, and here is the text “31/03/2026”.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "2026-02-30"}, "arp_end",
        "The year end is a date like 2026-03-31, and here is the text “2026-02-30”.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "20260331"}, "arp_end",
        "The year end is a date like 2026-03-31, and here is the text “20260331”.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "2026-03-3\u0661"}, "arp_end",
        "The year end is a date like 2026-03-31, and here is the text “2026-03-3\u0661”.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": datetime(2026, 3, 31)}, "arp_end",  # noqa: DTZ001 - no date at all
        "The year end is a date like 2026-03-31, and here is a set of fields.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": 20260331}, "arp_end",
        "The year end is a date like 2026-03-31, and here is the number 20260331.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": None}, "arp_end",
        "The year end is a date like 2026-03-31, and here is nothing.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "1989-12-31"}, "arp_end",
        "The year end lies between 1 Jan 1990 and 31 Dec 2099, and here is 31 Dec 1989.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": date(2100, 1, 1)}, "arp_end",
        "The year end lies between 1 Jan 1990 and 31 Dec 2099, and here is 1 Jan 2100.",
    ),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "2009-04-04"}, "company_type",
        ("This rule holds from 5 Apr 2009 on, and not yet for the year end, 4 Apr 2009. What held before is not "
        "kept here."),
    ),
    (
        "ch.accounts.annual", {"company_type": "Ltd", "arp_end": "2026-03-31"}, "company_type",
        "The type of company is “private”, “llp” or “plc”, and here is the text “Ltd”.",
    ),
    (
        "ch.accounts.annual", {"company_type": 9, "arp_end": "2026-03-31"}, "company_type",
        "The type of company is “private”, “llp” or “plc”, and here is the number 9.",
    ),
    ("ch.accounts.annual", {"arp_end": "2026-03-31"}, "company_type", "The type of company is missing."),
    ("ch.accounts.annual", {}, "company_type", "The type of company and the year end are missing."),
    ("ch.accounts.first", LTD, "incorporated", "Incorporation and the year end are missing."),
    ("ch.accounts.first", {}, "company_type", "The type of company, incorporation and the year end are missing."),
    (
        "ch.accounts.annual", {**LTD, "arp_end": "2026-03-31", "arpend": "2026-03-31"}, "arpend",
        "This rule has no input “arpend”. Did you mean “arp_end”?",
    ),
    ("hmrc.p11d", {**YEAR, "quarter": 1}, "quarter", "This rule has no input “quarter”."),
    (
        "hmrc.sa.return_online", {"tax_year_end": "2026-03-31"}, "tax_year_end",
        "The end of the tax year falls on 5 April, and here is 31 Mar 2026.",
    ),
    (
        "hmrc.mtd_it.quarterly", {"tax_year_start": "2026-04-05", "quarter": 1}, "tax_year_start",
        "The start of the tax year falls on 6 April, and here is 5 Apr 2026.",
    ),
    (
        "hmrc.mtd_it.quarterly", {"tax_year_start": "2026-04-06", "quarter": 5}, "quarter",
        "The quarter is a whole number from 1 to 4, and here is the number 5.",
    ),
    (
        "hmrc.mtd_it.quarterly", {"tax_year_start": "2026-04-06", "quarter": True}, "quarter",
        "The quarter is a whole number from 1 to 4, and here is true.",
    ),
    (
        "hmrc.mtd_it.quarterly", {"tax_year_start": "2026-04-06", "quarter": 0}, "quarter",
        "The quarter is a whole number from 1 to 4, and here is the number 0.",
    ),
    (
        "hmrc.vat.return", {"period_end": "2026-03-28"}, "period_end",
        ("The end of the VAT period falls on the last day of a month, and here is 28 Mar 2026; other periods have "
         "dates "
        "of their own, agreed with HMRC."),
    ),
    (
        "hmrc.vat.annual_interim", {"period_start": "2026-04-02", "plan": "monthly"}, "period_start",
        ("The start of the VAT year falls on the 1st of a month, and here is 2 Apr 2026; other periods have dates of "
        "their own, agreed with HMRC."),
    ),
    (
        "hmrc.cis.return", {"tax_month_end": "2026-11-30"}, "tax_month_end",
        "The end of the tax month falls on the 5th of a month, and here is 30 Nov 2026.",
    ),
    (
        "hmrc.ated.return", {"chargeable_period_start": "2026-04-06"}, "chargeable_period_start",
        "The start of the chargeable period falls on 1 April, and here is 6 Apr 2026.",
    ),
    (
        "hmrc.vat.return.sequence", {"stagger": 1, "from": "2026-01-01", "count": 61}, "count",
        "The number of periods is a whole number from 1 to 60, and here is the number 61.",
    ),
    (
        "hmrc.partnership.return_online", {**YEAR, "corporate_partner": 1}, "corporate_partner",
        "Whether a company is a partner is true or false, and here is the number 1.",
    ),
]  # fmt: skip

SENSE: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "ch.accounts.first", {**LTD, "incorporated": "2025-01-01", "arp_end": "2024-12-31"}, "arp_end",
        ("A first accounting reference period is longer than 6 months (Companies Act 2006 s.391(5)), and the year "
         "end "
        "given is not that long after incorporation."),
    ),
    (
        "ch.accounts.first", {**LTD, "incorporated": "2025-01-01", "arp_end": "2025-06-30"}, "arp_end",
        ("A first accounting reference period is longer than 6 months (Companies Act 2006 s.391(5)), and the year "
         "end "
        "given is not that long after incorporation."),
    ),
    (
        "ch.accounts.first", {**LTD, "incorporated": "2025-01-01", "arp_end": "2026-07-01"}, "arp_end",
        ("A first accounting reference period is not longer than 18 months (Companies Act 2006 s.391(5)), and the "
         "year "
        "end given is further from incorporation."),
    ),
    (
        "ch.accounts.first",
        {**LTD, "incorporated": "2025-01-01", "arp_end": "2025-12-31", "notice_date": "2024-12-31"}, "notice_date",
        "Notice is not given before the company is incorporated.",
    ),
    (
        "ch.accounts.shortened", {**LTD, "arp_end": "2025-09-30", "notice_date": "2028-01-01"}, "notice_date",
        ("Notice is not given once the time for filing is over (Companies Act 2006 s.392(4)), and the date given "
         "is more "
        "than 27 months after the year end."),
    ),
    ("ch.cs01", {}, "incorporated", "Incorporation is missing, or the last confirmation date where there is one."),
    (
        "ch.cs01", {"incorporated": "2026-01-02", "last_confirmation_date": "2026-01-01"}, "last_confirmation_date",
        "The last confirmation date lies before incorporation.",
    ),
    (
        "ch.cs01", {"incorporated": "2010-05-04"}, "incorporated",
        ("This rule holds from 30 Jun 2016 on, and not yet for 3 May 2011 (the last day of the 12 months that "
         "begin with "
        "incorporation, 4 May 2010). What held before is not kept here."),
    ),
    (
        "hmrc.ct.qip.large", {"ap_start": "2026-01-01", "ap_end": "2026-01-01"}, "ap_end",
        "The accounting period ends before it starts.",
    ),
    (
        "hmrc.ct.qip.very_large", {"ap_start": "2026-01-01", "ap_end": "2027-01-01"}, "ap_end",
        ("An accounting period for corporation tax is not longer than 12 months: a longer period of account is two "
         "of "
        "them."),
    ),
    (
        "hmrc.ct.return", {"period_end": "2026-12-31", "poa_end": "2026-12-31"}, "poa_start",
        "The start of the period of account is missing: with its end it says how long the period is.",
    ),
    (
        "hmrc.ct.return", {"period_end": "2026-12-31", "poa_start": "2026-01-01"}, "poa_end",
        "The end of the period of account is missing: with its start it says how long the period is.",
    ),
    (
        "hmrc.ct.return", {"period_end": "2026-12-31", "poa_start": "2026-12-31", "poa_end": "2027-12-31"},
        "period_end",
        "The period of the return ends before the period of account starts.",
    ),
    (
        "hmrc.ct.return", {"period_end": "2026-12-31", "poa_start": "2026-01-01", "poa_end": "2026-12-30"},
        "period_end",
        "The period of the return ends after the period of account.",
    ),
    (
        "hmrc.ct.return", {"period_end": "2026-12-31", "notice_served": "2026-12-31"}, "notice_served",
        "A notice to file is served after the end of the period.",
    ),
    (
        "hmrc.vat.annual_return", {"period_end": "2026-03-31", "period_start": "2026-04-01"}, "period_start",
        "The VAT year ends before it starts.",
    ),
    (
        "hmrc.vat.annual_return", {"period_end": "2026-03-31", "period_start": "2025-03-01"}, "period_start",
        "A VAT year is not longer than 12 months.",
    ),
    (
        "hmrc.partnership.return_paper", {**YEAR, "corporate_partner": True}, "relevant_period_end",
        "The end of the partnership’s period is missing: with a company as partner the date depends on it.",
    ),
    (
        "hmrc.partnership.return_online",
        {**YEAR, "corporate_partner": False, "relevant_period_end": "2026-04-06"}, "relevant_period_end",
        "The partnership’s period ends after the tax year it is returned for.",
    ),
    (
        "hmrc.partnership.return_online",
        {**YEAR, "corporate_partner": True, "relevant_period_end": "2025-04-05"}, "relevant_period_end",
        "The partnership’s period ends before the tax year it is returned for.",
    ),
    (
        "tpr.redeclaration", {"duties_start": "2014-04-01", "cycle": 2}, "last_reenrolment",
        "The last re-enrolment date is missing: from the second re-declaration on the date counts from it.",
    ),
    (
        "tpr.redeclaration", {"duties_start": "2014-04-01", "cycle": 1, "last_reenrolment": "2017-04-01"},
        "last_reenrolment", "Before the first re-declaration there was no re-enrolment.",
    ),
    (
        "tpr.redeclaration", {"duties_start": "2014-04-01", "cycle": 2, "last_reenrolment": "2014-04-01"},
        "last_reenrolment", "The last re-enrolment date lies before the duties start date.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "values", "field", "message"), [*VALUES, *SENSE])
def test_what_makes_no_sense_is_refused_with_the_reason(
    rule: str, values: dict[str, Any], field: str, message: str
) -> None:
    assert refused(rule, **values) == (Code.BAD_VALUE, field, message)


def test_the_days_at_the_border_of_sense_are_taken() -> None:
    assert ask("ch.accounts.first", **LTD, incorporated="2025-01-01", arp_end="2025-07-01").due == date(2026, 4, 1)
    assert ask("ch.accounts.first", **LTD, incorporated="2025-01-01", arp_end="2026-06-30").due == date(2026, 10, 1)
    born = {"incorporated": "2025-01-01", "notice_date": "2025-01-01"}
    assert ask("ch.accounts.first", **LTD, **born, arp_end="2025-12-31").due == date(2026, 9, 30)
    assert ask("ch.accounts.shortened", **LTD, arp_end="2025-09-30", notice_date="2027-12-31").due == date(2028, 3, 31)
    assert ask("ch.cs01", incorporated="2026-01-02", last_confirmation_date="2026-01-02").due == date(2027, 1, 16)
    assert ask("ch.accounts.annual", **LTD, arp_end="2009-04-05").due == date(2010, 1, 5)
    assert ask("hmrc.ct.return", period_end="2026-12-31", notice_served="2027-01-01").due == date(2027, 12, 31)
    year = {"period_start": "2025-04-01", "period_end": "2026-03-31"}
    assert ask("hmrc.vat.annual_return", **year).due == date(2026, 5, 31)


def test_a_rule_that_is_not_there() -> None:
    message = "There is no rule “ch.accounts.anual”. Did you mean “ch.accounts.annual”?"
    assert refused("ch.accounts.anual") == (Code.UNKNOWN_KEY, "rule", message)
    assert refused("zzz") == (Code.UNKNOWN_KEY, "rule", "There is no rule “zzz”.")


def test_a_version_that_is_not_there() -> None:
    message = "The rule hmrc.p11d has versions 1 to 2, and no 3."
    assert refused("hmrc.p11d", version=3, **YEAR) == (Code.UNKNOWN_KEY, "version", message)
