"""Taking away what has served its time: sessions, sign-in links and kept answers. None of it is the practice's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from natrium.apps.database import sql

LINKS_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many rows went."""

    sessions: int
    links: int
    answers: int


def clear(*, at: datetime) -> Cleared:
    """Deletes sessions that have expired, sign-in links of a month ago, and answers kept for longer than a day.

    Doing it twice is doing it once.
    """
    return Cleared(
        sessions=sql.execute("DELETE FROM practices_session WHERE expire_date < %s", (at,)),
        links=sql.execute("DELETE FROM practices_loginlink WHERE expires_at < %s", (at - LINKS_KEPT,)),
        answers=sql.execute("DELETE FROM practices_idempotencykey WHERE created_at < %s", (at - ANSWERS_KEPT,)),
    )
