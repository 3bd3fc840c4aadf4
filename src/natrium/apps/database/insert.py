"""Many rows at once: multi-row INSERT on SQLite, COPY on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import batched, chain
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from natrium.apps.database import sql

# More values a statement gain nothing and cost memory.
MOST_VALUES = 4_000


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows, each a value a column in that order. Columns left out take the database's default.

    Raises django.db's errors (IntegrityError and the like); what was written before belongs to the caller's
    transaction.
    """
    if sql.is_postgresql():
        _copy(table, columns, rows)
    else:
        _insert(table, columns, rows)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    db = sql.database()
    most = min(MOST_VALUES, db.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
    names = _names(columns)
    for part in batched(rows, max(1, most // len(columns))):
        sql.execute(_insert_statement(table, names, len(columns), len(part)), tuple(chain.from_iterable(part)))


@lru_cache(maxsize=64)
def _insert_statement(table: str, names: str, width: int, height: int) -> str:
    marks = f"({', '.join(['%s'] * width)})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * height)}'


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    statement = f'COPY "{table}" ({_names(columns)}) FROM STDIN'
    db = sql.database()

    def run(*_watched: object) -> None:
        with (
            db.wrap_database_errors,
            psycopg.Cursor(db.connection) as cursor,
            cursor.copy(statement) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    if sql.is_watched(db):
        _watched(db, statement, run)
    else:
        run()


def _watched(db: BaseDatabaseWrapper, statement: str, run: Callable[..., None]) -> None:
    """Run a COPY so that those who count statements see it: Django's cursor has no way of its own to copy."""
    with db.cursor() as cursor:
        watching: Any = cursor
        logging = watching.debug_sql(sql=statement) if hasattr(watching, "debug_sql") else nullcontext()
        with logging:
            watching._execute_with_wrappers(statement, None, many=False, executor=run)  # noqa: SLF001 - the one place that tells wrappers


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def insert_row(table: str, values: Mapping[str, object]) -> int:
    """Insert one row from a value a column; return its id. Raises django.db's errors."""
    return int(
        sql.value(
            f"{_insert_statement(table, _names(tuple(values)), len(values), 1)} RETURNING id", tuple(values.values())
        )
    )
