"""Comparing what is stored for lists with what the rules say: statuses, counters, ready flags, unresolved counts."""

from __future__ import annotations

from collections.abc import Iterator

from natrium.apps.database import sql
from natrium.apps.database.found import Finding
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.saving import holds_up, ready_keys
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.workflow.assignment import unresolved
from natrium.domain.workflow.dependencies import Situation, find_cycle
from natrium.domain.workflow.progress import Counts, counts_of, task_status

PAGE = 500


def examine() -> Iterator[Finding]:
    """All findings over all practices, in bounded memory, in the order of task ids."""
    last = 0
    while True:
        rows = sql.rows("SELECT id, practice_id FROM tasks_task WHERE id > %s ORDER BY id LIMIT %s", (last, PAGE))
        for task_id, practice_id in rows:
            yield from _task(practice_id, task_id)
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


def _task(practice_id: int, task_id: int) -> Iterator[Finding]:
    own = snapshots.load_own(practice_id=practice_id, task_id=task_id, lock=False)
    ids = sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s ORDER BY id", (task_id,))
    counts, missed = Counts(), 0
    for (workflow_id,) in ids:
        loaded = snapshots.load(practice_id=practice_id, workflow_id=workflow_id, lock=False)
        situation = Situation(loaded.workflow)
        yield from _workflow(loaded, situation)
        counts += counts_of(situation)
        missed += sum(extra.unresolved for extra in loaded.extras.values())
    if not ids:
        yield from _own_step(own)
        counts = counts_of(Situation(own.workflow)) if own.extras else Counts()
    elif own.extras and not _is_retired(task_id):
        yield Finding(f"task {task_id}", "its own step still counts although a workflow is attached")
    stored = own.task.counts.values if ids else own.task.counts.values[:7]
    right = counts.values if ids else counts.values[:7]
    if stored != right:
        yield Finding(f"task {task_id}", f"its counters say {stored}, its steps {right}")
    status = task_status(counts, own.task.hold).value
    if own.task.status != status:
        yield Finding(f"task {task_id}", f"its status says {own.task.status}, its steps {status}")
    if own.task.unresolved != missed:
        yield Finding(f"task {task_id}", f"it counts {own.task.unresolved} unresolved steps and has {missed}")


def _is_retired(task_id: int) -> bool:
    return bool(sql.value("SELECT retired FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL", (task_id,)))


def _own_step(own: Loaded) -> Iterator[Finding]:
    if not own.extras:
        yield Finding(f"task {own.task.id}", "it has neither a workflow nor a step of its own")
        return
    yield from _readiness(own, Situation(own.workflow))


def _workflow(loaded: Loaded, situation: Situation) -> Iterator[Finding]:
    place = f"workflow {loaded.id}"
    counts = counts_of(situation)
    if loaded.counts.values[:7] != counts.values[:7]:
        yield Finding(place, f"its counters say {loaded.counts.values[:7]}, its steps {counts.values[:7]}")
    if bool(counts.finished) is not (loaded.finished_at is not None):
        yield Finding(
            place, "it is marked finished and is not" if loaded.finished_at else "it is finished and not marked"
        )
    loop = find_cycle(situation.graph)
    if loop:
        yield Finding(place, f"its steps wait for one another in a loop: {', '.join(loop)}")
    yield from _readiness(loaded, situation)
    yield from _unresolved(loaded)


def _readiness(loaded: Loaded, situation: Situation) -> Iterator[Finding]:
    ready, holding = ready_keys(situation, loaded.task.hold), holds_up(situation)
    for key, extra in loaded.extras.items():
        if extra.holds_up_id != holding.get(key):
            yield Finding(
                f"step {extra.id}",
                f"“{key}” holds up {_member(extra.holds_up_id)}, and by the rules {_member(holding.get(key))}",
            )
        if extra.ready is not (key in ready):
            yield Finding(
                f"step {extra.id}", f"“{key}” is marked {'ready' if extra.ready else 'not ready'} and is otherwise"
            )


def _unresolved(loaded: Loaded) -> Iterator[Finding]:
    for step in loaded.workflow.steps:
        extra = loaded.extras[step.key]
        if extra.unresolved is not unresolved(step):
            word = "unresolved" if extra.unresolved else "resolved"
            yield Finding(f"step {extra.id}", f"“{step.key}” is marked {word} and is otherwise")


def _member(member_id: int | None) -> str:
    return "nobody" if member_id is None else f"member {member_id}"
