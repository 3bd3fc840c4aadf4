"""Reading much, as of one moment, without keeping writers out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from natrium.apps.database import sql


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads inside see the database as of one moment. Inside a transaction it is that transaction's view."""
    db = sql.database()
    if db.in_atomic_block:
        yield
    elif sql.is_postgresql(db):
        with transaction.atomic():
            sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Django's atomic would begin IMMEDIATE and make every writer wait.
        sql.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            sql.execute("ROLLBACK")
