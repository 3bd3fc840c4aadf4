"""Reading clients."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from natrium.apps.clients.histories import History, histories_of, known_of
from natrium.apps.database import sql
from natrium.domain.errors import NotFound

__all__ = [
    "ClientDetail", "ClientLine", "ClientPage", "ContactLine", "Fact", "History", "KnownClient", "KnownClients",
    "as_rows", "client", "clients", "facts", "histories_of", "how_many", "known_clients", "known_of", "names",
]  # fmt: skip

MOST = 200


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client as lists show one. `manager` and `partner` are names, "" for nobody."""

    id: int
    name: str
    kind: str
    reference: str
    active: bool
    manager_id: int | None
    manager: str
    partner_id: int | None
    partner: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A person at a client."""

    id: int
    name: str
    email: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds of a client from a day on."""

    field: str
    value: str
    from_date: date


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """A client with all that is known. The year end is None, None where not given."""

    line: ClientLine
    company_number: str
    utr: str
    vat_number: str
    year_end_month: int | None
    year_end_day: int | None
    year_end_is_last_day: bool
    email: str
    phone: str
    notes: str
    ceased_on: date | None
    rev: int
    contacts: tuple[ContactLine, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Clients by name. `next_after` is the cursor of the next page (name, id), None at the end."""

    clients: tuple[ClientLine, ...]
    next_after: tuple[str, int] | None


LINE = """c.id, c.name, c.kind, c.reference, c.active, c.manager_id, COALESCE(m.name, ''), c.partner_id,
          COALESCE(p.name, '')"""
FROM = """FROM clients_client c LEFT JOIN practices_member m ON m.id = c.manager_id
          LEFT JOIN practices_member p ON p.id = c.partner_id"""


def clients(
    *,
    practice_id: int,
    search: str = "",
    active_only: bool = True,
    kind: str = "",
    member_id: int | None = None,
    among: Sequence[int] | None = None,
    without: Sequence[int] = (),
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> ClientPage:
    """Return a page of the practice's clients by name; `search` looks in name and reference.

    `kind` keeps one kind, `member_id` those whose manager or partner somebody is, `among` those of these ids,
    `without` those of none of these. It searches in any case (on SQLite for A to Z only). `limit` is held to 1 … 200.
    """
    limit = min(max(limit, 1), MOST)
    where, params = _kept(
        practice_id, search, active_only=active_only, kind=kind, member_id=member_id, among=among, without=without
    )
    if after is not None:
        where, params = f"{where} AND (c.name, c.id) > (%s, %s)", (*params, *after)
    found = sql.rows(
        f"SELECT {LINE} {FROM} WHERE {where} ORDER BY c.name, c.id LIMIT %s",
        (*params, limit + 1),
    )
    lines = tuple(_line(row) for row in found[:limit])
    return ClientPage(lines, (lines[-1].name, lines[-1].id) if len(found) > limit else None)


def how_many(
    *,
    practice_id: int,
    search: str = "",
    active_only: bool = True,
    kind: str = "",
    member_id: int | None = None,
    among: Sequence[int] | None = None,
    without: Sequence[int] = (),
) -> int:
    """Return how many clients `clients` finds over all its pages, for the same words."""
    where, params = _kept(
        practice_id, search, active_only=active_only, kind=kind, member_id=member_id, among=among, without=without
    )
    count: int = sql.value(f"SELECT COUNT(*) FROM clients_client c WHERE {where}", params)
    return count


def _kept(
    practice_id: int,
    search: str,
    *,
    active_only: bool,
    kind: str,
    member_id: int | None,
    among: Sequence[int] | None,
    without: Sequence[int],
) -> tuple[str, tuple[Any, ...]]:
    """The condition that keeps those clients, and its parameters."""
    conditions: list[tuple[bool, str, tuple[Any, ...]]] = [
        (True, "c.practice_id = %s", (practice_id,)),
        (active_only, "c.active", ()),
        (bool(kind), "c.kind = %s", (kind,)),
        (member_id is not None, "(c.manager_id = %s OR c.partner_id = %s)", (member_id, member_id)),
        (among is not None, sql.one_of("c.id", among or ()), sql.chosen(among or ())),
        (bool(without), f"NOT {sql.one_of('c.id', without)}", sql.chosen(without)),
        (bool(search), r"LOWER(c.name || ' ' || c.reference) LIKE %s ESCAPE '\'", (_pattern(search),)),
    ]
    kept = [(condition, params) for applies, condition, params in conditions if applies]
    return " AND ".join(condition for condition, _ in kept), tuple(one for _, params in kept for one in params)


def client(*, practice_id: int, client_id: int) -> ClientDetail:
    """Return a client of the practice with contacts and facts. Raises NotFound."""
    found = sql.row(
        f"""SELECT {LINE}, c.company_number, c.utr, c.vat_number, c.year_end_month, c.year_end_day,
            c.year_end_is_last_day, c.email, c.phone, c.notes, c.ceased_on, c.rev {FROM}
            WHERE c.id = %s AND c.practice_id = %s""",
        (client_id, practice_id),
    )
    if found is None:
        message = "There is no such client."
        raise NotFound(message)
    contacts = sql.rows(
        "SELECT id, name, email, phone, role FROM clients_contact WHERE client_id = %s ORDER BY name, id", (client_id,)
    )
    values: tuple[Any, ...] = (*found[9:14], bool(found[14]), *found[15:18], sql.day(found[18]), found[19])
    known = facts(practice_id=practice_id, client_id=client_id)
    all_of_it: tuple[Any, ...] = (_line(found[:9]), *values, tuple(ContactLine(*row) for row in contacts), known)
    return ClientDetail(*all_of_it)


def facts(*, practice_id: int, client_id: int, on: date | None = None) -> tuple[Fact, ...]:
    """Return a client's facts by field and day; with `on`, only what holds that day, one a field."""
    found = sql.rows(
        """SELECT field, value, from_date FROM clients_clientfact WHERE client_id = %s AND practice_id = %s
           ORDER BY field, from_date""",
        (client_id, practice_id),
    )
    lines = [Fact(field, value, day) for field, value, day in found]
    if on is None:
        return tuple(lines)
    return tuple({fact.field: fact for fact in lines if fact.from_date <= on}.values())


def _line(row: tuple[Any, ...]) -> ClientLine:
    values: tuple[Any, ...] = (*row[:4], bool(row[4]), *row[5:9])
    return ClientLine(*values)


def names(*, practice_id: int, client_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return id and name of the practice's clients among these."""
    if not client_ids:
        return []
    found = sql.rows(
        f"SELECT id, name FROM clients_client WHERE practice_id = %s AND {sql.one_of('id', client_ids)} ORDER BY id",
        (practice_id, *sql.chosen(client_ids)),
    )
    return [(id_, name) for id_, name in found]


def _pattern(search: str) -> str:
    escaped = search.strip().lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client as an import compares it: its id, and its values by field, people as `manager_id`, `partner_id`."""

    id: int
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class KnownClients:
    """All clients of a practice, to be found by reference, company number or name."""

    by_reference: dict[str, KnownClient]
    by_number: dict[str, KnownClient]
    by_name: dict[str, KnownClient]

    def find(self, *, reference: str, company_number: str, name: str) -> KnownClient | None:
        """The client meant; a reference or a number that is given decides before the name does."""
        if reference and (found := self.by_reference.get(reference.lower())):
            return found
        if company_number and (found := self.by_number.get(company_number)):
            return found
        found = self.by_name.get(name.lower())
        if found is None or (reference and found.values["reference"]):
            return None
        return found


COMPARED = (
    "name", "kind", "reference", "company_number", "utr", "vat_number", "email", "phone", "notes", "year_end_month",
    "year_end_day", "year_end_is_last_day", "manager_id", "partner_id",
)  # fmt: skip


def known_clients(*, practice_id: int) -> KnownClients:
    """All clients of the practice as an import compares them, in two statements."""
    rows = sql.rows(
        f"SELECT id, {', '.join(COMPARED)} FROM clients_client WHERE practice_id = %s ORDER BY id", (practice_id,)
    )
    born = dict(
        sql.rows(
            """SELECT client_id, value FROM clients_clientfact WHERE practice_id = %s AND field = 'incorporated'
               ORDER BY from_date""",
            (practice_id,),
        )
    )
    known = []
    for id_, *values in rows:
        said = dict(zip(COMPARED, values, strict=True)) | {"incorporated": born.get(id_)}
        known.append(KnownClient(id_, said | {"year_end_is_last_day": bool(said["year_end_is_last_day"])}))
    return KnownClients(
        {str(one.values["reference"]).lower(): one for one in known if one.values["reference"]},
        {str(one.values["company_number"]): one for one in known if one.values["company_number"]},
        {str(one.values["name"]).lower(): one for one in known},
    )


def as_rows(*, practice_id: int) -> list[list[str]]:
    """All clients as rows of text, in the columns of importing/columns.py, former ones too, in two statements."""
    rows = sql.rows(
        """SELECT c.id, c.name, c.kind, c.reference, c.company_number, c.utr, c.vat_number, c.year_end_day,
                  c.year_end_month, COALESCE(m.name, ''), COALESCE(p.name, ''), c.email, c.phone, c.notes
           FROM clients_client c LEFT JOIN practices_member m ON m.id = c.manager_id
           LEFT JOIN practices_member p ON p.id = c.partner_id
           WHERE c.practice_id = %s ORDER BY c.name, c.id""",
        (practice_id,),
    )
    born = dict(
        sql.rows(
            """SELECT client_id, value FROM clients_clientfact WHERE practice_id = %s AND field = 'incorporated'
               ORDER BY from_date""",
            (practice_id,),
        )
    )
    found = []
    for id_, name, kind, reference, company, utr, vat, day, month, manager, partner, email, phone, notes in rows:
        year_end = f"{day} {month_name[month]}" if month else ""
        cells = (name, kind.replace("_", " "), reference, company, utr, vat, year_end, born.get(id_, ""))
        found.append([*cells, manager, partner, email, phone, notes])
    return found
