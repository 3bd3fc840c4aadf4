"""Writing the shape of an edited workflow: rows that came, went or moved, before `saving.save` writes the facts.

Called by `operations.editing` alone, under the workflow's lock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from natrium.apps.database import insert, sql
from natrium.apps.workflows.facts import columns_of
from natrium.apps.workflows.snapshots import Extra, Loaded
from natrium.domain.workflow.actions import Change
from natrium.domain.workflow.assignment import unresolved
from natrium.domain.workflow.model import Group, Step, Workflow

FACT_FREE = ("key",)


def reshape(loaded: Loaded, change: Change, *, at: datetime) -> None:
    """Brings groups and steps into being, takes them away, and numbers their places.

    Afterwards `loaded.workflow` has the new shape, with the facts the rows have.
    """
    before, after = loaded.workflow, change.workflow
    _remove(loaded, after)
    _groups(loaded, before, after)
    old = {step.key: step for step in before.steps}
    place = 0
    shaped: list[Group] = []
    then = {step.key: (group.key, position) for position, (group, step) in enumerate(_placed(before))}
    for group in after.groups:
        steps: list[Step] = []
        for step in group.steps:
            if step.key not in old:
                _insert(loaded, group, step, place, at)
                steps.append(step)
            else:
                if then[step.key] != (group.key, place):
                    sql.execute(
                        "UPDATE workflows_step SET group_id = %s, position = %s WHERE id = %s",
                        (loaded.groups[group.key], place, loaded.extras[step.key].id),
                    )
                steps.append(old[step.key])
            place += 1
        shaped.append(
            Group(
                key=group.key,
                name=group.name,
                order=group.order,
                gate=group.gate,
                added=group.added,
                steps=tuple(steps),
            )
        )
    loaded.workflow = Workflow(tuple(shaped))


def _placed(workflow: Workflow) -> list[tuple[Group, Step]]:
    return [(group, step) for group in workflow.groups for step in group.steps]


def _remove(loaded: Loaded, after: Workflow) -> None:
    steps, groups = {step.key for step in after.steps}, {group.key for group in after.groups}
    for key in [key for key in loaded.extras if key not in steps]:
        extra = loaded.extras.pop(key)
        sql.execute("UPDATE workflows_comment SET step_id = NULL WHERE step_id = %s", (extra.id,))
        sql.execute("DELETE FROM workflows_step WHERE id = %s", (extra.id,))
        loaded.task.unresolved -= int(extra.unresolved)
    for key in [key for key in loaded.groups if key not in groups]:
        sql.execute("DELETE FROM workflows_stepgroup WHERE id = %s", (loaded.groups.pop(key),))


def _groups(loaded: Loaded, before: Workflow, after: Workflow) -> None:
    was = {group.key: (group.name, group.order, group.gate, place) for place, group in enumerate(before.groups)}
    for place, group in enumerate(after.groups):
        row = (group.name, group.order.value, group.gate, place)
        if group.key not in was:
            loaded.groups[group.key] = insert.insert_row(
                "workflows_stepgroup",
                {"practice_id": loaded.task.practice_id, "workflow_id": loaded.id, "key": group.key,
                 "name": group.name, "order": group.order.value, "gate": group.gate, "position": place,
                 "added": group.added},
            )  # fmt: skip
        elif was[group.key] != (group.name, group.order, group.gate, place):
            sql.execute(
                'UPDATE workflows_stepgroup SET name = %s, "order" = %s, gate = %s, position = %s WHERE id = %s',
                (*row, loaded.groups[group.key]),
            )


def _insert(loaded: Loaded, group: Group, step: Step, place: int, at: datetime) -> None:
    columns: dict[str, Any] = {
        "practice_id": loaded.task.practice_id, "task_id": loaded.task.id, "workflow_id": loaded.id,
        "group_id": loaded.groups[group.key], "position": place, "key": step.key, "status_since": at,
        "ready": False, "unresolved": unresolved(step), "rev": 1, "retired": False,
    }  # fmt: skip
    for name in Step.__dataclass_fields__:
        if name not in FACT_FREE:
            columns |= columns_of(name, getattr(step, name))
    row_id = insert.insert_row("workflows_step", columns)
    loaded.extras[step.key] = Extra(
        id=row_id,
        rev=1,
        ready=False,
        unresolved=unresolved(step),
        status_since=at,
        ready_since=None,
        template_step_id=None,
    )
    loaded.task.unresolved += int(unresolved(step))
