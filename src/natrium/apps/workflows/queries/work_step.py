"""One step as a list of work shows it: its row, and opened, with what this member may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.queries.by_law import reasons_of
from natrium.apps.workflows.queries.panel import Seen, step_line
from natrium.apps.workflows.queries.task_page import members
from natrium.apps.workflows.queries.work_rows import COLUMNS, JOINS, row_of
from natrium.apps.workflows.worklists import StepPlace, WorkRow, WorkStep
from natrium.domain.errors import NotFound
from natrium.domain.roles import Deed, may
from natrium.domain.task import OWN_ACTIONS
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold

ROW_SQL = f"SELECT {COLUMNS} FROM workflows_step s {JOINS} WHERE s.id = %s AND s.practice_id = %s AND NOT s.retired"


def step_place(*, by: SignedIn, step_id: int) -> StepPlace:
    """Where a step is, and whom it holds up; a task's own one also after a workflow was attached. Raises NotFound."""
    found = sql.row(
        """SELECT s.id, s.workflow_id, s.task_id, s.key, s.name, COALESCE(h.name, ''), s.retired FROM workflows_step s
           LEFT JOIN practices_member h ON h.id = s.holds_up_id
           WHERE s.id = %s AND s.practice_id = %s""",
        (step_id, by.practice_id),
    )
    if found is None:
        raise NotFound("There is no such step in this practice.")
    return replace(StepPlace(*found), retired=bool(found[-1]))


def work_row(*, by: SignedIn, at: datetime, step_id: int) -> WorkRow:
    """A step's row, in one statement. Raises NotFound."""
    found = sql.row(ROW_SQL, (step_id, by.practice_id))
    if found is None:
        raise NotFound("There is no such step in this practice.")
    return row_of(found, Seen(by.member, by.zone, at.date(), by.weighted))


def work_step(*, by: SignedIn, at: datetime, step_id: int) -> WorkStep:
    """A step's row with what is behind it. Raises NotFound."""
    row = work_row(by=by, at=at, step_id=step_id)
    if row.workflow_id is not None:
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=row.workflow_id, lock=False)
        fill_guidance(loaded)
    else:
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=row.task_id, lock=False)
    situation, task = Situation(loaded.workflow), loaded.task
    step = situation.steps[row.step_key]
    seen = Seen(by.member, by.zone, at.date(), by.weighted, reasons=reasons_of(loaded, by=by))
    line = step_line(step, situation, loaded, task.around, seen)
    owns = task.owner is not None and task.owner.id == by.member.id
    can = set(line.can)
    if row.workflow_id is None:
        can &= OWN_ACTIONS | {"comment"}
    shaping = Deed.EDIT_WORKFLOW if row.workflow_id is not None else Deed.EDIT_TASK
    if not step.settled and task.hold is Hold.NONE and may(by.member.role, shaping, task_owner=owns):
        can.add("due")
        if row.workflow_id is None:
            can |= {"assign"} if step.assignee is not None else {"assign", "claim"}
    return WorkStep(row, replace(line, can=tuple(sorted(can))), members(by))
