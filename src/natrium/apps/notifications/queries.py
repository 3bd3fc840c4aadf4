"""The one door out: what a member was told, and how much of it they have not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from natrium.apps.database import sql
from natrium.apps.notifications.telling import words_of
from natrium.apps.notifications.wishes import Wish, wishes
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.panels import Who
from natrium.apps.workflows.queries.my_work import READY_COUNT_SQL
from natrium.apps.workflows.queries.words import quote, sentence
from natrium.domain.notices import Kind

__all__ = ["Badges", "Inbox", "Told", "Wish", "badges", "inbox", "unread", "wishes"]

MOST = 50
UNREAD = "member_id = %s AND read_at IS NULL AND shown"
UNREAD_SQL = f"SELECT COUNT(*) FROM (SELECT DISTINCT gathering, kind FROM notifications_notification WHERE {UNREAD}) u"
GROUPS_SQL = """
    SELECT MAX(id), COUNT(*), COUNT(DISTINCT task_id) FROM notifications_notification
    WHERE member_id = %s AND shown AND {which}
    GROUP BY gathering, kind HAVING MAX(id) < %s ORDER BY MAX(id) DESC LIMIT %s"""
TOLD_SQL = """
    SELECT n.id, n.kind, n.at, n.task_id, n.step_id, e.verb, e.name, e.data, e.member_id, e.member_name,
           t.title, n.client_id, c.name, s.key, s.name,
           (SELECT b.data FROM activity_event b
            WHERE e.verb IN ('step.staled', 'step.returned') AND b.chain = e.chain AND b.subject_id = e.subject_id
              AND b.seq < e.seq AND b.verb = 'step.reopened' AND b.at = e.at
            ORDER BY b.seq DESC LIMIT 1)
    FROM notifications_notification n
    JOIN activity_event e ON e.id = n.event_id
    LEFT JOIN tasks_task t ON t.id = n.task_id
    LEFT JOIN clients_client c ON c.id = COALESCE(n.client_id, t.client_id)
    LEFT JOIN workflows_step s ON s.id = n.step_id
    WHERE n.member_id = %s AND """
END = 2**62


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a member is told. `words` is a whole sentence; `quote` what was typed ("" for nothing).

    `count` is how many things are told as one, of `tasks` tasks; of more than one, `task` is one. What is about a
    client has no task (None and ""), and the client's id, None elsewhere.
    `at` is in the practice's zone. `mentioned`: the names in the quote.
    """

    id: int
    kind: Kind
    at: datetime
    who: Who | None
    actor: str
    words: str
    quote: str
    mentioned: tuple[str, ...]
    count: int
    tasks: int
    task_id: int | None
    task: str
    client_id: int | None
    client: str
    step_key: str
    unread: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a member was told: what they have not read, and a page of what they have; newest first.

    `before` continues what was read (None: that was all). `more`: there is more unread than is listed.
    """

    unread: tuple[Told, ...]
    read: tuple[Told, ...]
    before: int | None
    more: bool


@dataclass(frozen=True, slots=True)
class Badges:
    """The numbers in the sidebar: steps that are ready, and things one was told and has not read."""

    ready: int
    unread: int


def badges(by: SignedIn) -> Badges:
    """Both numbers, in one statement."""
    row = sql.row(f"SELECT {READY_COUNT_SQL}, ({UNREAD_SQL})", (by.member.id,) * 3)
    ready, unread = row or (0, 0)
    return Badges(ready, unread)


def unread(by: SignedIn) -> int:
    """How many things the member was told and has not read."""
    return int(sql.value(UNREAD_SQL, (by.member.id,)))


def inbox(*, by: SignedIn, before: int | None = None) -> Inbox:
    """What the member was told; `before` continues what they have read."""
    new, _ = ([], None) if before is not None else _groups(by, "read_at IS NULL", None)
    old, following = _groups(by, "read_at IS NOT NULL", before)
    told = _told(by, {row[0]: (row[1], row[2]) for row in (*new, *old)}, {row[0] for row in new})
    return Inbox(
        unread=tuple(told[row[0]] for row in new),
        read=tuple(told[row[0]] for row in old),
        before=following,
        more=len(new) == MOST,
    )


def _groups(by: SignedIn, which: str, before: int | None) -> tuple[list[tuple[int, int, int]], int | None]:
    """The newest of each thing told, how many there are of it and of how many tasks; and where the next page begins."""
    rows = sql.rows(GROUPS_SQL.format(which=which), (by.member.id, END if before is None else before, MOST + 1))
    page = [(row[0], row[1], row[2]) for row in rows[:MOST]]
    return page, page[-1][0] if len(rows) > MOST else None


def _told(by: SignedIn, counts: dict[int, tuple[int, int]], unread: set[int]) -> dict[int, Told]:
    if not counts:
        return {}
    ids = sorted(counts)
    rows = sql.rows(TOLD_SQL + sql.one_of("n.id", ids), (by.member.id, *sql.chosen(ids)))
    return {row[0]: told_of(row, by.zone, counts[row[0]], unread=row[0] in unread) for row in rows}


def told_of(row: Sequence[Any], zone: ZoneInfo, counts: tuple[int, int], *, unread: bool) -> Told:
    """One thing told from the columns of TOLD_SQL; `counts`: how many things it is, and of how many tasks."""
    id_, kind, at, task_id, _, verb, name, data, member_id, actor, *place, sent_back = row
    task, client_id, client, step_key, step = place
    count, tasks = counts
    said = cast("dict[str, Any]", sql.from_json(data))
    happened, cause = sentence(verb, name, said, actor), str(said.get("because_name") or name)
    # Why something was sent back is told to all whose work stands on it, however many steps that are.
    reason = quote("step.reopened", cast("dict[str, Any]", sql.from_json(sent_back))) if sent_back else ""
    typed = quote(verb, said) if count == 1 or verb == "step.reopened" else ""
    return Told(
        id=id_,
        kind=Kind(kind),
        at=cast("datetime", sql.moment(at)).astimezone(zone),
        who=Who(member_id, actor) if member_id is not None else None,
        actor=actor,
        words=words_of(Kind(kind), verb, actor=actor, happened=happened, step=step or "", cause=cause, count=count),
        quote=reason or typed,
        mentioned=tuple(one["name"] for one in said.get("mentions", ())),
        count=count,
        tasks=tasks,
        task_id=task_id,
        task=task or "",
        client_id=client_id,
        client=client or "",
        step_key=step_key or "",
        unread=unread,
    )
