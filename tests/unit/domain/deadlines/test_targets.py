"""A practice's own target lies before the due date and is moved off days on which nobody works; the due date "
"stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.deadlines.context import Calendar
from natrium.domain.deadlines.targets import Adjust, Target, target_date, target_words
from natrium.domain.workflow.definition import DueUnit
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

SUNDAY = date(2027, 1, 31)


def words(due: date, **target: object) -> str:
    return target_words(due, Target(**target), holidays=is_bank_holiday)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "target", "expected"),
    [
        (date(2026, 3, 23), {"days_before": 7}, "16 Mar 2026: 7 days before 23 Mar 2026"),
        (SUNDAY, {"days_before": 30},
         "31 Dec 2026: 30 days before 31 Jan 2027; 1 Jan 2027 is no working day, so the one before"),
        (SUNDAY, {"days_before": 30, "adjust": Adjust.NEXT},
         "4 Jan 2027: 30 days before 31 Jan 2027; 1 Jan 2027 is no working day, so the one after"),
        (SUNDAY, {"days_before": 30, "adjust": Adjust.NONE}, "1 Jan 2027: 30 days before 31 Jan 2027"),
        (date(2026, 4, 7), {"days_before": 5, "unit": DueUnit.WORKING_DAYS},
         "27 Mar 2026: 5 working days before 7 Apr 2026"),
        (date(2026, 8, 31), {"days_before": 28, "calendar": Calendar.SCOTLAND},
         "31 Jul 2026: 28 days before 31 Aug 2026; 3 Aug 2026 is no working day, so the one before"),
        (date(2026, 7, 14), {"days_before": 1, "unit": DueUnit.WORKING_DAYS, "calendar": Calendar.NORTHERN_IRELAND},
         "10 Jul 2026: 1 working day before 14 Jul 2026"),
        (SUNDAY, {"days_before": 0, "unit": DueUnit.WORKING_DAYS}, "29 Jan 2027: 0 working days before 31 Jan 2027"),
    ],
)  # fmt: skip
def test_a_target_says_how_it_was_found(due: date, target: dict[str, object], expected: str) -> None:
    assert words(due, **target) == expected


def test_the_next_working_day_is_not_taken_where_it_is_too_late() -> None:
    late = Target(days_before=1, adjust=Adjust.NEXT)
    assert target_date(SUNDAY, late, holidays=is_bank_holiday) == date(2027, 1, 29)
    assert target_date(date(2027, 2, 1), late, holidays=is_bank_holiday) == date(2027, 2, 1)


@given(
    due=st.dates(date(2012, 1, 1), date(2035, 12, 31)),
    days=st.integers(0, 200),
    unit=st.sampled_from(DueUnit),
    adjust=st.sampled_from(Adjust),
    calendar=st.sampled_from(Calendar),
)
def test_a_target_is_never_after_its_due_date(
    due: date, days: int, unit: DueUnit, adjust: Adjust, calendar: Calendar
) -> None:
    target = Target(days_before=days, unit=unit, adjust=adjust, calendar=calendar)
    found = target_date(due, target, holidays=is_bank_holiday)
    assert found <= due
    works = found.weekday() < 5 and not is_bank_holiday(calendar, found)
    assert works or (adjust is Adjust.NONE and unit is DueUnit.DAYS)
    if unit is DueUnit.WORKING_DAYS:
        between = [found + timedelta(days=number) for number in range((due - found).days)]
        assert sum(day.weekday() < 5 and not is_bank_holiday(calendar, day) for day in between) == days or days == 0
