"""Days and working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.dates import add_days, add_working_days, is_working_day

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
