"""Steps and groups of a workflow, open to be changed."""

from __future__ import annotations

from collections.abc import Callable

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.duedates import Dates
from natrium.apps.workflows.shapes import Around, GroupShape, Other, StepShape
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.roles import Deed, may
from natrium.domain.workflow import shaping
from natrium.domain.workflow.actions import RemoveGroup, RemoveStep
from natrium.domain.workflow.available import available
from natrium.domain.workflow.dependencies import Situation, dependents_of, kinds_of
from natrium.domain.workflow.model import Hold, Status, Step


def step_shape(*, by: SignedIn, workflow_id: int, key: str) -> StepShape:
    """A step to change. Raises NotFound."""
    loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=False)
    fill_guidance(loaded)
    situation = Situation(loaded.workflow)
    step = situation.steps.get(key)
    if step is None:
        raise NotFound("There is no such step in this workflow.")
    around = _around(loaded, by=by)
    falls = Dates(loaded, by).of(step.due, version=step.due_version)
    return StepShape(
        around=around,
        step=step,
        group=next(group.key for group in around.groups if step in group.steps),
        settled=step.status in (Status.DONE, Status.SKIPPED),
        can=tuple(sorted(available(situation, step, around=loaded.task.around, by=by.member))),
        others=_others(situation, step),
        fixed=frozenset(name for name in shaping.CANNOT_CLEAR if getattr(step, name) and not step.added),
        stays=_refused(lambda: shaping.remove_step(loaded.workflow, RemoveStep(key))),
        by_rule=falls.on,
        why=falls.why,
    )


def group_shape(*, by: SignedIn, workflow_id: int, key: str) -> GroupShape:
    """A group to change. Raises NotFound."""
    loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=False)
    found = next(((at, one) for at, one in enumerate(loaded.workflow.groups) if one.key == key), None)
    if found is None:
        raise NotFound("There is no such group in this workflow.")
    position, group = found
    return GroupShape(
        around=_around(loaded, by=by),
        group=group,
        position=position,
        moves=all(step.open for step in group.steps),
        stays=_refused(lambda: shaping.remove_group(loaded.workflow, RemoveGroup(key))),
    )


def _around(loaded: Loaded, *, by: SignedIn) -> Around:
    task = loaded.task
    owns = task.owner is not None and task.owner.id == by.member.id
    client = sql.value("SELECT name FROM clients_client WHERE id = %s", (task.client_id,)) if task.client_id else ""
    return Around(
        task_id=task.id,
        task=task.title,
        client=client,
        workflow_id=loaded.id or 0,
        workflow=loaded.name,
        rev=loaded.rev,
        groups=loaded.workflow.groups,
        held=task.hold is not Hold.NONE,
        may_edit=may(by.member.role, Deed.EDIT_WORKFLOW, task_owner=owns),
        may_loosen=may(by.member.role, Deed.LOOSEN_WORKFLOW),
    )


def _others(situation: Situation, step: Step) -> tuple[Other, ...]:
    """The steps that may be waited for: not itself, and none that waits for it."""
    loop = dependents_of(situation.graph, step.key) | {step.key}
    groups = situation.workflow.groups
    return tuple(
        Other(
            other.key,
            other.name,
            group.name,
            tuple(kind for kind in kinds_of(groups, step.key, other.key) if kind != "after"),
        )
        for group in groups
        for other in group.steps
        if other.key not in loop
    )


def _refused(removing: Callable[[], object]) -> str:
    """Why something cannot be removed; "" where it can."""
    try:
        removing()
    except Refusal as refusal:
        return refusal.message
    return ""
