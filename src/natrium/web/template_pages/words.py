"""A template in words: who does a step, when it is due, what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass

from natrium.domain.workflow.definition import (
    Assign,
    Due,
    DueFrom,
    DueUnit,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)
from natrium.web.dates import minutes
from natrium.web.laws import by_law
from natrium.web.words import listed

FROM = {DueFrom.TARGET: "the target", DueFrom.STATUTORY: "the statutory date", DueFrom.ATTACHED: "it is attached"}


@dataclass(frozen=True, slots=True)
class StepText:
    """A step of a template as its page shows it."""

    number: int
    key: str
    name: str
    guidance: str
    who: str
    estimate: int | None
    due: str
    waits: str
    blocking: bool
    required: bool
    review: bool
    approval: bool
    filing: bool


@dataclass(frozen=True, slots=True)
class GroupText:
    """A group of a template as its page shows it."""

    key: str
    name: str
    order: str
    gate: bool
    steps: tuple[StepText, ...]


def groups_of(template: Template, names: Mapping[str, str]) -> tuple[GroupText, ...]:
    """The whole template in words. `names` maps e-mail addresses to members' names."""
    known = {step.key: step.name for step in template.steps}
    number = 0
    found = []
    for group in template.groups:
        texts = tuple(_step(step, number + place, known, names) for place, step in enumerate(group.steps, start=1))
        number += len(texts)
        order = "In order" if group.order is Order.SEQUENTIAL else "Any order"
        found.append(GroupText(group.key, group.name, order, group.gate, texts))
    return tuple(found)


def _step(step: StepDefinition, number: int, known: Mapping[str, str], names: Mapping[str, str]) -> StepText:
    return StepText(
        number=number,
        key=step.key,
        name=step.name,
        guidance=step.guidance,
        who=who(step.assign, names),
        estimate=step.estimate,
        due=due(step.due),
        waits=waits(step, known),
        blocking=step.blocking,
        required=step.required,
        review=step.review,
        approval=step.approval,
        filing=step.filing,
    )


def who(assign: Assign, names: Mapping[str, str]) -> str:
    """Who a step goes to: "Client manager", "Megan Doyle", "Anyone"."""
    if assign.rule is Rule.MEMBER:
        return names.get(assign.email.lower(), assign.email)
    return assign.rule.words.capitalize()


def due(rule: Due | None) -> str:
    """When a step is due: "14 days before the target"."""
    if rule is None:
        return ""
    if rule.rule:
        return by_law(rule.rule)
    base = FROM[rule.from_]
    if rule.days == 0:
        return "the day it is attached" if rule.from_ is DueFrom.ATTACHED else f"on {base}"
    count = abs(rule.days)
    unit = "working day" if rule.unit is DueUnit.WORKING_DAYS else "day"
    side = "before" if rule.days < 0 else "after"
    return f"{count} {unit}{'' if count == 1 else 's'} {side} {base}"


def waits(step: StepDefinition, known: Mapping[str, str]) -> str:
    """What a step waits for beyond its place: what `after` names, and whom it waits on by nature."""
    parts = []
    if step.after:
        parts.append(f"After {listed([known.get(key, key) for key in step.after])}")
    if step.waits_on is WaitsOn.CLIENT:
        parts.append("Waits on the client" if not parts else "waits on the client")
    elif step.waits_on is WaitsOn.THIRD_PARTY:
        parts.append("Waits on a third party" if not parts else "waits on a third party")
    return "; ".join(parts)


def sentence(template: Template, version: int | None) -> str:
    """The line under the name: "Version 3. 4 groups, 8 steps, 12h 30m where estimated"."""
    steps = template.steps
    total = sum(step.estimate or 0 for step in steps)
    counted = f"{len(template.groups)} group{'' if len(template.groups) == 1 else 's'}, "
    counted += f"{len(steps)} step{'' if len(steps) == 1 else 's'}"
    time = f", {minutes(total)} where estimated" if total else ""
    return f"{f'Version {version}. ' if version is not None else ''}{counted}{time}"
