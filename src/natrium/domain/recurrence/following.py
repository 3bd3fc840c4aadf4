"""Work that follows itself: the next one is due some days after the last one was first completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natrium.domain.dates import add_days
from natrium.domain.deadlines.words import counted, said
from natrium.domain.recurrence.occurrences import Dated, Occurrence
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.sweeping import Runs


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest one there is: its number, and the day it was first completed, or removed; None while it is open."""

    number: int
    over_on: date | None


@dataclass(frozen=True, slots=True)
class Next:
    """The one to make, and its number."""

    number: int
    occurrence: Occurrence


def follow(latest: Latest | None, *, every_days: int, runs: Runs, today: date) -> Next | None:
    """The next one, where its time has come; None where one is open still, or nothing is made.

    Only the first completion counts: an occurrence that is reopened and completed again has its successor already.
    """
    since = runs.starts_on if latest is None else latest.over_on
    if since is None or since > today or runs.stands_still or (runs.last is not None and since > runs.last):
        return None
    due = add_days(since, every_days)
    after = "it began" if latest is None else "the last one was done"
    why = f"{said(due)}: {counted(every_days, 'day')} after {after}, {said(since)}."
    one = Occurrence(period=Period(since, due), part=0, due=Dated(due, why), target=due, create_on=since, milestones=())
    return Next(1 if latest is None else latest.number + 1, one)
