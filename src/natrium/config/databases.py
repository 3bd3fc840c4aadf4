"""From a database address to Django's entry for it."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from natrium.config import env

# Checked here, since the driver would repeat the whole address, password included, in its complaint.
POSTGRESQL_OPTIONS = frozenset(
    {"application_name", "connect_timeout", "host", "options", "sslcert", "sslkey", "sslmode", "sslrootcert"},
)

SQLITE_FILE = "natrium.sqlite3"


def database(name: str, folder: Path, *, pool: int) -> dict[str, Any]:
    """Return the entry for the address in a variable; unset, an SQLite file in the folder.

    A pool of 0 is for a PostgreSQL behind a pooler that hands out connections per transaction.
    """
    address = env.secret(name)
    if not address:
        return sqlite(folder / SQLITE_FILE)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _misshapen(name) from None
    if parts.scheme == "sqlite" and parts.path not in {"", "/"} and not parts.netloc:
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.removeprefix("/"):
        raise _misshapen(name)
    return _postgresql(parts, port, _options(name, parts.query), pool)


def sqlite(file: Path) -> dict[str, Any]:
    """Return the entry for an SQLite file, set for durable commits and many short writers."""
    return {
        "ENGINE": "natrium.apps.database.sqlite3",
        "NAME": file,
        # Opening the file and setting it up again for each request cost 2.3 of an empty page's 3.2 ms.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Without IMMEDIATE two writers that both read first cannot wait for each other: one fails at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # recursive_triggers: else INSERT OR REPLACE deletes a row past the triggers that forbid it.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _postgresql(parts: SplitResult, port: int | None, options: dict[str, object], pool: int) -> dict[str, Any]:
    host = str(options.pop("host", "")) or unquote(parts.hostname or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": not pool,
    }


def _options(name: str, query: str) -> dict[str, object]:
    options: dict[str, object] = dict(parse_qsl(query))
    unknown = sorted(options.keys() - POSTGRESQL_OPTIONS)
    if unknown:
        known = ", ".join(sorted(POSTGRESQL_OPTIONS))
        message = f"{name} carries the option {unknown[0]!r}, which is not one of {known}."
        raise env.ConfigError(message)
    return options


def _misshapen(name: str) -> env.ConfigError:
    # The value is not repeated: it may hold a password.
    message = f"{name} is not an address of the form postgresql://user:password@host:5432/name. {env.ESCAPED}"
    return env.ConfigError(message)
