"""Lint of what waits for what: loops, needless `after`, and approvals and reviews that come too late."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import pairwise

from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition, Template
from natrium.domain.workflow.dependencies import direct_prerequisites, find_cycle, kinds_of
from natrium.domain.workflow.findings import Finding, LintCode, Path, placed_steps

MAX_LOOPS = 5


def order_findings(template: Template) -> Iterator[Finding]:
    """`cycle`, `implied-after`, `approval-after-filing` and `review-after-approval`.

    The last two are looked at only where nothing goes round, since in a loop nothing comes first.
    Takes time with the square of the number of steps: the caller bounds that.
    """
    view = _View(template)
    loops = list(_cycles(view))
    yield from loops
    yield from _implied(view)
    if not loops:
        yield from _approvals_after_filings(view)
        yield from _reviews_after_approval(view)


class _View:
    """A template by position: keys may be used twice in a draft, positions are not."""

    def __init__(self, template: Template) -> None:
        self.places: list[tuple[Path, StepDefinition]] = list(placed_steps(template))
        self.steps = [step for _, step in self.places]
        self.position: dict[str, int] = {}
        for number, step in enumerate(self.steps):
            self.position.setdefault(step.key, number)
        self.groups = self._by_position(template)
        self.graph: Mapping[str, frozenset[str]] = direct_prerequisites(self.groups)

    def _by_position(self, template: Template) -> list[GroupDefinition[StepDefinition]]:
        """Give the template's groups with steps keyed "0000", "0001" …, so that keys sort in workflow order."""
        numbers = iter(range(len(self.steps)))
        return [
            replace(group, steps=tuple(self._numbered(step, next(numbers)) for step in group.steps))
            for group in template.groups
        ]

    def _numbered(self, step: StepDefinition, number: int) -> StepDefinition:
        after = tuple(f"{self.position[key]:04}" for key in step.after if key in self.position)
        return replace(step, key=f"{number:04}", after=after)

    @cached_property
    def without_after(self) -> Mapping[str, frozenset[str]]:
        """The direct prerequisites by order, gate and blocking alone."""
        bare = [replace(group, steps=tuple(replace(step, after=()) for step in group.steps)) for group in self.groups]
        return direct_prerequisites(bare)

    @cached_property
    def earlier(self) -> list[int]:
        """For each position, a number whose bits are the positions of all direct and indirect prerequisites."""
        closed = [0] * len(self.steps)
        for key in TopologicalSorter(self.graph).static_order():
            for prerequisite in self.graph[key]:
                closed[int(key)] |= closed[int(prerequisite)] | 1 << int(prerequisite)
        return closed

    @cached_property
    def group_of(self) -> list[GroupDefinition[StepDefinition]]:
        """For each position, its group."""
        return [group for group in self.groups for _ in group.steps]

    def implied_by(self, step: int, other: int) -> list[str]:
        """Say what makes a step wait for an earlier one without its `after`, in words; empty where nothing does."""
        if f"{other:04}" not in self.without_after[f"{step:04}"]:
            return []
        ours, theirs = self.group_of[step], self.group_of[other]
        by = []
        if theirs is ours and ours.order is Order.SEQUENTIAL:
            by.append("the order of the group")
        if theirs is not ours and theirs.gate:
            by.append(f"the gate of “{theirs.name}”")
        if self.steps[other].blocking:
            by.append("its blocking flag")
        return by

    def waits(self, step: int, other: int) -> bool:
        """Whether the step waits for the other, directly or through others."""
        return bool(self.earlier[step] >> other & 1)

    def before(self, step: int, other: int) -> bool:
        """Whether the step is the other or comes before it: waited for, or standing earlier and not waiting."""
        return self.waits(other, step) or (step <= other and not self.waits(step, other))


def _cycles(view: _View) -> Iterator[Finding]:
    graph: Mapping[str, frozenset[str]] = view.graph
    for _ in range(MAX_LOOPS):
        loop = find_cycle(graph)
        if not loop:
            return
        yield _cycle(view, loop)
        rest = graph.keys() - set(loop)
        graph = {key: graph[key] & rest for key in graph if key in rest}


def _cycle(view: _View, loop: tuple[str, ...]) -> Finding:
    """Tell of a loop, beginning where `after` points forward: order, gate and blocking never do."""
    links = list(pairwise((*loop, loop[0])))
    start = next(number for number, (step, other) in enumerate(links) if int(other) >= int(step))
    links = [*links[start:], *links[:start]]
    words = [f"“{view.steps[int(links[0][0])].name}”"]
    for step, other in links:
        kinds = " and ".join(kinds_of(view.groups, step, other))
        what = "itself" if step == other else f"“{view.steps[int(other)].name}”"
        words.append(f"waits for {what} ({kinds})")
    path, first = view.places[int(links[0][0])]
    named = view.steps[int(links[0][1])].key
    message = f"{words[0]} {', which '.join(words[1:])}: none of them could ever begin."
    if len(links) == 1:
        message = f"{words[0]} {words[1]}: it could never begin."
    keys = tuple(view.steps[int(step)].key for step, _ in links)
    return Finding(LintCode.CYCLE, message, keys, (*path, "after", first.after.index(named)))


def _implied(view: _View) -> Iterator[Finding]:
    for number, (path, step) in enumerate(view.places):
        for index, key in enumerate(step.after):
            other = view.position.get(key)
            by = [] if other is None else view.implied_by(number, other)
            if other is not None and by:
                words = f"“{step.name}” waits for “{view.steps[other].name}” already, by {' and '.join(by)}"
                place = (*path, "after", index)
                yield Finding(LintCode.IMPLIED_AFTER, f"{words}; after need not name it.", (step.key, key), place)


def _approvals_after_filings(view: _View) -> Iterator[Finding]:
    """Warn of an approval that stands after a filing, where the filing waits for no approval at all.

    A filing that waits for some approval, wherever that stands, is right: with two things to approve and file, the
    second approval follows the first filing. So is an approval that the filing waits for by a forward `after`.
    """
    approvals = [number for number, step in enumerate(view.steps) if step.approval]
    unapproved = [
        number
        for number, step in enumerate(view.steps)
        if step.filing and not any(view.waits(number, approval) for approval in approvals)
    ]
    for approval in approvals:
        early = [filing for filing in unapproved if filing < approval]
        if early:
            path, step = view.places[approval]
            names = " and ".join(f"“{view.steps[filing].name}”" for filing in early)
            wait = "waits" if len(early) == 1 else "wait"
            message = f"“{step.name}” comes after {names}, which {wait} for no approval and could be sent without one."
            keys = (step.key, *(view.steps[filing].key for filing in early))
            yield Finding(LintCode.APPROVAL_AFTER_FILING, message, keys, (*path, "approval"))


def _reviews_after_approval(view: _View) -> Iterator[Finding]:
    """Warn of a review that comes after the last approval, where no review comes before that approval.

    So an examiner's signature after the trustees' approval is right, once the accounts were reviewed before it.
    Where other work stands between the approval and the review, the review is of that work and is right as well:
    an engagement letter signed at the start does not call for a review before it.
    """
    approvals = [number for number, step in enumerate(view.steps) if step.approval]
    reviews = [number for number, step in enumerate(view.steps) if step.review]
    if not approvals or any(view.before(review, approvals[-1]) for review in reviews):
        return
    last = approvals[-1]
    for review in reviews:
        between = view.steps[last + 1 : review]
        if all(step.review or step.filing for step in between):
            path, step = view.places[review]
            message = (
                f"“{step.name}” comes after “{view.steps[last].name}”: "
                "the client would approve what nobody has reviewed yet."
            )
            yield Finding(LintCode.REVIEW_AFTER_APPROVAL, message, (step.key, view.steps[last].key), (*path, "review"))
