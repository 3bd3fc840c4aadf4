"""Values on their way to and from the drivers, alike on both databases.

Moments are aware and in UTC on the Python side. SQLite keeps them as Django's ORM does, as text without a
zone; columns come back as the types they were declared with, computed expressions as text or numbers.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache

__all__ = ["as_json", "day", "from_json", "moment", "plain", "register"]


def register() -> None:
    """Tell SQLite's driver how moments are kept; Django's own way of reading them back stays equal."""
    sqlite3.register_adapter(datetime, _write_moment)
    sqlite3.register_converter("datetime", _read_moment)


def _write_moment(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)


@lru_cache(maxsize=8192)
def _read_moment(text: bytes) -> datetime:
    return datetime.fromisoformat(f"{text.decode()}+00:00")


def moment(value: datetime | str | None) -> datetime | None:
    """Return a moment as any statement gave it: aware, in UTC; None for null."""
    if value is None or (isinstance(value, datetime) and value.tzinfo is UTC):
        return value
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def day(value: date | str | None) -> date | None:
    """Return a date as any statement gave it; None for null."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_json(value: object) -> str:
    """Return the one JSON text of a value: keys sorted, no blanks. Raises TypeError for what JSON cannot say."""
    return _encode(value)


def from_json(text: str) -> object:
    """Return the value of a JSON text. Raises ValueError for text that is none."""
    return json.loads(text)


def plain(value: object) -> object:
    """Return a value in JSON's own types: dates as ISO text, moments as ISO text in UTC, dataclasses as objects."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"JSON has no way to say {value!r}.")


# Made once: `json.dumps` would make one at each call.
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=plain
).encode
