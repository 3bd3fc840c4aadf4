"""Making the call that an entry describes, and looking at every row before and after."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from natrium.apps.database import sql
from tests.permissions.entry import Entry, The, Upload
from tests.permissions.sides import Side

PARAMETER = re.compile(r"\{(\w+)\}")
NOBODYS = 2**62
# One for all clients: each would set up the middleware anew.
HANDLER = ClientHandler(enforce_csrf_checks=False)


def named(entry: Entry) -> list[The]:
    """The ids that the call carries, in path, query and body."""
    return [*_found(parameters(entry)), *_found(entry.query), *_found(entry.body)]


def _found(value: Any) -> Iterator[The]:
    match value:
        case The():
            yield value
        case Mapping():
            for one in value.values():
                yield from _found(one)
        case list() | tuple():
            for one in value:
                yield from _found(one)


def parameters(entry: Entry) -> dict[str, Any]:
    """What stands for each parameter of the address: The("task") for {task_id}, where the entry says nothing else."""
    names = PARAMETER.findall(entry.address)
    return {name: entry.path.get(name, The(name.removesuffix("_id"))) for name in names}


class Ids:
    """Puts ids in place of The(...): each from the side chosen for its turn."""

    def __init__(self, sides: list[Side | None]) -> None:
        self.sides = iter(sides)

    def put(self, value: Any) -> Any:
        """The value with ids in it; for None, an id that is nobody's."""
        match value:
            case The():
                side = next(self.sides)
                return NOBODYS if side is None else side.ids[value.name]
            case Mapping():
                return {name: self.put(one) for name, one in value.items()}
            case list() | tuple():
                return [self.put(one) for one in value]
            case Upload():
                return SimpleUploadedFile(value.name, value.content)
        return value


def call(client: Client, entry: Entry, sides: list[Side | None], **headers: str) -> HttpResponse:
    """Send the entry's call, the id at each place that of the side named for it."""
    ids = Ids(sides)
    client.handler = HANDLER
    address = entry.address
    for name, value in ids.put(parameters(entry)).items():
        address = address.replace(f"{{{name}}}", quote(str(value)))
    query, body = ids.put(entry.query), ids.put(entry.body)
    if query:
        address += "?" + urlencode(query, doseq=True)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if entry.reads:
        return client.get(address, headers=sent)  # type: ignore[return-value]
    has_file = any(isinstance(one, Upload) for one in entry.body.values())
    if (entry.is_api and not has_file) or entry.method != "POST":
        return client.generic(  # type: ignore[return-value]
            entry.method, address, json.dumps(body), "application/json", headers=sent
        )
    return client.post(address, body, headers=sent)  # type: ignore[return-value]


class Looked:
    """Every row as it was last seen, and how many rows the connection had changed by then."""

    at: int | None = None
    rows: dict[str, list[tuple[Any, ...]]]

    @classmethod
    def forget(cls) -> None:
        """What is taken back changes rows that are not counted: look again."""
        cls.at = None


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table. They are read again only where the connection has changed any since."""
    count = getattr(connection.connection, "total_changes", None)
    if count is None or count != Looked.at:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        Looked.rows = {table: sorted(sql.rows(f'SELECT * FROM "{table}"'), key=repr) for table in tables}
        Looked.at = count
    return Looked.rows


def changed(before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The tables that differ, with the rows that came."""
    return {
        table: [row for row in after[table] if row not in before[table]]
        for table in after
        if after[table] != before[table]
    }
