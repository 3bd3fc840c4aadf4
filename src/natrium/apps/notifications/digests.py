"""One mail a day for each member who wants one: what is late and due, and what they were told and have not read.

For each member and day there is one row, whose state goes one way: preparing, sending, sent (or nothing, where there
is nothing to say). Whoever moves it to `preparing` has it for himself. What dies while preparing is prepared anew;
what the mail server does not take is tried again, later each time; what dies between `sending` and `sent` may have
gone or not, becomes `unknown`, and is not sent again: never twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from natrium.apps.database import sql
from natrium.apps.notifications import letters, wishes
from natrium.apps.notifications.letters import Letter, Recipient
from natrium.apps.workflows.calendars import bank_holidays
from natrium.domain.dates import is_working_day

STUCK = timedelta(minutes=15)
AGAIN = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=2))
ATTEMPTS = 8
FIRST_NEWS = timedelta(days=1)
ERROR = 500
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
    RETURNING id"""
THROUGH_SQL = """
    SELECT MAX(through_id) FROM notifications_digest
    WHERE member_id = %s AND state IN ('sent', 'nothing', 'unknown')"""

log = logging.getLogger(__name__)

type Send = Callable[[Letter], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the mails that were due: how many went, had nothing to say, or were not taken."""

    sent: int = 0
    nothing: int = 0
    failed: int = 0


def send_due(*, at: datetime, send: Send) -> Sent:
    """Sends every mail that is due at `at` (aware) and has not been sent; `send` raises where it cannot."""
    _give_up_on_stuck(at)
    counts = {"sent": 0, "nothing": 0, "failed": 0}
    for recipient in _due(at):
        digest_id = _claim(recipient, at)
        if digest_id is not None:
            counts[_one(digest_id, recipient, at, send)] += 1
    return Sent(**counts)


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
        for *row, name, email, state in sql.rows(MEMBERS_SQL, (today, practice_id)):
            wish = wishes.wish_of(row)
            if wish.digest and local.time() >= wish.digest_at and state in {None, "preparing", "failed"}:
                yield Recipient(wish, name, email, practice, ZoneInfo(zone), today)


def _is_working(day: date, calendar: str) -> bool:
    return is_working_day(day, is_holiday=lambda one: one in bank_holidays(calendar, one.year))


def _claim(recipient: Recipient, at: datetime) -> int | None:
    """The row of the member's mail of the day, for the one who gets it; None where it is somebody else's or not due."""
    wish = recipient.wish
    statement = CLAIM_SQL.format(sql.cast_moment("%s"))
    waits = [at - wait for wait in AGAIN]
    found = sql.value(statement, (wish.practice_id, wish.member_id, recipient.day, at, at - STUCK, ATTEMPTS, *waits))
    return int(found) if found is not None else None


def _one(digest_id: int, recipient: Recipient, at: datetime, send: Send) -> str:
    """Writes and sends one; returns what became of it. A failure is kept with the row, and the next one goes on."""
    try:
        after = sql.value(THROUGH_SQL, (recipient.wish.member_id,))
        through = letters.newest(recipient)
        letter = letters.write(recipient, after=after, through=through, since=at - FIRST_NEWS)
        if letter is None:
            _state(digest_id, "nothing", at, through=through)
            return "nothing"
        _state(digest_id, "sending", at, through=through)
        send(letter)
    except Exception as error:
        log.exception("The day's mail for member %s could not be sent", recipient.wish.member_id)
        _state(digest_id, "failed", at, error=f"{type(error).__name__}: {error}"[:ERROR])
        return "failed"
    _state(digest_id, "sent", at, through=through)
    return "sent"


def _state(digest_id: int, state: str, at: datetime, *, through: int = 0, error: str = "") -> None:
    sql.execute(
        "UPDATE notifications_digest SET state = %s, changed_at = %s, through_id = %s, error = %s WHERE id = %s",
        (state, at, through, error, digest_id),
    )
