"""From a mail server's address to Django's entry for it."""

from email import policy
from email.errors import MessageError
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from natrium.config import env

DEFAULT_PORTS = {"smtp": 587, "smtps": 465}


def mailers(name: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the mailers for smtp://user:password@host:587 (STARTTLS) or smtps://…:465; unset, mail goes to the folder.

    `?plain=1` on an smtp address is for a server on the same machine that speaks no TLS.
    """
    address = env.secret(name)
    if not address:
        to_files = "natrium.apps.notifications.backends.FolderBackend"
        return {"default": {"BACKEND": to_files, "OPTIONS": {"folder": str(folder)}}}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise _misshapen(name) from None
    beside = parts.path.removeprefix("/") or parts.fragment
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.query not in {"", "plain=1"} or beside:
        raise _misshapen(name)
    return {
        "default": {
            "BACKEND": "natrium.apps.notifications.backends.SmtpBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": port or DEFAULT_PORTS[parts.scheme],
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": parts.scheme == "smtps",
                "use_tls": parts.scheme == "smtp" and not parts.query,
                "timeout": 20,
            },
        },
    }


def sender(name: str, default: str) -> str:
    """Return whom mail comes from: an address, or a name with the address in angle brackets."""
    value = env.text(name, default)
    try:
        header = policy.default.header_factory("from", value)
        [address] = header.addresses
        validate_email(address.addr_spec)
        if not header.defects and value.isprintable():
            return value
    except (ValueError, IndexError, MessageError, ValidationError):
        pass
    message = f'{name} is {value!r}, which is not a mail address, as in {name}="Natrium <natrium@yourfirm.example>".'
    raise env.ConfigError(message)


def _misshapen(name: str) -> env.ConfigError:
    # The value is not repeated: it may hold a password.
    message = f"{name} is not an address of the form smtp://user:password@host:587 or smtps://…. {env.ESCAPED}"
    return env.ConfigError(message)
