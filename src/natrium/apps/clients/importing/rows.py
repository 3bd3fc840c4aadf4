"""What a row of the file says of a client, and what is wrong with it."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from natrium.apps.clients.fields import check
from natrium.apps.clients.importing import dates
from natrium.apps.clients.importing.columns import FIELDS, kind_of
from natrium.apps.clients.importing.table import Table
from natrium.domain.errors import Refusal

TEXTS = ("name", "reference", "company_number", "utr", "vat_number", "email", "phone", "notes")
A_YEAR = 2025


@dataclass(slots=True)
class ClientRow:
    """A row: where it stands, what it says (only cells that say something), and what is wrong, column by column."""

    line: int
    cells: tuple[str, ...]
    values: dict[str, object] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    incorporated: date | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


def asks_for_order(table: Table, columns: Sequence[str]) -> bool | None:
    """How dates are read: True day first, False month first, as the file itself shows; None where it has to be asked.

    True where no date of the file leaves it open.
    """
    wanted = [at for at, name in enumerate(columns) if name in ("year_end", "incorporated")]
    cells = [row[at] for row in table.rows for at in wanted if row[at]]
    if not any(dates.is_ambiguous(cell) for cell in cells):
        return True
    shown = {order for cell in cells if (order := dates.shows_order(cell)) is not None}
    return shown.pop() if len(shown) == 1 else None


def read_rows(
    table: Table, columns: Sequence[str], *, day_first: bool, members: Mapping[str, int], default_kind: str
) -> list[ClientRow]:
    """The rows as values. `members` maps names and addresses (lower case) to members' ids."""
    found = []
    for line, cells in zip(table.lines, table.rows, strict=True):
        row = ClientRow(line, cells)
        said = {name: cell for name, cell in zip(columns, cells, strict=True) if name and cell}
        _read(row, said, day_first=day_first, members=members, default_kind=default_kind)
        found.append(row)
    _same_reference(found)
    return found


def _read(
    row: ClientRow, said: Mapping[str, str], *, day_first: bool, members: Mapping[str, int], default_kind: str
) -> None:
    row.values = {name: said[name] for name in TEXTS if name in said}
    kind = kind_of(said["kind"]) if "kind" in said else default_kind
    if kind:
        row.values["kind"] = kind
    else:
        row.problems.append(("kind", f"“{said.get('kind', '')}” is no kind of client."))
    if "name" not in said:
        row.problems.append(("name", "A client needs a name."))
    for one in ("manager", "partner"):
        if one in said:
            member = members.get(said[one].lower())
            if member is None:
                row.problems.append((one, f"Nobody in the practice is called “{said[one]}”."))
            else:
                row.people[one] = member
    _dates(row, said, day_first=day_first)
    _sound(row)


def _dates(row: ClientRow, said: Mapping[str, str], *, day_first: bool) -> None:
    if "year_end" in said:
        try:
            month, day = dates.a_year_end(said["year_end"], day_first=day_first)
        except ValueError:
            row.problems.append(("year_end", f"“{said['year_end']}” is no day of the year."))
        else:
            last = day >= monthrange(A_YEAR, month)[1]
            row.values |= {"year_end_month": month, "year_end_day": min(day, monthrange(A_YEAR, month)[1])}
            row.values["year_end_is_last_day"] = last
    if "incorporated" in said:
        try:
            row.incorporated = dates.a_date(said["incorporated"], day_first=day_first)
        except ValueError:
            row.problems.append(("incorporated", f"“{said['incorporated']}” is no date."))


def _sound(row: ClientRow) -> None:
    """Ask the rules of a client's fields, one field after the other, so that all that is wrong is said."""
    for name in tuple(row.values):
        alone = {name: row.values[name]}
        if name.startswith("year_end") or name == "kind":
            continue
        if name == "company_number" and "kind" in row.values:
            alone["kind"] = row.values["kind"]
        try:
            row.values[name] = check(alone)[name]
        except Refusal as refusal:
            row.problems.append((refusal.field if refusal.field in FIELDS else name, refusal.message))


def _same_reference(rows: Sequence[ClientRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        reference = str(row.values.get("reference", "")).lower()
        if reference and reference in first:
            row.problems.append(("reference", f"Line {first[reference]} has the same reference."))
        first.setdefault(reference, row.line)
