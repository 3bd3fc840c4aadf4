"""Answers kept under a caller's key, so that a write sent again is done once.

A key is claimed by inserting its row before the work begins; two at the same moment cannot both insert. The answer
is put beside it afterwards. A process that dies in between leaves a claim without an answer: after a minute the next
such request takes it over and does the work, which the rules answer as a repetition where it was done already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.practices.housekeeping import ANSWERS_KEPT
from natrium.apps.practices.people import SignedIn

ABANDONED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """What claiming a key gave: `fresh` (do the work), one at work, a key used for something else, or an answer."""

    fresh: bool = False
    at_work: bool = False
    other_body: bool = False
    status: int = 0
    body: str = ""


def claim(*, by: SignedIn, route: str, key: str, body_hash: str, at: datetime) -> Claim:
    """Claim a key for a member and route. Expired and abandoned claims are taken over."""
    made = sql.row(
        """INSERT INTO practices_idempotencykey (practice_id, member_id, route, key, body_hash, response, created_at)
           VALUES (%s, %s, %s, %s, %s, '', %s)
           ON CONFLICT (member_id, route, key) DO UPDATE
           SET body_hash = excluded.body_hash, status = NULL, response = '', created_at = excluded.created_at
           WHERE practices_idempotencykey.created_at < %s
              OR (practices_idempotencykey.status IS NULL AND practices_idempotencykey.created_at < %s
                  AND practices_idempotencykey.body_hash = excluded.body_hash)
           RETURNING id""",
        (by.practice_id, by.member.id, route, key, body_hash, at, at - ANSWERS_KEPT, at - ABANDONED),
    )
    if made is not None:
        return Claim(fresh=True)
    kept = sql.row(
        """SELECT body_hash, status, response FROM practices_idempotencykey
           WHERE member_id = %s AND route = %s AND key = %s""",
        (by.member.id, route, key),
    )
    if kept is None:
        return Claim(at_work=True)
    known_hash, status, body = kept
    if known_hash != body_hash:
        return Claim(other_body=True)
    return Claim(status=status, body=body) if status is not None else Claim(at_work=True)


def keep(*, by: SignedIn, route: str, key: str, status: int, body: str) -> None:
    """Put the answer beside a claimed key."""
    sql.execute(
        """UPDATE practices_idempotencykey SET status = %s, response = %s
           WHERE member_id = %s AND route = %s AND key = %s""",
        (status, body, by.member.id, route, key),
    )


def release(*, by: SignedIn, route: str, key: str) -> None:
    """Give a claimed key up: the work failed in a way that trying again may mend."""
    sql.execute(
        "DELETE FROM practices_idempotencykey WHERE member_id = %s AND route = %s AND key = %s AND status IS NULL",
        (by.member.id, route, key),
    )
