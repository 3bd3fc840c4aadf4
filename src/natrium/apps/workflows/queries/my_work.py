"""My work: what is assigned to a member and can move, what waits, what comes, and what is there for the taking.

Four statements at most, whatever there is: the counts, the rows of all sections, what opened some of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.panels import Who
from natrium.apps.workflows.queries.panel import Seen
from natrium.apps.workflows.queries.strands import (
    BEGINNING,
    BY_DAY,
    HOLDING,
    OTHERS,
    Cursor,
    Whose,
    select,
    strands,
)
from natrium.apps.workflows.queries.work_counts import Counted, counted
from natrium.apps.workflows.queries.work_rows import fetch, newly_opened, row_of
from natrium.apps.workflows.worklists import SECTIONS, MyWork, SectionKey, WorkRow, WorkSection

ROWS = 50
TITLES: dict[SectionKey, str] = {
    "today": "Today",
    "week": "This week",
    "later": "Later",
    "confirm": "To confirm",
    "waiting": "Waiting",
    "coming": "Coming to you",
    "grabs": "Up for grabs",
}
# How many rows of a section the page begins with; the sections by day share theirs.
FEW: dict[SectionKey, int] = {"confirm": 10, "waiting": 20, "coming": 10, "grabs": 10}
# Two indexes, so two counts.
READY_COUNT_SQL = " + ".join(
    f"(SELECT COUNT(*) FROM workflows_step s WHERE s.assignee_id = %s AND s.ready AND {which})"
    for which in (HOLDING, OTHERS)
)


def ready_count(by: SignedIn) -> int:
    """How many steps are ready for the member: the number beside My work."""
    return int(sql.value(f"SELECT {READY_COUNT_SQL}", (by.member.id, by.member.id)))


def has_tasks(by: SignedIn) -> bool:
    """Whether the practice has any task."""
    return bool(sql.rows("SELECT 1 FROM tasks_task WHERE practice_id = %s LIMIT 1", (by.practice_id,)))


def my_work(
    *,
    by: SignedIn,
    at: datetime,
    of: int | None = None,
    keep: str = "",
    section: SectionKey | None = None,
    after: str = "",
) -> MyWork:
    """A member's work (one's own, or the member `of`'s) on the day of `at` (aware, in the practice's zone).

    Today: in progress, or ready and due by today. This week: due by Sunday. Later: the rest, undated last. A
    step without a date of its own is due with its task. `keep` narrows it to what has that text in its step, task,
    service or client. A `section` is read alone, from the cursor `after` on ("" or nonsense: from its beginning).
    Raises NotFound (the member).
    """
    whose, seen = _whose(by, at, of, keep)
    counts = counted(whose)
    if section is None:
        rows = _rows(whose, seen)
        sections = [_section(key, counts, rows.get(key, [])) for key in SECTIONS]
    else:
        sections = [_from(section, after, counts, whose, seen)]
    opened = newly_opened([row for part in sections for row in part.rows], seen)
    if opened:
        sections = [replace(part, rows=tuple(opened.get(row.step_id, row) for row in part.rows)) for part in sections]
    return MyWork(
        today=whose.today,
        of=Who(whose.member_id, counts.name),
        ready=counts.ready,
        late=counts.late,
        holding=counts.holding,
        planned=counts.minutes["today"],
        hours=counts.hours,
        keep=whose.keep,
        sections=tuple(sections),
    )


def section_ids(*, by: SignedIn, at: datetime, section: SectionKey, of: int | None, keep: str, most: int) -> list[int]:
    """The steps of a whole section of a member's work, up to so many. Raises NotFound (the member)."""
    whose, _ = _whose(by, at, of, keep)
    found: list[int] = []
    for strand in strands(whose):
        if strand.section == section and len(found) < most:
            text, params = select(strand, whose, number=0, limit=most - len(found), after=BEGINNING)
            found += [row[3] for row in sql.rows(text, params)]
    return found


def _whose(by: SignedIn, at: datetime, of: int | None, keep: str) -> tuple[Whose, Seen]:
    today = at.date()
    member = by.member
    if of is not None and of != member.id:
        member = practices.member_of(practice_id=by.practice_id, member_id=of)
    sunday = today + timedelta(days=6 - today.weekday())
    whose = Whose(by.practice_id, member.id, member.role, today, sunday, keep.replace("\0", "").strip()[:100])
    return whose, Seen(by.member, by.zone, today, by.weighted)


def _rows(whose: Whose, seen: Seen) -> dict[SectionKey, list[tuple[WorkRow, Cursor]]]:
    """The first rows of every section, each with the cursor after it."""
    all_of = strands(whose)
    parts = [([strand for strand in all_of if strand.section in BY_DAY], ROWS)]
    parts += [([strand for strand in all_of if strand.section == key], few) for key, few in FEW.items()]
    found = dict[SectionKey, list[tuple[WorkRow, Cursor]]]()
    for row in fetch([part for part in parts if part[0]], whose):
        found.setdefault(SECTIONS[row[0]], []).append((row_of(row[3:], seen), Cursor(row[1], row[2], row[3])))
    return found


def _section(key: SectionKey, counts: Counted, rows: Sequence[tuple[WorkRow, Cursor]]) -> WorkSection:
    """A section with the rows that were found, and the cursor that goes on where it has more."""
    count = counts.count[key]
    more = str(rows[-1][1] if rows else BEGINNING) if count > len(rows) else ""
    return WorkSection(key, TITLES[key], count, counts.minutes[key], tuple(row for row, _ in rows), more)


def _from(key: SectionKey, after: str, counts: Counted, whose: Whose, seen: Seen) -> WorkSection:
    """The next rows of a section."""
    cursor = Cursor.read(after)
    mine = [strand for strand in strands(whose) if strand.section == key and strand.place >= cursor.place]
    found = fetch([(mine, ROWS + 1)], whose, after=cursor) if mine else []
    shown = found[:ROWS]
    more = str(Cursor(*shown[-1][1:4])) if len(found) > ROWS else ""
    rows = tuple(row_of(row[3:], seen) for row in shown)
    return WorkSection(key, TITLES[key], counts.count[key], counts.minutes[key], rows, more)
