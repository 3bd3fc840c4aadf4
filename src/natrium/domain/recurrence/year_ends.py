"""Another year end from one period on: how long that period is, since when the new one holds, which period is which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natrium.domain.dates import ONE_DAY, month_end, months_beginning
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.periods import Period

# The longest period of account that the Companies Act knows (s.392(5)).
LONGEST_MONTHS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """A year end. `last`: the last day of the month, whatever `day` says."""

    month: int
    day: int
    last: bool = False

    def in_year(self, year: int) -> date:
        """Its day in a calendar year, or the month's last day where it is shorter."""
        end = month_end(date(year, self.month, 1))
        return end if self.last else end.replace(day=min(self.day, end.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the year end: the period that ended on `was` ends on `now` instead, and is shorter or longer."""

    old: YearEnd
    new: YearEnd
    was: date
    now: date

    @property
    def period(self) -> Period:
        """The odd period, from the day after the last one that stays."""
        return Period(self.old.in_year(self.was.year - 1) + ONE_DAY, self.now)

    @property
    def since(self) -> date:
        """The day from which the new year end holds: no period but the odd one ends between it and `now`."""
        return max(self.period.start, self.new.in_year(self.now.year - 1) + ONE_DAY)


def check(change: Change) -> Change:
    """The change, if it makes sense. Refuses bad-value with the field."""
    if change.was != change.old.in_year(change.was.year):
        raise _bad("was", f"No period of the year end so far ends on {said(change.was)}.")
    if change.now != change.new.in_year(change.now.year):
        raise _bad("now", f"The new year end is not on {said(change.now)}.")
    if change.now == change.was:
        raise _bad("now", "The period ends on that day already.")
    period = change.period
    if change.now < period.start:
        raise _bad("now", f"The period begins on {said(period.start)} and cannot end before.")
    if change.now > months_beginning(period.start, LONGEST_MONTHS):
        raise _bad("now", f"A period is at most {LONGEST_MONTHS} months long.")
    return change


def later_end(change: Change, old_end: date) -> date:
    """Where a period that ended on a day, `change.was` or a year or more later, ends now."""
    return change.new.in_year(change.now.year + old_end.year - change.was.year)


def _bad(field: str, words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field=field)
