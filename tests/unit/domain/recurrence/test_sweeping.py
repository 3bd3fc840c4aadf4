"""What a sweep decides: everything once, nothing twice, whatever the schedule, the policy and the days it runs on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natrium.domain.dates import is_working_day
from natrium.domain.deadlines.context import Calendar
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.following import Latest, follow
from natrium.domain.recurrence.history import Epoch, Found, occurrences_of
from natrium.domain.recurrence.occurrences import Occurrence, Office, occurrences
from natrium.domain.recurrence.schedule import Anchor, Create, Offset, Schedule, Whence
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sweeping import (
    CatchUp,
    Decided,
    Decision,
    Runs,
    decide,
    key_of,
    look_from,
    look_until,
)

FACTS = {
    "incorporated": "2015-03-17", "vat_stagger": "2", "vat_year_end": "2020-06-30", "duties_start": "2019-05-01",
    "last_aml_review": "2024-02-29", "pay_dates": "last working day", "paye_frequency": "monthly",
    "vat_interim_plan": "quarterly", "company_type": "private", "corporate_partner": "no", "new_build": "no",
}  # fmt: skip


def christmas(calendar: Calendar, day: date) -> bool:
    """A few days off are enough."""
    del calendar
    return (day.month, day.day) in {(12, 25), (12, 26), (1, 1)}


OFFICE = Office(holidays=christmas)
KNOWN = Known(kind="limited_company", name="Widget Ltd", facts=FACTS, year_end=(12, 31), year_end_is_last=True)
MONTHLY = Schedule(
    service="", who="", workflow="", anchor=Anchor.CALENDAR, months=1, create=Create(Whence.PERIOD_END, 1),
    offset=Offset(Whence.PERIOD_END, days=14),
)  # fmt: skip
START = date(2024, 1, 1)


def found(schedule: Schedule, first: date, last: date, *epochs: Epoch) -> Found:
    """The occurrences in a span of days."""
    known = epochs or (Epoch(date.min, KNOWN),)
    return occurrences_of(schedule, known, first=first, last=last, office=OFFICE, event=START)


class Ledger:
    """A series that is swept day by day, as the product does it: what is made, and what is left out."""

    def __init__(self, schedule: Schedule, catch_up: CatchUp = CatchUp.ALL, runs: Runs | None = None) -> None:
        self.schedule, self.catch_up, self.runs = schedule, catch_up, runs or Runs(START)
        self.made: list[Occurrence] = []
        self.lines: list[Decided] = []

    def sweep(self, today: date, *, most: int = 24) -> Decision:
        """One sweep."""
        first = look_from(self.runs, self.lines, whole=False)
        there = found(self.schedule, first, look_until(self.schedule, today))
        decision = decide(
            there, self.lines, runs=self.runs, catch_up=self.catch_up, today=today, until=today, most=most
        )
        self.made += decision.create
        for one in (*decision.create, *(skip.occurrence for skip in decision.skip)):
            self.lines.append(Decided(key_of(one), one.period))
        return decision


days_between = st.lists(st.integers(min_value=1, max_value=200), min_size=1, max_size=30)
ready = st.sampled_from(SCHEDULES)


@settings(max_examples=150, deadline=None)
@given(ready, days_between)
def test_what_is_made_over_ten_years_is_what_was_shown(schedule: Schedule, gaps: list[int]) -> None:
    ledger, today, end = Ledger(schedule), START, date(2034, 1, 1)
    for gap in gaps:
        today = min(today + timedelta(days=gap * 2), end)
        ledger.sweep(today, most=600)
    ledger.sweep(end, most=600)
    shown = [
        one
        for one in found(schedule, START, look_until(schedule, end)).occurrences
        if one.create_on and one.create_on <= end and one.due.day
    ]
    assert sorted(ledger.made, key=lambda one: (one.period.end, one.part)) == shown
    if len(shown) <= 60:
        preview = occurrences(schedule, KNOWN, first=START, last=look_until(schedule, end), office=OFFICE, event=START)
        assert isinstance(preview, tuple)
        assert [one for one in preview if one in ledger.made] == ledger.made[:60]


@settings(max_examples=150, deadline=None)
@given(ready, st.sampled_from(CatchUp), days_between, st.integers(min_value=1, max_value=5))
def test_every_period_is_decided_once_and_nothing_is_left(
    schedule: Schedule, catch_up: CatchUp, gaps: list[int], most: int
) -> None:
    ledger, today = Ledger(schedule, catch_up), START
    for gap in gaps:
        today += timedelta(days=gap)
        while ledger.sweep(today, most=most).more:
            pass
        again = ledger.sweep(today, most=most)
        assert (again.create, again.skip, again.more) == ((), (), 0)
    keys = [line.key for line in ledger.lines]
    assert len(set(keys)) == len(keys)
    whole = found(schedule, START, look_until(schedule, today)).occurrences
    due = {key_of(one) for one in whole if one.create_on and one.create_on <= today and one.due.day}
    assert set(keys) == due


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([one for one in SCHEDULES if one.anchor not in (Anchor.EVENT, Anchor.AML_REVIEW)]),
    st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    st.integers(1, 12),
    st.sampled_from(["1", "2", "3"]),
)
def test_periods_neither_overlap_nor_leave_a_day_out_when_facts_change(
    schedule: Schedule, change: date, month: int, stagger: str
) -> None:
    if schedule.anchor in (Anchor.INCORPORATION, Anchor.DUTIES_START):
        return  # they begin anew by law
    after = replace(
        KNOWN, facts=FACTS | {"vat_stagger": stagger, "mtd_quarters": "calendar", "pay_dates": "day 25"},
        year_end=(month, 28), year_end_is_last=True,
    )  # fmt: skip
    epochs = (Epoch(date.min, KNOWN), Epoch(change, after))
    spans = list(dict.fromkeys(one.period for one in found(schedule, START, date(2032, 1, 1), *epochs).occurrences))
    assert spans
    for before, span in pairwise(spans):
        assert span.start == before.end + timedelta(days=1)
        assert span.start <= span.end


@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2026, 4, 1), date(2026, 5, 15), date(2026, 7, 1)])
def test_a_period_is_the_same_from_wherever_it_is_looked_at(first: date) -> None:
    vat = next(one for one in SCHEDULES if one.service == "VAT Return")
    after = replace(KNOWN, facts=FACTS | {"vat_stagger": "1"})
    epochs = (Epoch(date.min, KNOWN), Epoch(date(2026, 5, 1), after))
    whole = found(vat, START, date(2027, 1, 1), *epochs).occurrences
    assert found(vat, first, date(2027, 1, 1), *epochs).occurrences == tuple(
        one for one in whole if one.period.end >= first
    )


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    for ends, made in ((date(2024, 2, 29), 1), (date(2024, 3, 1), 2), (date(2024, 3, 2), 2)):
        ledger = Ledger(MONTHLY, runs=Runs(START, ends_on=ends))
        ledger.sweep(date(2024, 6, 1))
        assert len(ledger.made) == made


@pytest.mark.parametrize(
    "runs", [Runs(START, paused_on=START), Runs(START, client_active=False), Runs(date(2024, 7, 1))]
)
def test_nothing_is_made_while_it_stands_still_or_before_it_begins(runs: Runs) -> None:
    assert Ledger(MONTHLY, runs=runs).sweep(date(2024, 6, 1)) == Decision()


def test_an_ancient_beginning_is_bounded() -> None:
    ledger = Ledger(MONTHLY, runs=Runs(date(1900, 1, 1)))
    decision = ledger.sweep(date(2024, 1, 1))
    assert (len(decision.create), decision.more) == (24, 600 - 24)


def test_a_period_that_another_covers_is_not_made_again() -> None:
    quarterly = replace(MONTHLY, months=3)
    ledger = Ledger(quarterly)
    ledger.sweep(date(2024, 7, 1))
    ledger.schedule = MONTHLY
    ledger.sweep(date(2024, 9, 1))
    assert [one.period.end for one in ledger.made] == [
        date(2024, 3, 31), date(2024, 6, 30), date(2024, 7, 31), date(2024, 8, 31),
    ]  # fmt: skip


def test_work_that_follows_itself_waits_for_the_first_completion() -> None:
    runs, day = Runs(START), date(2024, 6, 10)

    def after(latest: Latest | None, **words: object) -> object:
        there = follow(latest, every_days=30, runs=replace(runs, **words), today=day)  # type: ignore[arg-type]
        return there and (there.number, there.occurrence.due.day)

    assert after(None) == (1, date(2024, 1, 31))
    assert after(Latest(1, None)) is None
    assert after(Latest(1, day)) == (2, date(2024, 7, 10))
    assert after(Latest(1, day), ends_on=date(2024, 6, 9)) is None
    assert after(Latest(1, day), ends_on=day) == (2, date(2024, 7, 10))
    assert after(Latest(1, day), paused_on=day) is None
    assert after(None, starts_on=date(2024, 7, 1)) is None


def test_a_due_date_that_is_none_of_law_falls_on_a_working_day() -> None:
    holiday: Callable[[date], bool] = OFFICE.is_holiday
    for one in found(MONTHLY, START, date(2030, 1, 1)).occurrences:
        assert one.due.day is not None
        assert is_working_day(one.due.day, is_holiday=holiday)
