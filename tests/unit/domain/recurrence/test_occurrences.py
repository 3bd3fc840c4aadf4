"""Occurrences of the schedules that come with the product: every date, its reason, what is said where one is "
"missing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.deadlines.context import Calendar
from natrium.domain.deadlines.feeds import Unknown
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.rules import RULES
from natrium.domain.recurrence.occurrences import Occurrence, Office, occurrences
from natrium.domain.recurrence.schedule import Parts, Schedule
from natrium.domain.recurrence.schedules import SCHEDULES
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

OFFICE = Office(holidays=is_bank_holiday)
BY_NAME = {one.service: one for one in SCHEDULES}
ALL_FACTS = {
    "incorporated": "2018-03-10", "last_confirmation_date": "2025-03-09", "vat_stagger": "2",
    "duties_start": "2022-04-01", "last_reenrolment": "2025-04-01", "last_aml_review": "2025-10-14",
    "vat_year_end": "2026-03-31", "pay_dates": "day 28",
    "paye_frequency": "monthly", "corporate_partner": "no", "vat_interim_plan": "quarterly",
}  # fmt: skip
WIDGET = Known(kind="limited_company", name="Widget Ltd", year_end=(12, 31), facts=ALL_FACTS)


def asked(
    service: str, known: Known = WIDGET, *, first: str = "2026-01-01", last: str = "2027-12-31", **more: Any
) -> tuple[Occurrence, ...]:
    found = occurrences(
        BY_NAME[service], known, first=date.fromisoformat(first), last=date.fromisoformat(last), office=OFFICE, **more
    )
    assert not isinstance(found, Unknown), found
    return found


def dates(one: Occurrence) -> tuple[str, ...]:
    days = (one.period.start, one.period.end, one.due.day, one.target, one.create_on)
    return tuple(day.isoformat() if day else "-" for day in days)


FIRST: dict[str, tuple[str, ...]] = {
    "Annual Accounts": ("2026-01-01", "2026-12-31", "2027-09-30", "2027-07-30", "2027-01-01"),
    "Annual Accounts (plc)": ("2026-01-01", "2026-12-31", "2027-09-30", "2027-08-16", "2027-01-01"),
    "LLP Accounts": ("2026-01-01", "2026-12-31", "2027-09-30", "2027-07-30", "2027-01-01"),
    "Dormant Accounts": ("2026-01-01", "2026-12-31", "2027-09-30", "2027-08-31", "2027-07-02"),
    "Corporation Tax": ("2026-01-01", "2026-12-31", "2027-12-31", "2027-10-01", "2027-01-01"),
    "CT instalments": ("2026-01-01", "2026-12-31", "2026-07-14", "2026-07-03", "2026-06-14"),
    "Confirmation Statement": ("2025-03-10", "2026-03-09", "2026-03-23", "2026-03-16", "2026-02-07"),
    "VAT Return": ("2025-11-01", "2026-01-31", "2026-03-07", "2026-03-02", "2026-02-01"),
    "VAT Return (monthly)": ("2026-01-01", "2026-01-31", "2026-03-07", "2026-03-02", "2026-02-01"),
    "VAT Return (annual accounting)": ("2025-04-01", "2026-03-31", "2026-05-31", "2026-05-15", "2026-04-01"),
    "Self Assessment": ("2025-04-06", "2026-04-05", "2027-01-31", "2026-11-30", "2026-04-06"),
    "MTD ITSA Quarterly": ("2026-04-06", "2026-07-05", "2026-08-07", "2026-07-31", "2026-07-06"),
    "Partnership Return": ("2025-04-06", "2026-04-05", "2027-01-31", "2026-11-30", "2026-04-06"),
    "Trust Return": ("2025-04-06", "2026-04-05", "2027-01-31", "2026-11-30", "2026-04-06"),
    "Payroll Monthly": ("2025-12-29", "2026-01-28", "2026-01-28", "2026-01-26", "2026-01-19"),
    "Payroll year end (P60)": ("2025-04-06", "2026-04-05", "2026-05-31", "2026-05-15", "2026-04-06"),
    "P11D": ("2025-04-06", "2026-04-05", "2026-07-06", "2026-06-15", "2026-04-06"),
    "CIS": ("2025-12-06", "2026-01-05", "2026-01-19", "2026-01-14", "2026-01-06"),
    "Auto-enrolment re-declaration": ("2025-04-01", "2028-03-31", "2028-08-31", "2028-08-01", "2028-01-04"),
    "ATED": ("2025-04-01", "2026-03-31", "2025-04-30", "2025-04-23", "2025-03-01"),
    "Bookkeeping Monthly": ("2026-01-01", "2026-01-31", "2026-02-13", "2026-02-10", "2026-02-01"),
    "Management Accounts": ("2026-01-01", "2026-01-31", "2026-02-20", "2026-02-13", "2026-02-01"),
    "Charity Accounts": ("2026-01-01", "2026-12-31", "2027-10-31", "2027-09-01", "2027-01-01"),
    "AML Annual Review": ("2025-10-14", "2026-10-13", "2026-10-14", "2026-10-07", "2026-09-14"),
    "Client Onboarding": ("2026-05-16", "2026-05-16", "2026-06-01", "-", "2026-05-16"),
    "Client Offboarding": ("2026-05-16", "2026-05-16", "2026-06-15", "-", "2026-05-16"),
    "Company Formation": ("2026-05-16", "2026-05-16", "2026-05-26", "-", "2026-05-16"),
}
SPANS = {
    "MTD ITSA Quarterly": {"first": "2026-07-01"},
    "Auto-enrolment re-declaration": {"last": "2028-12-31"},
    **{one.service: {"first": "2026-12-01"} for one in SCHEDULES if one.service.endswith(("Accounts", "(plc)"))},
    "Management Accounts": {},
}


def event_of(schedule: Schedule) -> date | None:
    return date(2026, 5, 16) if not FIRST[schedule.service][3].startswith("2") else None


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.service)
def test_the_first_occurrence_of_each_schedule(schedule: Schedule) -> None:
    span = SPANS.get(schedule.service, {})
    assert dates(asked(schedule.service, event=event_of(schedule), **span)[0]) == FIRST[schedule.service]


def test_there_are_27() -> None:
    assert len(SCHEDULES) == 27
    assert len(BY_NAME) == 27
    rules = {
        rule for one in SCHEDULES for rule in (one.rule, *one.others, *(mark.rule for mark in one.milestones)) if rule
    }
    assert rules <= set(RULES)
    assert all(bool(one.rule) != bool(one.offset) for one in SCHEDULES)
    assert {one.service for one in SCHEDULES if not one.statutory} == {
        "Bookkeeping Monthly", "Management Accounts", "AML Annual Review", "Client Onboarding", "Client Offboarding",
        "Company Formation",
    }  # fmt: skip


@given(
    schedule=st.sampled_from([one for one in SCHEDULES if event_of(one) is None]),
    start=st.dates(date(2026, 6, 1), date(2030, 1, 1)),
    split=st.integers(1, 3000),
)
def test_a_preview_is_what_is_made_piece_by_piece(schedule: Schedule, start: date, split: int) -> None:
    last = date(start.year + 10, start.month, 1)
    middle = min(date.fromordinal(start.toordinal() + split), last)
    known = WIDGET
    whole = asked(schedule.service, known, first=str(start), last=str(last), most=500)
    early = asked(schedule.service, known, first=str(start), last=str(middle), most=500)
    after = date.fromordinal(middle.toordinal() + 1)
    late = asked(schedule.service, known, first=str(after), last=str(last), most=500)
    assert whole == early + late


@pytest.fixture(params=["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_the_zone_of_the_server_changes_nothing() -> None:
    found = [dates(one) for one in asked("VAT Return", first="2026-03-01", last="2026-11-30")]
    assert [one[2] for one in found] == ["2026-06-07", "2026-09-07", "2026-12-07"]


def test_a_task_carries_its_other_dates_with_the_last_day_to_pay() -> None:
    one = asked("Corporation Tax", first="2025-12-01", last="2025-12-31")[0]
    assert [(label, str(due.day), str(due.pay_by), due.rule, due.version) for label, due in one.milestones] == [
        ("Pay corporation tax", "2026-10-01", "2026-10-01", "hmrc.ct.payment", 1)
    ]
    payroll = asked("Payroll Monthly")[0]
    assert [(label, str(due.day), str(due.pay_by)) for label, due in payroll.milestones] == [
        ("EPS", "2026-02-19", "None"), ("Pay PAYE", "2026-02-22", "2026-02-20"),
    ]  # fmt: skip
    year = asked("VAT Return (annual accounting)")[0]
    assert [str(due.day) for _, due in year.milestones] == ["2025-07-31", "2025-10-31", "2026-01-31"]


def test_instalments_are_parts_of_their_period() -> None:
    large = asked("CT instalments", last="2026-12-31")
    assert [(one.part, str(one.due.day)) for one in large] == [
        (1, "2026-07-14"), (2, "2026-10-14"), (3, "2027-01-14"), (4, "2027-04-14"),
    ]  # fmt: skip
    very = asked("CT instalments", last="2026-12-31", rule="hmrc.ct.qip.very_large", most=3)
    assert [str(one.due.day) for one in very] == ["2026-03-14", "2026-06-14", "2026-09-14"]


def test_one_task_for_all_instalments_is_due_with_the_first() -> None:
    one = replace(BY_NAME["CT instalments"], parts=Parts.ONE)
    found = occurrences(one, WIDGET, first=date(2026, 12, 1), last=date(2026, 12, 31), office=OFFICE)
    assert not isinstance(found, Unknown)
    assert [(each.part, str(each.due.day)) for each in found] == [(0, "2026-07-14")]


def test_first_accounts_go_by_their_own_rule() -> None:
    young = Known(kind="llp", name="New LLP", year_end=(12, 31), facts={"incorporated": "2026-01-01"})
    first, second = asked("LLP Accounts", young, first="2026-12-31", last="2027-12-31")
    assert (first.due.rule, second.due.rule) == ("ch.accounts.first", "ch.accounts.annual")


def test_what_is_missing_is_said_and_nothing_is_dated() -> None:
    unborn = Known(kind="limited_company", name="Widget Ltd", year_end=(12, 31))
    one = asked("Dormant Accounts", unborn, first="2026-12-01", last="2026-12-31")[0]
    assert dates(one) == ("2026-01-01", "2026-12-31", "-", "-", "-")
    assert one.due.why == "Missing: the client’s fact “incorporated”: the date of incorporation."
    assert (one.due.rule, one.due.version) == ("ch.accounts.annual", None)


NOBODY = Known(kind="individual", name="Ann")


@pytest.mark.parametrize(
    ("service", "facts", "missing"),
    [
        ("Annual Accounts", {}, "the client’s year end"),
        ("VAT Return", {}, "the client’s fact “vat_stagger”: 1, 2 or 3"),
        ("VAT Return", {"vat_stagger": "0"}, "the client’s fact “vat_stagger”: 1, 2 or 3"),
        ("Confirmation Statement", {"incorporated": "once"}, "the client’s fact “incorporated”, a date"),
        ("AML Annual Review", {}, "the client’s fact “last_aml_review”, a date"),
        ("Auto-enrolment re-declaration", {}, "the client’s fact “duties_start”, a date"),
        ("VAT Return (annual accounting)", {}, "the client’s fact “vat_year_end”, a date"),
        ("Client Onboarding", {}, "the day it happens"),
        *[
            ("Payroll Monthly", {"pay_dates": text},
             ("the client’s fact “pay_dates”: “last working day”, “last friday”, “day 25”, or “every 2 weeks from "
             "2026-01-02”"))
            for text in ("", "now and then", "last day", "day 32", "every 2 weeks from Friday",
                         "every 0 weeks from 2026-01-02")
        ],
    ],
)  # fmt: skip
def test_a_series_without_its_anchor_says_which_fact_it_takes(
    service: str, facts: dict[str, str], missing: str
) -> None:
    known = Known(kind="individual", name="Ann", facts=facts)
    found = occurrences(BY_NAME[service], known, first=date(2026, 1, 1), last=date(2026, 12, 31), office=OFFICE)
    assert found == Unknown("", (missing,), f"Missing: {missing}.")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Last working day", ["2026-04-30", "2026-05-29"]),
        ("last friday", ["2026-04-24", "2026-05-29"]),
        ("day 31", ["2026-04-30", "2026-05-31"]),
        ("every week from 2020-01-03", ["2026-04-03", "2026-04-10"]),
        ("every 2 weeks from 2020-01-03", ["2026-04-03", "2026-04-17"]),
    ],
)
def test_pay_dates(text: str, ends: list[str]) -> None:
    known = Known(kind="limited_company", name="A Ltd", facts={"pay_dates": text, "paye_frequency": "monthly"})
    found = asked("Payroll Monthly", known, first="2026-04-01", last="2026-05-31", most=2)
    assert [str(one.period.end) for one in found] == ends
    assert [one.due.day for one in found] == [one.period.end for one in found]


def test_calendar_quarters_for_mtd() -> None:
    known = Known(kind="sole_trader", name="Ann", facts={"mtd_quarters": "calendar"})
    found = asked("MTD ITSA Quarterly", known, first="2026-06-01", last="2027-03-31")
    assert [(str(one.period.end), str(one.due.day)) for one in found] == [
        ("2026-06-30", "2026-08-07"), ("2026-09-30", "2026-11-07"), ("2026-12-31", "2027-02-07"),
        ("2027-03-31", "2027-05-07"),
    ]  # fmt: skip


def test_year_ends_on_29_february_and_other_clamped_days() -> None:
    for year_end, last, expected in (
        ((2, 29), True, "2027-02-28"),
        ((2, 28), False, "2028-02-28"),
        ((2, 28), True, "2028-02-29"),
    ):
        known = Known(kind="llp", name="A", year_end=year_end, year_end_is_last=last, facts=ALL_FACTS)
        assert expected in [str(one.period.end) for one in asked("LLP Accounts", known, last="2028-12-31")]


def test_an_event_outside_the_span_has_no_occurrence() -> None:
    assert asked("Client Onboarding", event=date(2025, 12, 31)) == ()
    assert asked("Client Onboarding", event=date(2028, 1, 1)) == ()


def test_later_re_declarations_ask_for_the_re_enrolment_before() -> None:
    first = Known(kind="limited_company", name="A Ltd", facts={"duties_start": "2014-04-01"})
    found = asked("Auto-enrolment re-declaration", first, first="2017-01-01", last="2021-01-01")
    assert [dates(one)[2] for one in found] == ["2017-08-31", "-"]
    assert found[1].due.why.startswith("The last re-enrolment date is missing")
    found = asked("Auto-enrolment re-declaration", first="2028-01-01", last="2031-12-31")
    assert [dates(one)[2] for one in found] == ["2028-08-31", "-"]


def test_dates_that_are_the_practices_keep_to_its_own_calendar() -> None:
    scotland = Office(holidays=is_bank_holiday, calendar=Calendar.SCOTLAND)
    found = occurrences(
        BY_NAME["Management Accounts"], NOBODY, first=date(2026, 6, 30), last=date(2026, 6, 30), office=scotland
    )
    assert not isinstance(found, Unknown)
    assert dates(found[0])[2:4] == ("2026-07-20", "2026-07-13")


@pytest.mark.parametrize(
    ("service", "why"),
    [
        ("Bookkeeping Monthly",
         "13 Feb 2026: 14 days after 31 Jan 2026; 14 Feb 2026 is no working day, so the one before."),
        ("AML Annual Review", "14 Oct 2026: 12 months after 14 Oct 2025."),
        ("Client Onboarding",
         "1 Jun 2026: 14 days after 16 May 2026; 30 May 2026 is no working day, so the one after."),
        ("CIS", "19 Jan 2026: 14 days after the end of the tax month, 5 Jan 2026."),
        ("CT instalments", ("14 Jul 2026: 6 months after the start of the accounting period, 1 Jan 2026: 1 Jul 2026; "
         "13 days after that.")),
    ],
)  # fmt: skip
def test_a_date_says_why(service: str, why: str) -> None:
    assert asked(service, event=date(2026, 5, 16), first="2026-01-01", last="2026-12-31")[0].due.why == why
