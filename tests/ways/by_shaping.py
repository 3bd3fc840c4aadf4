"""The forms that make one job different: each field with the value it showed, as a browser sends it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from natrium.apps.workflows import queries
from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.errors import NotFound
from natrium.domain.workflow import actions
from natrium.domain.workflow.definition import Due, StepDefinition
from natrium.domain.workflow.lint_values import KEY_PATTERN
from natrium.web.shaping.reading import shown_of_group, shown_of_step
from tests.builders import signed_in
from tests.ways import deeds
from tests.ways.asking import Asked
from tests.ways.by_api import plain
from tests.ways.stage import Stage

Fields = Mapping[str, Any]
FRESH = "a1b2c3"


def shape_of(stage: Stage, what: str, key: str) -> StepShape | GroupShape | None:
    """The step or group as its form shows it; None where it is not there."""
    by, workflow_id = signed_in(stage.job.cast.mark), stage.job.workflow_id
    read: Callable[..., StepShape | GroupShape] = queries.step_shape if what == "steps" else queries.group_shape
    try:
        return read(by=by, workflow_id=workflow_id, key=key)
    except NotFound:
        return None


def _workflow(stage: Stage) -> str:
    return f"/workflows/{stage.job.workflow_id}"


def _taken(stage: Stage, key: str) -> bool:
    return shape_of(stage, "steps", key) is not None or shape_of(stage, "groups", key) is not None


def _makes_key(stage: Stage, key: str) -> bool:
    """Whether a form could send it: it makes the key itself, out of the name."""
    return re.fullmatch(KEY_PATTERN, key) is not None and not _taken(stage, key)


def add_step(stage: Stage, deed: actions.AddStep) -> Asked | None:
    """A name, at the foot of a group."""
    plain_step = deed.step == StepDefinition(key=deed.step.key, name=deed.step.name)
    if not plain_step or deed.position is not None or not _makes_key(stage, deed.step.key):
        return None
    return Asked("post", f"{_workflow(stage)}/steps/", {"name": deed.step.name, "group": deed.group, "fresh": FRESH})


def add_group(stage: Stage, deed: actions.AddGroup) -> Asked | None:
    """A name, at the end."""
    if deed != actions.AddGroup(deed.key, deed.name) or not _makes_key(stage, deed.key):
        return None
    return Asked("post", f"{_workflow(stage)}/groups/", {"name": deed.name, "fresh": FRESH})


def edit(stage: Stage, deed: actions.EditStep | actions.EditGroup) -> Asked | None:
    """The fields that differ, each with what it showed."""
    what = "steps" if isinstance(deed, actions.EditStep) else "groups"
    address, shape = f"{_workflow(stage)}/{what}/{deed.key}/edit/", shape_of(stage, what, deed.key)
    if shape is None:
        return Asked("post", address, {"was_name": "Notes", **_typed(deed.changes), "reason": deed.reason})
    if not _can_be_typed(deed.changes, shape):
        return None
    shown = shown_of_step(shape.step) if isinstance(shape, StepShape) else shown_of_group(shape.group)
    sent = _typed(deed.changes)
    names = {"due_on": "due"}
    was = {
        f"was_{name}": value for name, value in shown.items() if _part(name) in {names.get(n, n) for n in deed.changes}
    }
    return Asked("post", address, {**was, **sent, "reason": deed.reason})


def _part(name: str) -> str:
    return "due" if name.startswith("due") else name


def _can_be_typed(changes: Mapping[str, object], shape: StepShape | GroupShape) -> bool:
    """Whether the form has a way to say it: no flag of the template cleared, no rule and days, nothing twice."""
    fixed = shape.fixed if isinstance(shape, StepShape) else frozenset()
    due, after, estimate = changes.get("due"), changes.get("after", ()), changes.get("estimate")
    return not (
        fixed & {name for name, value in changes.items() if value is False}
        or (isinstance(due, Due) and due.rule and due != Due(rule=due.rule))
        or (isinstance(after, tuple) and len(set(after)) < len(after))
        or (isinstance(estimate, int) and estimate < 0)
    )


def _typed(changes: Mapping[str, object]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in changes.items():
        if isinstance(value, bool):
            sent |= {name: "1"} if value else {}
        elif isinstance(value, Due) and value.rule:
            sent |= {"due_how": "law", "due_rule": value.rule}
        elif isinstance(value, Due):
            sent |= {"due_how": "rule", "due_days": str(abs(value.days)), "due_unit": value.unit.value,
                     "due_side": "before" if value.days <= 0 else "after", "due_from": value.from_.value}  # fmt: skip
        elif name == "due_on":
            sent |= {"due_how": "hand", "due_on": plain(value)}
        else:
            sent[name] = plain(value) if value is not None else ""
    return sent


def move_step(stage: Stage, deed: actions.MoveStep) -> Asked | None:
    """Behind a step of a group, or first in it."""
    address = f"{_workflow(stage)}/steps/{deed.key}/move/"
    group = shape_of(stage, "groups", deed.group)
    keys = [step.key for step in group.group.steps if step.key != deed.key] if isinstance(group, GroupShape) else []
    if not 0 <= deed.position <= len(keys):
        return None
    behind = keys[deed.position - 1] if deed.position else ""
    return Asked("post", address, {"where": f"{deed.group}/{behind}", "reason": deed.reason})


def move_group(stage: Stage, deed: actions.MoveGroup) -> Asked | None:
    """Behind another group, or first."""
    address = f"{_workflow(stage)}/groups/{deed.key}/move/"
    shape = shape_of(stage, "groups", deed.key)
    keys = [group.key for group in shape.around.groups if group.key != deed.key] if shape else []
    if not 0 <= deed.position <= len(keys):
        return None
    behind = keys[deed.position - 1] if deed.position else ""
    return Asked("post", address, {"where": f"/{behind}", "reason": deed.reason})


FORMS: dict[type, Callable[[Stage, Any], Asked | None]] = {
    actions.AddStep: add_step,
    actions.AddGroup: add_group,
    actions.EditStep: edit,
    actions.EditGroup: edit,
    actions.MoveStep: move_step,
    actions.MoveGroup: move_group,
    actions.RemoveStep: lambda stage, deed: Asked("post", f"{_workflow(stage)}/steps/{deed.key}/removal/", {}),
    actions.RemoveGroup: lambda stage, deed: Asked("post", f"{_workflow(stage)}/groups/{deed.key}/removal/", {}),
    deeds.TakeEditBack: lambda stage, deed: Asked("post", f"{_workflow(stage)}/edits/{deed.line}/undo/", {}),
}
