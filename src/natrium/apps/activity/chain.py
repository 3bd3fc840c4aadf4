"""The form of a line that its hash covers. Changing it in any way needs a new version beside this one.

Version 1: SHA-256 (hex) of the UTF-8 text of the JSON array

    [1, previous_hash, practice_id, chain, subject_id, seq, at, actor_kind, member_id, member_name, token_id,
     action, batch, verb, workflow_id, step_id, step_key, name, data]

written without blanks and with every character beyond ASCII escaped; `at` in UTC as "2026-11-02T09:30:00.000000Z";
`data` as the text that is stored, whatever the database. The first line of a chain has "" for `previous_hash`.
"""

from datetime import UTC, datetime
from hashlib import sha256
from json import JSONEncoder
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
AT = COVERED.index("at")

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False, check_circular=False).encode


def written_moment(at: datetime) -> str:
    """Return an aware moment as the hash covers it. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        message = "A line of the record needs a moment with its zone."
        raise ValueError(message)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hash_of(covered: tuple[Any, ...], written_at: str) -> str:
    """Return the hash of a line: the values of `COVERED`, with `at` given once more as `written_moment` has it."""
    return sha256(_encode([VERSION, *covered[:AT], written_at, *covered[AT + 1 :]]).encode()).hexdigest()
