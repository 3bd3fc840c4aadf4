"""The shapes a workflow takes by edits, before anybody asks whether the edit may be made.

Each function gives the workflow as it would be, with the words of the event; it refuses what has no shape at
all: unknown keys, taken keys, places that are not there, and what can never be removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from natrium.domain.errors import Code, Refusal
from natrium.domain.text import short
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    EditGroup,
    EditStep,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
)
from natrium.domain.workflow.definition import (
    MAX_MINUTES,
    MAX_NAME,
    MAX_STEPS,
    MAX_TEXT,
    Assign,
    Due,
    Order,
    StepDefinition,
    WaitsOn,
)
from natrium.domain.workflow.findings import Finding
from natrium.domain.workflow.lint_values import group_findings, step_findings
from natrium.domain.workflow.model import Group, Status, Step, Workflow
from natrium.domain.workflow.turn import differences, put

DEFINITION = tuple(name for name in StepDefinition.__dataclass_fields__ if name != "key")
EDITABLE = frozenset(DEFINITION) | {"due_on"}
CANNOT_CLEAR = ("required", "filing", "review", "approval")
TYPES: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "guidance": (str,),
    "assign": (Assign,),
    "blocking": (bool,),
    "required": (bool,),
    "review": (bool,),
    "approval": (bool,),
    "filing": (bool,),
    "gate": (bool,),
    "order": (Order,),
    "after": (tuple,),
    "estimate": (int, type(None)),
    "due": (Due, type(None)),
    "due_on": (date, type(None)),
    "waits_on": (WaitsOn, type(None)),
}


@dataclass(frozen=True, slots=True)
class Shaped:
    """The workflow as it would be, and what its event would say."""

    workflow: Workflow
    verb: str
    key: str
    name: str
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


def add_step(workflow: Workflow, edit: AddStep) -> Shaped:
    """A new step in a group."""
    definition = {name: getattr(edit.step, name) for name in DEFINITION}
    step = Step(**definition, key=edit.step.key, added=True)
    _sound(step)
    group = _group(workflow, edit.group)
    _place(edit.position, len(group.steps))
    _known_after(step, {step.key, *(other.key for other in workflow.steps)})
    return put_step(workflow, step, edit.group, edit.position)


def put_step(workflow: Workflow, step: Step, group_key: str, position: int | None) -> Shaped:
    """A step that is not there, put into a group."""
    group = _group(workflow, group_key)
    _free(workflow, step.key)
    at = _place(position, len(group.steps))
    steps = (*group.steps[:at], step, *group.steps[at:])
    shaped = _with_groups(workflow, {group.key: replace(group, steps=steps)})
    return Shaped(shaped, "step.added", step.key, step.name, {}, {"group": group.key, "position": at})


def add_group(workflow: Workflow, edit: AddGroup) -> Shaped:
    """A new, empty group."""
    group = Group(key=edit.key, name=edit.name, order=edit.order, gate=edit.gate, added=True)
    _sound_group(group)
    _place(edit.position, len(workflow.groups))
    return put_group(workflow, group, edit.position)


def put_group(workflow: Workflow, group: Group, position: int | None) -> Shaped:
    """A group that is not there, put among the groups."""
    _free(workflow, group.key)
    at = _place(position, len(workflow.groups))
    groups = (*workflow.groups[:at], group, *workflow.groups[at:])
    return Shaped(Workflow(groups), "group.added", group.key, group.name, {}, {"position": at})


def move_step(workflow: Workflow, edit: MoveStep) -> Shaped:
    """A step at another place, in its own group or another. The place counts without the step itself."""
    step = _step(workflow, edit.key)
    target = _group(workflow, edit.group)
    source = next(group for group in workflow.groups if step in group.steps)
    rest = tuple(other for other in target.steps if other.key != step.key)
    at = _place(edit.position, len(rest))
    groups = {source.key: replace(source, steps=tuple(o for o in source.steps if o.key != step.key))}
    groups[target.key] = replace(target, steps=(*rest[:at], step, *rest[at:]))
    data = {"from": source.key, "was": source.steps.index(step), "group": target.key, "position": at}
    return Shaped(_with_groups(workflow, groups), "step.moved", step.key, step.name, {}, data)


def move_group(workflow: Workflow, edit: MoveGroup) -> Shaped:
    """A group at another place. The place counts without the group itself."""
    group = _group(workflow, edit.key)
    rest = tuple(other for other in workflow.groups if other.key != group.key)
    at = _place(edit.position, len(rest))
    data = {"was": workflow.groups.index(group), "position": at}
    return Shaped(Workflow((*rest[:at], group, *rest[at:])), "group.moved", group.key, group.name, {}, data)


def edit_step(workflow: Workflow, edit: EditStep) -> Shaped:
    """A step with other fields. A date in `due_on` is one typed by hand; None lets the rule speak again."""
    step = _step(workflow, edit.key)
    changes = _typed(edit.changes, EDITABLE)
    if "due_on" in changes:
        changes["due_by_hand"] = changes["due_on"] is not None
    return changed_step(workflow, step, replace(step, **changes))  # type: ignore[arg-type]


def changed_step(workflow: Workflow, step: Step, after: Step) -> Shaped:
    """The workflow with a step's facts changed."""
    shaped = put(workflow, {step.key: after})
    return Shaped(shaped, "step.edited", step.key, step.name, differences(step, after))


def edit_group(workflow: Workflow, edit: EditGroup) -> Shaped:
    """A group with another name, order or gate."""
    group = _group(workflow, edit.key)
    changes = _typed(edit.changes, frozenset({"name", "order", "gate"}))
    return changed_group(workflow, group, replace(group, **changes))  # type: ignore[arg-type]


def changed_group(workflow: Workflow, group: Group, after: Group) -> Shaped:
    """The workflow with a group's facts changed."""
    shaped = _with_groups(workflow, {group.key: after})
    return Shaped(shaped, "group.edited", group.key, group.name, group_differences(group, after))


def remove_step(workflow: Workflow, edit: RemoveStep) -> Shaped:
    """The workflow without a step that was added here and not worked on."""
    step = _step(workflow, edit.key)
    if not step.added:
        raise Refusal(
            Code.TEMPLATE_STEP, f"“{step.name}” comes from the template. Skip it, so that the record is whole."
        )
    if step.status is not Status.TODO or step.completed_at is not None or step.overrides:
        raise Refusal(Code.WORKED_ON, f"“{step.name}” was worked on. Skip it, so that the record is whole.")
    users = [other.name for other in workflow.steps if step.key in other.after and other.key != step.key]
    if users:
        raise Refusal(Code.IN_USE, f"“{step.name}” stays: “{users[0]}” waits for it by name.")
    group = next(group for group in workflow.groups if step in group.steps)
    rest = replace(group, steps=tuple(other for other in group.steps if other.key != step.key))
    was = differences(step, Step(key=step.key, name=step.name))
    data = {"group": group.key, "position": group.steps.index(step)}
    return Shaped(_with_groups(workflow, {group.key: rest}), "step.removed", step.key, step.name, was, data)


def remove_group(workflow: Workflow, edit: RemoveGroup) -> Shaped:
    """The workflow without an empty group that was added here."""
    group = _group(workflow, edit.key)
    if not group.added:
        raise Refusal(Code.TEMPLATE_STEP, f"“{group.name}” comes from the template. Skip its steps instead.")
    if group.steps:
        raise Refusal(
            Code.IN_USE, f"“{group.name}” still has {len(group.steps)} of the steps. Move or remove them first."
        )
    rest = tuple(other for other in workflow.groups if other.key != group.key)
    was = group_differences(group, Group(key=group.key, name=group.name))
    data = {"position": workflow.groups.index(group)}
    return Shaped(Workflow(rest), "group.removed", group.key, group.name, was, data)


def group_differences(before: Group, after: Group) -> dict[str, tuple[object, object]]:
    """The facts in which two states of a group differ, as (before, after); not its steps."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in ("name", "order", "gate", "added"))
    return {name: (old, new) for name, old, new in pairs if old != new}


def not_cleared(workflow: Workflow, edit: EditStep) -> None:
    """Refuses `cannot-clear`: what a template's step is by its template it stays."""
    step = _step(workflow, edit.key)
    for name in CANNOT_CLEAR:
        if edit.changes.get(name) is False and getattr(step, name) and not step.added:
            raise Refusal(Code.CANNOT_CLEAR, f"“{step.name}” is {name} by its template, and stays so.", field=name)


def check(shaped: Shaped) -> None:
    """Refuses `bad-value` and `unknown-key` in what would be there afterwards."""
    steps, groups = shaped.workflow.steps, shaped.workflow.groups
    if len(steps) > MAX_STEPS:
        raise Refusal(Code.BAD_VALUE, f"A workflow has at most {MAX_STEPS} steps.")
    if len(groups) > MAX_STEPS:
        raise Refusal(Code.BAD_VALUE, f"A workflow has at most {MAX_STEPS} groups.")
    for group in groups:
        if group.key == shaped.key:
            _sound_group(group)
    known = {step.key for step in steps}
    for step in steps:
        if step.key == shaped.key:
            _sound(step)
            _known_after(step, known)


def _named(name: str) -> None:
    if not name.strip() or len(name) > MAX_NAME:
        raise Refusal(Code.BAD_VALUE, f"A name has 1 to {MAX_NAME} characters.", field="name")


def _sound_group(group: Group) -> None:
    _named(group.name)
    _fit(group_findings(group))


def _sound(step: Step) -> None:
    _named(step.name)
    if len(step.guidance) > MAX_TEXT:
        raise Refusal(Code.BAD_VALUE, f"Guidance has at most {MAX_TEXT:,} characters.", field="guidance")
    if step.estimate is not None and not 0 <= step.estimate <= MAX_MINUTES:
        raise Refusal(Code.BAD_VALUE, f"An estimate is 0 to {MAX_MINUTES:,} minutes.", field="estimate")
    _fit(step_findings(step))


def _fit(findings: Iterator[Finding]) -> None:
    """Refuses what lint finds in the values of a template: the same holds in a workflow."""
    for finding in findings:
        raise Refusal(Code.BAD_VALUE, finding.message, field=str(finding.path[0]))


def _known_after(step: Step, known: set[str]) -> None:
    for key in step.after:
        if key not in known:
            raise Refusal(Code.UNKNOWN_KEY, f"This workflow has no step “{short(key)}” to wait for.", field="after")


def _typed(changes: Mapping[str, object], fields: frozenset[str]) -> dict[str, object]:
    for name, value in changes.items():
        if name not in fields:
            raise Refusal(
                Code.BAD_VALUE, f"“{name}” cannot be changed; these can: {', '.join(sorted(fields))}.", field=name
            )
        if not isinstance(value, TYPES[name]) or (isinstance(value, bool) and bool not in TYPES[name]):
            raise Refusal(Code.BAD_VALUE, f"That is no value for “{name}”.", field=name)
    return dict(changes)


def _step(workflow: Workflow, key: str) -> Step:
    for step in workflow.steps:
        if step.key == key:
            return step
    raise Refusal(Code.UNKNOWN_KEY, f"This workflow has no step “{short(key)}”.")


def _group(workflow: Workflow, key: str) -> Group:
    for group in workflow.groups:
        if group.key == key:
            return group
    raise Refusal(Code.UNKNOWN_KEY, f"This workflow has no group “{short(key)}”.")


def _free(workflow: Workflow, key: str) -> None:
    taken = {group.key for group in workflow.groups} | {step.key for step in workflow.steps}
    if key in taken:
        raise Refusal(Code.DUPLICATE_KEY, f"The key “{key}” is taken in this workflow.", field="key")


def _place(position: int | None, end: int) -> int:
    if position is None:
        return end
    if isinstance(position, bool) or not 0 <= position <= end:
        raise Refusal(Code.BAD_VALUE, f"Places run from 0 to {end}.", field="position")
    return position


def _with_groups(workflow: Workflow, groups: Mapping[str, Group]) -> Workflow:
    return Workflow(tuple(groups.get(group.key, group) for group in workflow.groups))
