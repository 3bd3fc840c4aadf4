"""Many workflows, or many tasks with a step of their own, read into the rules' model in a few statements."""

from __future__ import annotations

from collections.abc import Sequence

from natrium.apps.database import sql
from natrium.apps.workflows.snapshots import (
    OWN_SELECT,
    STEPS_SELECT,
    WORKFLOW_SELECT,
    Loaded,
    own_of,
    read_steps,
    workflow_of,
)
from natrium.apps.workflows.taskrows import TASK_SELECT, TASK_WIDTH, TaskRow, task_of


def lock(*, practice_id: int, task_ids: Sequence[int] = (), workflow_ids: Sequence[int] = ()) -> None:
    """Holds tasks and then workflows, each in the order of their ids, until the transaction ends.

    The rows are read by statements of their own afterwards: one that had to wait would still see them as they were.
    """
    if not sql.is_postgresql():
        return
    for table, ids in (("tasks_task", task_ids), ("workflows_workflow", workflow_ids)):
        if ids:
            sql.rows(
                f"SELECT id FROM {table} WHERE practice_id = %s AND {sql.one_of('id', ids)} ORDER BY id "
                f"{sql.for_update(table)}",
                (practice_id, *sql.chosen(ids)),
            )


def load_many(*, practice_id: int, workflow_ids: Sequence[int]) -> dict[int, Loaded]:
    """The practice's workflows among these, by id. Those of one task share its row, as saving them in turn needs."""
    if not workflow_ids:
        return {}
    heads = sql.rows(
        f"""SELECT {TASK_SELECT}, {WORKFLOW_SELECT}
            FROM tasks_task t JOIN workflows_workflow w ON w.task_id = t.id
            LEFT JOIN practices_member o ON o.id = t.owner_id
            WHERE w.practice_id = %s AND {sql.one_of("w.id", workflow_ids)}""",
        (practice_id, *sql.chosen(workflow_ids)),
    )
    tasks: dict[int, TaskRow] = {}
    found: dict[int, Loaded] = {}
    for row in heads:
        loaded = workflow_of(tasks.setdefault(row[0], task_of(row[:TASK_WIDTH])), row[TASK_WIDTH:])
        found[row[TASK_WIDTH]] = loaded
    steps: dict[int, list[Sequence[object]]] = {id_: [] for id_ in found}
    rows = sql.rows(
        f"""SELECT g.workflow_id, {STEPS_SELECT} WHERE {sql.one_of("g.workflow_id", list(found))}
            ORDER BY g.workflow_id, g.position, g.id, s.position""",
        sql.chosen(list(found)),
    )
    for row in rows:
        steps[row[0]].append(row[1:])
    for id_, loaded in found.items():
        read_steps(loaded, steps[id_])
    return found


def load_own_many(*, practice_id: int, task_ids: Sequence[int]) -> dict[int, Loaded]:
    """The practice's tasks among these, each with its own one step (no steps where it never had one)."""
    if not task_ids:
        return {}
    rows = sql.rows(
        f"{OWN_SELECT} WHERE t.practice_id = %s AND {sql.one_of('t.id', task_ids)}",
        (practice_id, *sql.chosen(task_ids)),
    )
    return {row[0]: own_of(row) for row in rows}
