"""The one door in: telling, reading what one was told, and saying what one wants to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.notifications import digests, mailing
from natrium.apps.notifications.digests import Sent
from natrium.apps.notifications.reading import read_record
from natrium.apps.notifications.wishes import wish
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal

__all__ = ["Sent", "forget_old", "mark_all_read", "mark_read", "read_record", "send_digests", "wish"]

KEPT = timedelta(days=90)


def mark_read(*, by: SignedIn, at: datetime, ids: Collection[int]) -> int:
    """Mark what the member was told as read, each with all that is shown as one with it; returns how many rows.

    Again is harmless. Raises NotFound where one of them is not the member's; then none is marked.
    """
    chosen = sorted(set(ids))
    groups = dict.fromkeys(_told(by, chosen))
    marks = " OR ".join(["(gathering = %s AND kind = %s)"] * len(groups))
    return sql.execute(
        f"""UPDATE notifications_notification SET read_at = %s
            WHERE member_id = %s AND read_at IS NULL AND ({marks})""",
        (at, by.member.id, *(word for group in groups for word in group)),
    )


def _told(by: SignedIn, chosen: Sequence[int]) -> Sequence[tuple[str, str]]:
    """What each of some notifications is shown as one with."""
    rows = sql.rows(
        f"""SELECT gathering, kind FROM notifications_notification
            WHERE member_id = %s AND {sql.one_of("id", chosen)} ORDER BY id""",
        (by.member.id, *sql.chosen(chosen)),
    )
    if not chosen or len(rows) < len(chosen):
        raise NotFound("There is no such notification for you.")
    return [(gathering, kind) for gathering, kind in rows]


def mark_all_read(*, by: SignedIn, at: datetime, up_to: int) -> int:
    """Mark all up to a notification as read; what came meanwhile does not go unseen. Returns how many rows.

    Refuses bad-value where none is named.
    """
    if up_to < 1:
        raise Refusal(Code.BAD_VALUE, "Say which notifications you have read, or the newest of them.", field="up_to")
    return sql.execute(
        "UPDATE notifications_notification SET read_at = %s WHERE member_id = %s AND id <= %s AND read_at IS NULL",
        (at, by.member.id, up_to),
    )


def send_digests(*, at: datetime) -> Sent:
    """Sends the day's mails that are due and have not gone; what fails is kept, and tried again."""
    return digests.send_due(at=at, send=mailing.send)


def forget_old(*, at: datetime) -> int:
    """Deletes what members were told three months ago; the record has it for ever."""
    return sql.execute("DELETE FROM notifications_notification WHERE at < %s", (at - KEPT,))
