"""Which jobs a firm has in a year, with their periods and dates, plainly counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from natrium.demo.clients import LLP, LTD, DemoClient
from natrium.demo.months import day_and_month, month_end, months_after

SERVICE_OWNERS = {
    "Payroll Monthly": "Beth", "P11D": "Beth", "CIS": "Beth", "VAT Return": "Jack", "Bookkeeping Monthly": "Jack",
    "MTD ITSA Quarterly": "Jack", "Annual Accounts": "Megan", "Corporation Tax": "Megan", "Charity Accounts": "Megan",
    "Self Assessment": "Megan", "Management Accounts": "Megan", "Confirmation Statement": "Jack",
    "AML Annual Review": "Megan", "Client Onboarding": "Megan", "Client Offboarding": "Megan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """A task to be: its template (the library's name), client, title, period, dates, and when work may begin."""

    template: str
    client: DemoClient
    title: str
    start: date
    end: date
    target: date
    statutory: date | None
    begins: date
    days_a_step: float = 3.0


def quarter_words(end: date) -> str:
    """As titles say it: "quarter to 31 Oct"."""
    return f"quarter to {day_and_month(end)}"


def jobs_of(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """The jobs of one client that a firm would have on its list today, a year back. `place` varies staggers."""
    makers = {
        "accounts": accounts, "vat": vat, "sa": self_assessment, "payroll": payroll, "cis": cis, "charity": charity,
        "bookkeeping": bookkeeping, "mtd": quarterly_update, "management": management, "aml": aml, "p11d": benefits,
    }  # fmt: skip
    if client.kind in (LTD, LLP):
        yield from confirmation(client, place, today)
    for service in client.services:
        if service in makers:
            yield from makers[service](client, place, today)


def last_year_end(client: DemoClient, today: date) -> date:
    """The year end before today; all that have accounts end with a month."""
    this_year = month_end(today.year, client.year_end[0])
    return this_year if this_year < today else month_end(today.year - 1, client.year_end[0])


def review_end(place: int, today: date) -> date:
    """The last day of a company's review period: the day before an anniversary of its incorporation."""
    end = today + timedelta(days=(place * 23) % 290 - 250)
    anniversary = end + timedelta(1)
    # Nobody here was incorporated on 29 February.
    return anniversary if (anniversary.month, anniversary.day) == (2, 29) else end


def accounts(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Accounts: nine months after the year end at Companies House; our own target two months earlier."""
    end = last_year_end(client, today)
    statutory = months_after(end, 9)
    start = months_after(end, -12) + timedelta(days=1)
    words = f"Annual accounts y/e {day_and_month(end)} {end.year}"
    begins = end + timedelta(days=20 + place % 40)
    yield Job("Annual Accounts", client, words, start, end, statutory - timedelta(60), statutory, begins, 24)
    if place % 3 == 0:
        due = months_after(end, 12)
        yield Job(
            "Corporation Tax", client, f"Corporation tax y/e {day_and_month(end)} {end.year}", start, end,
            due - timedelta(120), due, begins + timedelta(60), 10,
        )  # fmt: skip


def vat_stagger(client: DemoClient, place: int) -> str:
    """The stagger as HMRC numbers it (1: March, June and so on); "" for a client without VAT."""
    return str(place % 3 + 1) if "vat" in client.services else ""


def vat(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """VAT: a month and seven days after the quarter."""
    last = months_after(date(today.year, today.month, 1), -1)
    while last.month % 3 != place % 3:
        last = months_after(last, -1)
    for back in range(3, -1, -1):
        end = months_after(last, -3 * back)
        statutory = months_after(end, 1) + timedelta(7)
        title = f"VAT return, {quarter_words(end)}"
        start = months_after(end, -3) + timedelta(1)
        begins = end + timedelta(3 + place % 5)
        yield Job("VAT Return", client, title, start, end, statutory - timedelta(7), statutory, begins, 3.6)


def self_assessment(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Self Assessment: 31 January after the tax year, which ends on 5 April."""
    year = today.year if today > date(today.year, 4, 5) else today.year - 1
    end, statutory = date(year, 4, 5), date(year + 1, 1, 31)
    title = f"Self Assessment {year - 1}-{year % 100:02d}"
    begins = end + timedelta(30 + 9 * (place % 17))
    yield Job("Self Assessment", client, title, date(year - 1, 4, 6), end, date(year, 12, 11), statutory, begins, 12)


def confirmation(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Confirmation statement: fourteen days after the review period."""
    end = review_end(place, today)
    statutory = end + timedelta(14)
    title = f"Confirmation statement, {end:%B %Y}"
    begins = end - timedelta(30)
    yield Job("Confirmation Statement", client, title, end - timedelta(364), end, end, statutory, begins, 6)


def _months(today: date, count: int) -> list[date]:
    last = months_after(date(today.year, today.month, 1), 0)
    return [months_after(last, -back) for back in range(count, -1, -1)]


def payroll(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Payroll: the FPS goes in on or before payday, here the 28th."""
    for end in _months(today, 5):
        payday = date(end.year, end.month, 28)
        begins = payday - timedelta(12 + place % 3)
        first = date(end.year, end.month, 1)
        yield Job("Payroll Monthly", client, f"Payroll, {end:%B}", first, end, payday - timedelta(2), payday, begins, 1)


def benefits(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """P11D: 6 July after the tax year."""
    end = date(today.year if today > date(today.year, 4, 5) else today.year - 1, 4, 5)
    statutory, begins = date(end.year, 7, 6), date(end.year, 5, 11) + timedelta(place % 10)
    title = f"P11D {end.year - 1}-{end.year % 100:02d}"
    yield Job("P11D", client, title, date(end.year - 1, 4, 6), end, date(end.year, 6, 19), statutory, begins, 4)


def cis(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """CIS: the 19th, for the tax month that ended on the 5th."""
    for end in _months(today, 1):
        until, statutory = date(end.year, end.month, 5), date(end.year, end.month, 19)
        title = f"CIS return, month to 5 {until:%b}"
        start = months_after(until, -1).replace(day=6)
        begins = until + timedelta(1 + place % 3)
        yield Job("CIS", client, title, start, until, statutory - timedelta(3), statutory, begins, 1.5)


def charity(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Charity accounts: ten months after the year end at the Charity Commission."""
    end = last_year_end(client, today)
    statutory = months_after(end, 10)
    start, begins = months_after(end, -12) + timedelta(1), end + timedelta(30 + place % 30)
    title = f"Charity accounts y/e {day_and_month(end)} {end.year}"
    yield Job("Charity Accounts", client, title, start, end, statutory - timedelta(45), statutory, begins, 16)


def bookkeeping(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Bookkeeping: no law's date, the twentieth of the next month by agreement."""
    for end in _months(today, 6)[:-1]:
        target = end + timedelta(20)
        first = date(end.year, end.month, 1)
        begins = end + timedelta(1 + place % 3)
        yield Job("Bookkeeping Monthly", client, f"Bookkeeping, {end:%B}", first, end, target, None, begins, 1.5)


def quarterly_update(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """MTD quarterly update: the 7th of the month after the quarter to the 5th."""
    for end in (date(today.year, 7, 5), date(today.year, 10, 5)):
        statutory = date(end.year, end.month + 1, 7)
        if end < today:
            title = f"MTD quarterly update, {quarter_words(end)}"
            start, begins = months_after(end, -3).replace(day=6), end + timedelta(2 + place % 4)
            yield Job("MTD ITSA Quarterly", client, title, start, end, statutory - timedelta(7), statutory, begins, 3)


def management(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """Management accounts each quarter, three weeks after it."""
    for end in _months(today, 12)[place % 3 : -1 : 3]:
        title = f"Management accounts, {quarter_words(end)}"
        start, begins = months_after(end, -3) + timedelta(1), end + timedelta(5)
        yield Job("Management Accounts", client, title, start, end, end + timedelta(21), None, begins, 2)


def aml(client: DemoClient, place: int, today: date) -> Iterator[Job]:
    """The yearly review of a client's risk."""
    end = today - timedelta(40 - place % 60)
    begins = end - timedelta(20)
    yield Job("AML Annual Review", client, "AML review", end - timedelta(364), end, end, None, begins, 3)
