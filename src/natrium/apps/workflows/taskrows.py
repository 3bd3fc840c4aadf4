"""The row of a task, as what hangs on it needs it: the rules' surroundings, the counters, the end of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from natrium.apps.database import sql
from natrium.domain.workflow.model import Around, Hold, Person
from natrium.domain.workflow.progress import Counts

COUNTERS = ("total", "done", "stale", "skipped", "in_progress", "waiting", "ready")
TASK_SELECT = f"""
    t.id, t.practice_id, t.title, t.owner_id, o.name, t.hold, t.hold_reason, t.status, t.chain_count, t.chain_head,
    {", ".join(f"t.steps_{name}" for name in COUNTERS)}, t.workflows_count, t.workflows_finished,
    t.unresolved_count, t.target_date, t.statutory_date, t.client_id"""
TASK_WIDTH = 10 + len(COUNTERS) + 2 + 4


@dataclass(slots=True)
class TaskRow:
    """The task a workflow hangs on: what the rules and the record need of it."""

    id: int
    practice_id: int
    title: str
    owner: Person | None
    hold: Hold
    hold_reason: str
    status: str
    chain_count: int
    chain_head: str
    counts: Counts
    unresolved: int
    target_date: date | None
    statutory_date: date | None
    client_id: int | None

    @property
    def around(self) -> Around:
        """The task as the rules see it."""
        return Around(owner=self.owner, hold=self.hold, hold_reason=self.hold_reason)


def task_of(row: Sequence[Any]) -> TaskRow:
    """A task from the columns of TASK_SELECT."""
    counters = 10 + len(COUNTERS) + 2
    unresolved, target, statutory, client_id = row[counters:]
    return TaskRow(
        id=row[0],
        practice_id=row[1],
        title=row[2],
        owner=Person(row[3], row[4]) if row[3] is not None else None,
        hold=Hold(row[5]),
        hold_reason=row[6],
        status=row[7],
        chain_count=row[8],
        chain_head=row[9],
        counts=counted(row[10:counters]),
        unresolved=unresolved,
        target_date=sql.day(target),
        statutory_date=sql.day(statutory),
        client_id=client_id,
    )


def counted(values: Sequence[Any]) -> Counts:
    """Counters from their values in the order of the fields."""
    return Counts(*values)
