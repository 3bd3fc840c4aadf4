"""Days and working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.dates import (
    add_days,
    add_working_days,
    corresponding,
    is_working_day,
    month_end,
    months_after,
    months_beginning,
)

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}


def is_holiday(day: date) -> bool:
    return day in CHRISTMAS


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 26), 1, date(2026, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 12, 28), 0, date(2026, 12, 24)),
    ],
)
def test_working_days_leave_weekends_and_bank_holidays_out(start: date, days: int, expected: date) -> None:
    assert add_working_days(start, days, is_holiday=is_holiday) == expected


def test_monday_to_friday_are_working_days() -> None:
    week = [date(2026, 11, 23 + number) for number in range(7)]
    assert [is_working_day(day, is_holiday=is_holiday) for day in week] == [True] * 5 + [False] * 2
    assert not is_working_day(date(2026, 12, 25), is_holiday=is_holiday)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_there_are_as_many_working_days_between_as_asked_for(start: date, days: int) -> None:
    found = add_working_days(start, days, is_holiday=is_holiday)
    assert is_working_day(found, is_holiday=is_holiday)
    low, high = sorted((start, found))
    between = [date.fromordinal(n) for n in range(low.toordinal(), high.toordinal() + 1)]
    counted = [day for day in between if day != start and is_working_day(day, is_holiday=is_holiday)]
    if days:
        assert len(counted) == abs(days)


def test_days_stay_within_the_dates_there_are() -> None:
    assert add_days(date(2026, 2, 27), 2) == date(2026, 3, 1)
    assert add_days(date(9999, 12, 31), 1) == date.max
    assert add_days(date(1, 1, 1), -1) == date.min


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-02-28", 9, "2025-11-30"),
        ("2024-02-28", 9, "2024-11-28"),
        ("2024-02-29", 9, "2024-11-30"),
        ("2025-09-30", 9, "2026-06-30"),
        ("2025-06-30", 9, "2026-03-31"),
        ("2025-05-31", 9, "2026-02-28"),
        ("2023-05-31", 9, "2024-02-29"),
        ("2025-05-30", 9, "2026-02-28"),
        ("2025-05-29", 9, "2026-02-28"),
        ("2023-05-28", 9, "2024-02-28"),
        ("2023-02-28", 12, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-31", -1, "2025-11-30"),
        ("2026-01-15", -13, "2024-12-15"),
        ("2026-01-31", 0, "2026-01-31"),
    ],
)
def test_a_months_end_gives_a_months_end(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-06-30", 9, "2026-03-30"),
        ("2025-02-28", 10, "2025-12-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_the_corresponding_day_keeps_its_number(day: str, months: int, expected: str) -> None:
    assert corresponding(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2023-03-01", 12, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-03-10", 12, "2026-03-09"),
        ("2025-03-31", 12, "2026-03-30"),
        ("2017-04-01", 5, "2017-08-31"),
        ("2025-10-31", 1, "2025-11-30"),
        ("2025-08-29", 6, "2026-02-28"),
    ],
)
def test_a_period_of_months_ends_before_the_next_would_begin(day: str, months: int, expected: str) -> None:
    assert months_beginning(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_counting_from_the_anchor_never_drifts(day: date, months: int) -> None:
    for found in (months_after(day, months), corresponding(day, months)):
        assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert months_after(month_end(day), months) == month_end(corresponding(day, months))
    if day.day <= 27:
        assert months_after(day, months).day == day.day
        assert months_beginning(day, months) + (day - date.fromordinal(day.toordinal() - 1)) == months_after(
            day, months
        )
