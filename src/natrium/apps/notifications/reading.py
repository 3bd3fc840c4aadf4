"""Reading the record for what people are to be told, without any action having to wait for it.

A job does this every few seconds, from where it stopped, one process at a time. On PostgreSQL lines may become visible
out of the order of their numbers (a transaction that took its numbers first may end last): numbers that are missing
are looked for again until no transaction can still hold them. So each line is looked at once, in the state of things
that it brought about; and a key in the database lets nothing be told twice.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.notifications import wishes
from natrium.domain.notices import Kind, Line, Notice, StepNow, notices

# No transaction that writes the record takes that long; bulk operations write theirs in chunks.
AWAITED = timedelta(minutes=10)
# What is older is no news: after a long silence, or where a practice's history is loaded at once.
NEWS = timedelta(days=7)
RAN_EVERY = timedelta(minutes=5)
CHUNK = 500
TOLD_OF = frozenset({"task", "client"})
COLUMNS = (
    "practice_id", "member_id", "event_id", "task_id", "client_id", "step_id", "kind", "gathering", "at", "shown",
)  # fmt: skip
LINES_SQL = """
    SELECT id, practice_id, subject_id, at, member_id, verb, workflow_id, step_id, data, batch, chain
    FROM activity_event WHERE """
STEPS_SQL = """
    SELECT task_id, id, workflow_id, assignee_id, completed_by_id, status, ready, ready_since, review OR approval
    FROM workflows_step
    WHERE NOT retired AND """


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """A line with where it stands: its number, practice, task or client (the other is None), and batch."""

    id: int
    practice_id: int
    task_id: int | None
    client_id: int | None
    batch: str
    line: Line

    def gathering(self, notice: Notice) -> str:
        """The same for all that one person did in one go, to steps, to tasks or to clients."""
        go = self.batch or f"{self.line.actor or 0}.{self.line.at:%Y%m%d%H%M%S%f}"
        return go if notice.step else f"{go}/{'task' if self.task_id else 'client'}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that were missing when the record was read, and when that was."""

    first: int
    last: int
    seen: datetime


def read_record(*, at: datetime, lines: int = CHUNK) -> int:
    """Tells members what the record has got since it was last read, some lines at once; returns how many things.

    Any number of processes may do this at once: one of them reads, the others find nothing left.
    """
    told = 0
    while _has_more(at):
        with transaction.atomic():
            count, found = _read_part(at, lines)
        told += count
        if found < lines:
            break
    return told


def _has_more(at: datetime) -> bool:
    """Whether there is anything to read; nothing is locked for it. Notes now and then that somebody looked."""
    row = sql.row("SELECT event_id, gaps, ran_at FROM notifications_cursor WHERE id = 1")
    if row is None:
        _begin(at)
        return True
    place, gaps, ran_at = row[0], row[1], sql.moment(row[2])
    if ran_at is None or at - ran_at >= RAN_EVERY:
        sql.execute("UPDATE notifications_cursor SET ran_at = %s WHERE id = 1", (at,))
    return gaps != "[]" or sql.row("SELECT 1 FROM activity_event WHERE id > %s LIMIT 1", (place,)) is not None


def _begin(at: datetime) -> None:
    """The first time, what is older than a week counts as read."""
    start = sql.value(
        "SELECT COALESCE((SELECT MIN(id) - 1 FROM activity_event WHERE at >= %s), MAX(id), 0) FROM activity_event",
        (at - NEWS,),
    )
    sql.execute(
        """INSERT INTO notifications_cursor (id, event_id, gaps, ran_at) VALUES (1, %s, '[]', %s)
           ON CONFLICT DO NOTHING""",
        (start, at),
    )


def _read_part(at: datetime, most: int) -> tuple[int, int]:
    """Reads some lines, with the place held; returns how many things were told, and how many lines were new."""
    row = sql.row(f"SELECT event_id, gaps FROM notifications_cursor WHERE id = 1 {sql.for_update()}")
    place, text = row or (0, "[]")
    gaps = [Gap(first, last, datetime.fromisoformat(seen)) for first, last, seen in cast("Any", sql.from_json(text))]
    awaited = [gap for gap in gaps if at - gap.seen < AWAITED]
    late = [line for gap in awaited for line in sql.rows(f"{LINES_SQL} id BETWEEN %s AND %s", (gap.first, gap.last))]
    new = sql.rows(f"{LINES_SQL} id > %s ORDER BY id LIMIT %s", (place, most))
    missing = [left for gap in awaited for left in _missing(gap.first, gap.last, [line[0] for line in late], gap.seen)]
    if new:
        missing += _missing(place + 1, new[-1][0], [line[0] for line in new], at)
        place = new[-1][0]
    lines = [_read(line) for line in (*late, *new) if line[-1] in TOLD_OF]
    told = _tell([one for one in lines if one.line.at >= at - NEWS])
    sql.execute(
        "UPDATE notifications_cursor SET event_id = %s, gaps = %s, ran_at = %s WHERE id = 1",
        (place, sql.as_json([[gap.first, gap.last, gap.seen.isoformat()] for gap in missing]), at),
    )
    return told, len(new)


def _missing(first: int, last: int, there: Sequence[int], seen: datetime) -> list[Gap]:
    """The numbers from `first` to `last` that are not there, as gaps."""
    gaps = []
    following = first
    for number in sorted(one for one in there if first <= one <= last):
        if number > following:
            gaps.append(Gap(following, number - 1, seen))
        following = number + 1
    return [*gaps, Gap(following, last, seen)] if following <= last else gaps


def _read(row: Sequence[Any]) -> Read:
    id_, practice_id, subject_id, at, actor, verb, workflow_id, step_id, data, batch, chain = row
    task_id, client_id = (subject_id, None) if chain == "task" else (None, subject_id)
    said = cast("Mapping[str, Any]", sql.from_json(data))
    line = Line(verb, cast("datetime", sql.moment(at)), actor, step_id, workflow_id, said)
    return Read(id_, practice_id, task_id, client_id, batch, line)


def _tell(found: Sequence[Read]) -> int:
    """Puts down who is told what of these lines; returns how much of it is new."""
    if not found:
        return 0
    tasks = sorted({one.task_id for one in found if one.task_id is not None})
    steps, owners = (_steps(tasks), _owners(tasks)) if tasks else ({}, {})
    due: list[tuple[Read, Notice]] = []
    # From the newest line back, so that each sees who had what when it was written.
    for one in sorted(found, key=lambda one: one.id, reverse=True):
        there = steps.get(one.task_id or 0, [])
        try:
            due += [(one, notice) for notice in notices(one.line, there, owner=owners.get(one.task_id or 0))]
        except (KeyError, TypeError, ValueError):
            # One line that cannot be told keeps no other back.
            log.exception("Line %s of the record could not be told to anybody", one.id)
        if one.task_id is not None and "assignee" in one.line.data.get("changes", {}):
            steps[one.task_id] = [_before(one.line, step) for step in there]
    due = _without_echoes(due)
    due.sort(key=lambda told: (told[0].line.at, told[0].id))
    return _insert(list(_rows(due)))


def _without_echoes(due: Sequence[tuple[Read, Notice]]) -> list[tuple[Read, Notice]]:
    """Whoever is told of a whole task is not told as well that its steps can begin since the same moment."""
    whole = {(one.task_id, one.line.at, notice.member) for one, notice in due if not notice.step}
    return [
        (one, notice)
        for one, notice in due
        if notice.kind is not Kind.READY or (one.task_id, one.line.at, notice.member) not in whole
    ]


def _before(line: Line, step: StepNow) -> StepNow:
    """A step as it was before it went from one to another."""
    if step.id != line.step:
        return step
    holder = line.data["changes"]["assignee"][0]
    return replace(step, holder=holder["id"] if holder else None)


def _rows(due: Collection[tuple[Read, Notice]]) -> Iterable[tuple[object, ...]]:
    """What is kept: for members who are there, and want to know it in the app or by mail."""
    wanted = wishes.of_members({notice.member for _, notice in due})
    for one, notice in due:
        wish = wanted.get(notice.member)
        if wish is None or wish.practice_id != one.practice_id:
            continue
        shown = notice.kind in wish.in_app
        if shown or notice.kind in wish.in_mail:
            yield (
                one.practice_id, notice.member, one.id, one.task_id, one.client_id, notice.step, notice.kind.value,
                one.gathering(notice), one.line.at, shown,
            )  # fmt: skip


def _insert(rows: Sequence[tuple[object, ...]]) -> int:
    count = 0
    marks = f"({', '.join(['%s'] * len(COLUMNS))})"
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        count += sql.execute(
            f"""INSERT INTO notifications_notification ({", ".join(COLUMNS)})
                VALUES {", ".join([marks] * len(part))} ON CONFLICT DO NOTHING""",
            [value for row in part for value in row],
        )
    return count


def _steps(tasks: Sequence[int]) -> dict[int, list[StepNow]]:
    """The steps of some tasks, as they are now."""
    steps: dict[int, list[StepNow]] = {}
    for row in sql.rows(STEPS_SQL + sql.one_of("task_id", tasks), sql.chosen(tasks)):
        task_id, id_, workflow_id, holder, completed_by, status, ready, ready_since, signs = row
        since = sql.moment(ready_since) if ready else None
        now = StepNow(id_, workflow_id, holder, completed_by, status not in {"done", "skipped"}, since, bool(signs))
        steps.setdefault(task_id, []).append(now)
    return steps


def _owners(tasks: Sequence[int]) -> dict[int, int]:
    rows = sql.rows(f"SELECT id, owner_id FROM tasks_task WHERE {sql.one_of('id', tasks)}", sql.chosen(tasks))
    return {row[0]: row[1] for row in rows if row[1] is not None}
