"""Each rule said a second time, in plain arithmetic written apart from the product's, and compared over many days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.deadlines.context import Calendar
from natrium.domain.deadlines.rules import RULES
from tests.unit.domain.deadlines.asking import ask
from tests.unit.domain.deadlines.uk_holidays import bank_holidays

ONE = timedelta(days=1)
DAYS = st.dates(date(2009, 10, 1), date(2090, 12, 31))
YEARS = st.integers(2009, 2090)


def month_last(year: int, month: int) -> int:
    return ((date(year + month // 12, month % 12 + 1, 1)) - ONE).day


def later(day: date, months: int) -> date:
    """Months after, going from month to month; the end of a month leads to the end of a month."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    last = month_last(year, month)
    return date(year, month, last if (day + ONE).day == 1 else min(day.day, last))


def last_of(start: date, months: int) -> date:
    """The last day of a period of months: the next one would begin on the same number of its month, or on the 1st."""
    day = start
    for _ in range(months):
        year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
        day = date(year, month, 1)
    last = month_last(day.year, day.month)
    return day.replace(day=last) if start.day > last else day.replace(day=start.day) - ONE


def open_before(day: date) -> date:
    while day.weekday() > 4 or day in bank_holidays(Calendar.ENGLAND_AND_WALES, day.year):
        day -= ONE
    return day


OF_A_DAY: dict[tuple[str, str], Callable[[date], date]] = {
    ("hmrc.ct.payment", "ap_end"): lambda day: later(day, 9) + ONE,
    ("hmrc.ct.return", "period_end"): lambda day: later(day, 12),
    ("ch.ard.default", "incorporated"): lambda day: date(day.year + 1, day.month, month_last(day.year + 1, day.month)),
    ("hmrc.ated.acquired", "acquired"): lambda day: day + 29 * ONE,
    ("hmrc.paye.fps", "payday"): lambda day: day,
    ("hmrc.payment.cleared_by", "due"): open_before,
    ("internal.target", "due"): lambda day: day,
}


@pytest.mark.parametrize(("rule", "name"), OF_A_DAY, ids=str)
@given(day=DAYS)
def test_of_a_day(rule: str, name: str, day: date) -> None:
    if rule not in {"hmrc.ated.acquired", "hmrc.paye.fps"} or day >= date(2014, 4, 1):
        assert ask(rule, **{name: day}).due == OF_A_DAY[rule, name](day)


OF_A_TAX_YEAR = {
    "hmrc.sa.return_online": (1, 1, 31),
    "hmrc.sa.return_paper": (0, 10, 31),
    "hmrc.sa.notify": (0, 10, 5),
    "hmrc.sa.coding_out": (0, 12, 30),
    "hmrc.sa.balancing": (1, 1, 31),
    "hmrc.sa.poa1": (0, 1, 31),
    "hmrc.sa.poa2": (0, 7, 31),
    "hmrc.trust.return_online": (1, 1, 31),
    "hmrc.trust.return_paper": (0, 10, 31),
    "hmrc.mtd_it.final": (1, 1, 31),
    "hmrc.paye.p60": (0, 5, 31),
    "hmrc.p11d": (0, 7, 6),
    "hmrc.class1a_electronic": (0, 7, 22),
    "hmrc.class1a_post": (0, 7, 19),
    "hmrc.psa_payment_electronic": (0, 10, 22),
}


@pytest.mark.parametrize("rule", OF_A_TAX_YEAR)
@given(year=YEARS)
def test_of_a_tax_year(rule: str, year: int) -> None:
    plus, month, day = OF_A_TAX_YEAR[rule]
    assert ask(rule, tax_year_end=date(year, 4, 5)).due == date(year + plus, month, day)


@given(day=DAYS, kind=st.sampled_from(["private", "llp", "plc"]))
def test_accounts(day: date, kind: str) -> None:
    assert ask("ch.accounts.annual", company_type=kind, arp_end=day).due == later(day, 6 if kind == "plc" else 9)


@given(born=DAYS, length=st.integers(190, 545), kind=st.sampled_from(["private", "plc"]), gap=st.integers(0, 700))
def test_first_accounts(born: date, length: int, kind: str, gap: int) -> None:
    end, months = born + length * ONE, 6 if kind == "plc" else 9
    expected = later(end, months)
    if end > last_of(born, 12):
        expected = max(later(later(born, 12), months), later(end, 3))
    asked = {"company_type": kind, "incorporated": born, "arp_end": end}
    assert ask("ch.accounts.first", **asked).due == expected
    notice = born + gap * ONE
    expected = max(expected, later(notice, 3))
    assert ask("ch.accounts.first", **asked, notice_date=notice).due == expected
    assert ask("ch.accounts.shortened", **asked, notice_date=notice).due == expected


@given(day=st.dates(date(2016, 1, 1), date(2090, 12, 31)))
def test_confirmation_statements(day: date) -> None:
    assert ask("ch.cs01", incorporated=day).due == last_of(day, 12) + 14 * ONE
    early = ask("ch.cs01", incorporated=day, last_confirmation_date=day + 40 * ONE)
    assert early.due == last_of(day + 41 * ONE, 12) + 14 * ONE


@given(start=DAYS, length=st.integers(20, 364))
def test_instalments(start: date, length: int) -> None:
    end = start + length * ONE
    for rule, months, final in (
        ("large", 6, later(end, 3) + 14 * ONE),
        ("very_large", 2, later(end, -1) + 14 * ONE),
    ):
        if rule == "very_large" and start < date(2019, 4, 1):
            continue
        day, expected = later(start, months) + 13 * ONE, []
        for _ in range(3):
            if day < final:
                expected.append(day)
            day = later(day, 3)
        found = ask(f"hmrc.ct.qip.{rule}", ap_start=start, ap_end=end)
        assert [part.due for part in found.parts] == [*expected, final]
        assert [part.number for part in found.parts] == list(range(1, len(expected) + 2))


@given(year=st.integers(2011, 2080), month=st.integers(1, 12))
def test_vat(year: int, month: int) -> None:
    end = date(year, month, month_last(year, month))
    second = later(end.replace(day=1), 2)
    assert ask("hmrc.vat.return", period_end=end).due == second.replace(day=7)
    assert ask("hmrc.vat.annual_return", period_end=end).due == date(
        second.year, second.month, month_last(second.year, second.month)
    )
    parts = ask("hmrc.vat.poa", period_end=end).parts
    assert [part.due for part in parts] == [open_before(later(end, months)) for months in (-1, 0, 1)]
    start = end.replace(day=1)
    monthly = ask("hmrc.vat.annual_interim", period_start=start, plan="monthly").parts
    assert [part.due for part in monthly] == [later(end, months) for months in range(3, 12)]


@given(start=st.dates(date(2009, 10, 1), date(2080, 12, 31)), stagger=st.integers(0, 3), count=st.integers(1, 60))
def test_vat_periods(start: date, stagger: int, count: int) -> None:
    months = {0: range(1, 13), 1: (3, 6, 9, 12), 2: (1, 4, 7, 10), 3: (2, 5, 8, 11)}[stagger]
    expected, day = [], max(start, date(2010, 4, 1))
    while len(expected) < count:
        if (day + ONE).day == 1 and day.month in months:
            expected.append(day)
        day += ONE
    found = ask("hmrc.vat.return.sequence", stagger=stagger, from_=max(start, date(2010, 4, 1)), count=count)
    assert [part.period_end for part in found.parts] == expected
    assert [part.due for part in found.parts] == [ask("hmrc.vat.return", period_end=end).due for end in expected]


@given(day=DAYS)
def test_direct_debit(day: date) -> None:
    expected, left = day, 3
    while left:
        expected += ONE
        left -= open_before(expected) == expected
    assert ask("hmrc.vat.dd_collection", return_due=day).due == expected


@given(payday=st.dates(date(2013, 4, 6), date(2090, 12, 31)))
def test_paye(payday: date) -> None:
    end = payday
    while end.day != 5:
        end += ONE
    assert ask("hmrc.paye.eps", payday=payday).due == end.replace(day=19)
    assert ask("hmrc.paye.payment_electronic", payday=payday, frequency="monthly").due == end.replace(day=22)
    assert ask("hmrc.paye.payment_post", payday=payday, frequency="monthly").due == end.replace(day=19)
    while end.month not in (1, 4, 7, 10):
        end = later(end, 1)
    assert ask("hmrc.paye.payment_electronic", payday=payday, frequency="quarterly").due == end.replace(day=22)


@given(year=YEARS, month=st.integers(1, 12))
def test_cis(year: int, month: int) -> None:
    assert ask("hmrc.cis.return", tax_month_end=date(year, month, 5)).due == date(year, month, 19)
    assert ask("hmrc.cis.payment_electronic", tax_month_end=date(year, month, 5)).due == date(year, month, 22)


@given(year=YEARS, days=st.integers(0, 364), company=st.booleans())
def test_partnerships(year: int, days: int, *, company: bool) -> None:
    end, year_end = date(year, 4, 5) - days * ONE, date(year, 4, 5)
    late = company and end >= date(year, 2, 1)
    asked = {"tax_year_end": year_end, "relevant_period_end": end, "corporate_partner": company}
    assert ask("hmrc.partnership.return_online", **asked).due == (later(end, 12) if late else date(year + 1, 1, 31))
    assert ask("hmrc.partnership.return_paper", **asked).due == (later(end, 9) if late else date(year, 10, 31))


@given(year=st.integers(2026, 2080), quarter=st.integers(1, 4))
def test_quarterly_updates(year: int, quarter: int) -> None:
    start = date(year, 4, 6)
    due = [date(year, 8, 7), date(year, 11, 7), date(year + 1, 2, 7), date(year + 1, 5, 7)][quarter - 1]
    ends = [date(year, 7, 5), date(year, 10, 5), date(year + 1, 1, 5), date(year + 1, 4, 5)]
    months = [date(year, 6, 30), date(year, 9, 30), date(year, 12, 31), date(year + 1, 3, 31)]
    standard = ask("hmrc.mtd_it.quarterly", tax_year_start=start, quarter=quarter)
    assert (standard.due, standard.period) == (due, (start, ends[quarter - 1]))
    chosen = ask("hmrc.mtd_it.quarterly", tax_year_start=start, quarter=quarter, election="calendar")
    assert (chosen.due, chosen.period) == (due, (date(year, 4, 1), months[quarter - 1]))


@given(day=DAYS, account=st.integers(0, 900), notice=st.integers(1, 900))
def test_company_tax_returns(day: date, account: int, notice: int) -> None:
    start, end = day - 364 * ONE, day + account * ONE
    of_account = last_of(start, 30) if end > last_of(start, 18) else later(end, 12)
    whole = max(later(day, 12), of_account)
    assert ask("hmrc.ct.return", period_end=day, poa_start=start, poa_end=end).due == whole
    served = day + notice * ONE
    found = ask("hmrc.ct.return", period_end=day, poa_start=start, poa_end=end, notice_served=served)
    assert found.due == max(whole, later(served, 3))


@given(day=st.dates(date(2012, 7, 1), date(2080, 12, 31)))
def test_redeclarations(day: date) -> None:
    assert ask("tpr.redeclaration", duties_start=day, cycle=1).due == last_of(later(day, 36), 5)
    again = later(day, 37)
    found = ask("tpr.redeclaration", duties_start=day, cycle=2, last_reenrolment=again)
    assert found.due == last_of(later(again, 36), 5)


@given(day=st.dates(date(2012, 3, 14), date(2090, 12, 31)))
def test_charities_have_the_earlier_of_two_readings(day: date) -> None:
    for rule, months in (("ccew.annual_return", 10), ("oscr.annual_return", 9)):
        target = later(day.replace(day=1), months)
        plain = target.replace(day=min(day.day, month_last(target.year, target.month)))
        assert ask(rule, fy_end=day).due == min(plain, later(day, months))


@given(day=st.dates(date(2020, 4, 6), date(2090, 12, 31)), year=st.integers(2014, 2090))
def test_dwellings(day: date, year: int) -> None:
    days = 60 if day >= date(2021, 10, 27) else 30
    assert ask("hmrc.cgt_property", completion=day).due == day + days * ONE
    assert ask("hmrc.ated.acquired", acquired=day, new_build=True).due == day + 89 * ONE
    assert ask("hmrc.ated.return", chargeable_period_start=date(year, 4, 1)).due == date(year, 4, 30)


@given(day=DAYS)
def test_a_payment_clears_by_the_last_working_day_and_its_date_stays(day: date) -> None:
    found = ask("hmrc.ct.payment", ap_end=day)
    assert found.due == later(day, 9) + ONE
    assert found.pay_by == open_before(found.due)
    assert ask("hmrc.ct.return", period_end=day).pay_by is None


def test_no_rule_is_left_out() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    named = {*OF_A_TAX_YEAR, *(rule for rule, _ in OF_A_DAY), "hmrc.ct.qip.large", "hmrc.ct.qip.very_large"}
    assert [rule for rule in RULES if rule not in named and f'"{rule}"' not in here] == []
