"""Many clients take a service at once: first what would come of it, then it is done, each as if alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from natrium.apps.catalogue.operations.engagements import check_day, need_manager, start_engagement
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
                WHERE e.client_id = c.id AND e.service_id = %s AND e.ends_on IS NULL)
            FROM clients_client c WHERE c.practice_id = %s AND {sql.one_of("c.id", wanted)}
            ORDER BY lower(c.name), c.id""",
        (service_id, by.practice_id, *sql.chosen(wanted)),
    )
    if len(rows) < len(wanted):
        raise NotFound("There is no such client in this practice.")
    started, already, refused = [], [], []
    for id_, client, is_client, ceased, has in rows:
        ceased_on = sql.day(ceased)
        gone = not is_client or (ceased_on is not None and ceased_on < starts_on)
        if has:
            already.append(Starter(id_, client))
        elif gone:
            refused.append(Starter(id_, client, f"{client} is no client any more."))
        else:
            started.append(Starter(id_, client))
    return Started("", tuple(started), tuple(already), tuple(refused))


def start_engagements(
    *, by: SignedIn, at: datetime, service_id: int, client_ids: Sequence[int], starts_on: date
) -> Started:
    """Each of the clients takes the service from a day on; who takes it already, or has gone, is left as it is.

    One transaction. Raises NotFound (service, client), Refusal (not-allowed; bad-value for an archived service, a
    senseless day, no client or too many).
    """
    with transaction.atomic():
        planned = plan_starting(by=by, service_id=service_id, client_ids=client_ids, starts_on=starts_on)
        batch = uuid4().hex
        for one in sorted(planned.started, key=lambda one: one.client_id):
            start_engagement(
                by=by, at=at, client_id=one.client_id, service_id=service_id, starts_on=starts_on, batch=batch
            )
        return Started(batch if planned.started else "", planned.started, planned.already, planned.refused)


def _service(by: SignedIn, service_id: int) -> tuple[str, bool]:
    row = sql.row(
        "SELECT name, active FROM catalogue_service WHERE id = %s AND practice_id = %s", (service_id, by.practice_id)
    )
    if row is None:
        raise NotFound("There is no such service.")
    return row[0], bool(row[1])
