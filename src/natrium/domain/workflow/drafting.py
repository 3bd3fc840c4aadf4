"""Writing a template: the changes a draft takes, one at a time.

A draft may hold a loop, an empty group or a name twice: lint says so. What has no shape at all is refused: keys
and places that are not there, names and values that cannot be kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.definition import (
    MAX_NAME,
    MAX_STEPS,
    GroupDefinition,
    Order,
    StepDefinition,
    Template,
)
from natrium.domain.workflow.dependencies import direct_prerequisites, reachable

type Group = GroupDefinition[StepDefinition]

KEY_LENGTH = 60
GROUP_FIELDS = frozenset({"name", "order", "gate"})
STEP_FIELDS = frozenset(StepDefinition.__dataclass_fields__) - {"key"}


def key_for(template: Template, name: str) -> str:
    """A key made of a name that no group or step of the template has: "file-with-hmrc", "file-with-hmrc-2"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:KEY_LENGTH].strip("-") or "step"
    taken = {group.key for group in template.groups} | {step.key for step in template.steps}
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base[: KEY_LENGTH - 5]}-{number}"
    return key


def add_group(template: Template, name: str, position: int | None = None) -> tuple[Template, str]:
    """The template with a new, empty group at a place (the end where none is given), and the group's key."""
    group: Group = GroupDefinition(key=key_for(template, name), name=_named(name))
    groups = _put(template.groups, group, position)
    return replace(template, groups=groups), group.key


def add_step(template: Template, group_key: str, name: str, position: int | None = None) -> tuple[Template, str]:
    """The template with a new step in a group, and the step's key."""
    if len(template.steps) >= MAX_STEPS:
        raise Refusal(Code.BAD_VALUE, f"A template has at most {MAX_STEPS} steps.", field="name")
    group = group_of(template, group_key)
    step = StepDefinition(key=key_for(template, name), name=_named(name))
    return _with(template, replace(group, steps=_put(group.steps, step, position))), step.key


def change_step(template: Template, key: str, changes: Mapping[str, object]) -> Template:
    """The template with other values in fields of a step; `after` loses what names the step itself."""
    step = step_of(template, key)
    unknown = set(changes) - STEP_FIELDS
    if unknown:
        raise Refusal(Code.BAD_VALUE, f"A step has no field {min(unknown)}.", field=min(unknown))
    values = dict(changes)
    if "name" in values:
        values["name"] = _named(str(values["name"]))
    after = replace(step, **values)  # type: ignore[arg-type]
    return _with_step(template, after)


def change_group(template: Template, key: str, changes: Mapping[str, object]) -> Template:
    """The template with another name, order or gate of a group."""
    group = group_of(template, key)
    unknown = set(changes) - GROUP_FIELDS
    if unknown:
        raise Refusal(Code.BAD_VALUE, f"A group has no field {min(unknown)}.", field=min(unknown))
    return _with(
        template,
        replace(
            group,
            name=_named(str(changes.get("name", group.name))),
            order=Order(str(changes.get("order", group.order))),
            gate=bool(changes.get("gate", group.gate)),
        ),
    )


def change_details(template: Template, *, name: str, description: str) -> Template:
    """The template under another name and description."""
    return replace(template, name=_named(name), description=description.strip())


def move_step(template: Template, key: str, group_key: str, position: int) -> Template:
    """The template with a step at another place, counted without the step itself."""
    step = step_of(template, key)
    group_of(template, group_key)
    without = _without_step(template, key)
    group = group_of(without, group_key)
    return _with(without, replace(group, steps=_put(group.steps, step, position)))


def move_group(template: Template, key: str, position: int) -> Template:
    """The template with a group at another place, counted without the group itself."""
    group = group_of(template, key)
    rest = tuple(other for other in template.groups if other.key != key)
    return replace(template, groups=_put(rest, group, position))


def remove_step(template: Template, key: str) -> Template:
    """The template without a step; what waited for it by name waits for it no longer."""
    step_of(template, key)
    return _forget(_without_step(template, key), {key})


def remove_group(template: Template, key: str) -> Template:
    """The template without a group and its steps; what waited for one of them by name waits no longer."""
    gone = {step.key for step in group_of(template, key).steps}
    rest = tuple(other for other in template.groups if other.key != key)
    return _forget(replace(template, groups=rest), gone)


def may_wait_for(template: Template, key: str) -> tuple[StepDefinition, ...]:
    """The steps that a step could name in `after`: it would close no loop, and nothing implies it already.

    Those it names now are among them, whatever they lead to, so that they can be taken out.
    """
    step = step_of(template, key)
    bare = change_step(template, key, {"after": ()})
    graph = direct_prerequisites(bare.groups)
    loops = {other for other in graph if other == key or key in reachable(graph, [other])}
    left_out = loops | graph[key]
    return tuple(other for other in template.steps if other.key not in left_out or other.key in step.after)


def step_of(template: Template, key: str) -> StepDefinition:
    """A step by its key. Refuses `unknown-key`."""
    found = next((step for step in template.steps if step.key == key), None)
    if found is None:
        raise Refusal(Code.UNKNOWN_KEY, "That step is no longer in the draft.")
    return found


def group_of(template: Template, key: str) -> Group:
    """A group by its key. Refuses `unknown-key`."""
    found = next((group for group in template.groups if group.key == key), None)
    if found is None:
        raise Refusal(Code.UNKNOWN_KEY, "That group is no longer in the draft.")
    return found


def place_of(template: Template, key: str) -> tuple[str, int]:
    """The group a step is in, and its place there, from 0. Refuses `unknown-key`."""
    step_of(template, key)
    return next(
        (group.key, place) for group in template.groups for place, step in enumerate(group.steps) if step.key == key
    )


def _put[T](items: Sequence[T], item: T, position: int | None) -> tuple[T, ...]:
    at = len(items) if position is None else position
    if not 0 <= at <= len(items):
        raise Refusal(Code.BAD_VALUE, "There is no such place.", field="position")
    return (*items[:at], item, *items[at:])


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > MAX_NAME:
        raise Refusal(Code.BAD_VALUE, f"A name has 1 to {MAX_NAME} characters.", field="name")
    return name


def _with(template: Template, group: Group) -> Template:
    groups = tuple(group if other.key == group.key else other for other in template.groups)
    return replace(template, groups=groups)


def _with_step(template: Template, step: StepDefinition) -> Template:
    groups = tuple(
        replace(group, steps=tuple(step if other.key == step.key else other for other in group.steps))
        for group in template.groups
    )
    return replace(template, groups=groups)


def _without_step(template: Template, key: str) -> Template:
    groups = tuple(
        replace(group, steps=tuple(other for other in group.steps if other.key != key)) for group in template.groups
    )
    return replace(template, groups=groups)


def _forget(template: Template, keys: set[str]) -> Template:
    groups = tuple(
        replace(
            group,
            steps=tuple(
                replace(step, after=tuple(other for other in step.after if other not in keys)) for step in group.steps
            ),
        )
        for group in template.groups
    )
    return replace(template, groups=groups)
