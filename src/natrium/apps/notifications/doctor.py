"""Is everybody told? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.database.found import Finding

QUIET = timedelta(minutes=30)
SHOWN_FOR = timedelta(days=7)
WHY = {
    "failed": "could not be sent: {error}",
    "unknown": "may have been sent or not: the process or the connection ended on the way. It is not sent again",
}


def examine(*, at: datetime) -> Iterator[Finding]:
    """A record that nobody reads for notifications, and mails of the last week that did not go."""
    waiting_since = _oldest_unread()
    if waiting_since is not None and at - waiting_since > QUIET:
        when = f"{waiting_since:%Y-%m-%d %H:%M} UTC"
        yield Finding("notifications", f"what happened at {when} and since has reached nobody. Is the worker running?")
    rows = sql.rows(
        """SELECT d.member_id, m.email, d.day, d.state, d.error FROM notifications_digest d
           JOIN practices_member m ON m.id = d.member_id
           WHERE d.state IN ('failed', 'unknown') AND d.changed_at >= %s ORDER BY d.id""",
        (at - SHOWN_FOR,),
    )
    for member_id, email, day, state, error in rows:
        yield Finding(f"member {member_id}", f"the mail to {email} of {sql.day(day)} {WHY[state].format(error=error)}")


def _oldest_unread() -> datetime | None:
    """Return when the first line happened that no worker has read: not the last round, after a quiet night."""
    row = sql.row(
        """SELECT e.at FROM activity_event e, notifications_cursor c
           WHERE c.id = 1 AND e.id > c.event_id ORDER BY e.id LIMIT 1"""
    )
    return sql.moment(row[0]) if row else None
