"""Periods: counted from the anchor, so that none overlap, no day is left out, and the ends of months do not drift."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.deadlines.context import Calendar
from natrium.domain.recurrence.periods import (
    EndsOn,
    EveryWeeks,
    LastWeekdays,
    LastWorkingDays,
    Period,
    Series,
    StartsOn,
    periods,
)
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

ONE = timedelta(days=1)


def closed(day: date) -> bool:
    return is_bank_holiday(Calendar.ENGLAND_AND_WALES, day)


DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(1, 120)
SERIES: st.SearchStrategy[Series] = st.one_of(
    st.builds(EndsOn, DAYS, MONTHS, st.booleans()),
    st.builds(StartsOn, st.dates(date(2010, 1, 1), date(2024, 12, 31)), MONTHS),
    st.builds(EveryWeeks, DAYS, st.integers(1, 9)),
    st.builds(LastWeekdays, st.integers(0, 6)),
    st.just(LastWorkingDays(closed)),
)


@given(series=SERIES, start=st.dates(date(2025, 1, 1), date(2030, 1, 1)), days=st.integers(0, 3700))
def test_no_periods_overlap_and_no_day_is_left_out(series: Series, start: date, days: int) -> None:
    found = periods(series, first=start, last=start + days * ONE, most=4000)
    assert all(one.start <= one.end for one in found)
    assert all(before.end + ONE == after.start for before, after in pairwise(found))
    assert all(start <= one.end <= start + days * ONE for one in found)
    more = periods(series, first=start, last=start + 5000 * ONE, most=len(found) + 1)
    assert more[: len(found)] == found
    if len(more) > len(found):
        assert more[-1].end > start + days * ONE


@given(series=SERIES, start=st.dates(date(2025, 1, 1), date(2030, 1, 1)), skip=st.integers(0, 900))
def test_where_one_begins_to_look_changes_nothing(series: Series, start: date, skip: int) -> None:
    last = start + 4000 * ONE
    whole = periods(series, first=start, last=last, most=4000)
    later = [one for one in whole if one.end >= start + skip * ONE]
    assert list(periods(series, first=start + skip * ONE, last=last, most=4000)) == later


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_the_day_comes_back_after_february(day: int) -> None:
    found = periods(EndsOn(date(2026, 1, day), 1), first=date(2026, 1, 1), last=date(2035, 12, 31))
    assert len(found) == 120
    for number, one in enumerate(found):
        assert (one.end.year, one.end.month) == (2026 + number // 12, number % 12 + 1)
        first_of_next = date(one.end.year + one.end.month // 12, one.end.month % 12 + 1, 1)
        assert one.end.day == min(day, (first_of_next - ONE).day)


def test_month_ends_from_31_january() -> None:
    found = periods(EndsOn(date(2026, 1, 31), 1), first=date(2026, 1, 31), last=date(2027, 2, 28))
    assert [one.end.isoformat() for one in found] == [
        "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31",
        "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28",
    ]  # fmt: skip


def test_28_february_is_the_28th_or_the_last_day_as_it_is_said() -> None:
    span = {"first": date(2026, 1, 1), "last": date(2029, 12, 31)}
    plain = periods(EndsOn(date(2026, 2, 28), 12), **span)
    assert [one.end.isoformat() for one in plain] == ["2026-02-28", "2027-02-28", "2028-02-28", "2029-02-28"]
    last = periods(EndsOn(date(2026, 2, 28), 12, last=True), **span)
    assert [one.end.isoformat() for one in last] == ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]
    leap = periods(EndsOn(date(2028, 2, 29), 12), first=date(2028, 1, 1), last=date(2032, 12, 31))
    assert [one.end.isoformat() for one in leap] == [
        "2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29",
    ]  # fmt: skip


def test_there_is_no_period_before_the_first() -> None:
    found = periods(StartsOn(date(2025, 3, 10), 12), first=date(2000, 1, 1), last=date(2027, 12, 31))
    assert found == (Period(date(2025, 3, 10), date(2026, 3, 9)), Period(date(2026, 3, 10), date(2027, 3, 9)))


def test_weeks_and_last_days() -> None:
    span = {"first": date(2026, 5, 1), "last": date(2026, 6, 30)}
    weeks = periods(EveryWeeks(date(2020, 1, 3), 4), **span)
    assert [(one.start.isoformat(), one.end.isoformat()) for one in weeks] == [
        ("2026-04-18", "2026-05-15"), ("2026-05-16", "2026-06-12"),
    ]  # fmt: skip
    fridays = periods(LastWeekdays(4), **span)
    assert [one.end.isoformat() for one in fridays] == ["2026-05-29", "2026-06-26"]
    working = periods(LastWorkingDays(closed), first=date(2026, 12, 1), last=date(2027, 5, 31))
    assert [one.end.isoformat() for one in working] == [
        "2026-12-31", "2027-01-29", "2027-02-26", "2027-03-31", "2027-04-30", "2027-05-28",
    ]  # fmt: skip


def test_an_anchor_far_away_costs_nothing() -> None:
    begun = time.perf_counter()
    found = periods(EveryWeeks(date(1900, 1, 1), 1), first=date(2090, 1, 1), last=date(2099, 12, 31))
    assert (len(found), found[0].end) == (500, date(2090, 1, 2))
    assert time.perf_counter() - begun < 1
