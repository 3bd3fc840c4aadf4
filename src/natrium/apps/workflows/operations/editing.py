"""Making one job different: adding, moving, editing and removing the steps and groups of one workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import clashes, reshaping, saving, snapshots
from natrium.apps.workflows.clashes import Clash
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.duedates import Dates
from natrium.apps.workflows.operations.work import (
    Acted,
    other_rev,
    other_step_rev,
    told_before_stale,
    unless_stale,
)
from natrium.apps.workflows.people import people_of
from natrium.apps.workflows.snapshots import Loaded
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
        fill_guidance(loaded)
        part, clashing = _clashes(loaded, edit, shown or {}, by=by)
        stale = other_rev(loaded, if_rev) or other_step_rev(loaded, getattr(edit, "key", ""), if_step_rev)
        rule = partial(edits.edit, loaded.workflow, around=loaded.task.around, by=by.member, at=at)
        if clashing and not stale and partly:
            told_before_stale(lambda: rule(edit))
            edit = _without(edit, clashing)
        elif clashing and part:
            stale = stale or clashes.stale(clashing, part.name)
        change = unless_stale(stale, lambda: rule(edit))
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


def _clashes(
    loaded: Loaded, edit: Edit, shown: Mapping[str, object], *, by: SignedIn
) -> tuple[Step | Group | None, tuple[Clash, ...]]:
    """The step or group that an edit changes fields of, and the fields that somebody else changed since `shown`."""
    if not shown or not isinstance(edit, EditStep | EditGroup):
        return None, ()
    workflow = loaded.workflow
    parts: Sequence[Step | Group] = workflow.steps if isinstance(edit, EditStep) else workflow.groups
    part = next((one for one in parts if one.key == edit.key), None)
    return part, clashes.find(loaded, part, edit.changes, shown, by=by) if part else ()


def _without(edit: Edit, clashing: Sequence[Clash]) -> Edit:
    """The edit of the other fields."""
    if not isinstance(edit, EditStep | EditGroup):
        return edit
    taken = {clash.field for clash in clashing}
    return replace(edit, changes={name: new for name, new in edit.changes.items() if name not in taken})


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
        kept = before.due_version if before is not None and before.due == step.due else None
        falls = Dates(loaded, by).of(step.due, version=kept)
        after = replace(after, due_on=falls.on, due_version=falls.version or kept)
    if after == step:
        return change
    first, *rest = change.events
    changes = differences(before, after) if before is not None else first.changes
    return Change(put(change.workflow, {key: after}), (replace(first, changes=changes), *rest))
