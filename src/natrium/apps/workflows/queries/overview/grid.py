"""Clients by services: for each pair the task that presses most, a page of clients at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import CLOSED, DUE, FROM, Asking, where
from natrium.apps.workflows.filters import Filters
from natrium.apps.workflows.overviews import Cell, Matrix, MatrixRow
from natrium.apps.workflows.queries.overview.looks import LOOK, LOOK_FROM, LOOK_WIDTH, asking, look

CLIENTS, SERVICES = 40, 16


def matrix(*, by: SignedIn, at: datetime, filters: Filters, after: tuple[str, int] | None = None) -> Matrix:
    """A page of clients with tasks that the filters keep, by name; the practice's own work at the end.

    A service is a column while something of it is open. A done task is shown where a client has no open one.
    """
    ask = asking(by, at)
    condition, params = where(filters, ask)
    open_counts = sql.rows(f"SELECT t.service, COUNT(*) {FROM} WHERE {condition} GROUP BY 1", params)
    clients = _clients(condition, params, after)
    page, more = clients[:CLIENTS], len(clients) > CLIENTS
    found = _cells([id_ for id_, _ in page], filters, ask, own=not more, today=at.date())
    counts = dict(open_counts)
    services = sorted(counts, key=lambda one: (one == "", -counts[one], one))
    # What is of no service has its column however many there are: else its clients' rows would seem empty.
    crowded = "" in counts and len(services) > SERVICES
    shown = tuple(services[: SERVICES - 1] + services[-1:] if crowded else services[:SERVICES])
    rows = [_row(id_, name, found.get(id_, {}), shown) for id_, name in page]
    if None in found:
        rows.append(_row(None, "", found[None], shown))
    return Matrix(shown, tuple(rows), (page[-1][1], page[-1][0]) if more else None, len(services) - len(shown))


def _clients(condition: str, params: Sequence[object], after: tuple[str, int] | None) -> list[tuple[int, str]]:
    """The clients with a task that is kept, one more than a page."""
    place = "AND (c.name, c.id) > (%s, %s)" if after else ""
    rows = sql.rows(
        f"""SELECT DISTINCT c.id, c.name {FROM.replace("LEFT JOIN", "JOIN")}
            WHERE {condition} {place} ORDER BY c.name, c.id LIMIT %s""",
        (*params, *(after or ()), CLIENTS + 1),
    )
    return [(row[0], row[1]) for row in rows]


def _cells(
    client_ids: Sequence[int], filters: Filters, ask: Asking, *, own: bool, today: date
) -> dict[int | None, dict[str, Cell]]:
    """By client and service: the open task that is due first, or else the one that was done last."""
    condition, params = where(filters, ask, also_closed=True)
    if not filters.explicit_status:
        condition += " AND t.status <> 'cancelled'"
    # The practice's own work has no client; done work of its own is not looked for.
    whose = f"({sql.one_of('t.client_id', client_ids or (0,))}"
    whose += f" OR (t.client_id IS NULL AND NOT ({CLOSED})))" if own else ")"
    rows = sql.rows(
        f"""SELECT * FROM (
                SELECT {LOOK}, COUNT(CASE WHEN NOT ({CLOSED}) THEN 1 END) OVER cell AS open,
                       ROW_NUMBER() OVER (PARTITION BY t.client_id, t.service ORDER BY
                           CASE WHEN {CLOSED} THEN 1 ELSE 0 END, CASE WHEN {CLOSED} THEN NULL ELSE {DUE} END,
                           CASE WHEN {CLOSED} THEN {DUE} END DESC, t.id) AS place
                {LOOK_FROM} WHERE {condition} AND {whose}
                WINDOW cell AS (PARTITION BY t.client_id, t.service)
            ) one WHERE place = 1""",
        (*params, *sql.chosen(client_ids or (0,))),
    )
    found: dict[int | None, dict[str, Cell]] = {}
    for row in rows:
        task = look(row[:LOOK_WIDTH], today)
        found.setdefault(task.client_id, {})[task.service] = Cell(task, row[LOOK_WIDTH])
    return found


def _row(client_id: int | None, name: str, cells: dict[str, Cell], services: Sequence[str]) -> MatrixRow:
    line: list[Any] = [cells.get(service) for service in services]
    return MatrixRow(client_id, name, tuple(line))
