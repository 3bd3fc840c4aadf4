"""Rules that give several dates: instalments, month ends, the periods of a VAT stagger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from natrium.domain.dates import month_end, months_after, months_beginning
from natrium.domain.deadlines.context import Context, Expression, Reckoned
from natrium.domain.deadlines.words import counted, ordinal, said


@dataclass(frozen=True, slots=True)
class Part:
    """One of several dates, numbered from 1. `pay_by` is the last day for cleared funds, where something is paid."""

    number: int
    due: date
    words: str
    period_end: date | None = None
    pay_by: date | None = None


class Series(Protocol):
    """A way to find several days."""

    def parts(self, context: Context) -> tuple[Part, ...]:
        """Give them in order."""
        ...


@dataclass(frozen=True, slots=True)
class Instalments:
    """Dates of which the last is final: an earlier one counts only where it falls before it."""

    earlier: tuple[Expression, ...]
    final: Expression

    def parts(self, context: Context) -> tuple[Part, ...]:
        """Give those that count."""
        final = self.final.reckon(context)
        kept = [one for one in (way.reckon(context) for way in self.earlier) if one.day < final.day]
        return _numbered([*kept, final])


@dataclass(frozen=True, slots=True)
class MonthEnds:
    """The ends of certain months of a period, by a choice: months 4, 7 and 10."""

    start: Expression
    choice: str
    months: tuple[tuple[str, tuple[int, ...]], ...]

    def parts(self, context: Context) -> tuple[Part, ...]:
        """Give the end of each."""
        start = self.start.reckon(context)
        numbers = dict(self.months)[str(context.values[self.choice])]
        return _numbered(
            [
                Reckoned(
                    months_beginning(start.day, number), f"the end of the {ordinal(number)} month from {start.words}"
                )
                for number in numbers
            ]
        )


@dataclass(frozen=True, slots=True)
class StaggerPeriods:
    """The VAT periods of a stagger that end on or after a day; each is due as `due` says of its `period_end`."""

    due: Expression

    def parts(self, context: Context) -> tuple[Part, ...]:
        """Give as many as were asked for."""
        start, stagger = context.day("from"), context.whole("stagger")
        step = 3 if stagger else 1
        first = month_end(start)
        while stagger and first.month % 3 != stagger - 1:
            first = months_after(first, 1)
        ends = [months_after(first, step * place) for place in range(context.whole("count"))]
        found = [(end, self.due.reckon(context.having("period_end", end, "the end of the VAT period"))) for end in ends]
        return tuple(Part(number, one.day, one.words, end) for number, (end, one) in enumerate(found, start=1))


@dataclass(frozen=True, slots=True)
class QuarterToDate:
    """The period of an MTD quarterly update: the tax year up to a quarter's end, or the months nearest to it."""

    def period(self, context: Context) -> tuple[date, date]:
        """Give first and last day."""
        start = context.day("tax_year_start")
        if context.values.get("election") == "calendar":
            start = start.replace(day=1)
        return start, months_beginning(start, 3 * context.whole("quarter"))

    def words(self, context: Context) -> str:
        """Say it: "for the 3 months from 6 Apr 2026 to 5 Jul 2026"."""
        first, last = self.period(context)
        return f"for the {counted(3 * context.whole('quarter'), 'month')} from {said(first)} to {said(last)}"


def _numbered(days: list[Reckoned]) -> tuple[Part, ...]:
    return tuple(Part(number, one.day, one.words) for number, one in enumerate(days, start=1))
