"""Completing a step as a transaction of prepared statements would do it: the floor, with no rules at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import snapshots, taskrows

HEAD = f"""SELECT {taskrows.TASK_SELECT}, {snapshots.WORKFLOW_SELECT} FROM tasks_task t
    JOIN workflows_workflow w ON w.task_id = t.id LEFT JOIN practices_member o ON o.id = t.owner_id
    WHERE w.id = %s AND w.practice_id = %s """
EVENT = """INSERT INTO activity_event (previous_hash, practice_id, chain, subject_id, seq, at, actor_kind, member_id,
    member_name, token_id, action, batch, verb, workflow_id, step_id, step_key, name, data, hash) VALUES """
ROW = "(%s, %s, 'task', %s, %s, %s, 'member', %s, %s, NULL, %s, '', %s, %s, %s, %s, %s, %s, %s)"
DATA = (
    '{"changes":{"completed_at":[null,"2026-11-23T09:00:00.000000+00:00"],"completed_by":[null,{"id":1,"name":"Jo"}]}}'
)
HASH = "0" * 64


def complete_raw(by: SignedIn, workflow_id: int, key: str) -> None:
    """Lock and read as the operation does, then write the same rows with made-up content."""
    with transaction.atomic():
        complete_statements(by.practice_id, by.member.id, workflow_id, key)


def complete_statements(practice_id: int, member_id: int, workflow_id: int, key: str) -> None:
    """The seven statements of a completion, in a transaction of the caller's."""
    at = datetime.now(UTC)
    head = sql.row(HEAD + sql.for_update("t", "w"), (workflow_id, practice_id))
    assert head is not None
    task_id, count = head[0], head[8]
    steps = sql.rows(snapshots.STEPS_SQL, (workflow_id,))
    place = next(index for index, row in enumerate(steps) if row[snapshots.GROUP_WIDTH + 1] == key)
    step_id = steps[place][snapshots.GROUP_WIDTH]
    following = steps[min(place + 1, len(steps) - 1)][snapshots.GROUP_WIDTH]
    sql.execute(
        """UPDATE workflows_step SET status = 'done', started_by_id = %s, started_at = %s, completed_by_id = %s,
           completed_at = %s, status_since = %s, ready = %s, ready_since = NULL, rev = rev + 1 WHERE id = %s""",
        (member_id, at, member_id, at, at, False, step_id),
    )
    sql.execute("UPDATE workflows_step SET ready = %s, ready_since = %s WHERE id IN (%s)", (True, at, following))
    sql.execute(
        """UPDATE workflows_workflow SET rev = rev + 1, finished_at = NULL, steps_total = 8, steps_done = 1,
           steps_stale = 0, steps_skipped = 0, steps_in_progress = 0, steps_waiting = 0, steps_ready = 1
           WHERE id = %s""",
        (workflow_id,),
    )
    lines: list[Any] = []
    for number, verb in ((count + 1, "step.started"), (count + 2, "step.completed")):
        lines += [HASH, practice_id, task_id, number, at, member_id, "Jo", "a", verb, workflow_id, step_id, key]
        lines += ["Prepare", DATA, HASH]
    sql.execute(f"{EVENT} {ROW}, {ROW}", lines)
    sql.execute(
        """UPDATE tasks_task SET status = 'in_progress', chain_count = %s, chain_head = %s, unresolved_count = 0,
           steps_total = 8, steps_done = 1, steps_stale = 0, steps_skipped = 0, steps_in_progress = 0,
           steps_waiting = 0, steps_ready = 1, workflows_count = 1, workflows_finished = 0 WHERE id = %s""",
        (count + 2, HASH, task_id),
    )
