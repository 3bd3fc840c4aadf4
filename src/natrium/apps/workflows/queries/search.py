"""Finding clients, tasks, templates and people by words, in three statements whatever there is.

Names are few: all of the practice's are read and looked through here, so that a word may stand anywhere in one and
accents never matter. Tasks are many: an index finds them by the words of their title and service, or they are of a
client that was found. Each word must be in the one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.tasks.words import TASK_WORDS
from natrium.apps.workflows.finds import Found, FoundClient, FoundPerson, FoundTask, Part, Recent
from natrium.apps.workflows.panels import Choice
from natrium.apps.workflows.queries.clients import client_counts
from natrium.apps.workflows.queries.panel import late_days
from natrium.domain.finding import has, searchable, words_of

KINDS = ("clients", "tasks", "templates", "people")
FEW, MANY = 6, 100
CANDIDATES = 12  # clients whose tasks are looked through
OF_CLIENT = 100  # of each the newest tasks
NEWEST = 200
RECENT = 6
FAR = date(9999, 12, 31)
TASK = """t.id, t.title, t.service, t.status, t.target_date, t.workflows_count, t.steps_done,
    t.steps_total - t.steps_skipped, COALESCE(c.name, ''), t.client_id"""
CLOSED = ("done", "cancelled")
NAMES = f"""
    SELECT 'client', id, name, reference || ' ' || company_number || ' ' || email, active, '' FROM clients_client
        WHERE practice_id = %s
    UNION ALL SELECT 'contact', c.id, c.name, k.name || ' ' || k.email, c.active, k.name FROM clients_client c
        JOIN clients_contact k ON k.client_id = c.id WHERE c.practice_id = %s
    UNION ALL SELECT 'template', id, name, '', {sql.TRUE}, '' FROM workflows_template
        WHERE practice_id = %s AND archived_at IS NULL
    UNION ALL SELECT 'person', id, name, email, active, '' FROM practices_member WHERE practice_id = %s
"""
RECENT_SQL = {
    "client": "SELECT 'client', id, name, '' FROM clients_client WHERE practice_id = %s AND ",
    "task": """SELECT 'task', t.id, t.title, COALESCE(c.name, '') FROM tasks_task t
               LEFT JOIN clients_client c ON c.id = t.client_id WHERE t.practice_id = %s AND """,
    "template": "SELECT 'template', id, name, '' FROM workflows_template WHERE practice_id = %s AND ",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that has some of the words."""

    id: int
    name: str
    active: bool
    words: frozenset[str]
    first: bool  # whether it begins with the first word
    contact: str

    @property
    def order(self) -> tuple[bool, bool, str, int]:
        """Those in use first, then those that begin with what was typed."""
        return (not self.active, not self.first, self.name.casefold(), self.id)


def search(*, by: SignedIn, at: datetime, text: str, kind: str = "") -> Found:
    """What has all the words of a text: a few of each kind, or many of one. Without words, what comes next."""
    words, today = words_of(text), at.date()
    if not words:
        own = tuple(_task(row, today) for row in _own_tasks(by))
        return Found((), tasks=Part(own, len(own)))
    kinds = (kind,) if kind in KINDS else KINDS
    most = MANY if kind in KINDS else FEW
    names = _names(words, by)
    whole = {one: [name for name in of if len(name.words) == len(words)] for one, of in names.items()}
    tasks = _tasks_with(words, names["client"] + names["contact"], by, today) if "tasks" in kinds else []
    templates = [Choice(one.id, one.name) for one in whole["template"]]
    people = [FoundPerson(one.id, one.name, one.active) for one in whole["person"]]
    return Found(
        words,
        _clients(whole, by, at, most) if "clients" in kinds else Part(),
        Part(tuple(tasks[:most]), len(tasks), len(tasks) >= NEWEST),
        _part(templates, most) if "templates" in kinds else Part(),
        _part(people, most) if "people" in kinds else Part(),
    )


def recent(*, by: SignedIn, ids: Iterable[tuple[str, int]]) -> tuple[Recent, ...]:
    """The practice's own among things looked at before (kind, id), in that order, in one statement."""
    wanted = [one for one in dict.fromkeys(ids) if one[0] in RECENT_SQL][:RECENT]
    of_kind = {kind: [id_ for one, id_ in wanted if one == kind] for kind in RECENT_SQL}
    chosen = {kind: ids for kind, ids in of_kind.items() if ids}
    if not chosen:
        return ()
    parts = [RECENT_SQL[kind] + sql.one_of("t.id" if kind == "task" else "id", ids) for kind, ids in chosen.items()]
    params = [value for ids in chosen.values() for value in (by.practice_id, *sql.chosen(ids))]
    found = {(row[0], row[1]): Recent(*row) for row in sql.rows(" UNION ALL ".join(parts), params)}
    return tuple(found[one] for one in wanted if one in found)


def _part[Line](lines: Sequence[Line], most: int) -> Part[Line]:
    return Part(tuple(lines[:most]), len(lines))


def _names(words: Sequence[str], by: SignedIn) -> dict[str, list[_Name]]:
    """The practice's names that have any of the words, by kind, in order."""
    found: dict[str, list[_Name]] = {"client": [], "contact": [], "template": [], "person": []}
    for kind, id_, name, more, active, contact in sql.rows(NAMES, (by.practice_id,) * 4):
        text = searchable(f"{name} {more}")
        met = frozenset([word for word in words if has(text, word)])
        if met:
            found[kind].append(_Name(id_, name, bool(active), met, text.startswith(f" {words[0]}"), contact))
    return {kind: sorted(names, key=lambda one: one.order) for kind, names in found.items()}


def _clients(whole: dict[str, list[_Name]], by: SignedIn, at: datetime, most: int) -> Part[FoundClient]:
    """Clients by their own name, then those whose contact was meant."""
    meant = {one.id: one for one in whole["client"]}
    for contact in whole["contact"]:
        meant.setdefault(contact.id, contact)
    shown = list(meant.values())[:most]
    counts = client_counts(by=by, at=at, client_ids=[one.id for one in shown])
    return Part(
        tuple(
            FoundClient(one.id, one.name, one.active, counts[one.id].open if one.id in counts else 0, one.contact)
            for one in shown
        ),
        len(meant),
    )


def _own_tasks(by: SignedIn) -> Sequence[tuple[Any, ...]]:
    return sql.rows(
        f"""SELECT {TASK} FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
            WHERE t.owner_id = %s AND NOT t.status IN ('done', 'cancelled')
            ORDER BY t.target_date, t.id LIMIT {FEW}""",
        (by.member.id,),
    )


def _tasks_with(words: Sequence[str], clients: Sequence[_Name], by: SignedIn, today: date) -> list[FoundTask]:
    """Tasks with each word in their own texts or their client's, those to be done first."""
    met: dict[int, frozenset[str]] = {}
    for one in clients:
        met[one.id] = met.get(one.id, frozenset()) | one.words
    likeliest = sorted(met, key=lambda id_: -len(met[id_]))[:CANDIDATES]
    rows = [row for row in _tasks(words, likeliest, by) if _has_all(row, words, met.get(row[9], frozenset()))]
    rows.sort(key=lambda row: (row[3] in CLOSED, sql.day(row[4]) or FAR, -row[0]))
    return [_task(row, today) for row in rows]


def _tasks(words: Sequence[str], client_ids: Sequence[int], by: SignedIn) -> Sequence[tuple[Any, ...]]:
    """The newest tasks with all words in their own texts, and the newest of the clients found.

    A single letter begins too many words to be worth asking the index.
    """
    parts, params = [], list[object]()
    if asked := [word for word in words if len(word) > 1]:
        source, where, order, params = TASK_WORDS.newest("t", asked)
        parts = [f"SELECT t.id FROM {source} WHERE {where} AND t.practice_id = %s ORDER BY {order} LIMIT %s"]
        params += [by.practice_id, NEWEST]
    parts += ["SELECT t.id FROM tasks_task t WHERE t.client_id = %s ORDER BY t.id DESC LIMIT %s"] * len(client_ids)
    params += [value for id_ in client_ids for value in (id_, OF_CLIENT)]
    if not parts:
        return ()
    wanted = " UNION ".join(f"SELECT id FROM ({part}) AS x{number}" for number, part in enumerate(parts))
    return sql.rows(
        f"""SELECT {TASK} FROM ({wanted}) AS k JOIN tasks_task t ON t.id = k.id
            LEFT JOIN clients_client c ON c.id = t.client_id WHERE t.practice_id = %s""",
        (*params, by.practice_id),
    )


def _has_all(row: Sequence[Any], words: Sequence[str], of_client: frozenset[str]) -> bool:
    own = searchable(f"{row[1]} {row[2]}")
    return all(word in of_client or f" {word}" in own for word in words)


def _task(row: Sequence[Any], today: date) -> FoundTask:
    id_, title, _, status, target, workflows, done, counted, client, _ = row
    due = sql.day(target)
    late = 0 if status in CLOSED else late_days(due, today)
    return FoundTask(id_, title, client, status, due, late, done if workflows else 0, counted if workflows else 0)
