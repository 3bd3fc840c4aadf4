"""The form of a line that its hash covers. Changing it in any way needs a new version beside this one.

Version 1: SHA-256 (hex) of the UTF-8 text of the JSON array

    [1, previous_hash, practice_id, chain, subject_id, seq, at, actor_kind, member_id, member_name, token_id,
     action, batch, verb, workflow_id, step_id, step_key, name, data]

written without blanks and with every character beyond ASCII escaped; `at` in UTC as "2026-11-02T09:30:00.000000Z";
`data` as the text that is stored, whatever the database. The first line of a chain has "" for `previous_hash`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

VERSION = 1

# The columns of a line in the order in which they are hashed; then what the hash itself is stored in.
COVERED = (
    "previous_hash",
    "practice_id",
    "chain",
    "subject_id",
    "seq",
    "at",
    "actor_kind",
    "member_id",
    "member_name",
    "token_id",
    "action",
    "batch",
    "verb",
    "workflow_id",
    "step_id",
    "step_key",
    "name",
    "data",
)
COLUMNS = (*COVERED, "hash")


def written_moment(at: datetime) -> str:
    """Return an aware moment as the hash covers it. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        message = "A line of the record needs a moment with its zone."
        raise ValueError(message)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Hasher:
    """Hashes lines that share practice, chain, moment, actor, action and batch; those parts are written once."""

    place: str
    act: str

    @classmethod
    def of(
        cls, place: tuple[int, str], at: datetime, act: tuple[str, int | None, str, int | None, str, str]
    ) -> "Hasher":
        """Return the hasher for (practice_id, chain), `at` and (actor_kind, member_id, member_name, token_id, …)."""
        return cls(_written(place), f"{quoted(written_moment(at))},{_written(act)}")

    def hash(self, previous: str, subject_id: int, seq: int, says: tuple[str | int | None, ...]) -> str:
        """Return the hash of a line; `says` is verb, workflow_id, step_id, step_key, name and data."""
        place = f"{quoted(previous)},{self.place},{subject_id},{seq}"
        return sha256(f"[{VERSION},{place},{self.act},{_written(says)}]".encode()).hexdigest()


def hash_of(covered: tuple[Any, ...], at: datetime) -> str:
    """Return the hash of a line as it is stored: the values of `COVERED`; `at` again, surely aware."""
    return Hasher.of(covered[1:3], at, covered[6:12]).hash(covered[0], covered[3], covered[4], covered[12:])


def _written(values: tuple[str | int | None, ...]) -> str:
    """Return values as the inside of a JSON array."""
    return ",".join([quoted(value) if isinstance(value, str) else _number(value) for value in values])


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)
