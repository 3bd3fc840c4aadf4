"""The task page: eight statements whatever the task's size, the member's own included.

Nine where a step goes by a rule of law.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from natrium.apps.activity import queries as activity
from natrium.apps.clients.queries import histories_of
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import knowing, snapshots, taskrows
from natrium.apps.workflows.definitions import guidance_of
from natrium.apps.workflows.panels import Choice, NamedDate, ProgressLine, StepLine, TaskHead, TaskPage, WorkflowPanel
from natrium.apps.workflows.queries.by_law import reasons_of_rows
from natrium.apps.workflows.queries.panel import UNRESOLVED, Seen, late_days, step_line, who, workflow_panel
from natrium.apps.workflows.queries.words import activity_line
from natrium.apps.workflows.taskrows import TaskRow
from natrium.domain.deadlines.known import Known
from natrium.domain.errors import NotFound
from natrium.domain.roles import Deed, Role, may
from natrium.domain.task import OWN_ACTIONS
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold, Person
from natrium.domain.workflow.progress import percent_from_counts
from natrium.domain.workflow.undo import UNDOABLE, WITHIN

type Row = tuple[Any, ...]

LINES = 20
PANELS = 256
HEAD_SQL = f"""
    SELECT {taskrows.TASK_SELECT}, c.name, t.service, t.period_start, t.period_end, t.other_dates, t.rev,
           m.id, m.name, p.id, p.name
    FROM tasks_task t
    LEFT JOIN practices_member o ON o.id = t.owner_id
    LEFT JOIN clients_client c ON c.id = t.client_id
    LEFT JOIN practices_member m ON m.id = c.manager_id
    LEFT JOIN practices_member p ON p.id = c.partner_id
    WHERE t.id = %s AND t.practice_id = %s"""
WORKFLOWS_SQL = f"""
    SELECT {snapshots.WORKFLOW_SELECT}, v.sha256, v.number, tt.latest_version
    FROM workflows_workflow w
    LEFT JOIN workflows_templateversion v ON v.id = w.version_id
    LEFT JOIN workflows_template tt ON tt.id = w.template_id
    WHERE w.task_id = %s ORDER BY w.number_on_task"""
ALL_STEPS_SQL = f"""
    SELECT g.workflow_id, {snapshots.STEPS_SELECT} JOIN workflows_workflow w ON w.id = g.workflow_id
    WHERE w.task_id = %s ORDER BY w.number_on_task, g.position, g.id, s.position"""


def task_page(*, by: SignedIn, at: datetime, task_id: int) -> TaskPage:
    """All that the task page shows. `at` is aware, in the practice's zone. Raises NotFound."""
    row = sql.row(HEAD_SQL, (task_id, by.practice_id))
    if row is None:
        raise NotFound("There is no such task in this practice.")
    head, rest = row[: taskrows.TASK_WIDTH], row[taskrows.TASK_WIDTH :]
    task = taskrows.task_of(head)
    lines = activity.timeline(practice_id=by.practice_id, chain="task", subject_id=task_id, limit=LINES)
    seen = Seen(by.member, by.zone, at.date(), by.weighted, _undoable(lines.entries, by=by, at=at))
    workflows = _workflows(row, seen, by=by, lines=lines.entries, at=at) if task.counts.workflows else ()
    own = None if workflows else _own(task, seen, by=by)
    return TaskPage(
        task=_head(task, rest, seen, has_workflows=bool(workflows)),
        own=own,
        workflows=workflows,
        activity=tuple(activity_line(entry, seen) for entry in lines.entries),
        more_activity=lines.next_before is not None,
        members=members(by),
        templates=attachable_templates(by) if task.hold is Hold.NONE else (),
        warnings=_warnings(workflows),
    )


def _head(task: TaskRow, rest: Sequence[Any], seen: Seen, *, has_workflows: bool) -> TaskHead:
    client, service, start, end, others, rev, manager_id, manager, partner_id, partner = rest
    due = task.target_date or task.statutory_date
    closed = task.status in ("done", "cancelled")
    owns = task.owner is not None and task.owner.id == seen.member.id
    return TaskHead(
        id=task.id,
        title=task.title,
        client_id=task.client_id,
        client=client or "",
        service=service,
        period_start=sql.day(start),
        period_end=sql.day(end),
        owner=who(task.owner),
        manager=who(Person(manager_id, manager) if manager_id else None),
        partner=who(Person(partner_id, partner) if partner_id else None),
        target_date=task.target_date,
        statutory_date=task.statutory_date,
        other_dates=tuple(NamedDate(one["name"], date.fromisoformat(one["date"])) for one in json.loads(others)),
        status=task.status,
        hold=task.hold.value,
        hold_reason=task.hold_reason,
        late_days=0 if closed else late_days(due, seen.today),
        progress=_progress(task, has_workflows=has_workflows),
        rev=rev,
        can_edit=may(seen.member.role, Deed.EDIT_TASK, task_owner=owns),
        entries=task.chain_count,
    )


def _progress(task: TaskRow, *, has_workflows: bool) -> ProgressLine:
    if not has_workflows:
        return ProgressLine(0, 0, 0, None, "no steps")
    counts = task.counts
    percent = percent_from_counts(done=counts.done, skipped=counts.skipped, total=counts.total, stale=counts.stale)
    counted = counts.total - counts.skipped
    words = "all skipped" if counted == 0 else f"{counts.done} of {counted} steps done"
    return ProgressLine(counts.done, counts.skipped, counts.total, percent, words)


def _workflows(
    row: Row, seen: Seen, *, by: SignedIn, lines: Sequence[activity.Entry], at: datetime
) -> tuple[WorkflowPanel, ...]:
    """The panels of a task's workflows; `row` is the task's own."""
    task_id, head = row[0], row[: taskrows.TASK_WIDTH]
    found = {one[0]: one for one in sql.rows(WORKFLOWS_SQL, (task_id,))}
    steps: dict[int, list[Row]] = {id_: [] for id_ in found}
    for one in sql.rows(ALL_STEPS_SQL, (task_id,)):
        steps[one[0]].append(one[1:])
    known = cache(lambda: _known(row, by=by))
    panels = []
    for id_, columns in found.items():
        undoable, reasons = _undoable(lines, by=by, at=at, workflow_id=id_), reasons_of_rows(steps[id_], known)
        panels.append(_panel(head, columns, tuple(steps[id_]), replace(seen, undoable=undoable, reasons=reasons)))
    return tuple(panels)


def _known(row: Row, *, by: SignedIn) -> Known:
    """What rules of law may know of the task whose row it is: one statement."""
    task = taskrows.task_of(row[: taskrows.TASK_WIDTH])
    _, _, start, end, others, *_ = row[taskrows.TASK_WIDTH :]
    whose = [task.client_id] if task.client_id else []
    client = histories_of(practice_id=by.practice_id, client_ids=whose).get(task.client_id or 0)
    return knowing.known_of(client, start, end, task.target_date, task.statutory_date, others)


@lru_cache(maxsize=PANELS)
def _panel(head: Row, row: Row, steps: tuple[Row, ...], seen: Seen) -> WorkflowPanel:
    """The panel of a workflow, from its rows and the version they name (by hash) alone: equal ones are kept."""
    *columns, _, version, newest = row
    loaded = snapshots.workflow_of(taskrows.task_of(head), columns)
    snapshots.read_steps(loaded, steps, guidance_of(loaded.version_id))
    return workflow_panel(loaded, seen, newest=newest, version=version)


def _undoable(
    lines: Sequence[activity.Entry], *, by: SignedIn, at: datetime, workflow_id: int | None = None
) -> frozenset[str]:
    """The steps whose last line is an action of this member's that can still be taken back, newest lines first.

    The rules decide again when it is; a filing's completion they refuse.
    """
    last: dict[str, activity.Entry] = {}
    for entry in lines:
        if entry.workflow_id == workflow_id and entry.step_key and not entry.verb.startswith(("comment.", "file.")):
            last.setdefault(entry.step_key, entry)
    return frozenset(
        key
        for key, entry in last.items()
        if entry.member_id == by.member.id and entry.verb in UNDOABLE and at - entry.at <= WITHIN - timedelta(seconds=1)
    )


def _own(task: TaskRow, seen: Seen, *, by: SignedIn) -> StepLine | None:
    loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task.id, lock=False)
    if not loaded.extras:
        return None
    step = loaded.workflow.steps[0]
    line = step_line(step, Situation(loaded.workflow), loaded, task.around, seen)
    return replace(line, can=tuple(name for name in line.can if name in OWN_ACTIONS))


def members(by: SignedIn) -> tuple[Choice, ...]:
    """The members who can hold a step, by name."""
    rows = sql.rows(
        "SELECT id, name FROM practices_member WHERE practice_id = %s AND active AND role >= %s ORDER BY name, id",
        (by.practice_id, int(Role.STAFF)),
    )
    return tuple(Choice(*row) for row in rows)


def attachable_templates(by: SignedIn) -> tuple[Choice, ...]:
    """The published templates that are not archived, by name."""
    rows = sql.rows(
        """SELECT id, name FROM workflows_template
           WHERE practice_id = %s AND archived_at IS NULL AND latest_version > 0 ORDER BY name, id""",
        (by.practice_id,),
    )
    return tuple(Choice(*row) for row in rows)


def _warnings(workflows: Sequence[WorkflowPanel]) -> tuple[str, ...]:
    """What rules found nobody, once each."""
    said = [line.unresolved for panel in workflows for group in panel.groups for line in group.steps if line.unresolved]
    known = [words for words in UNRESOLVED.values() if words in said]
    return tuple(
        f"{words} {said.count(words)} {'step is' if said.count(words) == 1 else 'steps are'} unassigned."
        for words in known
    )
