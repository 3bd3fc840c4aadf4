"""The ways in which the law counts, as data. Two functions of months are enough: see domain/dates.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from natrium.domain.dates import corresponding, month_end, months_after, months_beginning
from natrium.domain.deadlines.context import BANKS, Calendar, Condition, Context, Expression, Reckoned
from natrium.domain.deadlines.words import counted, month_name, month_turn, ordinal, said, weekday_of


@dataclass(frozen=True, slots=True)
class Of:
    """A date that was given."""

    name: str

    def reckon(self, context: Context) -> Reckoned:
        """Give it, called by its label."""
        day = context.day(self.name)
        return Reckoned(day, f"{context.labels[self.name]}, {said(day)}", named=True)


@dataclass(frozen=True, slots=True)
class ByChoice:
    """A number that depends on a choice: 9 months for a private company, 6 for a plc."""

    name: str
    numbers: tuple[tuple[str, int], ...]

    def number(self, context: Context) -> int:
        """Give the number of what was chosen."""
        return dict(self.numbers)[str(context.values[self.name])]


@dataclass(frozen=True, slots=True)
class MonthsAfter:
    """So many months after a day, a month's end giving a month's end (Companies Act 2006 s.443)."""

    of: Expression
    months: int | ByChoice

    def reckon(self, context: Context) -> Reckoned:
        """Give the day, and why it is not simply the same day of that month."""
        start = self.of.reckon(context)
        months = self.months.number(context) if isinstance(self.months, ByChoice) else self.months
        words = f"{counted(abs(months), 'month')} {'after' if months > 0 else 'before'}"
        found = start.then(months_after(start.day, months), words)
        turn = month_turn(start.day, months)
        return Reckoned(found.day, f"{found.words}; {turn}") if turn else found


@dataclass(frozen=True, slots=True)
class SameDayAfter:
    """So many months after a day, a month's end counting as any other day.

    Where no statute says that a month's end gives a month's end, this is the earlier of the two readings.
    """

    of: Expression
    months: int

    def reckon(self, context: Context) -> Reckoned:
        """Give the day, and the other reading where it differs."""
        start = self.of.reckon(context)
        day, other = corresponding(start.day, self.months), months_after(start.day, self.months)
        found = start.then(day, f"{counted(self.months, 'month')} after")
        if day == other:
            return found
        words = f"read from month end to month end it would be {said(other)}: the earlier date is the safe one"
        return Reckoned(day, f"{found.words}; {words}")


@dataclass(frozen=True, slots=True)
class MonthsBeginning:
    """The last day of a period of so many months that begins with a day."""

    of: Expression
    months: int

    def reckon(self, context: Context) -> Reckoned:
        """Give the last day."""
        start = self.of.reckon(context)
        words = f"the last day of the {counted(self.months, 'month')} that begin with"
        return start.then(months_beginning(start.day, self.months), words)


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """So many days after a day. `first`: that day is the first of them ("30 days beginning with")."""

    of: Expression
    days: int
    first: bool = False

    def reckon(self, context: Context) -> Reckoned:
        """Give the day."""
        start = self.of.reckon(context)
        if self.first:
            words = f"the last of the {counted(self.days, 'day')} that begin with"
            return start.then(start.day + timedelta(days=self.days - 1), words)
        return start.then(start.day + timedelta(days=self.days), f"{counted(self.days, 'day')} after")


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last day of a day's month."""

    of: Expression

    def reckon(self, context: Context) -> Reckoned:
        """Give the last day."""
        start = self.of.reckon(context)
        return start.then(month_end(start.day), "the last day of the month of", "the last day of its month")


@dataclass(frozen=True, slots=True)
class OnDate:
    """A day and month that the law names, in the year of a date or `plus` years later."""

    of: Expression
    month: int
    day: int
    plus: int = 0

    def reckon(self, context: Context) -> Reckoned:
        """Give the day: "31 January after the end of the tax year, 5 Apr 2026"."""
        start = self.of.reckon(context)
        found = date(start.day.year + self.plus, self.month, self.day)
        side = "before" if found < start.day else "after"
        return start.then(found, f"{self.day} {month_name(self.month)} {side}")


@dataclass(frozen=True, slots=True)
class TaxMonthEnd:
    """The 5th on which the tax month of a day ends; with `quarters`, its tax quarter (from 6 April)."""

    of: Expression
    quarters: bool = False

    def reckon(self, context: Context) -> Reckoned:
        """Give the 5th."""
        start = self.of.reckon(context)
        end = start.day if start.day.day <= 5 else corresponding(start.day.replace(day=1), 1)
        end = end.replace(day=5)
        while self.quarters and end.month not in (1, 4, 7, 10):
            end = corresponding(end, 1)
        return start.then(end, f"the end of the tax {'quarter' if self.quarters else 'month'} of")


@dataclass(frozen=True, slots=True)
class InMonth:
    """A day of the month in which a date lies."""

    of: Expression
    day: int

    def reckon(self, context: Context) -> Reckoned:
        """Give the day."""
        start = self.of.reckon(context)
        place = f"the {ordinal(self.day)} of"
        return start.then(start.day.replace(day=self.day), f"{place} the month of", f"{place} its month")


@dataclass(frozen=True, slots=True)
class LastWorkingDay:
    """The day itself where banks are open, else the last day before on which they are.

    `calendar` names an optional input; without one, English bank days count.
    """

    of: Expression
    calendar: str = ""

    def reckon(self, context: Context) -> Reckoned:
        """Give the day, and what the date itself is where it is no working day."""
        start = self.of.reckon(context)
        calendar = Calendar(str(context.values.get(self.calendar, BANKS.value)))
        found = context.working(start.day, 0, calendar)
        if found == start.day:
            return Reckoned(found, f"{start.words}{', ' if start.named else f': {said(found)}; '}a working day")
        what = f"a {weekday_of(start.day)}" if start.day.weekday() > 4 else "a bank holiday"
        return start.then(
            found, f"{what}, so the last working day before", f"{what}, so the last working day before it"
        )


@dataclass(frozen=True, slots=True)
class WorkingDaysAfter:
    """So many bank working days after a day."""

    of: Expression
    days: int

    def reckon(self, context: Context) -> Reckoned:
        """Give the day."""
        start = self.of.reckon(context)
        words = f"the {ordinal(self.days)} bank working day after"
        return start.then(context.working(start.day, self.days), words)


@dataclass(frozen=True, slots=True)
class When:
    """One way where something holds, else another. `because` is said before the words of the first."""

    holds: Condition
    then: Expression
    otherwise: Expression
    because: str = ""

    def reckon(self, context: Context) -> Reckoned:
        """Give the day of the way that applies."""
        if not self.holds.holds(context):
            return self.otherwise.reckon(context)
        found = self.then.reckon(context)
        return Reckoned(found.day, f"{self.because}, so {found.words}", found.named) if self.because else found


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest of several days. Each of `others` counts only where what stands before it holds."""

    of: Expression
    others: tuple[tuple[Condition, Expression], ...]

    def reckon(self, context: Context) -> Reckoned:
        """Give the latest, with the other days that were compared."""
        days = [self.of.reckon(context)]
        days += [other.reckon(context) for condition, other in self.others if condition.holds(context)]
        best = max(days, key=lambda one: one.day)
        rest = [f"{said(one.day)} ({one.words})" for one in days if one.day < best.day]
        return Reckoned(best.day, f"{best.words}; later than {' and '.join(rest)}" if rest else best.words)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A way for each value of an input."""

    name: str
    ways: tuple[Expression, ...]

    def reckon(self, context: Context) -> Reckoned:
        """Give the day of the way with that number, from 1."""
        return self.ways[context.whole(self.name) - 1].reckon(context)
