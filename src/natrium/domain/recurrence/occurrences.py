"""The occurrences of a schedule for a client: periods with every date. Preview and making are this one function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from natrium.domain.dates import add_working_days, months_after
from natrium.domain.deadlines.context import Calendar, Holidays
from natrium.domain.deadlines.feeds import Unknown, due_for
from natrium.domain.deadlines.known import Known
from natrium.domain.deadlines.targets import Target, adjusted, target_date
from natrium.domain.deadlines.words import counted, said
from natrium.domain.recurrence.anchors import series_of
from natrium.domain.recurrence.periods import Period, periods
from natrium.domain.recurrence.schedule import Anchor, Offset, Schedule, Whence
from natrium.domain.workflow.definition import DueUnit

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its reason. `day` is None where the reason says what is missing."""

    day: date | None
    why: str
    pay_by: date | None = None
    rule: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One task to be: its period, its part (from 1; 0 where there is one), and its dates."""

    period: Period
    part: int
    due: Dated
    target: date | None
    create_on: date | None
    milestones: tuple[tuple[str, Dated], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Which days are holidays, and by which calendar the practice itself works."""

    holidays: Holidays
    calendar: Calendar = Calendar.ENGLAND_AND_WALES

    def is_holiday(self, day: date) -> bool:
        """Whether the practice has a bank holiday."""
        return self.holidays(self.calendar, day)


def occurrences(
    schedule: Schedule,
    known: Known,
    *,
    first: date,
    last: date,
    office: Office,
    event: date | None = None,
    rule: str = "",
    most: int = SHOWN,
) -> tuple[Occurrence, ...] | Unknown:
    """The occurrences whose periods end on a day from `first` to `last`, at most so many; or what stands in the way.

    `event` is the day on which a schedule that happens once happens; `rule` one of the schedule's `others`. A task may
    appear before its period ends (payroll), or be due when that begins (ATED): who looks for what is to be made, by
    `create_on`, looks far enough ahead.
    """
    if schedule.anchor is Anchor.EVENT:
        if event is None:
            return Unknown("", ("the day it happens",), "Missing: the day it happens.")
        spans = tuple(span for span in (Period(event, event),) if first <= event <= last)
    else:
        series = series_of(schedule.anchor, schedule.months, known, is_holiday=office.is_holiday)
        if isinstance(series, Unknown):
            return series
        spans = periods(series, first=first, last=last, most=most)
    found = (one for span in spans for one in of_period(schedule, known, span, office=office, rule=rule))
    return tuple(one for one, _ in zip(found, range(most), strict=False))


def of_period(schedule: Schedule, known: Known, span: Period, *, office: Office, rule: str) -> Iterator[Occurrence]:
    """The tasks of one period, with every date; `known` is what holds at its end."""
    in_period = replace(known, period_start=span.start, period_end=span.end)
    if schedule.anchor is Anchor.PAY_DATES:
        in_period = replace(in_period, dates={**known.dates, "Payday": span.end})
    milestones = tuple(
        (mark.label, due) for mark in schedule.milestones for due in _by_law(mark.rule, in_period, office)
    )
    if schedule.offset:
        dues = [_by_offset(schedule.offset, span, office)]
    else:
        dues = _by_law(rule or schedule.rule, in_period, office)
        dues = dues if schedule.parts else dues[:1]
    for number, due in enumerate(dues, start=1):
        yield Occurrence(
            period=span,
            part=number if len(dues) > 1 else 0,
            due=due,
            target=_target(schedule, due.day, office),
            create_on=_create_on(schedule, span, due.day, office),
            milestones=milestones,
        )


def _by_law(rule: str, known: Known, office: Office) -> list[Dated]:
    """The date a rule gives, or its several ones; one without a day, that says why, where it gives none."""
    answer = due_for(rule, known, holidays=office.holidays)
    if isinstance(answer, Unknown):
        return [Dated(None, answer.reason, rule=answer.rule)]
    name, version = answer.rule.name, answer.version.number
    if answer.parts:
        return [Dated(one.due, f"{said(one.due)}: {one.words}.", one.pay_by, name, version) for one in answer.parts]
    return [Dated(answer.due, answer.why, answer.pay_by, name, version)]


def _by_offset(offset: Offset, span: Period, office: Office) -> Dated:
    start = span.start if offset.whence is Whence.PERIOD_START else span.end
    day = months_after(start, offset.months) + timedelta(days=offset.days)
    moved = adjusted(day, offset.adjust, is_holiday=office.is_holiday)
    spans = [(offset.months, "month"), (offset.days, "day")]
    after = " and ".join(counted(number, noun) for number, noun in spans if number)
    side = "after" if moved > day else "before"
    why = f"; {said(day)} is no working day, so the one {side}" if moved != day else ""
    return Dated(moved, f"{said(moved)}: {after} after {said(start)}{why}.")


def _target(schedule: Schedule, due: date | None, office: Office) -> date | None:
    if due is None or schedule.target is None:
        return None
    before = Target(days_before=schedule.target.days, unit=schedule.target.unit, calendar=office.calendar)
    return target_date(due, before, holidays=office.holidays)


def _create_on(schedule: Schedule, span: Period, due: date | None, office: Office) -> date | None:
    create = schedule.create
    start = due if create.whence is Whence.DUE else span.end
    if start is None:
        return None
    if create.unit is DueUnit.WORKING_DAYS:
        return add_working_days(start, create.days, is_holiday=office.is_holiday)
    return start + timedelta(days=create.days)
