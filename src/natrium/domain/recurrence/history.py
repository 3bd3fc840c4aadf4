"""The occurrences of a client whose facts change: each period by the facts that hold at its end.

Where facts move a series that ends on days (another year end, another VAT stagger), the first period of the new series
begins the day after the last one of the old: it is shorter or longer, and nothing overlaps or is left out. A series
that begins on a day (a review, a confirmation statement) begins anew there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from natrium.domain.dates import ONE_DAY, add_days
from natrium.domain.deadlines.feeds import Unknown
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.anchors import series_of
from natrium.domain.recurrence.occurrences import Occurrence, Office, of_period
from natrium.domain.recurrence.periods import Period, Series, StartsOn, periods
from natrium.domain.recurrence.schedule import Anchor, Schedule

MOST = 600
# As far as a series' last period before a change may lie behind it, in days: the longest there is, and a day.
LOOK_BACK = 3661
# What restarts when a fact says so, whatever went before.
BEGIN_ANEW = frozenset({Anchor.INCORPORATION, Anchor.DUTIES_START, Anchor.AML_REVIEW})


@dataclass(frozen=True, slots=True)
class Epoch:
    """What is known of a client from a day on, until the next epoch."""

    since: date
    known: Known


@dataclass(frozen=True, slots=True)
class Found:
    """The occurrences, and what stands in the way of further ones, each thing once."""

    occurrences: tuple[Occurrence, ...]
    unknown: tuple[Unknown, ...] = ()


def occurrences_of(
    schedule: Schedule,
    epochs: Sequence[Epoch],
    *,
    first: date,
    last: date,
    office: Office,
    event: date | None = None,
    rule: str = "",
    most: int = MOST,
    after: date | None = None,
) -> Found:
    """The occurrences whose periods end from `first` to `last`, at most so many periods.

    `after` is the last day of what is decided already: a period that ends later begins the day after it at the
    earliest, unless it is of a series that begins on a day.
    `epochs` are in order, the first of them since the first day there is. Otherwise as `occurrences`.
    """
    if schedule.anchor is Anchor.EVENT:
        spans = [(Period(event, event), epochs[-1].known)] if event and first <= event <= last else []
        missing: tuple[Unknown, ...] = ()
        if event is None:
            missing = (Unknown("", ("the day it happens",), "Missing: the day it happens."),)
    else:
        spans, missing = _spans(schedule, epochs, first=first, last=last, office=office, most=most)
        if after is not None and schedule.anchor not in BEGIN_ANEW:
            spans = [(_beginning(span, after), known) for span, known in spans]
    found = tuple(one for span, known in spans for one in of_period(schedule, known, span, office=office, rule=rule))
    return Found(found, missing)


def _beginning(span: Period, after: date) -> Period:
    return Period(after + ONE_DAY, span.end) if span.start <= after < span.end else span


def _spans(
    schedule: Schedule, epochs: Sequence[Epoch], *, first: date, last: date, office: Office, most: int
) -> tuple[list[tuple[Period, Known]], tuple[Unknown, ...]]:
    """Periods with what is known at their ends."""
    spans: list[tuple[Period, Known]] = []
    missing: dict[Unknown, None] = {}
    place = max(place for place, epoch in enumerate(epochs) if place == 0 or epoch.since <= first)
    while place < len(epochs) and epochs[place].since <= last:
        epoch = epochs[place]
        until = min(epochs[place + 1].since - ONE_DAY, last) if place + 1 < len(epochs) else last
        series = _series(schedule, epoch, office)
        if isinstance(series, Unknown):
            missing[series] = None
        else:
            found = periods(series, first=max(epoch.since, first), last=until, most=most - len(spans))
            if found and place and not isinstance(series, StartsOn):
                found = _joined(found, series, schedule, epochs[: place + 1], office)
            spans += [(span, epoch.known) for span in found]
        place += 1
    return spans, tuple(missing)


def _series(schedule: Schedule, epoch: Epoch, office: Office) -> Series | Unknown:
    return series_of(schedule.anchor, schedule.months, epoch.known, is_holiday=office.is_holiday)


def _joined(
    found: tuple[Period, ...], series: Series, schedule: Schedule, epochs: Sequence[Epoch], office: Office
) -> tuple[Period, ...]:
    """The periods after a change, the first of them from the day after the last one before it.

    `epochs` are those up to the one that the periods are of.
    """
    change = epochs[-1].since
    for epoch in reversed(epochs[:-1]):
        before = _series(schedule, epoch, office)
        if before == series:
            change = epoch.since
        elif not isinstance(before, Unknown):
            break
    else:
        return found
    if periods(series, first=change, last=found[0].end, most=2) != found[:1]:
        return found
    earlier = periods(before, first=add_days(change, -LOOK_BACK), last=add_days(change, -1), most=LOOK_BACK)
    return (Period(earlier[-1].end + ONE_DAY, found[0].end), *found[1:]) if earlier else found
