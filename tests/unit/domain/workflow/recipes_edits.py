"""Random edits of one workflow, read from a few numbers as `recipes` reads actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from random import Random
from typing import Any

from natrium.domain.workflow import actions
from natrium.domain.workflow.definition import Order, StepDefinition
from tests.unit.domain.workflow import oracle
from tests.unit.domain.workflow.builders import Job
from tests.unit.domain.workflow.recipes import Recipe
from tests.unit.domain.workflow.strategies import step_from

KINDS: dict[type, int] = {
    actions.AddStep: 4, actions.AddGroup: 1, actions.MoveStep: 4, actions.MoveGroup: 2, actions.EditStep: 6,
    actions.EditGroup: 3, actions.RemoveStep: 2, actions.RemoveGroup: 1,
}  # fmt: skip
REASONS = ("This client is special", "This client is special", " ")


def edit(job: Job, recipe: Recipe) -> Any:
    """One edit; mostly one that can be made."""
    dice = Random(recipe[0] + 7)  # noqa: S311 - a test's dice
    flow = oracle.plain(job.workflow)
    kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
    stray = dice.random() < 0.03
    groups = ["no-such-group"] if stray else [group["key"] for group in flow["groups"]] or ["no-such-group"]
    keys = ["no-such-step"] if stray else oracle.keys_of(flow) or ["no-such-step"]
    if kind in (actions.RemoveStep, actions.RemoveGroup):
        return removal(kind, flow, dice, keys, groups)
    reason = dice.choice(REASONS)
    place = dice.randint(-1, 6) if dice.random() < 0.1 else dice.randint(0, 2)
    step, group = dice.choice(keys), dice.choice(groups)
    makes: dict[type, Callable[[], Any]] = {
        actions.AddStep: lambda: addition(dice, keys, group, place),
        actions.AddGroup: lambda: new_group(dice, place),
        actions.MoveStep: lambda: actions.MoveStep(step, group, place, reason),
        actions.MoveGroup: lambda: actions.MoveGroup(group, place, reason),
        actions.EditStep: lambda: actions.EditStep(step, step_changes(dice, keys), reason),
        actions.EditGroup: lambda: actions.EditGroup(group, group_changes(dice), reason),
    }
    return makes[kind]()


def new_group(dice: Random, place: int) -> actions.AddGroup:
    key = dice.choice([f"n{dice.randint(0, 99)}", "s00", "g0"])
    where = dice.choice([None, place])
    return actions.AddGroup(key, "New group", dice.choice(list(Order)), dice.random() < 0.3, where)


def removal(kind: type, flow: oracle.Flow, dice: Random, keys: list[str], groups: list[str]) -> Any:
    """Often one that was added here."""
    if kind is actions.RemoveStep:
        added = [step["key"] for step in oracle.steps_of(flow) if step["added"]]
        return kind(dice.choice(added * 3 + keys))
    added = [group["key"] for group in flow["groups"] if group["added"]]
    return kind(dice.choice(added * 3 + groups))


def addition(dice: Random, keys: list[str], group: str, place: int) -> actions.AddStep:
    key = dice.choice([f"n{dice.randint(0, 99)}"] * 9 + ["s00", "g0"])
    made = step_from(key, dice.randrange(10**9))
    facts = {each.name: getattr(made, each.name) for each in fields(StepDefinition)}
    definition = replace(StepDefinition(**facts), name=dice.choice(["New step"] * 9 + [" "]), after=some(dice, keys))
    return actions.AddStep(group, definition, dice.choice([None, place]))


def some(dice: Random, keys: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(dice.choice(keys) for _ in range(dice.choice([0, 0, 1, 1, 2]))))


def step_changes(dice: Random, keys: list[str]) -> dict[str, Any]:
    """One or two fields, other than they may be."""
    every = {
        "name": lambda: dice.choice(["Another name", "Another name", " "]),
        "guidance": lambda: "Look twice.",
        "blocking": lambda: dice.random() < 0.5,
        "required": lambda: dice.random() < 0.5,
        "review": lambda: dice.random() < 0.5,
        "approval": lambda: dice.random() < 0.5,
        "filing": lambda: dice.random() < 0.5,
        "after": lambda: some(dice, keys),
        "estimate": lambda: dice.choice([None, 0, 5, -1]),
    }
    chosen = dice.sample([*every, "after", "blocking", "approval", "filing"], dice.choice([1, 1, 2]))
    return {name: every[name]() for name in chosen}


def group_changes(dice: Random) -> dict[str, Any]:
    every = {
        "name": lambda: dice.choice(["Another name", "Another name", " "]),
        "order": lambda: dice.choice(list(Order)),
        "gate": lambda: dice.random() < 0.5,
    }
    return {name: every[name]() for name in dice.sample(list(every), dice.choice([1, 1, 2]))}
