"""Taking a workflow off a task again, while nobody has worked on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from natrium.apps.activity import operations as activity
from natrium.apps.activity.queries import Entry
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import bulk, saving, snapshots, taskfacts
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Hold, Status
from natrium.domain.workflow.progress import Counts, counts_of, task_status

# What happens to a workflow by itself is no work on it.
BY_ITSELF = frozenset({"step.followed", "step.redated", "step.handed_over"})


def detach(line: Entry, since: Sequence[Entry], *, by: SignedIn, at: datetime, batch: str) -> None:
    """Take off what `line` attached; `since` are the later lines of the task, whose row is locked.

    The record keeps both lines. Refuses not-allowed, task-held, and built-on where it was worked on, or another
    workflow was attached after it.
    """
    loaded = snapshots.load_own(practice_id=by.practice_id, task_id=line.subject_id, lock=True)
    taskfacts.may_edit(loaded.task, by=by.member)
    workflow = snapshots.load(practice_id=by.practice_id, workflow_id=line.workflow_id or 0, lock=True)
    nothing_built_on(workflow, since)
    gone, missed = bulk.remove(workflow.id or 0)
    task = loaded.task
    task.counts, task.unresolved = task.counts - gone, task.unresolved - missed
    whole = task.counts
    if not whole.workflows:
        whole = _own_step_again(loaded, at=at)
    task.status = task_status(whole, task.hold).value
    data = {name: line.data[name] for name in ("template", "version", "number")} | {"undid": line.verb}
    event = activity.NewEvent(verb="workflow.removed", workflow_id=workflow.id, name=workflow.name, data=data)
    saving.record(loaded, [event], by=by, at=at, batch=batch)


def nothing_built_on(workflow: Loaded, since: Sequence[Entry]) -> None:
    """Refuses `built-on`: a note or a file on a step counts as work."""
    steps = {extra.id for extra in workflow.extras.values()}
    for line in since:
        if line.verb == "workflow.attached":
            raise Refusal(Code.BUILT_ON, f"“{line.name}” was attached after it.")
        if (line.workflow_id == workflow.id or line.step_id in steps) and line.verb not in BY_ITSELF:
            where = f" on “{line.name}”" if line.step_key else ""
            raise Refusal(Code.BUILT_ON, f"{line.member_name} has worked{where} in “{workflow.name}” since.")


def _own_step_again(loaded: Loaded, *, at: datetime) -> Counts:
    """The task's own step counts again; its counters, as a task without a workflow has them."""
    ready = loaded.task.hold is Hold.NONE and all(step.status is Status.TODO for step in loaded.workflow.steps)
    bulk.bring_own_step_back(loaded.task.id, ready=ready, at=at)
    counts = counts_of(Situation(loaded.workflow))
    loaded.task.counts = replace(counts, workflows=0, finished=0)
    return counts
