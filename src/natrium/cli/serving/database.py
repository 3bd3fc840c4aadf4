"""The database before anything starts: the right one, not newer than this program, and brought up to date."""

import contextlib
import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from natrium.cli.errors import CliError

MARKER = "natrium.json"
# Any number, the same in every version: two programs that start at once must ask for the same lock.
MIGRATION_LOCK = 7_310_422_905
PATIENCE = 10
RIGHTS_SQL = """
    SELECT current_user, current_schema(), has_schema_privilege(COALESCE(current_schema(), 'public'), 'CREATE')"""


def refuse_what_must_not_start() -> None:
    """Refuse with a sentence: a database gone missing, somebody else's, or of a newer version."""
    _refuse_a_missing_database()
    _refuse_a_newer_database()


def refuse_an_empty_one() -> None:
    """Refuse with a sentence where there is nothing to work on, besides what must not start anyway."""
    _refuse_a_missing_database()
    if not _tables():
        setting = "NATRIUM_DATA" if connection.vendor == "sqlite" else "NATRIUM_DATABASE_URL"
        raise CliError(
            f"There is no practice in {_database_name(start='the')} yet; is {setting} right? "
            "`natrium migrate` or `natrium serve` makes the database.",
        )
    _refuse_a_newer_database()


def prepare_an_empty_one() -> None:
    """Make the tables where there are none; a database in use is left as it is. Refuses what must not start."""
    refuse_what_must_not_start()
    if not _tables():
        bring_up_to_date()


def let_go() -> None:
    """Close every connection, and the pool: its threads would hold up the end of the program by seconds."""
    for each in connections.all(initialized_only=True):
        each.close()
        if isinstance(each, PostgresWrapper):
            each.close_pool()


def missing_migrations() -> list[str]:
    """Return the names of the changes this program has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date() -> int:
    """Apply what is missing and return how much that was; a second program that starts meanwhile waits."""
    applied = 0
    if missing_migrations():
        _refuse_to_make_tables_nowhere()
        with _only_one():
            applied = len(missing_migrations())
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    _mark()
    return applied


def _refuse_a_missing_database() -> None:
    marker = settings.DATA / MARKER
    try:
        known = json.loads(marker.read_text(encoding="utf-8"))["database"] if marker.exists() else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CliError(f"{marker} cannot be read; restore it from a backup.") from error
    if known not in {None, connection.vendor}:
        raise CliError(
            f"The data folder {settings.DATA} belongs to a {known} database, and NATRIUM_DATABASE_URL now leads to a "
            f"{connection.vendor} one: set it back, or choose another folder with NATRIUM_DATA.",
        )
    tables = _tables()
    if MigrationRecorder.Migration._meta.db_table in tables:  # noqa: SLF001 - Django's way to a table's name
        return
    if known or settings.EXPECT_EXISTING:
        witness, way_out = (marker, f"remove {marker}") if known else ("NATRIUM_EXPECT_EXISTING", "unset that")
        raise CliError(
            f"{_database_name()} is missing or empty, but {witness} says there is one: "
            f"put it back, or, to begin with nothing, {way_out}.",
        )
    if tables:
        raise CliError(f"{_database_name()} holds tables that are not Natrium's: choose an empty database.")


def _refuse_a_newer_database() -> None:
    loader = MigrationLoader(connection)
    unknown = sorted(loader.applied_migrations.keys() - loader.disk_migrations.keys() - _replaced(loader))
    if unknown:
        app, name = unknown[0]
        raise CliError(
            f"{_database_name()} was written by a newer version of Natrium (it has {app}.{name}): "
            "start that version, or restore a backup made with this one.",
        )


def _replaced(loader: MigrationLoader) -> set[tuple[str, str]]:
    return {key for migration in loader.disk_migrations.values() for key in migration.replaces}


def _tables() -> list[str]:
    # Looked at first: merely connecting would make the file, and hide that it was gone.
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        _refuse_a_missing_folder(Path(connection.settings_dict["NAME"]).parent)
        return []
    if connection.vendor == "postgresql":
        _refuse_a_deaf_postgresql()
    try:
        return connection.introspection.table_names()
    except DatabaseError as error:
        reason = str(error).strip().partition("\n")[0]
        raise CliError(f"{_database_name()} cannot be used: {reason}") from error


def _refuse_a_missing_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise CliError(
            f"There is no folder {folder} for the database: make it, or set NATRIUM_DATABASE_URL to another."
        )


def _refuse_a_deaf_postgresql() -> None:
    """Ask once, without the pool, which would ask again and again and log each time."""
    if connection.connection is not None:
        return
    try:
        psycopg.connect(**{"connect_timeout": PATIENCE} | connection.get_connection_params()).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise CliError(f"{_database_name()} cannot be used: {reason} (NATRIUM_DATABASE_URL)") from error


def _refuse_to_make_tables_nowhere() -> None:
    """Refuse with a sentence where the role may make no tables, before half of them are tried."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS_SQL)
        [(role, schema, may)] = cursor.fetchall()
    if schema is None or not may:
        name = connection.settings_dict["NAME"]
        raise CliError(
            f"The role {role} may make no tables in the database {name}: as its administrator, say "
            f"`ALTER DATABASE {name} OWNER TO {role}`, or `GRANT CREATE, USAGE ON SCHEMA public TO {role}`."
        )


def _database_name(*, start: str = "The") -> str:
    return f"{start} database {connection.settings_dict['NAME']}"


def _mark() -> None:
    marker = settings.DATA / MARKER
    if not marker.exists():
        marker.write_text(json.dumps({"database": connection.vendor}) + "\n", encoding="utf-8")


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
        return
    with (settings.DATA / ".migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
