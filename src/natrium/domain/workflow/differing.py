"""How a workflow shows that it differs from its template version (SPEC section 5)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from natrium.domain.workflow.model import Group, Status, Step, Workflow
from natrium.domain.workflow.shaping import DEFINITION

definition_of = attrgetter(*DEFINITION)


def differs_from(workflow: Workflow, base: tuple[Group, ...]) -> dict[str, list[str]]:
    """Step names by "added", "skipped", "changed" and "moved", in workflow order; what has none is left out.

    `base` holds the template version's groups as a fresh workflow's. Moved are the steps of another group, and
    within the order of the rest as few as explain it: one step put first moved, the others did not.
    """
    was = {step.key: (group.key, step) for group in base for step in group.steps}
    place = {key: number for number, key in enumerate(was)}
    stayed = [step.key for group in workflow.groups for step in group.steps if _group_of(was, step) == group.key]
    standing = rising(place[key] for key in stayed)
    found: dict[str, list[str]] = {"added": [], "skipped": [], "changed": [], "moved": []}
    for group in workflow.groups:
        for step in group.steps:
            if step.key not in was:
                found["added"].append(step.name)
                continue
            group_then, then = was[step.key]
            if step.status is Status.SKIPPED:
                found["skipped"].append(step.name)
            if definition_of(step) != definition_of(then):
                found["changed"].append(step.name)
            if group_then != group.key or place[step.key] not in standing:
                found["moved"].append(step.name)
    return {kind: names for kind, names in found.items() if names}


def _group_of(was: dict[str, tuple[str, Step]], step: Step) -> str | None:
    return was[step.key][0] if step.key in was else None


def rising(numbers: Iterable[int]) -> set[int]:
    """As many of the numbers, no two alike, as stand in rising order."""
    ends: list[int] = []  # the smallest number with which a rising row of 1, 2, 3 ... numbers can end
    before: dict[int, list[int]] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1 : length]
        ends[length : length + 1] = [number]
    found: set[int] = set()
    last = ends[-1:]
    while last:
        found.update(last)
        last = before[last[0]]
    return found


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
