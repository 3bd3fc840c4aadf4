"""Clients with what is being done for them: counts beside a list, and one client's tasks, open and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from natrium.apps.activity import queries as activity
from natrium.apps.clients import queries as clients
from natrium.apps.clients.queries import ClientDetail
from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.panels import ActivityLine
from natrium.apps.workflows.queries.words import line_in
from natrium.domain.errors import NotFound
from natrium.domain.workflow.progress import percent_from_counts

DONE_SHOWN = 20
OPEN_SHOWN = 200
NOTES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ClientCounts:
    """How many open tasks a client has, how many of those are late, and when the next one is due."""

    open: int = 0
    late: int = 0
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClientTask:
    """A task of a client. `now`: the step that is in progress, ready or waiting; `holder`: who has it ("" nobody)."""

    id: int
    title: str
    service: str
    status: str
    owner_id: int | None
    owner: str
    period_end: date | None
    target_date: date | None
    statutory_date: date | None
    begun_on: date
    percent: int | None
    done: int
    counted: int
    late_days: int
    now: str
    now_state: str
    holder: str


@dataclass(frozen=True, slots=True)
class ClientNotes:
    """What members said about a client, newest first. `before` continues it (None: that was all)."""

    lines: tuple[ActivityLine, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class ClientPage:
    """All the page of a client shows. `owed`: what waits on the client, with the task it is for and since when."""

    client: ClientDetail
    tasks: tuple[ClientTask, ...]
    done: tuple[ClientTask, ...]
    owed: tuple[tuple[str, str, int, datetime], ...]
    notes: ClientNotes


def client_counts(*, by: SignedIn, at: datetime, client_ids: Sequence[int]) -> dict[int, ClientCounts]:
    """The counts of some clients, in one statement; a client without open tasks is left out."""
    if not client_ids:
        return {}
    rows = sql.rows(
        f"""SELECT client_id, COUNT(*), COUNT(CASE WHEN COALESCE(target_date, statutory_date) < %s THEN 1 END),
                   MIN(COALESCE(target_date, statutory_date))
            FROM tasks_task WHERE practice_id = %s AND {sql.one_of("client_id", client_ids)}
              AND status NOT IN ('done', 'cancelled') GROUP BY client_id""",
        (at.date(), by.practice_id, *sql.chosen(client_ids)),
    )
    return {row[0]: ClientCounts(row[1], row[2], sql.day(row[3])) for row in rows}


TASKS_SQL = """
    SELECT t.id, t.title, t.service, t.status, t.owner_id, COALESCE(o.name, ''), t.period_end, t.target_date,
           t.statutory_date, t.created_at, t.steps_done, t.steps_skipped, t.steps_total, t.steps_stale,
           t.workflows_count
    FROM tasks_task t LEFT JOIN practices_member o ON o.id = t.owner_id
    WHERE t.practice_id = %s AND t.client_id = %s AND """


def client_page(*, by: SignedIn, at: datetime, client_id: int) -> ClientPage:
    """A client with its tasks, in eight statements. Raises NotFound."""
    found = clients.client(practice_id=by.practice_id, client_id=client_id)
    whose = (by.practice_id, client_id)
    open_rows = sql.rows(
        f"{TASKS_SQL} t.status NOT IN ('done', 'cancelled') ORDER BY t.target_date, t.id LIMIT {OPEN_SHOWN}", whose
    )
    done_rows = sql.rows(
        f"{TASKS_SQL} t.status IN ('done', 'cancelled') ORDER BY t.target_date DESC, t.id DESC LIMIT {DONE_SHOWN}",
        whose,
    )
    current = _current([row[0] for row in open_rows])
    owed = sql.rows(
        """SELECT s.name, t.title, t.id, s.waiting_since FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id
           WHERE s.practice_id = %s AND t.client_id = %s AND s.status = 'waiting' AND s.waiting_on = 'client'
             AND NOT s.retired AND t.hold = '' ORDER BY s.waiting_since, s.id LIMIT 20""",
        whose,
    )
    today = at.date()
    return ClientPage(
        found,
        tuple(_task(row, by, today, current.get(row[0], ("", "", ""))) for row in open_rows),
        tuple(_task(row, by, today, ("", "", "")) for row in done_rows),
        tuple((name, task, task_id, _local(since, by)) for name, task, task_id, since in owed),
        _notes(by, client_id, None, NOTES_SHOWN),
    )


def client_notes(*, by: SignedIn, client_id: int, before: int | None = None, limit: int = NOTES_SHOWN) -> ClientNotes:
    """A page of what was said about a client. Raises NotFound."""
    if not clients.names(practice_id=by.practice_id, client_ids=[client_id]):
        raise NotFound("There is no such client.")
    return _notes(by, client_id, before, limit)


def _notes(by: SignedIn, client_id: int, before: int | None, limit: int) -> ClientNotes:
    page = activity.timeline(
        practice_id=by.practice_id, chain="client", subject_id=client_id, before=before, limit=limit,
        verbs=("comment.added",),
    )  # fmt: skip
    return ClientNotes(tuple(line_in(entry, by.zone) for entry in page.entries), page.next_before)


def will_follow(
    *, by: SignedIn, client_id: int, manager_id: int | None, partner_id: int | None
) -> tuple[tuple[str, str, int], ...]:
    """What changing a client's people would move: the role, who gets it ("" nobody), and how many steps follow.

    Raises NotFound for a client or a member who is not the practice's.
    """
    found = clients.client(practice_id=by.practice_id, client_id=client_id).line
    said = []
    for rule, was, to in (
        ("client_manager", found.manager_id, manager_id),
        ("client_partner", found.partner_id, partner_id),
    ):
        name = practices.member_of(practice_id=by.practice_id, member_id=to).name if to is not None else ""
        if was == to:
            continue
        count = sql.value(
            """SELECT COUNT(*) FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id
               WHERE t.practice_id = %s AND t.client_id = %s AND s.assign_rule = %s AND s.bound AND NOT s.retired
                 AND (s.status NOT IN ('done', 'skipped') OR s.stale)""",
            (by.practice_id, client_id, rule),
        )
        said.append((rule.removeprefix("client_"), name, int(count)))
    return tuple(said)


def _current(task_ids: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """For each task the step at work: in progress before ready before waiting, the first of them."""
    if not task_ids:
        return {}
    rows = sql.rows(
        f"""SELECT s.task_id, s.name, CASE WHEN s.ready THEN 'ready' ELSE s.status END, COALESCE(a.name, '')
            FROM workflows_step s LEFT JOIN practices_member a ON a.id = s.assignee_id
            WHERE {sql.one_of("s.task_id", task_ids)} AND NOT s.retired
              AND (s.ready OR s.status IN ('in_progress', 'waiting'))
            ORDER BY s.task_id, CASE WHEN s.status = 'in_progress' THEN 0 WHEN s.ready THEN 1 ELSE 2 END, s.position""",
        sql.chosen(task_ids),
    )
    found: dict[int, tuple[str, str, str]] = {}
    for task_id, name, state, holder in rows:
        found.setdefault(task_id, (name, state, holder))
    return found


def _task(row: Sequence[Any], by: SignedIn, today: date, current: tuple[str, str, str]) -> ClientTask:
    (id_, title, service, status, owner_id, owner, *days, begun_at), counts = row[:10], row[10:]
    done, skipped, total, stale, workflows = counts
    period_end, target, statutory = (sql.day(day) for day in days)
    due = target or statutory
    is_open = status not in ("done", "cancelled")
    now, now_state, holder = current
    return ClientTask(
        id=id_,
        title=title,
        service=service,
        status=status,
        owner_id=owner_id,
        owner=owner,
        period_end=period_end,
        target_date=target,
        statutory_date=statutory,
        begun_on=_local(begun_at, by).date(),
        percent=percent_from_counts(done=done, skipped=skipped, total=total, stale=stale) if workflows else None,
        done=done if workflows else 0,
        counted=total - skipped if workflows else 0,
        late_days=max((today - due).days, 0) if due is not None and is_open else 0,
        now=now,
        now_state=now_state,
        holder=holder,
    )


def _local(value: Any, by: SignedIn) -> datetime:  # noqa: ANN401 - a moment as the database gives it
    at = sql.moment(value)
    assert at is not None  # noqa: S101 - the columns read here are never empty
    return at.astimezone(by.zone)
