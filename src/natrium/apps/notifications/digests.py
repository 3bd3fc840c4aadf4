"""One mail a day for each member who wants one: what is late and due, and what they were told and have not read.

For each member and day there is one row, whose state goes one way: preparing, sending, sent (or nothing, where there
is nothing to say). Whoever moves it to `preparing` has it for himself. What dies while preparing is prepared anew;
what the mail server does not take is tried again, later each time; what dies between `sending` and `sent`, or loses
the server before its answer, may have gone or not: it becomes `unknown` and is not sent again, never twice.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from natrium.apps.database import sql
from natrium.apps.notifications import letters, wishes
from natrium.apps.notifications.backends import MayHaveGoneError
from natrium.apps.notifications.letters import Letter, Recipient
from natrium.apps.workflows.calendars import bank_holidays
from natrium.domain.dates import is_working_day

STUCK = timedelta(minutes=15)
AGAIN = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=2))
ATTEMPTS = 8
ERROR = 500
OUTCOMES = ("sent", "nothing", "failed", "unknown")
MEMBERS_SQL = f"""
    SELECT w.*, m.name, m.email, d.state FROM ({wishes.SELECT}) w
    JOIN practices_member m ON m.id = w.id
    JOIN practices_user u ON u.id = m.user_id AND u.is_active
    LEFT JOIN notifications_digest d ON d.member_id = m.id AND d.day = %s
    WHERE m.practice_id = %s AND m.active ORDER BY m.id"""
CLAIM_SQL = """
    INSERT INTO notifications_digest (practice_id, member_id, day, state, attempts, changed_at, through_id, error)
    VALUES (%s, %s, %s, 'preparing', 1, %s, 0, '')
    ON CONFLICT (member_id, day) DO UPDATE
    SET state = 'preparing', attempts = notifications_digest.attempts + 1, changed_at = excluded.changed_at
    WHERE (notifications_digest.state = 'preparing' AND notifications_digest.changed_at <= %s)
       OR (notifications_digest.state = 'failed' AND notifications_digest.attempts < %s
           AND notifications_digest.changed_at <= CASE notifications_digest.attempts
               WHEN 1 THEN {0} WHEN 2 THEN {0} WHEN 3 THEN {0} ELSE {0} END)
    RETURNING id, attempts"""
THROUGH_SQL = """
    SELECT MAX(through_id) FROM notifications_digest
    WHERE member_id = %s AND state IN ('sent', 'nothing', 'unknown')"""

log = logging.getLogger(__name__)

type Send = Callable[[Letter], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mails that were due: how many went, had nothing to say, were not taken, or may have gone."""

    sent: int = 0
    nothing: int = 0
    failed: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail that is one's own to send, at one of its attempts."""

    id: int
    attempt: int


def send_due(*, at: datetime, send: Send) -> Sent:
    """Sends every mail that is due at `at` (aware) and has not been sent.

    `send` raises MayHaveGoneError where nobody knows whether it went, and anything else where it did not.
    """
    _give_up_on_stuck(at)
    counts: Counter[str] = Counter()
    for recipient in list(_due(at)):
        claim = _claim(recipient, at)
        if claim is not None:
            counts[_one(claim, recipient, at, send)] += 1
    return Sent(**{state: counts[state] for state in OUTCOMES})


def _give_up_on_stuck(at: datetime) -> None:
    sql.execute(
        """UPDATE notifications_digest SET state = 'unknown', changed_at = %s
           WHERE state = 'sending' AND changed_at <= %s""",
        (at, at - STUCK),
    )


def _due(at: datetime) -> Iterator[Recipient]:
    """Whose mail is due now: it is a working day of theirs, their time has come, and today's is not settled."""
    practices = sql.rows("SELECT id, name, time_zone, calendar FROM practices_practice ORDER BY id")
    for practice_id, practice, zone, calendar in practices:
        local = at.astimezone(ZoneInfo(zone))
        today = local.date()
        if not _is_working(today, calendar):
            continue
        before = next(day for day in _days_before(today) if _is_working(day, calendar))
        for *row, name, email, state in sql.rows(MEMBERS_SQL, (today, practice_id)):
            wish = wishes.wish_of(row)
            if wish.digest and local.time() >= wish.digest_at and state in {None, "preparing", "failed"}:
                since = datetime.combine(before, wish.digest_at, ZoneInfo(zone))
                yield Recipient(wish, name, email, practice, ZoneInfo(zone), today, since)


def _days_before(day: date) -> Iterator[date]:
    return (day - timedelta(days) for days in count(1))


def _is_working(day: date, calendar: str) -> bool:
    return is_working_day(day, is_holiday=lambda one: one in bank_holidays(calendar, one.year))


def _claim(recipient: Recipient, at: datetime) -> Claim | None:
    """The row of the member's mail of the day, for the one who gets it; None where it is somebody else's or not due."""
    wish = recipient.wish
    statement = CLAIM_SQL.format(sql.cast_moment("%s"))
    waits = [at - wait for wait in AGAIN]
    row = sql.row(statement, (wish.practice_id, wish.member_id, recipient.day, at, at - STUCK, ATTEMPTS, *waits))
    return Claim(*row) if row else None


def _one(claim: Claim, recipient: Recipient, at: datetime, send: Send) -> str:
    """Writes and sends one; returns what became of it. A failure is kept with the row, and the next one goes on."""
    through = 0
    try:
        after = sql.value(THROUGH_SQL, (recipient.wish.member_id,))
        through = letters.newest(recipient)
        letter = letters.write(recipient, after=after, through=through, since=recipient.since)
        if letter is None:
            return _state(claim, "nothing", at, through=through)
        if not _state(claim, "sending", at, through=through):
            return ""
        send(letter)
    except MayHaveGoneError as error:
        log.exception("Whether the day's mail for member %s went is not known", recipient.wish.member_id)
        return _state(claim, "unknown", at, through=through, error=str(error))
    except Exception as error:
        log.exception("The day's mail for member %s could not be sent", recipient.wish.member_id)
        return _state(claim, "failed", at, error=f"{type(error).__name__}: {error}")
    return _state(claim, "sent", at, through=through)


def _state(claim: Claim, state: str, at: datetime, *, through: int = 0, error: str = "") -> str:
    """Says what became of a mail; returns it, or "" where somebody else took it up meanwhile."""
    mine = sql.execute(
        """UPDATE notifications_digest SET state = %s, changed_at = %s, through_id = %s, error = %s
           WHERE id = %s AND attempts = %s""",
        (state, at, through, error[:ERROR], claim.id, claim.attempt),
    )
    return state if mine else ""
