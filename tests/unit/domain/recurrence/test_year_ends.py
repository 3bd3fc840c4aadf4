"""Another year end: one odd period, shorter or longer; before and after it years as they were, no day left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from natrium.domain.dates import ONE_DAY, months_beginning
from natrium.domain.deadlines.known import Known
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.history import Epoch, occurrences_of
from natrium.domain.recurrence.occurrences import Office
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.schedule import Anchor, Create, Offset, Schedule, Whence
from natrium.domain.recurrence.year_ends import LONGEST_MONTHS, Change, YearEnd, check, later_end

DECEMBER = YearEnd(month=12, day=31, last=True)
MARCH = YearEnd(month=3, day=31, last=True)
FEBRUARY = YearEnd(month=2, day=28, last=True)
YEARLY = Schedule(
    service="", who="", workflow="", anchor=Anchor.YEAR_END, create=Create(Whence.PERIOD_END, 1),
    offset=Offset(Whence.PERIOD_END, months=9),
)  # fmt: skip
OFFICE = Office(holidays=lambda _calendar, _day: False)

year_ends = st.builds(YearEnd, month=st.integers(1, 12), day=st.integers(1, 31), last=st.booleans())
years = st.integers(2015, 2040)


def known(year_end: YearEnd) -> Known:
    """A client whose years end so."""
    return Known(
        kind="limited_company", name="Widget Ltd", year_end=(year_end.month, year_end.day),
        year_end_is_last=year_end.last,
    )  # fmt: skip


def years_of(*epochs: Epoch, first: date, last: date) -> list[Period]:
    """The years of a client as the recurring work sees them."""
    return [one.period for one in occurrences_of(YEARLY, epochs, first=first, last=last, office=OFFICE).occurrences]


def ends(year_end: YearEnd, year: int) -> date:
    """Where a year ends."""
    [span] = years_of(Epoch(date.min, known(year_end)), first=date(year, 1, 1), last=date(year, 12, 31))
    return span.end


def refused(change: Change) -> tuple[str | None, str]:
    """The field at which a change is refused, and the words."""
    with pytest.raises(Refusal) as refusal:
        check(change)
    assert refusal.value.code is Code.BAD_VALUE
    return refusal.value.field, refusal.value.message


@pytest.mark.parametrize(
    ("now", "since", "following"),
    [
        pytest.param(date(2026, 3, 31), date(2026, 1, 1), 2027, id="3 months"),
        pytest.param(date(2027, 3, 31), date(2026, 4, 1), 2028, id="15 months"),
    ],
)
def test_from_december_to_march_gives_three_months_or_fifteen(now: date, since: date, following: int) -> None:
    change = check(Change(old=DECEMBER, new=MARCH, was=date(2026, 12, 31), now=now))
    assert (change.period, change.since) == (Period(date(2026, 1, 1), now), since)
    epochs = Epoch(date.min, known(DECEMBER)), Epoch(change.since, known(MARCH))
    assert years_of(*epochs, first=date(2025, 1, 1), last=date(following, 12, 31)) == [
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), now),
        Period(date(following - 1, 4, 1), date(following, 3, 31)),
    ]


def test_later_years_end_a_year_after_the_odd_one_each() -> None:
    change = Change(old=DECEMBER, new=FEBRUARY, was=date(2026, 12, 31), now=date(2027, 2, 28))
    assert later_end(change, date(2026, 12, 31)) == date(2027, 2, 28)
    assert later_end(change, date(2027, 12, 31)) == date(2028, 2, 29), "the last day of February in a leap year"
    assert later_end(change, date(2028, 12, 31)) == date(2029, 2, 28)


def test_no_day_is_lost_beside_a_29_february() -> None:
    to_december = check(
        Change(old=YearEnd(month=2, day=28), new=DECEMBER, was=date(2025, 2, 28), now=date(2024, 12, 31))
    )
    assert to_december.period == Period(date(2024, 2, 29), date(2024, 12, 31)), "the year before ended on 28 Feb 2024"
    to_february = check(Change(old=DECEMBER, new=FEBRUARY, was=date(2024, 12, 31), now=date(2025, 2, 28)))
    assert to_february.since == date(2024, 3, 1), "else a period would end on 29 Feb 2024 as well"


@given(old=year_ends, new=year_ends, year=years, step=st.sampled_from([-1, 0, 1, 2]))
def test_a_change_leaves_one_odd_year_and_no_gap_nor_overlap(old: YearEnd, new: YearEnd, year: int, step: int) -> None:
    change = Change(old=old, new=new, was=ends(old, year), now=ends(new, year + step))
    try:
        check(change)
    except Refusal:
        assume(False)  # noqa: FBT003 - what is refused is the next rule's
    epochs = Epoch(date.min, known(old)), Epoch(change.since, known(new))
    found = years_of(*epochs, first=ends(old, year - 2), last=ends(new, year + step + 5))
    assert all(span.start == before.end + ONE_DAY for before, span in pairwise(found))
    before = [ends(old, year - 2), ends(old, year - 1)]
    after = [later_end(change, ends(old, year + later)) for later in range(6)]
    assert [span.end for span in found] == [*before, *after]
    assert found[2] == change.period
    assert after == [ends(new, year + step + later) for later in range(6)]


@given(old=year_ends, new=year_ends, year=years, step=st.integers(-2, 3))
def test_a_year_is_never_longer_than_eighteen_months_nor_ends_before_it_begins(
    old: YearEnd, new: YearEnd, year: int, step: int
) -> None:
    was, now = ends(old, year), ends(new, year + step)
    start = ends(old, year - 1) + ONE_DAY
    fits = start <= now <= months_beginning(start, LONGEST_MONTHS) and now != was
    change = Change(old=old, new=new, was=was, now=now)
    if fits:
        assert check(change) is change
    else:
        assert refused(change)[0] == "now"


@pytest.mark.parametrize(
    ("was", "now", "field", "words"),
    [
        (date(2026, 11, 30), date(2027, 3, 31), "was", "No period of the year end so far ends on 30 Nov 2026."),
        (date(2026, 12, 30), date(2027, 3, 31), "was", "No period of the year end so far ends on 30 Dec 2026."),
        (date(2026, 12, 31), date(2027, 3, 30), "now", "The new year end is not on 30 Mar 2027."),
        (date(2026, 12, 31), date(2025, 3, 31), "now", "The period begins on 1 Jan 2026 and cannot end before."),
        (date(2026, 12, 31), date(2028, 3, 31), "now", "A period is at most 18 months long."),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_at_its_date(was: date, now: date, field: str, words: str) -> None:
    assert refused(Change(old=DECEMBER, new=MARCH, was=was, now=now)) == (field, words)


def test_a_year_end_that_is_there_already_is_no_change() -> None:
    day = date(2026, 12, 31)
    same = Change(old=DECEMBER, new=replace(DECEMBER, last=False), was=day, now=day)
    assert refused(same) == ("now", "The period ends on that day already.")


@pytest.mark.parametrize(
    ("now", "fits"),
    [(date(2025, 12, 30), False), (date(2026, 1, 1), True), (date(2027, 6, 30), True), (date(2027, 7, 1), False)],
)
def test_a_day_is_the_shortest_year_and_eighteen_months_the_longest(now: date, fits: bool) -> None:  # noqa: FBT001
    change = Change(old=DECEMBER, new=YearEnd(month=now.month, day=now.day), was=date(2026, 12, 31), now=now)
    if fits:
        assert check(change).period == Period(date(2026, 1, 1), now)
    else:
        assert refused(change)[0] == "now"
