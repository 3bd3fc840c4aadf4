"""What a sweep does with one series: which periods become tasks, which are left out and why. Asked of state, not time.

Every period whose creation day has come ends as created or as skipped with a reason; asked again, nothing is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from natrium.domain.dates import add_days
from natrium.domain.deadlines.words import said
from natrium.domain.recurrence.history import Found
from natrium.domain.recurrence.occurrences import Occurrence
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.schedule import Schedule, Whence
from natrium.domain.workflow.definition import DueUnit

MOST_A_RUN = 24


class CatchUp(StrEnum):
    """What becomes of periods whose creation day went by while nothing was made."""

    ALL = "all"
    LATEST_ONLY = "latest_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Key:
    """What is decided once: the period by its last day, and the part."""

    period: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """A period that the ledger has already."""

    key: Key
    period: Period


@dataclass(frozen=True, slots=True)
class Runs:
    """From when to when an engagement runs. It is paused where `paused_on` is a day; `ceased_on` is the client's."""

    starts_on: date
    ends_on: date | None = None
    paused_on: date | None = None
    ceased_on: date | None = None
    client_active: bool = True

    @property
    def last(self) -> date | None:
        """The last day on which anything appears, None where there is none."""
        days = [day for day in (self.ends_on, self.ceased_on) if day]
        return min(days) if days else None

    @property
    def stands_still(self) -> bool:
        """Whether nothing is made at all."""
        return self.paused_on is not None or not self.client_active


@dataclass(frozen=True, slots=True)
class Skip:
    """A period left out, and why."""

    occurrence: Occurrence
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a series now. `more`: how many periods wait for the next run. `waiting`: for which facts.

    Nothing here changes anything.
    """

    create: tuple[Occurrence, ...] = ()
    skip: tuple[Skip, ...] = ()
    more: int = 0
    waiting: tuple[str, ...] = ()


NOTHING = Decision()


def key_of(occurrence: Occurrence) -> Key:
    """What the ledger knows an occurrence by."""
    return Key(occurrence.period.end.isoformat(), occurrence.part)


def look_from(runs: Runs, ledger: Collection[Decided], *, whole: bool) -> date:
    """From which period's end a sweep looks: a year and more back from the newest in the ledger, or all (`whole`)."""
    if whole or not ledger:
        return runs.starts_on
    return max(runs.starts_on, add_days(max(one.period.end for one in ledger), -400))


def look_until(schedule: Schedule, until: date) -> date:
    """Up to which period's end a sweep looks: tasks may appear before their periods end."""
    create = schedule.create
    if create.whence is not Whence.DUE and create.days >= 0:
        return until
    lead = max(-create.days, 0) * (2 if create.unit is DueUnit.WORKING_DAYS else 1)
    return until + timedelta(days=31 * (max(schedule.months, 1) + 1) + lead)


def decide(
    found: Found,
    ledger: Collection[Decided],
    *,
    runs: Runs,
    catch_up: CatchUp,
    today: date,
    until: date,
    most: int = MOST_A_RUN,
) -> Decision:
    """What is to be made, and what left out, of the occurrences that there are.

    `until` is the day up to which tasks appear: today, or a later one. A period that ended before the engagement began
    is none of its; nothing appears after its last day. One that another period of the ledger covers already, from
    before a change of dates, is not made again.
    """
    if runs.stands_still:
        return NOTHING
    last = min(until, runs.last) if runs.last else until
    open_ = list(still_open(found.occurrences, ledger, runs))
    waiting = [one.reason for one in found.unknown]
    waiting += [one.due.why for one in open_ if one.due.day is None and (one.create_on or one.period.end) <= last]
    due = [one for one in open_ if one.due.day is not None and one.create_on is not None and one.create_on <= last]
    newest = max((one.period.end for one in ledger), default=date.min)
    create, skip = _catch_up(due, catch_up, today, newest)
    return Decision(
        create=tuple(create[:most]),
        skip=tuple(skip),
        more=max(len(create) - most, 0),
        waiting=tuple(dict.fromkeys(waiting)),
    )


def still_open(found: Sequence[Occurrence], ledger: Collection[Decided], runs: Runs) -> Iterator[Occurrence]:
    """What is neither decided nor outside the engagement nor covered by a period from before a change of dates."""
    decided = {one.key for one in ledger}
    ends = sorted(one.period.end for one in ledger)
    newest = ends[-1] if ends else None
    known = {one.period.end for one in ledger}
    for one in found:
        if key_of(one) in decided or one.period.end < runs.starts_on:
            continue
        if runs.ends_on is not None and one.period.start > runs.ends_on:
            continue
        moved = newest is not None and one.period.end <= newest and one.period.end not in known
        if moved and any(other.period.start <= one.period.end <= other.period.end for other in ledger):
            continue
        yield one


def _catch_up(
    due: Sequence[Occurrence], catch_up: CatchUp, today: date, newest: date
) -> tuple[list[Occurrence], list[Skip]]:
    """Which of the periods whose day has come are made, and which are left out. `newest` is the ledger's."""
    missed = [one for one in due if one.create_on is not None and one.create_on < today]
    if catch_up is CatchUp.ALL or not missed:
        return list(due), []
    if catch_up is CatchUp.NONE:
        kept = [one for one in due if one.create_on is not None and one.create_on >= today]
        return kept, [Skip(one, f"Its day, {_day(one)}, went by, and this task is not caught up.") for one in missed]
    newest = max(newest, *(one.period.end for one in due))
    words = "only the newest period is caught up"
    skip = [Skip(one, f"Its day, {_day(one)}, went by; {words}.") for one in missed if one.period.end < newest]
    left_out = {id(one.occurrence) for one in skip}
    return [one for one in due if id(one) not in left_out], skip


def _day(one: Occurrence) -> str:
    return said(one.create_on) if one.create_on else ""
