"""System checks: what would make an installation unsafe or wrong, found before it serves anybody."""

import os
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.db import connection

from natrium.config import names


@register(Tags.security)
def check_names(*, app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:
    """Warn of a variable that looks like a setting and is none; one that is nearly a setting stops the start before."""
    del app_configs
    return [
        Warning(
            f"{name} is set, and there is no such setting.", hint="docs/settings.md has them all.", id="natrium.W004"
        )
        for name in names.unknown(os.environ)
    ]


@register(Tags.security)
def check_public_address(*, app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:
    """Warn of an address over which passwords travel readably."""
    del app_configs
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost", "::1"}:
        return []
    return [
        Warning(
            "Pages are served over http: passwords travel readably.",
            hint="Put a server with a certificate in front, and set NATRIUM_URL=https://….",
            id="natrium.W001",
        ),
    ]


@register(Tags.security)
def check_debug(*, app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:
    """Warn of the mode in which an error shows its insides to whoever met it."""
    del app_configs
    if not settings.DEBUG:
        return []
    return [Warning("NATRIUM_DEBUG is on: error pages show the program's insides.", id="natrium.W002")]


@register(Tags.database)
def check_sqlite_pragmas(
    *,
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Refuse an SQLite connection without the settings that the audit trail relies on."""
    del app_configs
    if not databases or connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("recursive_triggers", "synchronous")}
    full = 2
    if found == {"recursive_triggers": 1, "synchronous": full}:
        return []
    return [Error(f"The SQLite connection is not set up as it must be: {found}.", id="natrium.E002")]


@register(Tags.database)
def check_postgresql_role(
    *,
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Warn when the database role could drop the triggers that guard the audit trail without being noticed."""
    del app_configs
    if not databases or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    if not row or not row[0]:
        return []
    return [
        Warning(
            "Natrium uses a PostgreSQL superuser.",
            hint="Give it a role of its own that owns only its database.",
            id="natrium.W003",
        ),
    ]
