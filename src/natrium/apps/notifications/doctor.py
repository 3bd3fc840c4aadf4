"""Is everybody told? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.workflows.doctor import Finding

QUIET = timedelta(minutes=30)
SHOWN_FOR = timedelta(days=7)
WHY = {
    "failed": "could not be sent: {error}",
    "unknown": "may have been sent or not: the process or the connection ended on the way. It is not sent again",
}


def examine(*, at: datetime) -> Iterator[Finding]:
    """A record that nobody reads for notifications, and mails of the last week that did not go."""
    row = sql.row("SELECT event_id, ran_at FROM notifications_cursor WHERE id = 1")
    ran_at = sql.moment(row[1]) if row else None
    if row and ran_at is not None and at - ran_at > QUIET and _is_behind(row[0]):
        when = f"{ran_at:%Y-%m-%d %H:%M} UTC"
        yield Finding("notifications", f"nobody has been told anything since {when}. Is the worker running?")
    rows = sql.rows(
        """SELECT d.member_id, m.email, d.day, d.state, d.error FROM notifications_digest d
           JOIN practices_member m ON m.id = d.member_id
           WHERE d.state IN ('failed', 'unknown') AND d.changed_at >= %s ORDER BY d.id""",
        (at - SHOWN_FOR,),
    )
    for member_id, email, day, state, error in rows:
        yield Finding(f"member {member_id}", f"the mail to {email} of {sql.day(day)} {WHY[state].format(error=error)}")


def _is_behind(place: int) -> bool:
    return sql.row("SELECT 1 FROM activity_event WHERE id > %s LIMIT 1", (place,)) is not None
