"""What is known of a client, from day to day, as schedules ask for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from natrium.apps.clients.queries import History
from natrium.apps.practices.offices import AtWork
from natrium.apps.workflows.calendars import NAMES, is_bank_holiday
from natrium.domain import client_facts
from natrium.domain.client_facts import WRITTEN_YEAR_END
from natrium.domain.dates import month_end
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.history import Epoch
from natrium.domain.recurrence.occurrences import Office

# The fact that a change of the year end leaves: its month and day, "03-31", or "02-last" for the end of February.
YEAR_END = client_facts.YEAR_END.name
CALENDARS = {name: calendar for calendar, name in NAMES.items()}


def office_of(by: AtWork) -> Office:
    """The practice's days off."""
    return Office(holidays=is_bank_holiday, calendar=CALENDARS[by.calendar])


def epochs_of(history: History) -> tuple[Epoch, ...]:
    """The times in which a client's facts stood still, in order, the first since ever."""
    days = [date.min, *sorted({since for _, since, _ in history.facts})]
    return tuple(Epoch(day, _with_year_end(history.at(day))) for day in days)


def written_year_end(month: int, day: int, *, last: bool) -> str:
    """A year end as the fact says it."""
    return f"{month:02}-last" if last else f"{month:02}-{day:02}"


def _with_year_end(known: Known) -> Known:
    found = WRITTEN_YEAR_END.fullmatch(known.facts.get(YEAR_END, ""))
    if found is None:
        return known
    month = int(found[1])
    last = month_end(date(2024, month, 1)).day
    is_last = found[2] == "last"
    return replace(known, year_end=(month, last if is_last else min(int(found[2]), last)), year_end_is_last=is_last)
