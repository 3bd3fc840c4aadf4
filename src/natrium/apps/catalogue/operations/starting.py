"""Many clients take a service at once: first what would come of it, then it is done, each as if alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import batched
from typing import Any
from uuid import uuid4

from django.db import transaction

from natrium.apps.catalogue.operations.engagements import check_day, need_manager, start_engagement, until_words
from natrium.apps.catalogue.operations.many import CHUNK
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Starter:
    """A client, by name; `words` says why it is left as it is, "" where nothing stands in the way."""

    client_id: int
    client: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """What comes, or came, of it. `batch` is on every event; "" where nothing was done."""

    batch: str
    started: tuple[Starter, ...]
    already: tuple[Starter, ...]
    refused: tuple[Starter, ...]


def plan_starting(*, by: SignedIn, service_id: int, client_ids: Sequence[int], starts_on: date) -> Started:
    """What starting a service for these clients would come to; nothing is written. Refuses as `start_engagements`."""
    need_manager(by)
    check_day(starts_on, "starts_on")
    name, active = _service(by, service_id)
    if not active:
        raise Refusal(Code.BAD_VALUE, f"“{name}” is archived.", field="service_id")
    wanted = list(dict.fromkeys(client_ids))
    if not wanted or len(wanted) > MOST:
        raise Refusal(Code.BAD_VALUE, f"Choose 1 to {MOST:,} clients.", field="client_ids")
    rows = sql.rows(
        f"""SELECT c.id, c.name, c.active, c.ceased_on, EXISTS (SELECT 1 FROM catalogue_engagement e
                WHERE e.client_id = c.id AND e.service_id = %s AND e.ends_on IS NULL),
                (SELECT MAX(e.ends_on) FROM catalogue_engagement e
                WHERE e.client_id = c.id AND e.service_id = %s AND e.ends_on >= %s)
            FROM clients_client c WHERE c.practice_id = %s AND {sql.one_of("c.id", wanted)}
            ORDER BY lower(c.name), c.id""",
        (service_id, service_id, starts_on, by.practice_id, *sql.chosen(wanted)),
    )
    if len(rows) < len(wanted):
        raise NotFound("There is no such client in this practice.")
    started, already, refused = [], [], []
    for id_, client, is_client, ceased, has, until in rows:
        ceased_on, ends_on = sql.day(ceased), sql.day(until)
        gone = not is_client or (ceased_on is not None and ceased_on < starts_on)
        if has:
            already.append(Starter(id_, client))
        elif ends_on is not None:
            refused.append(Starter(id_, client, until_words(client, name, ends_on)))
        elif gone:
            refused.append(Starter(id_, client, f"{client} is no client any more."))
        else:
            started.append(Starter(id_, client))
    return Started("", tuple(started), tuple(already), tuple(refused))


def start_engagements(
    *, by: SignedIn, at: datetime, service_id: int, client_ids: Sequence[int], starts_on: date
) -> Started:
    """Each of the clients takes the service from a day on; who takes it already, or has gone, is left as it is.

    Some in one transaction, so that colleagues get their turn; one that is refused meanwhile stops no other. Raises
    NotFound (service, client), Refusal (not-allowed; bad-value for an archived service, a senseless day, no client or
    too many).
    """
    planned = plan_starting(by=by, service_id=service_id, client_ids=client_ids, starts_on=starts_on)
    batch = uuid4().hex
    words: dict[str, Any] = {"by": by, "at": at, "service_id": service_id, "starts_on": starts_on, "batch": batch}
    refused: dict[int, str] = {}
    for chunk in batched(sorted(one.client_id for one in planned.started), CHUNK):
        with transaction.atomic():
            for client_id in chunk:
                try:
                    with transaction.atomic():
                        start_engagement(**words, client_id=client_id)
                except Refusal as refusal:
                    refused[client_id] = refusal.message
    started = tuple(one for one in planned.started if one.client_id not in refused)
    late = (replace(one, words=refused[one.client_id]) for one in planned.started if one.client_id in refused)
    return Started(batch if started else "", started, planned.already, (*planned.refused, *late))


def _service(by: SignedIn, service_id: int) -> tuple[str, bool]:
    row = sql.row(
        "SELECT name, active FROM catalogue_service WHERE id = %s AND practice_id = %s", (service_id, by.practice_id)
    )
    if row is None:
        raise NotFound("There is no such service.")
    return row[0], bool(row[1])
