"""Clients from a spreadsheet: what each row would do, and doing it, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from django.db import transaction

from natrium.apps.clients import operations as clients
from natrium.apps.clients import queries as client_queries
from natrium.apps.clients.importing.rows import ClientRow, read_rows
from natrium.apps.clients.importing.table import Table
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.operations.client_facts import edit_client, set_client_fact
from natrium.apps.workflows.operations.people import change_client_people
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, Role, may, who_may


class Does(StrEnum):
    """What a row does."""

    CREATE = "create"
    UPDATE = "update"
    NOTHING = "nothing"
    FAIL = "fail"


@dataclass(slots=True)
class PlannedRow:
    """A row with what it does; `client_id` for a client that is there, `changes` the names of what would change."""

    row: ClientRow
    does: Does
    client_id: int | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it. `batch` is on every event."""

    batch: str
    created: int
    updated: int
    left_out: int


def plan_import(
    *, by: SignedIn, table: Table, columns: Sequence[str], day_first: bool, default_kind: str = ""
) -> list[PlannedRow]:
    """What each row would do; writes nothing. Raises Refusal (not-allowed; bad-value where no column is the name)."""
    _allowed(by)
    if "name" not in columns:
        raise Refusal(Code.BAD_VALUE, "Say which column holds the client's name.", field="columns")
    members = practices.members(practice_id=by.practice_id, active_only=True)
    by_word = {word.lower(): m.id for m in members if m.role >= Role.STAFF for word in (m.name, m.email)}
    known = client_queries.known_clients(practice_id=by.practice_id)
    rows = read_rows(table, columns, day_first=day_first, members=by_word, default_kind=default_kind)
    planned = [_planned(row, known) for row in rows]
    _meant_once(planned)
    return planned


def _planned(row: ClientRow, known: client_queries.KnownClients) -> PlannedRow:
    if row.problems:
        return PlannedRow(row, Does.FAIL)
    found = known.find(
        reference=str(row.values.get("reference", "")),
        company_number=str(row.values.get("company_number", "")),
        name=str(row.values["name"]),
    )
    if found is None:
        return PlannedRow(row, Does.CREATE)
    changes = [name for name, value in row.values.items() if found.values.get(name) != value]
    changes += [one for one, member in row.people.items() if found.values.get(f"{one}_id") != member]
    if row.incorporated and found.values.get("incorporated") != row.incorporated.isoformat():
        changes.append("incorporated")
    return PlannedRow(row, Does.UPDATE if changes else Does.NOTHING, found.id, changes)


def _meant_once(planned: Sequence[PlannedRow]) -> None:
    """Two rows for one client, or two new ones of one name, are a slip: the later one fails."""
    first: dict[object, int] = {}
    for one in planned:
        if one.does is Does.FAIL:
            continue
        who: object = one.client_id or str(one.row.values["name"]).lower()
        if who in first:
            one.does = Does.FAIL
            one.row.problems.append(("name", f"Line {first[who]} is about the same client."))
        first.setdefault(who, one.row.line)


def import_clients(*, by: SignedIn, at: datetime, planned: Sequence[PlannedRow], good_only: bool) -> Imported:
    """Do what the rows do. With bad rows among them nothing is done unless `good_only`.

    Raises Refusal (not-allowed; bad-value where there are bad rows), and then nothing was written.
    """
    _allowed(by)
    bad = [one for one in planned if one.does is Does.FAIL]
    if bad and not good_only:
        raise Refusal(
            Code.BAD_VALUE,
            f"{len(bad)} of the rows cannot be imported. Tick “Import the good rows”, or mend them.",
        )
    batch = uuid4().hex
    made = updated = 0
    with transaction.atomic():
        for one in planned:
            if one.does is Does.CREATE:
                _create(one, by=by, at=at, batch=batch)
                made += 1
            elif one.does is Does.UPDATE:
                _update(one, by=by, at=at, batch=batch)
                updated += 1
    return Imported(batch, made, updated, len(bad))


def _create(one: PlannedRow, *, by: SignedIn, at: datetime, batch: str) -> None:
    values = dict(one.row.values)
    client_id = clients.create_client(
        by=by, at=at, name=str(values.pop("name")), kind=str(values.pop("kind")), fields=values, batch=batch,
        manager_id=one.row.people.get("manager"), partner_id=one.row.people.get("partner"),
    )  # fmt: skip
    _incorporated(client_id, one, by=by, at=at, batch=batch)


def _update(one: PlannedRow, *, by: SignedIn, at: datetime, batch: str) -> None:
    assert one.client_id is not None  # noqa: S101 - an update has a client
    edit_client(by=by, at=at, client_id=one.client_id, changes=one.row.values, batch=batch)
    if {"manager", "partner"} & set(one.changes):
        line = client_queries.client(practice_id=by.practice_id, client_id=one.client_id).line
        manager, partner = (
            one.row.people.get("manager", line.manager_id), one.row.people.get("partner", line.partner_id)
        )  # fmt: skip
        change_client_people(by=by, at=at, client_id=one.client_id, manager_id=manager, partner_id=partner, batch=batch)
    _incorporated(one.client_id, one, by=by, at=at, batch=batch)


def _incorporated(client_id: int, one: PlannedRow, *, by: SignedIn, at: datetime, batch: str) -> None:
    day = one.row.incorporated
    if day is not None:
        set_client_fact(
            by=by, at=at, client_id=client_id, field="incorporated", value=day.isoformat(), from_date=day, batch=batch
        )


def _allowed(by: SignedIn) -> None:
    if not may(by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"To import clients takes {who_may(Deed.EDIT_CLIENT)}.")
