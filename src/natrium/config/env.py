"""Typed readers for environment variables; a value that cannot be used stops the start with one sentence."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
HOST_NAME = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.IGNORECASE)
LEAST_KEY = 32
ESCAPED = "A character of the password that means something in an address is written like %40 for @."


class ConfigError(ImproperlyConfigured):
    """A setting from outside cannot be used; the message is a sentence for the person who set it."""


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks, or the default when unset or empty."""
    return os.environ.get(name, "").strip() or default


def secret(name: str) -> str:
    """Return the variable, or the content of the file that NAME_FILE names; empty when neither is set."""
    value, file_name = text(name), text(f"{name}_FILE")
    if value and file_name:
        message = f"{name} and {name}_FILE are both set: keep one of them."
        raise ConfigError(message)
    if not file_name:
        return value
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}_FILE names {file_name}, which cannot be read: {_reason(error)}."
        raise ConfigError(message) from error


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable; anything else than the usual words is refused."""
    word = text(name).lower()
    if not word:
        return default
    if word in TRUE_WORDS | FALSE_WORDS:
        return word in TRUE_WORDS
    message = f"{name} is {word!r}: expected 1 or 0, as in {name}=1."
    raise ConfigError(message)


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number within its bounds."""
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    message = f"{name} is {value!r}: expected a whole number from {least} to {most}, as in {name}={default}."
    raise ConfigError(message)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words, the first where the variable is unset."""
    word = text(name, allowed[0]).upper()
    if word in allowed:
        return word
    message = f"{name} is {word!r}: expected one of {', '.join(allowed)}, as in {name}={allowed[0]}."
    raise ConfigError(message)


def web_address(name: str, default: str) -> str:
    """Return an address people type into a browser: a scheme, a host and perhaps a port, and nothing after them."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        bare = f"{parts.scheme}://{parts.netloc}"
        is_address = parts.scheme in {"http", "https"} and bare.lower() == value.lower() and (parts.port or True)
    except ValueError:
        is_address = False
    if is_address and HOST_NAME.fullmatch(parts.hostname or "") and "@" not in parts.netloc:
        return value
    message = f"{name} is {value!r}, which is not an address of the form https://natrium.example."
    raise ConfigError(message)


def host_names(name: str) -> list[str]:
    """Return the host names of a comma-separated variable, as the address bar shows them: without scheme or port."""
    found = words(name)
    wrong = [word for word in found if word != "*" and not HOST_NAME.fullmatch(word.strip("[]").removeprefix("."))]
    if not wrong:
        return found
    message = f"{name} has {wrong[0]!r}, which is not the name of a host, as in {name}=natrium.example,10.0.0.5."
    raise ConfigError(message)


def words(name: str) -> list[str]:
    """Return the parts of a comma-separated variable."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def data_folder(name: str, default: Path) -> Path:
    """Return the folder that holds the practice's data, made if absent and known to be writable."""
    folder = Path(text(name) or default).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        message = f"The data folder {folder} cannot be written: {_reason(error)}. Choose another with {name}."
        raise ConfigError(message) from error


def secret_key(name: str, file: Path) -> str:
    """Return the signing key: from the variable, else from the file, which is made at the first run.

    One short enough to be guessed is refused.
    """
    given = secret(name)
    if given:
        if len(given) >= LEAST_KEY:
            return given
        place = name if text(name) else f"{name}_FILE"
        message = (
            f"{place} gives a signing key of {len(given)} characters, and {LEAST_KEY} are the least: unset it to have "
            "one made, or give what `openssl rand -base64 48` prints."
        )
        raise ConfigError(message)
    try:
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(64))
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"The signing key in {file} cannot be read: {_reason(error)}."
        raise ConfigError(message) from error
    if key:
        return key
    message = f"The signing key in {file} is empty: restore the file, or delete it (everybody then signs in again)."
    raise ConfigError(message)


def _write_once(file: Path, content: str) -> None:
    """Write a private file whole or not at all; when two processes start at once, the first one's stays."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(content + "\n")
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not text"
