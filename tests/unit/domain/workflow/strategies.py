"""Random workflows: any shape the rules allow, and where asked for some that they do not.

What is drawn are small numbers, read off here one digit after the other: many cases a second, and they shrink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from natrium.domain.workflow.definition import Assign, Order, Rule, WaitsOn
from natrium.domain.workflow.model import Group, Hold, Step, Workflow
from tests.unit.domain.workflow import oracle
from tests.unit.domain.workflow.builders import CAST, JO, MARK, PRIYA, SAM, VERA, Job, person

MAX_GROUPS, MAX_STEPS, MAX_AFTER = 5, 6, 3
FLAGS = ("blocking", "required", "review", "approval", "filing")
EVERY_MIX = tuple(tuple(flag for bit, flag in enumerate(FLAGS) if mix >> bit & 1) for mix in range(32))
USUAL_MIX: tuple[tuple[str, ...], ...] = (
    (), (), (), (), (), ("blocking",), ("blocking",), ("required",), ("review",), ("approval",), ("approval",),
    ("filing",), ("filing",), ("blocking", "approval"), ("required", "filing"), ("blocking", "required"),
)  # fmt: skip
FLAG_MIX = USUAL_MIX * 4 + EVERY_MIX
RULES = (Rule.UNASSIGNED, Rule.UNASSIGNED, Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
HOLDERS = (None, None, JO, SAM, MARK, PRIYA)
ESTIMATES = (None, None, 0, 1, 30, 98)
WAITS = (None, WaitsOn.CLIENT, WaitsOn.CLIENT, WaitsOn.THIRD_PARTY)
ORDERS = (Order.ANY, Order.ANY, Order.SEQUENTIAL)
OWNERS = (None, JO, JO, SAM, MARK, VERA)
HOLDS = (Hold.NONE,) * 14 + (Hold.ON_HOLD, Hold.CANCELLED)
MEMBERS = (PRIYA, PRIYA, PRIYA, PRIYA, PRIYA, MARK, MARK, JO, JO, *CAST)

Digits = int


class Reader:
    """A number, read as one choice after the other."""

    def __init__(self, number: Digits) -> None:
        self.number = number

    def pick(self, choices: Sequence[Any]) -> Any:
        self.number, digit = divmod(self.number, len(choices))
        return choices[digit]


numbers = st.integers(0, 10**9)


def step_from(key: str, number: Digits) -> Step:
    """A step to do, with any flags and no `after` yet."""
    reader = Reader(number)
    flags = reader.pick(FLAG_MIX)
    holder = reader.pick(HOLDERS)
    return Step(
        key=key,
        name=key.upper(),
        assign=Assign(rule=reader.pick(RULES)),
        estimate=reader.pick(ESTIMATES),
        waits_on=reader.pick(WAITS),
        assignee=holder and person(holder),
        **dict.fromkeys(flags, True),
    )


def group_from(number: int, shape: tuple[Digits, list[Digits]]) -> Group:
    digits, steps = shape
    reader = Reader(digits)
    made = tuple(step_from(f"s{number}{each}", inner) for each, inner in enumerate(steps))
    name, order, gate = f"g{number}", reader.pick(ORDERS), reader.pick((False, False, True))
    return Group(key=name, name=name.upper(), order=order, gate=gate, steps=made)


shapes = st.tuples(numbers, st.lists(numbers, min_size=0, max_size=MAX_STEPS))
links = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=9)


@st.composite
def workflows(draw: st.DrawFn, *, least: int = 0, cyclic: bool = False) -> Workflow:
    """A fresh workflow. `after` may point forward and across groups; it closes a loop only where `cyclic`."""
    drawn = draw(st.lists(shapes, min_size=least, max_size=MAX_GROUPS))
    plain = Workflow(tuple(group_from(number, shape) for number, shape in enumerate(drawn)))
    return with_after(plain, draw(links), cyclic=cyclic)


def with_after(workflow: Workflow, wanted: list[tuple[int, int]], *, cyclic: bool) -> Workflow:
    """The workflow with some `after` added, one by one, leaving out what would close a loop."""
    flow = oracle.plain(workflow)
    keys, graph = oracle.keys_of(flow), oracle.graph_of(flow)
    after: dict[str, list[str]] = {key: [] for key in keys}
    for one, two in wanted if keys else []:
        key, other = keys[one % len(keys)], keys[two % len(keys)]
        closes = key == other or key in oracle.reached(graph, other)
        if other not in after[key] and len(after[key]) < MAX_AFTER and (cyclic or not closes):
            after[key].append(other)
            graph[key].append(other)
    groups = []
    for group in workflow.groups:
        steps = tuple(replace(each, after=tuple(after[each.key])) for each in group.steps)
        groups.append(replace(group, steps=steps))
    return Workflow(tuple(groups))


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    """A fresh workflow on a task, mostly one that has an owner and is not held."""
    reader = Reader(draw(numbers))
    return Job(draw(workflows(least=1)), owner=reader.pick(OWNERS), hold=reader.pick(HOLDS))
