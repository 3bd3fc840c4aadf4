"""Whether the database answers and is of this version: asked often, so in one statement."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader

from natrium.apps.database import sql

APPLIED_SQL = "SELECT app, name FROM django_migrations"


def ailment() -> str:
    """Why pages cannot be answered, as a sentence that names nothing but the database; "" where all is well."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        # Connecting would make the file.
        return "There is no database."
    try:
        applied = {(app, name) for app, name in sql.rows(APPLIED_SQL)}
    except (DatabaseError, InterfaceError):
        return "The database does not answer."
    missing, strange = _known() - applied, {one for one in applied - _known() if one[0] in _apps()}
    if missing:
        return f"The database is behind this program by {len(missing)} change{'' if len(missing) == 1 else 's'}."
    return "The database is of a newer version than this program." if strange else ""


@cache
def _known() -> frozenset[tuple[str, str]]:
    """The changes to the database that this program has, whichever were made."""
    return frozenset(MigrationLoader(None).disk_migrations)


@cache
def _apps() -> frozenset[str]:
    return frozenset(app for app, _ in _known())
