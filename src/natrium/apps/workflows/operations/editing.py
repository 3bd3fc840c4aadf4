"""Making one job different: adding, moving, editing and removing the steps and groups of one workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import clashes, reshaping, saving, snapshots
from natrium.apps.workflows.clashes import Clash
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.duedates import due_on
from natrium.apps.workflows.operations.work import Acted, step_rev_is
from natrium.apps.workflows.people import people_of
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import StaleEdit
from natrium.domain.workflow import edits
from natrium.domain.workflow.actions import AddStep, Change, Edit, EditGroup, EditStep
from natrium.domain.workflow.assignment import resolve
from natrium.domain.workflow.model import Group, Step
from natrium.domain.workflow.turn import differences, put


def edit(
    *,
    by: SignedIn,
    at: datetime,
    workflow_id: int,
    edit: Edit,
    if_rev: int | None = None,
    if_step_rev: int | None = None,
    shown: Mapping[str, object] | None = None,
    partly: bool = False,
) -> Acted:
    """Edit one workflow (AddStep, AddGroup, MoveStep, MoveGroup, EditStep, EditGroup, RemoveStep, RemoveGroup).

    `shown` maps fields of an EditStep or EditGroup to the values that the person saw: only fields that somebody
    else changed since are refused, the whole edit with them unless `partly`. Raises NotFound, StaleEdit, Refusal
    (domain/workflow/edits.py names the codes).
    """
    with transaction.atomic():
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        edits.permit(loaded.workflow, around=loaded.task.around, by=by.member, at=at)
        if if_rev is not None and loaded.rev != if_rev:
            raise StaleEdit("Somebody changed this workflow since you read it.", {"rev": loaded.rev})
        if if_step_rev is not None and isinstance(edit, EditStep):
            step_rev_is(loaded, edit.key, if_step_rev)
        fill_guidance(loaded)
        clashing: tuple[Clash, ...] = ()
        if shown and isinstance(edit, EditStep | EditGroup):
            edit, clashing = _without_clashes(loaded, edit, shown, by=by, partly=partly)
        change = edits.edit(loaded.workflow, edit, around=loaded.task.around, by=by.member, at=at)
        seq = loaded.task.chain_count + 1 if change.events else 0
        if change.events:
            change = _resolved(loaded, edit, change, by=by)
            write(loaded, change, by=by, at=at)
        verbs = tuple(event.verb for event in change.events)
        return Acted(loaded.task.id, loaded.rev, change.repetitions, verbs, seq, clashing)


def write(loaded: Loaded, change: Change, *, by: SignedIn, at: datetime) -> None:
    """Writes an edited workflow: its shape, then its facts and the events."""
    reshaping.reshape(loaded, change, at=at)
    saving.save(loaded, change, by=by, at=at)


def _without_clashes(
    loaded: Loaded, edit: EditStep | EditGroup, shown: Mapping[str, object], *, by: SignedIn, partly: bool
) -> tuple[EditStep | EditGroup, tuple[Clash, ...]]:
    """The edit of the fields that nobody else changed, and the other fields. Raises StaleEdit unless `partly`."""
    workflow = loaded.workflow
    parts: Sequence[Step | Group] = workflow.steps if isinstance(edit, EditStep) else workflow.groups
    part = next((one for one in parts if one.key == edit.key), None)
    if part is None:
        return edit, ()
    clashing = clashes.find(loaded, part, edit.changes, shown, by=by)
    if clashing and not partly:
        raise clashes.stale(clashing, part.name)
    taken = {clash.field for clash in clashing}
    return replace(edit, changes={name: new for name, new in edit.changes.items() if name not in taken}), clashing


def _resolved(loaded: Loaded, edit: Edit, change: Change, *, by: SignedIn) -> Change:
    """The change with what the task decides: whom a new rule finds, and on what day a new due rule falls."""
    key = edit.step.key if isinstance(edit, AddStep) else getattr(edit, "key", "")
    step = next((one for one in change.workflow.steps if one.key == key), None)
    before = next((one for one in loaded.workflow.steps if one.key == key), None)
    if step is None:
        return change
    after = step
    if before is None or before.assign != step.assign:
        found = resolve(step.assign, people_of(loaded, by=by))
        after = replace(after, assignee=found.person, bound=True)
    rule_speaks = before is None or before.due != step.due or before.due_by_hand
    if rule_speaks and not step.due_by_hand:
        after = replace(after, due_on=due_on(loaded, step.due, by=by))
    if after == step:
        return change
    first, *rest = change.events
    changes = differences(before, after) if before is not None else first.changes
    return Change(put(change.workflow, {key: after}), (replace(first, changes=changes), *rest))
