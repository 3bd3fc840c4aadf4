"""What waits for what: the five kinds of prerequisite, blocked and ready, dependents, and loops.

Everything here works on template groups and on running groups alike. Positions are workflow order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition
from natrium.domain.workflow.model import Status, Step, Workflow

type Groups[S: StepDefinition] = Sequence[GroupDefinition[S]]
type Graph = Mapping[str, frozenset[str]]


def direct_prerequisites[S: StepDefinition](groups: Groups[S]) -> dict[str, frozenset[str]]:
    """For each step's key, the keys of its direct prerequisites of kinds 1 to 4 (SPEC section 3).

    Keys that `after` names and no step has are left out (lint reports them). A step that names itself keeps
    itself, so that loops show.
    """
    known = {step.key for group in groups for step in group.steps}
    graph: dict[str, frozenset[str]] = {}
    standing: set[str] = set()  # gated groups' steps and blocking steps so far: they hold all that comes later
    for group in groups:
        in_order: set[str] = set()
        for step in group.steps:
            graph[step.key] = frozenset(standing | in_order | known.intersection(step.after))
            if group.order is Order.SEQUENTIAL:
                in_order.add(step.key)
            if step.blocking:
                standing.add(step.key)
        if group.gate:
            standing.update(step.key for step in group.steps)
    return graph


def kinds_of[S: StepDefinition](groups: Groups[S], key: str, other: str) -> tuple[str, ...]:
    """By which kinds `other` is a direct prerequisite of `key`: of "after", "order", "gate", "blocking"."""
    kinds: list[str] = []
    order = [(index, group, step) for index, group in enumerate(groups) for step in group.steps]
    place = {step.key: position for position, (_, _, step) in enumerate(order)}
    if key not in place or other not in place:
        return ()
    index, group, step = order[place[key]]
    other_index, other_group, other_step = order[place[other]]
    if other in step.after:
        kinds.append("after")
    if place[other] < place[key]:
        if other_index == index and group.order is Order.SEQUENTIAL:
            kinds.append("order")
        if other_index < index and other_group.gate:
            kinds.append("gate")
        if other_step.blocking:
            kinds.append("blocking")
    return tuple(kinds)


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    """All that can be reached from the starts along the graph, in one step or more."""
    found: set[str] = set()
    stack = [key for start in starts for key in graph.get(start, ())]
    while stack:
        key = stack.pop()
        if key not in found:
            found.add(key)
            stack.extend(graph.get(key, ()))
    return found


def dependents_of(graph: Graph, key: str) -> set[str]:
    """The keys of all steps that have `key` among their prerequisites, directly or through others."""
    forward: dict[str, set[str]] = {}
    for step, prerequisites in graph.items():
        for prerequisite in prerequisites:
            forward.setdefault(prerequisite, set()).add(step)
    found: set[str] = set()
    stack = list(forward.get(key, ()))
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack.extend(forward.get(current, ()))
    return found


def find_cycle(graph: Graph) -> tuple[str, ...]:
    """A loop, as keys each of which waits for the next and the last for the first; empty where there is none."""
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        path: list[str] = [start]
        on_path = {start}
        branches: list[Iterator[str]] = [iter(sorted(graph[start]))]
        while path:
            following = next(branches[-1], None)
            if following is None:
                branches.pop()
                finished = path.pop()
                on_path.discard(finished)
                done.add(finished)
            elif following in on_path:
                return _shortest_loop(graph, path[path.index(following) :])
            elif following not in done:
                path.append(following)
                on_path.add(following)
                branches.append(iter(sorted(graph[following])))
    return ()


def _shortest_loop(graph: Graph, loop: list[str]) -> tuple[str, ...]:
    """The shortest way round from the loop's first step back to it, within the loop's own steps."""
    start, allowed = loop[0], set(loop)
    came_from: dict[str, str] = {}
    frontier = [start]
    while frontier:
        following: list[str] = []
        for key in frontier:
            for target in sorted(graph[key] & allowed):
                if target == start:
                    way = [key]
                    while way[-1] != start:
                        way.append(came_from[way[-1]])
                    return tuple(reversed(way))
                if target not in came_from:
                    came_from[target] = key
                    following.append(target)
        frontier = following
    return tuple(loop)  # pragma: no cover - a loop always leads back to its start


class Situation:
    """A workflow with its prerequisites worked out once: what is blocked, ready, in the way, and by whom."""

    __slots__ = ("_closure", "graph", "place", "steps", "workflow")

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.steps: dict[str, Step] = {step.key: step for step in workflow.steps}
        self.place: dict[str, int] = {key: position for position, key in enumerate(self.steps)}
        self.graph: Graph = direct_prerequisites(workflow.groups)
        self._closure: dict[str, frozenset[str]] = {}

    def unsettled(self, key: str) -> tuple[Step, ...]:
        """The unsettled, uncovered direct prerequisites of a step, nearest in workflow order first."""
        step = self.steps[key]
        uncovered = (self.steps[other] for other in self.graph[key] - step.covered if other != key)
        return self._nearest_first(key, (other for other in uncovered if not other.settled))

    def approvals_missing(self, key: str) -> tuple[Step, ...]:
        """For a filing: the approvals among its direct or indirect prerequisites that are not done and not stale."""
        if not self.steps[key].filing:
            return ()
        before = (self.steps[other] for other in self.closure(key))
        given = (Status.DONE, False)
        return self._nearest_first(key, (o for o in before if o.approval and (o.status, o.stale) != given))

    def in_the_way(self, key: str) -> tuple[Step, ...]:
        """What holds a step, nearest first: the answer to "why is it blocked?". Empty where nothing does.

        For a filing that is also every approval before it, however far, that is not given.
        """
        unsettled = self.unsettled(key)
        missing = self.approvals_missing(key)
        if not missing:
            return unsettled
        return self._nearest_first(key, {step.key: step for step in (*unsettled, *missing)}.values())

    def _nearest_first(self, key: str, steps: Iterable[Step]) -> tuple[Step, ...]:
        """Steps by their distance from one in workflow order, the earlier one where equal."""
        here, place = self.place[key], self.place
        return tuple(sorted(steps, key=lambda other: (abs(place[other.key] - here), place[other.key])))

    def held(self, key: str) -> bool:
        """Whether a prerequisite of any kind stands in the way of a step, whatever its own status."""
        step = self.steps[key]
        steps = self.steps
        covered = step.covered
        for other in self.graph[key]:
            if other != key and not steps[other].settled and other not in covered:
                return True
        return bool(step.filing and self.approvals_missing(key))

    def blocked(self, key: str) -> bool:
        """Whether a todo step cannot begin."""
        return self.steps[key].status is Status.TODO and self.held(key)

    def ready(self, key: str) -> bool:
        """Whether a todo step can begin."""
        return self.steps[key].status is Status.TODO and not self.held(key)

    def closure(self, key: str) -> frozenset[str]:
        """The keys of all direct and indirect prerequisites of a step."""
        if key not in self._closure:
            self._closure[key] = frozenset(reachable(self.graph, [key]))
        return self._closure[key]

    def dependents(self, key: str) -> list[Step]:
        """The steps that have this one among their prerequisites, directly or through others, in workflow order."""
        return [self.steps[other] for other in sorted(dependents_of(self.graph, key), key=self.place.__getitem__)]

    @property
    def current(self) -> Step | None:
        """The first step in progress, else the first ready, else None."""
        for step in self.steps.values():
            if step.status is Status.IN_PROGRESS:
                return step
        return next((step for key, step in self.steps.items() if self.ready(key)), None)
