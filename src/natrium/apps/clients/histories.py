"""What is known of clients when a rule of law is to be asked: their facts as they held from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from natrium.apps.database import sql
from natrium.domain.deadlines.known import Known
from natrium.domain.errors import NotFound

SQL = """
    SELECT c.id, c.kind, c.name, c.year_end_month, c.year_end_day, c.year_end_is_last_day, f.field, f.value, f.from_date
    FROM clients_client c LEFT JOIN clients_clientfact f ON f.client_id = c.id
    WHERE c.practice_id = %s AND """


@dataclass(slots=True)
class History:
    """One client. `facts` are (field, from, value), the earlier ones of a field first."""

    kind: str
    name: str
    year_end: tuple[int, int] | None
    year_end_is_last: bool
    facts: list[tuple[str, date, str]] = field(default_factory=list)

    def at(self, day: date) -> Known:
        """What rules may know: of each fact the value that holds on the day."""
        return Known(
            kind=self.kind,
            name=self.name,
            facts={name: value for name, since, value in self.facts if since <= day},
            year_end=self.year_end,
            year_end_is_last=self.year_end_is_last,
        )


def histories_of(*, practice_id: int, client_ids: Sequence[int]) -> dict[int, History]:
    """The practice's clients among these, with all their facts: one statement, however many there are."""
    if not client_ids:
        return {}
    found: dict[int, History] = {}
    rows = sql.rows(
        f"{SQL} {sql.one_of('c.id', client_ids)} ORDER BY c.id, f.field, f.from_date",
        (practice_id, *sql.chosen(client_ids)),
    )
    for id_, kind, name, month, day, is_last, fact, value, since in rows:
        if id_ not in found:
            found[id_] = History(kind, name, (month, day) if month else None, bool(is_last))
        if fact is not None:
            found[id_].facts.append((fact, cast("date", sql.day(since)), value))
    return found


def known_of(*, practice_id: int, client_id: int, at: date) -> Known:
    """What rules may know of a client, with the facts that hold on a day, in one statement. Raises NotFound."""
    found = histories_of(practice_id=practice_id, client_ids=[client_id]).get(client_id)
    if found is None:
        raise NotFound("There is no such client.")
    return found.at(at)
