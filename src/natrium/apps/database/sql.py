"""Statements for hot paths: through the driver itself, which is several times faster than the ORM.

Placeholders are `%s` (and `%%` for a per cent sign) on both databases. Where somebody watches the statements
(`connection.execute_wrappers`, a debug cursor), they go through Django's cursor, so that counting sees all.
Driver errors become `django.db`'s. Rows are tuples; `values.py` says what is in them.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from natrium.apps.database.values import as_json, day, from_json, moment

__all__ = [
    "FALSE",
    "TRUE",
    "as_json",
    "cast_moment",
    "chosen",
    "day",
    "execute",
    "execute_many",
    "for_update",
    "from_json",
    "is_postgresql",
    "moment",
    "one_of",
    "row",
    "rows",
    "update_many",
    "value",
]

type Params = Sequence[Any]

# Both databases read these words.
TRUE = "true"
FALSE = "false"
ROWS_A_STATEMENT = 2_000


def rows(statement: str, params: Params = ()) -> list[tuple[Any, ...]]:
    """Return all rows of a query (or of a write with RETURNING)."""
    return _run(statement, params)[0]


def row(statement: str, params: Params = ()) -> tuple[Any, ...] | None:
    """Return the first row of a query, or None where there is none."""
    found = _run(statement, params)[0]
    return found[0] if found else None


def value(statement: str, params: Params = ()) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return the first column of the first row, or None where there is no row."""
    found = _run(statement, params)[0]
    return found[0][0] if found else None


def execute(statement: str, params: Params = ()) -> int:
    """Run a write; return how many rows it touched."""
    return _run(statement, params)[1]


def execute_many(statement: str, many: Iterable[Params]) -> None:
    """Run a write once for each set of parameters."""
    db = database()
    if is_watched(db):
        with db.cursor() as cursor:
            cursor.executemany(statement, [tuple(params) for params in many])
        return
    with db.wrap_database_errors, closing(driver_cursor(db)) as cursor:
        cursor.executemany(statement if is_postgresql(db) else _qmarks(statement), many)


def update_many(table: str, columns: Sequence[str], many: Sequence[Params]) -> None:
    """Update columns of many rows of one table. Each set of parameters: the columns' values, then the row's id."""
    names = [f'"{column}"' for column in columns]
    if not is_postgresql(database()):
        marks = ", ".join(f"{name} = %s" for name in names)
        execute_many(f'UPDATE "{table}" SET {marks} WHERE "id" = %s', many)
        return
    assignments = ", ".join(f"{name} = new.{name}" for name in names)
    # The table's own row type gives each value its type.
    source = f'json_populate_recordset(NULL::"{table}", %s::json) AS new'
    statement = f'UPDATE "{table}" AS old SET {assignments} FROM {source} WHERE old."id" = new."id"'
    keys = (*columns, "id")
    for start in range(0, len(many), ROWS_A_STATEMENT):
        part = many[start : start + ROWS_A_STATEMENT]
        execute(statement, (as_json([dict(zip(keys, one, strict=True)) for one in part]),))


def for_update(*aliases: str) -> str:
    """Return the clause that locks the rows read: the named tables', or all. SQLite's writers are alone anyway."""
    if not is_postgresql():
        return ""
    return f"FOR NO KEY UPDATE OF {', '.join(aliases)}" if aliases else "FOR NO KEY UPDATE"


def one_of(expression: str, ids: Sequence[int]) -> str:
    """Return the condition that an integer expression is one of many; its parameters are `chosen(ids)`."""
    if len(ids) == 1:
        return f"{expression} = %s"
    if is_postgresql():
        return f"{expression} = ANY(%s)"
    # One parameter however many there are: no limit is met, and the statement stays in the driver's cache.
    return f"{expression} IN (SELECT value FROM json_each(%s))"


def chosen(ids: Sequence[int]) -> tuple[object, ...]:
    """Return the parameters for `one_of` with the same ids."""
    if len(ids) == 1:
        return (ids[0],)
    return (list(ids) if is_postgresql() else as_json(list(ids)),)


def cast_moment(expression: str) -> str:
    """Return an expression typed as a moment, where PostgreSQL could not tell by itself (a parameter in a CASE)."""
    return f"CAST({expression} AS timestamptz)" if is_postgresql() else expression


def database() -> BaseDatabaseWrapper:
    """Return Django's connection of this thread, opened where it was not."""
    db = connections[DEFAULT_DB_ALIAS]
    db.close_if_health_check_failed()
    if db.connection is None:
        db.ensure_connection()
    if db.needs_rollback:
        db.validate_no_broken_transaction()
    return db


def is_postgresql(db: BaseDatabaseWrapper | None = None) -> bool:
    """Say whether the database is PostgreSQL (else it is SQLite)."""
    return (db or connections[DEFAULT_DB_ALIAS]).vendor == "postgresql"


def is_watched(db: BaseDatabaseWrapper) -> bool:
    """Say whether somebody wants to see each statement."""
    return bool(db.execute_wrappers) or db.queries_logged


def driver_cursor(db: BaseDatabaseWrapper) -> Any:  # noqa: ANN401 - either driver's
    """Return a plain cursor of the driver: for PostgreSQL one that binds on the server, so that it can prepare."""
    return psycopg.Cursor(db.connection) if is_postgresql(db) else db.connection.cursor()


def _run(statement: str, params: Params) -> tuple[list[tuple[Any, ...]], int]:
    db = database()
    if is_watched(db):
        return _run_watched(db, statement, params)
    with db.wrap_database_errors:
        if is_postgresql(db):
            with psycopg.Cursor(db.connection) as cursor:
                cursor.execute(statement, params or None)
                return (cursor.fetchall() if cursor.description else []), cursor.rowcount
        found = db.connection.execute(_qmarks(statement) if params else statement, params)
        return found.fetchall(), found.rowcount


def _run_watched(db: BaseDatabaseWrapper, statement: str, params: Params) -> tuple[list[tuple[Any, ...]], int]:
    with db.cursor() as cursor:
        cursor.execute(statement, tuple(params) or None)
        return (cursor.fetchall() if cursor.description else []), cursor.rowcount


@lru_cache(maxsize=1024)
def _qmarks(statement: str) -> str:
    """Return the statement with SQLite's own placeholders."""
    return "%".join(part.replace("%s", "?") for part in statement.split("%%"))
