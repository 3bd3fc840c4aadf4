"""Ids in blocks, so that bulk writes know them beforehand and nothing need be read back."""

from collections.abc import Sequence

from django.db.transaction import TransactionManagementError

from natrium.apps.database import sql

NEXT = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
BUMP = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq"


def allocate(table: str, count: int) -> Sequence[int]:
    """Return that many unused ids of a table, rising; on SQLite they are contiguous.

    Raises TransactionManagementError outside of a transaction on SQLite, where only the transaction keeps two
    writers from the same block.
    """
    if count <= 0:
        return range(0)
    if sql.is_postgresql():
        return [number for (number,) in sql.rows(NEXT, (f'"{table}"', count))]
    if not sql.database().in_atomic_block:
        message = "Ids are allocated inside a transaction."
        raise TransactionManagementError(message)
    last = sql.value(BUMP, (count, table))
    if last is None:
        # SQLite makes the table's entry with its first row.
        sql.execute(
            f'INSERT INTO sqlite_sequence (name, seq) SELECT %s, COALESCE(MAX("id"), 0) FROM "{table}"',
            (table,),
        )
        last = sql.value(BUMP, (count, table))
    return range(last - count + 1, last + 1)
