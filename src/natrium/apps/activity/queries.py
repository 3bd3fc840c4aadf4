"""Reading the record: timelines, what undo needs, and CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from natrium.apps.database import sql

MOST = 200
KEPT = 4096
COLUMNS = (
    "id, chain, subject_id, seq, at, actor_kind, member_id, member_name, action, batch, verb, workflow_id, step_id,"
    " step_key, name, data"
)
CSV_HEADER = ("line", "at", "actor", "who", "verb", "step", "name", "batch", "data")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line as it is read. `at` is aware, in UTC; `data` is what the event said, not to be changed.

    Lines never change, so a line read again is the same object.
    """

    id: int
    chain: str
    subject_id: int
    seq: int
    at: datetime
    actor_kind: str
    member_id: int | None
    member_name: str
    action: str
    batch: str
    verb: str
    workflow_id: int | None
    step_id: int | None
    step_key: str
    name: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first. `next_before` is the cursor of the next page, None at the end."""

    entries: tuple[Entry, ...]
    next_before: int | None


def timeline(
    *,
    practice_id: int,
    chain: str,
    subject_id: int,
    before: int | None = None,
    limit: int = 50,
    verbs: tuple[str, ...] = (),
    member_id: int | None = None,
    step_key: str | None = None,
) -> Page:
    """Return a page of one subject's lines, newest first; none for a subject of another practice.

    `chain` is "task", "client", "template", "service" or "practice". `before` is a cursor from the page before.
    `verbs` and `member_id` keep only such lines, `step_key` only those of one step. `limit` is held to 1 … 200.
    """
    limit = min(max(limit, 1), MOST)
    where = ["chain = %s", "subject_id = %s", "practice_id = %s"]
    params: list[object] = [chain, subject_id, practice_id]
    if before is not None:
        where.append("seq < %s")
        params.append(before)
    if verbs:
        where.append(f"verb IN ({', '.join(['%s'] * len(verbs))})")
        params.extend(verbs)
    if member_id is not None:
        where.append("member_id = %s")
        params.append(member_id)
    if step_key is not None:
        where.append("step_key = %s")
        params.append(step_key)
    found = sql.rows(
        f"SELECT {COLUMNS} FROM activity_event WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT %s",
        (*params, limit + 1),
    )
    entries = tuple(_entry(line) for line in found[:limit])
    return Page(entries, entries[-1].seq if len(found) > limit else None)


def of_workflow_since(*, task_id: int, workflow_id: int | None, since: datetime) -> list[Entry]:
    """Return a workflow's lines since a moment (aware), oldest first; None: those of the task itself."""
    which, params = ("workflow_id IS NULL", ()) if workflow_id is None else ("workflow_id = %s", (workflow_id,))
    found = sql.rows(
        f"""SELECT {COLUMNS} FROM activity_event
            WHERE chain = 'task' AND subject_id = %s AND at >= %s AND {which} ORDER BY seq""",
        (task_id, since, *params),
    )
    return [_entry(line) for line in found]


def of_workflow_by_verb(*, task_id: int, workflow_id: int, verbs: tuple[str, ...]) -> list[Entry]:
    """Return those of a workflow's lines that say one of some verbs, oldest first."""
    found = sql.rows(
        f"""SELECT {COLUMNS} FROM activity_event
            WHERE chain = 'task' AND subject_id = %s AND workflow_id = %s
            AND verb IN ({", ".join(["%s"] * len(verbs))}) ORDER BY seq""",
        (task_id, workflow_id, *verbs),
    )
    return [_entry(line) for line in found]


def subjects_of_batch(batch: str, *, chain: str = "task") -> list[int]:
    """Return the tasks (or clients) that a bulk operation wrote lines on, in the order of their ids."""
    found = sql.rows(
        """SELECT DISTINCT subject_id FROM activity_event
           WHERE batch = %s AND batch > '' AND chain = %s ORDER BY subject_id""",
        (batch, chain),
    )
    return [line[0] for line in found]


def count_of_batch(batch: str, *, steps: bool) -> int:
    """Return how many tasks, or steps, a bulk operation wrote lines on."""
    what = "step_id" if steps else "subject_id"
    return int(
        sql.value(
            f"SELECT COUNT(DISTINCT {what}) FROM activity_event WHERE batch = %s AND batch > '' AND chain = 'task'",
            (batch,),
        )
    )


def since_batch(batch: str, *, task_ids: Sequence[int]) -> list[Entry]:
    """Return the lines of some tasks from the first that a bulk operation wrote on each, oldest first."""
    found = sql.rows(
        f"""SELECT {", ".join(f"e.{name.strip()}" for name in COLUMNS.split(","))} FROM activity_event e
            JOIN (SELECT subject_id, MIN(seq) AS first FROM activity_event
                  WHERE batch = %s AND batch > '' AND chain = 'task' AND {sql.one_of("subject_id", task_ids)}
                  GROUP BY subject_id) b
            ON e.subject_id = b.subject_id AND e.seq >= b.first
            WHERE e.chain = 'task' ORDER BY e.subject_id, e.seq""",
        (batch, *sql.chosen(task_ids)),
    )
    return [_entry(line) for line in found]


def csv_rows(*, practice_id: int, chain: str, subject_id: int) -> Iterator[tuple[str, ...]]:
    """Yield the header and then one subject's lines, oldest first, as text, in bounded memory.

    Cells that a spreadsheet would take for a formula begin with an apostrophe.
    """
    yield CSV_HEADER
    last = 0
    while True:
        found = sql.rows(
            f"""SELECT {COLUMNS} FROM activity_event
                WHERE chain = %s AND subject_id = %s AND practice_id = %s AND seq > %s ORDER BY seq LIMIT 500""",
            (chain, subject_id, practice_id, last),
        )
        for line in found:
            yield _csv(_entry(line), line[-1])
        if len(found) < 500:
            return
        last = found[-1][3]


@lru_cache(maxsize=KEPT)
def _entry(line: tuple[Any, ...]) -> Entry:
    at = cast("datetime", sql.moment(line[4]))
    data = cast("dict[str, Any]", sql.from_json(line[-1]))
    values: tuple[Any, ...] = (*line[:4], at, *line[5:-1], data)
    return Entry(*values)


def _csv(entry: Entry, data: str) -> tuple[str, ...]:
    at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    cells = (entry.actor_kind, entry.member_name, entry.verb, entry.step_key, entry.name, entry.batch, data)
    return (str(entry.seq), at, *(spreadsheet_cell(cell) for cell in cells))


def spreadsheet_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe before it."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
