"""The rules of workflows said a second time, as slowly and plainly as possible, to compare the product with.

Nothing of the product's rules is used. A workflow is a dict with a list of groups, a group a dict with a list of
steps, a step a dict of its facts; every answer is computed anew from those. This file has what follows from the
facts alone; `oracle_actions` says what may be done, `oracle_undo` and `oracle_edits` the rest.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

Flow = dict[str, Any]
Step = dict[str, Any]


def plain(value: Any) -> Any:
    """Any value of the model as dicts, lists and words."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


# -- where a step stands ----------------------------------------------------------------------------------------


def steps_of(flow: Flow) -> list[Step]:
    """All steps in workflow order."""
    found = []
    for group in flow["groups"]:
        for step in group["steps"]:
            found.append(step)  # noqa: PERF402 - plain on purpose
    return found


def keys_of(flow: Flow) -> list[str]:
    return [step["key"] for step in steps_of(flow)]


def step_of(flow: Flow, key: str) -> Step:
    for step in steps_of(flow):
        if step["key"] == key:
            return step
    raise KeyError(key)


def group_number(flow: Flow, key: str) -> int:
    for number, group in enumerate(flow["groups"]):
        for step in group["steps"]:
            if step["key"] == key:
                return number
    raise KeyError(key)


# -- prerequisites: the five kinds ------------------------------------------------------------------------------


def kinds(flow: Flow, key: str, other: str) -> list[str]:
    """By which of the first four kinds `other` is a direct prerequisite of `key`."""
    order = keys_of(flow)
    mine, theirs = group_number(flow, key), group_number(flow, other)
    earlier = order.index(other) < order.index(key)
    found = []
    if other in step_of(flow, key)["after"]:
        found.append("after")
    if mine == theirs and flow["groups"][mine]["order"] == "sequential" and earlier:
        found.append("order")
    if theirs < mine and flow["groups"][theirs]["gate"]:
        found.append("gate")
    if earlier and step_of(flow, other)["blocking"]:
        found.append("blocking")
    return found


def prerequisites(flow: Flow, key: str) -> list[str]:
    """The direct prerequisites of a step, kinds 1 to 4, in workflow order."""
    return [other for other in keys_of(flow) if kinds(flow, key, other)]


def graph_of(flow: Flow) -> dict[str, list[str]]:
    return {key: prerequisites(flow, key) for key in keys_of(flow)}


def all_prerequisites(flow: Flow, key: str) -> set[str]:
    """Direct and indirect ones."""
    return reached(graph_of(flow), key)


def reached(graph: dict[str, list[str]], key: str) -> set[str]:
    """What can be reached from a key in one step or more."""
    found: set[str] = set()
    grew = True
    while grew:
        grew = False
        for here in [key, *found]:
            for other in graph[here]:
                if other not in found:
                    found.add(other)
                    grew = True
    return found


def dependents(flow: Flow, key: str) -> list[str]:
    """The steps that have this one among their direct or indirect prerequisites."""
    graph = graph_of(flow)
    return [other for other in keys_of(flow) if key in reached(graph, other)]


def has_cycle(flow: Flow) -> bool:
    graph = graph_of(flow)
    return any(key in reached(graph, key) for key in keys_of(flow))


# -- settled, blocked, ready ------------------------------------------------------------------------------------


def settled(step: Step) -> bool:
    if step["status"] == "skipped":
        return True
    return step["status"] == "done" and not step["stale"]


def covered(step: Step) -> list[str]:
    return [override["key"] for override in step["overrides"]]


def unsettled(flow: Flow, key: str) -> list[str]:
    """The unsettled, uncovered direct prerequisites, nearest in workflow order first, the earlier where equal."""
    order = keys_of(flow)
    names = []
    for other in prerequisites(flow, key):
        if not settled(step_of(flow, other)) and other not in covered(step_of(flow, key)):
            names.append(other)
    here = order.index(key)
    return sorted(names, key=lambda other: (abs(order.index(other) - here), order.index(other)))


def approvals_missing(flow: Flow, key: str) -> list[str]:
    """For a filing, the approvals before it, however far, that are not done or are stale; skipped ones as well."""
    if not step_of(flow, key)["filing"]:
        return []
    before = all_prerequisites(flow, key)
    missing = []
    for other in keys_of(flow):
        step = step_of(flow, other)
        if other in before and step["approval"] and (step["status"] != "done" or step["stale"]):
            missing.append(other)
    return missing


def held(flow: Flow, key: str) -> bool:
    return bool(unsettled(flow, key)) or bool(approvals_missing(flow, key))


def blocked(flow: Flow, key: str) -> bool:
    return step_of(flow, key)["status"] == "todo" and held(flow, key)


def ready(flow: Flow, key: str) -> bool:
    return step_of(flow, key)["status"] == "todo" and not held(flow, key)


def held_up(flow: Flow) -> dict[str, str]:
    """For each step that can be worked: who has the first step of somebody else's that waits for it alone."""
    found = {}
    for key in keys_of(flow):
        if settled(step_of(flow, key)) or held(flow, key):
            continue
        for other in keys_of(flow):
            waits = step_of(flow, other)
            alone = {*unsettled(flow, other), *approvals_missing(flow, other)} == {key}
            others = waits["assignee"] and waits["assignee"] != step_of(flow, key)["assignee"]
            if alone and others and not settled(waits) and key not in found:
                found[key] = waits["assignee"]["name"]
    return found


def current(flow: Flow) -> str | None:
    for key in keys_of(flow):
        if step_of(flow, key)["status"] == "in_progress":
            return key
    for key in keys_of(flow):
        if ready(flow, key):
            return key
    return None


# -- progress and the task's status -----------------------------------------------------------------------------


def percent(steps: list[Step], *, weighted: bool = False) -> int | None:
    """Progress of some steps; None where there are none."""
    if not steps:
        return None
    counting = [step for step in steps if step["status"] != "skipped"]
    if not counting:
        return 100
    weights = [Fraction(1)] * len(counting)
    given = [Fraction(step["estimate"]) for step in counting if step["estimate"] is not None]
    if weighted and given and sum(given) > 0:
        mean = sum(given) / len(given)
        weights = [mean if step["estimate"] is None else Fraction(step["estimate"]) for step in counting]
    done = sum(weight for step, weight in zip(counting, weights, strict=True) if step["status"] == "done")
    number = int(done / sum(weights) * 100)
    whole = all(settled(step) for step in counting)
    return 99 if number == 100 and not whole else number


def finished(flow: Flow) -> bool:
    steps = steps_of(flow)
    return bool(steps) and all(settled(step) for step in steps)


def task_status(flows: list[Flow], hold: str) -> str:
    """The status of a task with these workflows."""
    if flows and all(finished(flow) for flow in flows):
        return "done"
    if hold:
        return hold
    every = [(flow, step) for flow in flows for step in steps_of(flow)]
    waits = [step for _, step in every if step["status"] == "waiting"]
    moving = [
        step
        for flow, step in every
        if step["status"] == "in_progress" or (step["status"] == "todo" and not blocked(flow, step["key"]))
    ]
    if waits and not moving:
        return "waiting"
    if all(step["status"] == "todo" for _, step in every):
        return "not_started"
    return "in_progress"
