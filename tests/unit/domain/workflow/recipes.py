"""Random actions. A recipe is a few numbers; read against a job as it stands it is an action that mostly fits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from natrium.domain.workflow import actions
from natrium.domain.workflow.model import Member
from tests.unit.domain.workflow import oracle
from tests.unit.domain.workflow.builders import CAST, LEA, Job
from tests.unit.domain.workflow.strategies import MEMBERS, WAITS

Recipe = tuple[int, int]
recipes = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=30)

REASONS = ("Bank changed", "Bank changed", "Client asked", "Client asked", " ")
KINDS: dict[type, int] = {
    actions.Complete: 9, actions.Start: 3, actions.Wait: 2, actions.Resume: 1, actions.Reopen: 3, actions.Confirm: 2,
    actions.Skip: 2, actions.Unskip: 2, actions.OverridePrerequisites: 3, actions.AssignTo: 1, actions.Claim: 1,
    actions.Comment: 1,
}  # fmt: skip
FITTING: dict[type, tuple[str, ...]] = {
    actions.Complete: ("ready", "in_progress"),
    actions.Start: ("ready",),
    actions.Wait: ("ready", "in_progress", "waiting"),
    actions.Resume: ("waiting",),
    actions.Reopen: ("done", "stale"),
    actions.Confirm: ("stale",),
    actions.Skip: ("todo", "in_progress", "waiting"),
    actions.Unskip: ("skipped",),
    actions.OverridePrerequisites: ("held", "hindered", "stale"),
    actions.AssignTo: ("todo", "in_progress", "waiting"),
    actions.Claim: ("todo", "in_progress", "waiting"),
}


def places(flow: oracle.Flow) -> dict[str, list[str]]:
    """The steps by where they stand, so that an action often meets a step it fits."""
    every = oracle.steps_of(flow)
    found = {"any": [each["key"] for each in every]}
    for status in ("todo", "in_progress", "waiting", "done", "skipped"):
        found[status] = [each["key"] for each in every if each["status"] == status]
    found["stale"] = [each["key"] for each in every if each["stale"]]
    found["ready"] = [key for key in found["todo"] if not oracle.held(flow, key)]
    found["held"] = [key for key in found["todo"] if key not in found["ready"]]
    found["hindered"] = [key for key in found["in_progress"] + found["waiting"] if oracle.held(flow, key)]
    return {name: keys for name, keys in found.items() if keys}


def member(recipe: Recipe) -> Member:
    return Random(recipe[1] + 1).choice(MEMBERS)  # noqa: S311 - a test's dice


def minutes(recipe: Recipe) -> int:
    return Random(recipe[1] + 2).choice((0, 0, 0, 4, 8, 10))  # noqa: S311 - a test's dice


def action(job: Job, recipe: Recipe) -> Any:
    """One action on a step of the job; mostly one that may succeed, often enough one that may not."""
    choice, dice = Random(recipe[0]), Random(recipe[1])  # noqa: S311 - a test's dice
    flow = oracle.plain(job.workflow)
    here = places(flow)
    wild = choice.random() < 0.15 or not here
    kinds = [kind for kind in KINDS if wild or any(name in here for name in FITTING.get(kind, ("any",)))]
    kind = choice.choices(kinds, [KINDS[each] for each in kinds])[0]
    fitting = [] if wild else [name for name in FITTING.get(kind, ()) if name in here]
    keys = here.get(choice.choice(fitting or ["any"]), [])
    if choice.random() < 0.02 or not keys:
        keys = ["no-such-step"]
    return fill(kind, choice.choice(keys), flow, job, dice)


def fill(kind: type, key: str, flow: oracle.Flow, job: Job, dice: Random) -> Any:
    """An action of a kind on a step, with arguments good and bad."""
    reason = dice.choice(REASONS)
    makes: dict[type, Callable[[], Any]] = {
        actions.Wait: lambda: actions.Wait(key, reason, dice.choice(WAITS), dice.choice(["", "HMRC"])),
        actions.Complete: lambda: completion(key, job, dice),
        actions.Reopen: lambda: actions.Reopen(key, reason, cascade=dice.random() < 0.4),
        actions.Skip: lambda: actions.Skip(key, reason),
        actions.OverridePrerequisites: lambda: override(key, flow, reason, job, dice),
        actions.AssignTo: lambda: actions.AssignTo(key, dice.choice([None, *CAST, LEA])),
        actions.Comment: lambda: actions.Comment(dice.choice([key, ""]), dice.choice(["Asked again.", " "])),
    }
    return makes[kind]() if kind in makes else kind(key)


def completion(key: str, job: Job, dice: Random) -> actions.Complete:
    """A completion with evidence that mostly suffices."""
    days = dice.choice([None, 1, 0, 0, 0, 0, 0, -1])
    filed_on = None if days is None else job.now.date() + timedelta(days=days)
    reference = dice.choice(["HMRC-1", "HMRC-1", "HMRC-1", "HMRC-1", "HMRC-2", "", " "])
    return actions.Complete(key, filed_on, reference, dice.choice(["By e-mail", "By e-mail", "By e-mail", " "]))


def override(key: str, flow: oracle.Flow, reason: str, job: Job, dice: Random) -> Any:
    """An override of what is in the way, of part of it, or of something else; perhaps with what it is for."""
    keys = oracle.keys_of(flow)
    in_the_way = oracle.unsettled(flow, key) if key in keys else []
    covered = oracle.covered(oracle.step_of(flow, key)) if key in keys else []
    covers = list(in_the_way)
    if dice.random() < 0.3:
        everything = [*keys, "no-such-step", *in_the_way * 5, *covered * 5]
        covers = list(dict.fromkeys(dice.choice(everything) for _ in range(dice.randint(0, 3))))
    then: Any = dice.choice([None, None, actions.Start(key), completion(key, job, dice)])
    return actions.OverridePrerequisites(key, tuple(covers), reason, then)


def several(job: Job, recipe: Recipe) -> list[Any]:
    """Some actions for different steps, in no order; often the same kind for all."""
    dice = Random(recipe[0])  # noqa: S311 - a test's dice
    found: dict[str, Any] = {}
    first = action(job, recipe)
    alike = dice.random() < 0.6
    flow = oracle.plain(job.workflow)
    for key in dice.sample(oracle.keys_of(flow), min(len(oracle.keys_of(flow)), dice.randint(1, 6))):
        kind = type(first) if alike else dice.choice(list(KINDS))
        found[key] = fill(kind, key, flow, job, Random(recipe[1]))  # noqa: S311 - a test's dice
    return list(found.values()) or [first]


def undo(job: Job, recipe: Recipe) -> tuple[str, Member]:
    """A step to undo, mostly one where something happened lately, mostly by the one who did it."""
    dice = Random(recipe[1])  # noqa: S311 - a test's dice
    lately = [past for past in job.history[-6:] if past.key]
    people = {each.id: each for each in CAST}
    if lately and dice.random() < 0.8:
        past = dice.choice(lately[-3:] * 2 + lately)
        by = people[past.by] if past.by in people and dice.random() < 0.85 else member(recipe)
        return past.key, by
    return dice.choice([step.key for step in job.workflow.steps] or ["no-such-step"]), member(recipe)
