"""What the day's mail says: what is late, what is due today, and what was told since the last one and not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings

from natrium.apps.database import sql
from natrium.apps.notifications import writing
from natrium.apps.notifications.queries import TOLD_SQL, Told, told_of
from natrium.apps.notifications.wishes import Wish
from natrium.apps.notifications.writing import Item, Page, Section
from natrium.apps.workflows.filtering import STEP_DAY
from natrium.apps.workflows.queries.strands import DUE, HOLDING, OTHERS, TASKS_DAY
from natrium.domain.notices import Kind

MOST = 20
LINE = 200
HEADINGS = {
    Kind.ASSIGNED: "Given to you",
    Kind.MENTIONED: "Mentions",
    Kind.SENT_BACK: "Sent back, or to be confirmed",
    Kind.REVIEW: "Reviews and approvals wanted from you",
    Kind.READY: "Can begin",
    Kind.LOST: "No longer yours",
    Kind.HELD: "On hold, cancelled or resumed",
}
COLUMNS = f"{STEP_DAY} AS due, s.name, s.key, t.id, t.title, c.name"
FROM = "workflows_step s JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id"
# A step without a date of its own is due with its task. Each part has an index of its own, whose condition it repeats.
DAYS = (f"{DUE} <= %s", f"s.due IS NULL AND {TASKS_DAY} <= %s")
PARTS = (
    f"s.ready AND {HOLDING}",
    f"s.ready AND {OTHERS}",
    "s.status IN ('in_progress', 'waiting') AND s.status = 'in_progress' AND NOT s.retired AND t.hold = ''",
)
DUE_SQL = f"""SELECT * FROM ({
    " UNION ALL ".join(
        f"SELECT {COLUMNS}, s.id AS step FROM {FROM} WHERE s.assignee_id = %s AND {when} AND {which}"
        for which in PARTS
        for when in DAYS
    )
}) d ORDER BY due, step"""
NEWS_SQL = """
    SELECT MAX(id), COUNT(*), COUNT(DISTINCT task_id), kind FROM notifications_notification
    WHERE member_id = %s AND id > %s AND id <= %s AND at >= %s AND read_at IS NULL
    GROUP BY gathering, kind ORDER BY MAX(id)"""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose mail, and of which day. `practice` is its name; `since` when the working day's before was due."""

    wish: Wish
    name: str
    email: str
    practice: str
    zone: ZoneInfo
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be sent, as text and the same as HTML. `key` is the same whenever the same mail is made.

    `to_member`: a member gets it, who may wish for no more of them.
    """

    to: str
    name: str
    subject: str
    text: str
    html: str
    key: str
    to_member: bool = True


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that is late or due today, by its own date or its task's."""

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
    sections = _sections(recipient.day, late, today, news)
    page = Page(
        title=f"{writing.day(recipient.day)}, {recipient.practice}",
        sections=tuple(section for section in sections if section.items),
        digest_at=recipient.wish.digest_at,
        address=settings.PUBLIC_URL,
    )
    return Letter(
        to=recipient.email,
        name=recipient.name,
        subject=_subject(recipient, len(late), len(today), len(news)),
        text=writing.text(page),
        html=writing.html(page),
        key=f"digest-{recipient.wish.member_id}-{recipient.day.isoformat()}",
    )


def _sections(day: date, late: Sequence[DueStep], today: Sequence[DueStep], news: Sequence[Told]) -> Iterator[Section]:
    yield _section("Late", [_due_item(step, day) for step in late])
    yield _section("Due today", [_due_item(step, day) for step in today])
    for kind, heading in HEADINGS.items():
        yield _section(heading, [_news_item(told) for told in news if told.kind is kind])


def _due(recipient: Recipient) -> list[DueStep]:
    rows = sql.rows(DUE_SQL, (recipient.wish.member_id, recipient.day) * len(PARTS) * len(DAYS))
    return [
        DueStep(cast("date", sql.day(due)), name, key, task_id, task, client or "")
        for due, name, key, task_id, task, client, _ in rows
    ]


def _news(recipient: Recipient, after: int | None, through: int, since: datetime) -> list[Told]:
    """What was told and not read, of the kinds wished for, oldest first."""
    begin = since if after is None else datetime(1970, 1, 1, tzinfo=since.tzinfo)
    member = recipient.wish.member_id
    rows = sql.rows(NEWS_SQL, (member, after or 0, through, begin))
    counts = {id_: (count, tasks) for id_, count, tasks, kind in rows if Kind(kind) in recipient.wish.in_mail}
    if not counts:
        return []
    ids = sorted(counts)
    told = sql.rows(f"{TOLD_SQL} {sql.one_of('n.id', ids)} ORDER BY n.id", (member, *sql.chosen(ids)))
    return [told_of(row, recipient.zone, counts[row[0]], unread=True) for row in told]


def _section(heading: str, items: Sequence[Item]) -> Section:
    return Section(heading, tuple(items[:MOST]), more=max(len(items) - MOST, 0))


def _due_item(step: DueStep, today: date) -> Item:
    days = (today - step.due).days
    return Item(
        words=step.step,
        where=_where(step.client, step.task if step.task != step.step else ""),
        late=f"{days} day{'' if days == 1 else 's'} late" if days else "",
        link=_link(step.task_id, step.step_key),
    )


def _news_item(told: Told) -> Item:
    return Item(
        words=told.words,
        quote=_one_line(told.quote),
        where=_where(told.client, told.task) if told.tasks == 1 or told.task_id is None else "",
        link=_link_of(told) if told.count == 1 else f"{settings.PUBLIC_URL}/notifications/",
    )


def _where(client: str, task: str) -> str:
    return ", ".join(part for part in (client, task) if part)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LINE else line[: LINE - 1] + "…"


def _link_of(told: Told) -> str:
    if told.task_id is None:
        return f"{settings.PUBLIC_URL}/clients/{told.client_id}/#notes"
    return _link(told.task_id, told.step_key)


def _link(task_id: int, step_key: str) -> str:
    step = f"?open={step_key}#step-{step_key}" if step_key else ""
    return f"{settings.PUBLIC_URL}/tasks/{task_id}/{step}"


def _subject(recipient: Recipient, late: int, today: int, news: int) -> str:
    parts = [f"{late} late"] if late else []
    parts += [f"{today} due today"] if today else []
    parts += [f"{news} new"] if news else []
    return f"{' '.join(recipient.practice.split())}: {', '.join(parts)}"
