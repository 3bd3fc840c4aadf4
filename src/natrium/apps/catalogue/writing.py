"""Writing what a sweep found: chunks of one transaction each; one that fails is halved until the bad one is alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from natrium.apps.activity import operations as activity
from natrium.apps.catalogue import ledger
from natrium.apps.catalogue.series import PEOPLE, SeriesRow
from natrium.apps.catalogue.wishes import LeftOut, Wish
from natrium.apps.clients.queries import histories_of
from natrium.apps.database import sql
from natrium.apps.practices.offices import Office
from natrium.apps.workflows import making
from natrium.apps.workflows.making import NewTask
from natrium.domain.errors import NotFound, Refusal

CHUNK = 250  # how long a colleague's click may have to wait on SQLite: natrium.apps.database.sqlite3

log = logging.getLogger(__name__)

type Failed[T] = list[tuple[T, str]]


def in_halves[T](many: Sequence[T], write: Callable[[Sequence[T]], None], failed: Failed[T]) -> None:
    """Writes many in one transaction; where that fails, each half in its own, down to the one that fails by itself."""
    if not many:
        return
    try:
        with transaction.atomic():
            write(many)
    except (Refusal, NotFound) as refusal:
        error = str(refusal)
    except Exception as fault:  # whatever it is: one that fails keeps no other back
        if len(many) == 1 and isinstance(fault, OperationalError | InterfaceError):
            raise  # the database itself, not this one
        error = f"{type(fault).__name__}: {fault}"[:500]
        if len(many) == 1:
            log.exception("An occurrence could not be written")
    else:
        return
    if len(many) == 1:
        failed.append((many[0], error))
        return
    middle = len(many) // 2
    in_halves(many[:middle], write, failed)
    in_halves(many[middle:], write, failed)


def create(wishes: Sequence[Wish], *, by: Office, at: datetime, batch: str) -> dict[tuple[int, int, str, int], int]:
    """Makes the tasks of these wishes that nobody else has made; their ids by the place in the ledger.

    Inside a transaction. What changed since it was read is left for the next sweep.
    """
    wanted = _unchanged(wishes, by=by)
    tasks = [wish.task() for wish in wanted]
    for task, id_ in zip(tasks, making.allocate(len(tasks)), strict=True):
        task.id = id_
    pairs = list(zip(wanted, tasks, strict=True))
    if sql.is_postgresql():
        # Lines that somebody else writes at this moment make us wait here, and are theirs then.
        made = _write_lines(pairs, by=by, at=at)
        pairs = [(wish, task) for wish, task in pairs if wish.place in made]
        making.make(by=by, at=at, new=[task for _, task in pairs], batch=batch)
    else:
        # Writers are alone; and with lines before their tasks SQLite would look for them at each task it inserts.
        there = _there(wanted)
        pairs = [(wish, task) for wish, task in pairs if wish.place not in there]
        making.make(by=by, at=at, new=[task for _, task in pairs], batch=batch)
        _write_lines(pairs, by=by, at=at)
    return {wish.place: task.id for wish, task in pairs}


def _there(wanted: Sequence[Wish]) -> set[ledger.Place]:
    if not wanted:
        return set()
    since = min(wish.occurrence.period.end for wish in wanted)
    return ledger.there(sorted({wish.series.engagement_id for wish in wanted}), since=since)


def _write_lines(pairs: Sequence[tuple[Wish, NewTask]], *, by: Office, at: datetime) -> set[ledger.Place]:
    lines = ((wish.line(), "created", "", task.id) for wish, task in pairs)
    return ledger.write(lines, practice_id=by.practice_id, at=at)


def _unchanged(wishes: Sequence[Wish], *, by: Office) -> list[Wish]:
    """The wishes of which all is as it was read: engagement, recurring task, and what is known of the client.

    Rows are locked in this order, so that they stay so until the end.
    """
    if not wishes:
        return []
    chosen = sorted({wish.series.engagement_id for wish in wishes})
    lock = "FOR SHARE OF c, e, r" if sql.is_postgresql() else ""
    rows = sql.rows(
        f"""SELECT e.id, r.id, e.rev, r.rev, c.ceased_on, mm.id, pm.id FROM catalogue_engagement e
            JOIN clients_client c ON c.id = e.client_id AND c.active
            JOIN catalogue_recurringtask r ON r.service_id = e.service_id AND r.active
            {PEOPLE}
            WHERE {sql.one_of("e.id", chosen)} ORDER BY c.id, e.id, r.id {lock}""",
        sql.chosen(chosen),
    )
    now = {(row[0], row[1]): (*row[2:4], sql.day(row[4]), *row[5:]) for row in rows}
    clients = sorted({wish.series.client_id for wish in wishes})
    known = histories_of(practice_id=by.practice_id, client_ids=clients)
    return [
        wish
        for wish in wishes
        if now.get(wish.place[:2]) == _as_read(wish.series) and known[wish.series.client_id] == wish.known
    ]


def _as_read(series: SeriesRow) -> tuple[Any, ...]:
    return (
        series.engagement_rev, series.recurring_rev, series.runs.ceased_on, series.manager_id, series.partner_id
    )  # fmt: skip


def leave_out(many: Sequence[LeftOut], *, by: Office, at: datetime, batch: str) -> set[tuple[int, int, str, int]]:
    """Writes the periods that are left out, with a line in each client's record; those that were not there yet.

    Inside a transaction.
    """
    chosen = sorted({one.series.client_id for one in many})
    sql.rows(
        f"SELECT id FROM clients_client WHERE {sql.one_of('id', chosen)} ORDER BY id {sql.for_update()}",
        sql.chosen(chosen),
    )
    written = ledger.write(
        ((one.line(), "skipped", one.reason, None) for one in many), practice_id=by.practice_id, at=at
    )
    fresh = sorted((one for one in many if one.place in written), key=lambda one: (one.series.client_id, one.place))
    for client_id, theirs in groupby(fresh, key=lambda one: one.series.client_id):
        activity.record(
            chain="client", subject_id=client_id, practice_id=by.practice_id, by=by, at=at, batch=batch,
            events=[_event(list(of_one)) for _, of_one in groupby(theirs, key=lambda one: one.place[:2])],
        )  # fmt: skip
    return written


def _event(of_one: Sequence[LeftOut]) -> activity.NewEvent:
    """What the client's record says of one series' periods."""
    series = of_one[0].series
    periods = [
        {"from": one.occurrence.period.start, "to": one.occurrence.period.end, "part": one.key.part,
         "reason": one.reason}
        for one in of_one
    ]  # fmt: skip
    return activity.NewEvent(
        verb="engagement.periods_skipped",
        name=series.service,
        data={"engagement": series.engagement_id, "recurring_task": series.recurring_id, "periods": periods},
    )
