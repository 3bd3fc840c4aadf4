"""A date explains itself: which rule of counting gave it, from which day, and what was compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from natrium.domain.deadlines.words import counted, ordinal, said
from tests.unit.domain.deadlines.asking import ask

LTD = {"company_type": "private"}


@pytest.mark.parametrize(
    ("rule", "values", "why"),
    [
        (
            "ch.accounts.annual", {**LTD, "arp_end": "2027-06-30"},
            ("31 Mar 2028: 9 months after the year end, 30 Jun 2027; the 30th is the last day of June, so the last "
             "day of "
            "March."),
        ),
        ("ch.accounts.annual", {**LTD, "arp_end": "2025-03-31"}, ("31 Dec 2025: 9 months after the year end, 31 Mar "
         "2025.")),
        (
            "ch.accounts.annual", {**LTD, "arp_end": "2024-02-28"},
            ("28 Nov 2024: 9 months after the year end, 28 Feb 2024; in 2024 February has 29 days, so the 28th is "
             "not its "
            "last day."),
        ),
        (
            "ch.accounts.annual", {**LTD, "arp_end": "2025-05-30"},
            "28 Feb 2026: 9 months after the year end, 30 May 2025; February 2026 has no 30th, so its last day.",
        ),
        (
            "hmrc.ct.return", {"period_end": "2023-02-28"},
            ("29 Feb 2024: 12 months after the end of the return’s period, 28 Feb 2023; the 28th is the last day of "
            "February, so the last day of February 2024."),
        ),
        (
            "hmrc.ct.payment", {"ap_end": "2025-06-30"},
            ("1 Apr 2026: 9 months after the end of the accounting period, 30 Jun 2025; the 30th is the last day "
             "of June, "
            "so the last day of March: 31 Mar 2026; 1 day after that."),
        ),
        (
            "ch.accounts.first", {**LTD, "incorporated": "2025-03-10", "arp_end": "2026-03-31"},
            ("10 Dec 2026: the first period is longer than 12 months, so 12 months after incorporation, 10 Mar 2025: "
            "10 Mar 2026; 9 months after that; later than 30 Jun 2026 (3 months after the year end, 31 Mar 2026; "
            "the 31st "
            "is the last day of March, so the last day of June)."),
        ),
        (
            "ch.cs01", {"last_confirmation_date": "2025-08-20"},
            ("3 Sep 2026: 1 day after the last confirmation date, 20 Aug 2025: 21 Aug 2025; the last day of the 12 "
             "months "
            "that begin with that: 20 Aug 2026; 14 days after that."),
        ),
        (
            "ch.ard.default", {"incorporated": "2025-01-15"},
            "31 Jan 2026: 12 months after incorporation, 15 Jan 2025: 15 Jan 2026; the last day of its month.",
        ),
        (
            "hmrc.ct.return", {"period_end": "2026-12-31", "poa_start": "2026-01-01", "poa_end": "2026-12-31"},
            "31 Dec 2027: 12 months after the end of the return’s period, 31 Dec 2026.",
        ),
        (
            "hmrc.ct.return", {"period_end": "2026-12-31", "poa_start": "2026-01-01", "poa_end": "2027-08-31"},
            ("30 Jun 2028: the period of account is longer than 18 months, so the last day of the 30 months that "
             "begin "
            "with the start of the period of account, 1 Jan 2026; later than 31 Dec 2027 (12 months after the end "
            "of the "
            "return’s period, 31 Dec 2026)."),
        ),
        (
            "hmrc.vat.return.sequence", {"stagger": 2, "from": "2026-01-15", "count": 1},
            ("7 Mar 2026: 1 month after the end of the VAT period, 31 Jan 2026; the 31st is the last day of "
             "January, so "
            "the last day of February: 28 Feb 2026; 7 days after that."),
        ),
        (
            "hmrc.vat.annual_return", {"period_end": "2026-06-30", "period_start": "2026-04-01"},
            ("31 Jul 2026: the period is shorter than 4 months, so 1 month after the end of the VAT year, 30 Jun "
             "2026; the "
            "30th is the last day of June, so the last day of July."),
        ),
        (
            "hmrc.vat.annual_interim", {"period_start": "2026-04-01", "plan": "quarterly"},
            "31 Jul 2026: the end of the 4th month from the start of the VAT year, 1 Apr 2026.",
        ),
        (
            "hmrc.vat.poa", {"period_end": "2027-06-30"},
            ("28 May 2027: 1 month before the end of the VAT quarter, 30 Jun 2027; the 30th is the last day of "
             "June, so "
            "the last day of May: 31 May 2027; a bank holiday, so the last working day before it."),
        ),
        (
            "hmrc.payment.cleared_by", {"due": "2026-11-07"},
            "6 Nov 2026: a Saturday, so the last working day before the date the payment is due, 7 Nov 2026.",
        ),
        ("hmrc.payment.cleared_by", {"due": "2026-11-06"}, ("6 Nov 2026: the date the payment is due, 6 Nov 2026, a "
         "working day.")),
        (
            "hmrc.vat.dd_collection", {"return_due": "2026-11-07"},
            "11 Nov 2026: the 3rd bank working day after the date the return is due, 7 Nov 2026.",
        ),
        ("hmrc.sa.poa1", {"tax_year_end": "2027-04-05"}, ("31 Jan 2027: 31 January before the end of the tax year, "
         "5 Apr 2027.")),
        (
            "hmrc.mtd_it.quarterly", {"tax_year_start": "2026-04-06", "quarter": 4, "election": "calendar"},
            ("7 May 2027: the last day of the 12 months that begin with the start of the tax year, 6 Apr 2026: 5 "
             "Apr 2027; "
            "7 May after that (for the 12 months from 1 Apr 2026 to 31 Mar 2027)."),
        ),
        (
            "hmrc.paye.payment_electronic", {"payday": "2026-06-30", "frequency": "quarterly"},
            "22 Jul 2026: the end of the tax quarter of payday, 30 Jun 2026: 5 Jul 2026; the 22nd of its month.",
        ),
        (
            "hmrc.paye.eps", {"payday": "2026-05-31"},
            "19 Jun 2026: the end of the tax month of payday, 31 May 2026: 5 Jun 2026; the 19th of its month.",
        ),
        ("hmrc.paye.fps", {"payday": "2026-05-05"}, "5 May 2026: payday, 5 May 2026."),
        (
            "hmrc.ated.acquired", {"acquired": "2026-07-01", "new_build": True},
            ("28 Sep 2026: the dwelling is newly built, so the last of the 90 days that begin with acquisition, "
            "1 Jul 2026."),
        ),
        (
            "ccew.annual_return", {"fy_end": "2026-09-30"},
            ("30 Jul 2027: 10 months after the end of the financial year, 30 Sep 2026; read from month end to "
             "month end it "
            "would be 31 Jul 2027: the earlier date is the safe one."),
        ),
        (
            "hmrc.partnership.return_online",
            {"tax_year_end": "2026-04-05", "relevant_period_end": "2026-03-31", "corporate_partner": True},
            ("31 Mar 2027: a company is a partner and the period ends between 1 February and 5 April, so 12 months "
             "after "
            "the end of the partnership’s period, 31 Mar 2026."),
        ),
    ],
)  # fmt: skip
def test_a_date_says_why(rule: str, values: dict[str, Any], why: str) -> None:
    assert ask(rule, **values).why == why


def test_a_year_and_a_day_is_longer_than_a_year() -> None:
    why = ask("ch.accounts.first", **LTD, incorporated="2025-03-31", arp_end="2026-03-31").why
    assert why.startswith("31 Dec 2026: the first period is longer than 12 months, so 12 months after incorporation")
    why = ask("ch.accounts.first", **LTD, incorporated="2025-04-01", arp_end="2026-03-31").why
    assert why.startswith("31 Dec 2026: 9 months after the year end")


def test_each_part_says_why() -> None:
    parts = ask("hmrc.vat.poa", period_end="2027-06-30").parts
    assert [part.words for part in parts[1:]] == [
        "the end of the VAT quarter, 30 Jun 2027, a working day",
        (
            "1 month after the end of the VAT quarter, 30 Jun 2027; the 30th is the last day of June, so the last day "
            "of July: "
            "31 Jul 2027; a Saturday, so the last working day before it"
        ),
    ]
    ordinary = ask("hmrc.vat.poa", period_end="2026-06-30").parts
    assert ordinary[2].words.endswith("31 Jul 2026; a working day")


def test_numbers_as_places() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "23rd", "30th", "31st", "111th",
    ]  # fmt: skip


def test_one_and_many() -> None:
    assert (counted(1, "month"), counted(2, "month"), counted(0, "day")) == ("1 month", "2 months", "0 days")


def test_days_as_sentences_say_them() -> None:
    assert [said(date(2026, month, 9)) for month in range(1, 13)] == [
        f"9 {name} 2026"
        for name in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    ]
