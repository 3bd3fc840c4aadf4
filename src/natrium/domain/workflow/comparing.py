"""What changed from one version of a template to another: by key, never by name or place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from natrium.domain.workflow.definition import GroupDefinition, StepDefinition, Template

STEP_FIELDS = tuple(name for name in StepDefinition.__dataclass_fields__ if name not in ("key", "name"))
facts_of = attrgetter("name", *STEP_FIELDS)


class Kind(StrEnum):
    """What may happen to a group or step from version to version; to be skipped, only in a running workflow."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `what` is "template", "group" or "step"; `name` is its name in the later version.

    `field` with `before` and `after` (the model's own values) for `changed`; the names for `renamed`; the names of
    the groups it was in and is in for a step that `moved` to another group (both "" where it moved within its own).
    """

    kind: Kind
    what: str
    key: str
    name: str
    field: str = ""
    before: object = None
    after: object = None


def compare(before: Template, after: Template, handled: frozenset[str] = frozenset()) -> tuple[Difference, ...]:
    """All that differs, in the order of the later version; what was removed comes last.

    `handled` are keys known to have been moved by somebody: where two may be said to have moved, those are.
    """
    found: list[Difference] = []
    for field in ("name", "description"):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            found.append(Difference(Kind.CHANGED, "template", "", after.name, field, old, new))
    old_groups = {group.key: group for group in before.groups}
    new_groups = {group.key: group for group in after.groups}
    moved_groups = moved([g.key for g in before.groups], [g.key for g in after.groups], handled)
    homes = {step.key: group for group in before.groups for step in group.steps}
    old_steps = {step.key: step for step in before.steps}
    moved_steps = _moved_steps(before, after, handled)
    for group in after.groups:
        found += _group(old_groups.get(group.key), group, moved=group.key in moved_groups)
        for step in group.steps:
            was_in = homes.get(step.key)
            found += _step(old_steps.get(step.key), step, was_in, group, moved=step.key in moved_steps)
    found += [Difference(Kind.REMOVED, "group", g.key, g.name) for g in before.groups if g.key not in new_groups]
    kept = {step.key for step in after.steps}
    found += [Difference(Kind.REMOVED, "step", s.key, s.name) for s in before.steps if s.key not in kept]
    return tuple(found)


def moved(before: list[str], after: list[str], handled: frozenset[str] = frozenset()) -> set[str]:
    """The fewest keys that must have moved for one order to become the other; keys of one side only are ignored."""
    place = {key: at for at, key in enumerate(before)}
    both = [key for key in after if key in place]
    standing = rising(place[key] for key in both)
    found = {key for key in both if place[key] not in standing}
    for key in [one for one in both if one in handled and one not in found]:
        for other in found - handled:
            instead = found - {other} | {key}
            if _stand([place[one] for one in both if one not in instead]):
                found = instead
                break
    return found


def _stand(numbers: list[int]) -> bool:
    return numbers == sorted(numbers)


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


def _moved_steps(before: Template, after: Template, handled: frozenset[str]) -> set[str]:
    """Steps that stayed in their group, at another place among those that stayed there too."""
    olds = {group.key: [step.key for step in group.steps] for group in before.groups}
    found: set[str] = set()
    for group in after.groups:
        found |= moved(olds.get(group.key, []), [step.key for step in group.steps], handled)
    return found


def _group(
    old: GroupDefinition[StepDefinition] | None, new: GroupDefinition[StepDefinition], *, moved: bool
) -> list[Difference]:
    if old is None:
        return [Difference(Kind.ADDED, "group", new.key, new.name)]
    found: list[Difference] = []
    if old.name != new.name:
        found.append(Difference(Kind.RENAMED, "group", new.key, new.name, "name", old.name, new.name))
    if moved:
        found.append(Difference(Kind.MOVED, "group", new.key, new.name, "", "", ""))
    for field in ("order", "gate"):
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            found.append(Difference(Kind.CHANGED, "group", new.key, new.name, field, was, now))
    return found


def _step(
    old: StepDefinition | None,
    new: StepDefinition,
    was_in: GroupDefinition[StepDefinition] | None,
    group: GroupDefinition[StepDefinition],
    *,
    moved: bool,
) -> list[Difference]:
    if old is None or was_in is None:
        return [Difference(Kind.ADDED, "step", new.key, new.name, "", "", group.name)]
    found: list[Difference] = []
    if old.name != new.name:
        found.append(Difference(Kind.RENAMED, "step", new.key, new.name, "name", old.name, new.name))
    if was_in.key != group.key:
        found.append(Difference(Kind.MOVED, "step", new.key, new.name, "", was_in.name, group.name))
    elif moved:
        found.append(Difference(Kind.MOVED, "step", new.key, new.name, "", "", ""))
    if facts_of(old) == facts_of(new):
        return found
    for field in STEP_FIELDS:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            found.append(Difference(Kind.CHANGED, "step", new.key, new.name, field, was, now))
    return found
