"""A client whose facts change: which period is which, and what is said where a fact is missing for a while."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from natrium.domain.dates import ONE_DAY
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.history import Epoch, Found, occurrences_of
from natrium.domain.recurrence.occurrences import Office
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.schedule import Anchor, Create, Offset, Schedule, Whence

OFFICE = Office(holidays=lambda _calendar, _day: False)
YEARLY = Schedule(
    service="", who="", workflow="", anchor=Anchor.YEAR_END, create=Create(Whence.PERIOD_END, 1),
    offset=Offset(Whence.PERIOD_END, months=9),
)  # fmt: skip
REVIEW = replace(YEARLY, anchor=Anchor.AML_REVIEW)
ONCE = replace(YEARLY, anchor=Anchor.EVENT, months=0, create=Create(Whence.EVENT, 0), offset=Offset(Whence.EVENT))
UNSAID = Known(kind="limited_company", name="Widget Ltd", facts={"last_aml_review": "2024-05-01"})
DECEMBER = replace(UNSAID, year_end=(12, 31), year_end_is_last=True)
MARCH = replace(UNSAID, year_end=(3, 31), year_end_is_last=True)
ALWAYS = date.min


def found(schedule: Schedule, *epochs: tuple[date, Known], first: str, last: str, **words: Any) -> Found:
    """The occurrences of a client that changes so."""
    return occurrences_of(
        schedule, [Epoch(since, known) for since, known in epochs], first=date.fromisoformat(first),
        last=date.fromisoformat(last), office=OFFICE, **words,
    )  # fmt: skip


def spans(there: Found) -> list[tuple[str, str]]:
    """The periods."""
    return [(one.period.start.isoformat(), one.period.end.isoformat()) for one in there.occurrences]


def test_what_happens_once_waits_for_its_day() -> None:
    there = found(ONCE, (ALWAYS, UNSAID), first="2026-01-01", last="2026-12-31")
    assert there.occurrences == ()
    assert [one.reason for one in there.unknown] == ["Missing: the day it happens."]
    day = date(2026, 5, 16)
    assert spans(found(ONCE, (ALWAYS, UNSAID), first="2026-01-01", last="2026-12-31", event=day)) == [
        ("2026-05-16", "2026-05-16")
    ]


def test_a_fact_that_is_missing_is_said_once_and_the_periods_before_it_stay() -> None:
    there = found(
        YEARLY, (ALWAYS, DECEMBER), (date(2026, 6, 1), UNSAID), (date(2026, 9, 1), replace(UNSAID, name="Widgets Ltd")),
        first="2025-01-01", last="2027-12-31",
    )  # fmt: skip
    assert spans(there) == [("2025-01-01", "2025-12-31")]
    assert [one.reason for one in there.unknown] == ["Missing: the client’s year end."]


def test_a_year_end_said_again_goes_on_where_the_one_before_the_silence_ended() -> None:
    there = found(
        YEARLY, (ALWAYS, DECEMBER), (date(2026, 2, 1), UNSAID), (date(2026, 8, 1), MARCH), first="2025-01-01",
        last="2028-03-31",
    )  # fmt: skip
    assert spans(there) == [("2025-01-01", "2025-12-31"), ("2026-01-01", "2027-03-31"), ("2027-04-01", "2028-03-31")]


@pytest.mark.parametrize("renamed", [date(2026, 2, 1), date(2026, 5, 1)])
def test_another_fact_that_changes_moves_no_year(renamed: date) -> None:
    there = found(
        YEARLY, (ALWAYS, DECEMBER), (date(2026, 1, 1), MARCH), (renamed, replace(MARCH, name="Widgets Ltd")),
        first="2025-01-01", last="2027-03-31",
    )  # fmt: skip
    assert spans(there) == [("2025-01-01", "2025-12-31"), ("2026-01-01", "2026-03-31"), ("2026-04-01", "2027-03-31")]


def test_long_after_a_change_years_are_whole() -> None:
    there = found(YEARLY, (ALWAYS, DECEMBER), (date(2026, 1, 1), MARCH), first="2040-01-01", last="2041-03-31")
    assert spans(there) == [("2039-04-01", "2040-03-31"), ("2040-04-01", "2041-03-31")]


def test_a_period_begins_after_what_is_decided_already() -> None:
    words = {"first": "2026-01-01", "last": "2027-03-31"}
    assert spans(found(YEARLY, (ALWAYS, MARCH), **words, after=date(2025, 12, 31))) == [
        ("2026-01-01", "2026-03-31"), ("2026-04-01", "2027-03-31"),
    ]  # fmt: skip
    assert spans(found(REVIEW, (ALWAYS, UNSAID), **words, after=date(2025, 12, 31))) == [
        ("2025-05-01", "2026-04-30")
    ], "a review begins on its own day, whatever was decided"


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)))
@example(date(2026, 3, 31))
@example(date(2026, 4, 1))
def test_a_period_is_cut_only_where_what_is_decided_lies_within_it(after: date) -> None:
    whole = found(YEARLY, (ALWAYS, MARCH), first="2026-01-01", last="2027-12-31")
    cut = found(YEARLY, (ALWAYS, MARCH), first="2026-01-01", last="2027-12-31", after=after)
    assert [one.period for one in cut.occurrences] == [
        Period(after + ONE_DAY, span.end) if span.start <= after < span.end else span
        for span in (one.period for one in whole.occurrences)
    ]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_no_more_periods_than_were_asked_for(most: int) -> None:
    epochs = (ALWAYS, DECEMBER), (date(2026, 1, 1), MARCH)
    assert len(found(YEARLY, *epochs, first="2025-01-01", last="2030-12-31", most=most).occurrences) == most
