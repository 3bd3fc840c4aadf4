"""The day's mail as text: what is late, what is due today, and what was told since the last one and not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings

from natrium.apps.database import sql
from natrium.apps.notifications.queries import TOLD_SQL, Told, told_of
from natrium.apps.notifications.wishes import Wish
from natrium.apps.workflows.queries.strands import HOLDING, OTHERS
from natrium.domain.notices import Kind

MOST = 20
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
HEADINGS = {
    Kind.ASSIGNED: "Given to you",
    Kind.MENTIONED: "Mentions",
    Kind.SENT_BACK: "Sent back, or to be confirmed",
    Kind.REVIEW: "Reviews and approvals wanted from you",
    Kind.READY: "Can begin",
    Kind.LOST: "No longer yours",
    Kind.HELD: "On hold, cancelled or resumed",
}
COLUMNS = "s.due, s.name, s.key, t.id, t.title, c.name"
FROM = "workflows_step s JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id"
# Each part has an index of its own, whose condition it repeats.
PARTS = (
    f"s.ready AND {HOLDING}",
    f"s.ready AND {OTHERS}",
    "s.status IN ('in_progress', 'waiting') AND s.status = 'in_progress' AND NOT s.retired AND t.hold = ''",
)
DUE_SQL = f"""SELECT * FROM ({
    " UNION ALL ".join(
        f"SELECT {COLUMNS}, s.id AS step FROM {FROM} WHERE s.assignee_id = %s AND s.due <= %s AND {which}"
        for which in PARTS
    )
}) d ORDER BY due, step"""
NEWS_SQL = """
    SELECT MAX(id), COUNT(*), kind FROM notifications_notification
    WHERE member_id = %s AND id > %s AND id <= %s AND at >= %s AND read_at IS NULL
    GROUP BY gathering, kind ORDER BY MAX(id)"""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose mail, and of which day. `practice` is its name."""

    wish: Wish
    name: str
    email: str
    practice: str
    zone: ZoneInfo
    day: date


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be sent. `key` is the same whenever the same mail is made."""

    to: str
    name: str
    subject: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that is late or due today."""

    due: date
    step: str
    step_key: str
    task_id: int
    task: str
    client: str


def newest(recipient: Recipient) -> int:
    """The number of the newest thing that the member was told; 0 for none."""
    member = recipient.wish.member_id
    return int(sql.value("SELECT COALESCE(MAX(id), 0) FROM notifications_notification WHERE member_id = %s", (member,)))


def write(recipient: Recipient, *, after: int | None, through: int, since: datetime) -> Letter | None:
    """The mail, or None where there is nothing to say.

    It tells what came after the notification numbered `after`, through the one numbered `through`; where no mail ever
    told anything, only what came `since`.
    """
    steps = _due(recipient)
    late = [step for step in steps if step.due < recipient.day]
    today = [step for step in steps if step.due == recipient.day]
    news = _news(recipient, after, through, since)
    if not steps and not news:
        return None
    parts = [_day(recipient.day) + ", " + recipient.practice]
    parts += _section("Late", [_due_line(step, recipient.day) for step in late])
    parts += _section("Due today", [_due_line(step, recipient.day) for step in today])
    for kind, heading in HEADINGS.items():
        parts += _section(heading, [_news_line(told) for told in news if told.kind is kind])
    parts.append(_foot(recipient))
    return Letter(
        to=recipient.email,
        name=recipient.name,
        subject=_subject(recipient, len(late), len(today), len(news)),
        text="\n\n".join(parts) + "\n",
        key=f"digest-{recipient.wish.member_id}-{recipient.day.isoformat()}",
    )


def _due(recipient: Recipient) -> list[DueStep]:
    rows = sql.rows(DUE_SQL, (recipient.wish.member_id, recipient.day) * len(PARTS))
    return [
        DueStep(cast("date", sql.day(due)), name, key, task_id, task, client or "")
        for due, name, key, task_id, task, client, _ in rows
    ]


def _news(recipient: Recipient, after: int | None, through: int, since: datetime) -> list[Told]:
    """What was told and not read, of the kinds wished for, oldest first."""
    begin = since if after is None else datetime(1970, 1, 1, tzinfo=since.tzinfo)
    member = recipient.wish.member_id
    rows = sql.rows(NEWS_SQL, (member, after or 0, through, begin))
    counts = {id_: count for id_, count, kind in rows if Kind(kind) in recipient.wish.in_mail}
    if not counts:
        return []
    ids = sorted(counts)
    told = sql.rows(f"{TOLD_SQL} {sql.one_of('n.id', ids)} ORDER BY n.id", (member, *sql.chosen(ids)))
    return [told_of(row, recipient.zone, counts[row[0]], unread=True) for row in told]


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return [f"{heading}\n" + "\n".join([*lines[:MOST], *more])]


def _due_line(step: DueStep, today: date) -> str:
    days = (today - step.due).days
    late = f", {days} day{'' if days == 1 else 's'} late" if days else ""
    where = _where(step.client, step.task if step.task != step.step else "")
    return f"- {step.step}{f' ({where})' if where else ''}{late}\n  {_link(step.task_id, step.step_key)}"


def _news_line(told: Told) -> str:
    where = _where(told.client, told.task) if told.count == 1 else ""
    said = f": “{_one_line(told.quote)}”" if told.quote else ""
    return f"- {told.words}{said}{f' ({where})' if where else ''}\n  {_link(told.task_id, told.step_key)}"


def _where(client: str, task: str) -> str:
    return ", ".join(part for part in (client, task) if part)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"


def _link(task_id: int, step_key: str) -> str:
    step = f"?open={step_key}#step-{step_key}" if step_key else ""
    return f"{settings.PUBLIC_URL}/tasks/{task_id}/{step}"


def _subject(recipient: Recipient, late: int, today: int, news: int) -> str:
    parts = [f"{late} late"] if late else []
    parts += [f"{today} due today"] if today else []
    parts += [f"{news} new"] if news else []
    return f"{' '.join(recipient.practice.split())}: {', '.join(parts)}"


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _foot(recipient: Recipient) -> str:
    at = f"{recipient.wish.digest_at:%H:%M}"
    return (
        f"All of it: {settings.PUBLIC_URL}/my-work/\n"
        f"This comes on working days after {at}, and only when there is something to say.\n"
        f"To change that: {settings.PUBLIC_URL}/settings/notifications/"
    )
