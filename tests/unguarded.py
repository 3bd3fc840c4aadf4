"""Without the triggers: for emptying the tables after a test that commits, and for forging the record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

GUARDED = """SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
             WHERE NOT tgisinternal AND tgfoid = 'natrium_refuse'::regproc"""


@contextmanager
def unguarded() -> Iterator[None]:
    """Switch all guards off, and on again after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, statement in triggers:
                cursor.execute(statement)
            return
        # A table with checks still to come cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(GUARDED)
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture(scope="session", autouse=True)
def guards_let_tests_be_emptied() -> Iterator[None]:
    """Let Django empty the tables after a test that commits: the guards refuse that, as they should."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def empty_unguarded(self: BaseDatabaseOperations, statements: Sequence[str]) -> None:
        with unguarded():
            empty(self, statements)

    with patch.object(BaseDatabaseOperations, "execute_sql_flush", empty_unguarded):
        yield
