"""How a workflow shows that it differs from its template version (SPEC section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from natrium.domain.workflow.comparing import Difference, Kind, compare
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.model import Group, Status, Step, Workflow
from natrium.domain.workflow.shaping import DEFINITION

KINDS = {
    Kind.ADDED: "added",
    Kind.SKIPPED: "skipped",
    Kind.RENAMED: "changed",
    Kind.CHANGED: "changed",
    Kind.MOVED: "moved",
    Kind.REMOVED: "removed",
}


def departures(workflow: Workflow, base: Template, handled: frozenset[str] = frozenset()) -> tuple[Difference, ...]:
    """All in which a workflow differs from the template version it was attached from, in the workflow's order.

    As `compare` has it, and besides: steps of the template that were skipped, and due dates typed by hand (the
    field is "due_on"). Neither is said of a step that was added: that it was says enough.
    """
    now = Template(name=base.name, description=base.description, groups=workflow.groups)
    theirs = {step.key for step in base.steps}
    found = [*compare(base, now, handled)]
    for step in workflow.steps:
        if step.key not in theirs:
            continue
        if step.status is Status.SKIPPED:
            found.append(Difference(Kind.SKIPPED, "step", step.key, step.name))
        if step.due_by_hand:
            found.append(Difference(Kind.CHANGED, "step", step.key, step.name, "due_on", None, step.due_on))
    place = {key: at for at, key in enumerate(_keys(workflow))}
    return tuple(sorted(found, key=lambda one: place.get(one.key, len(place))))


def counted(found: Iterable[Difference]) -> dict[str, int]:
    """How many groups and steps were "added", "skipped", "changed", "moved" and "removed"; what has none is left out.

    A step that differs in three fields is one that was changed.
    """
    keys: dict[str, set[str]] = {kind: set() for kind in KINDS.values()}
    for one in found:
        keys[KINDS[one.kind]].add(one.key)
    return {kind: len(those) for kind, those in keys.items() if those}


def _keys(workflow: Workflow) -> Iterable[str]:
    for group in workflow.groups:
        yield group.key
        for step in group.steps:
            yield step.key


def as_running(groups: tuple[Any, ...]) -> tuple[Group, ...]:
    """A template's groups as those of a fresh workflow: all todo, nobody assigned."""
    return tuple(
        Group(
            key=group.key,
            name=group.name,
            order=group.order,
            gate=group.gate,
            steps=tuple(
                Step(**{name: getattr(step, name) for name in DEFINITION}, key=step.key) for step in group.steps
            ),
        )
        for group in groups
    )
