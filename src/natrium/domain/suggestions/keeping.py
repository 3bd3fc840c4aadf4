"""What a person keeps of a suggestion, as a template: the steps chosen, in their words."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from re import sub

from natrium.domain.suggestions.shelf import Suggestion
from natrium.domain.text import bounded
from natrium.domain.workflow.definition import MAX_NAME, GroupDefinition, StepDefinition, Template

MAX_KEY = 63


def kept(
    suggestion: Suggestion, *, name: str, description: str, leaving: Container[int] = (), words: Mapping[int, str]
) -> Template:
    """The suggestion as a template, its steps numbered from 0 in order.

    `leaving`: the numbers of steps that are left out; `words`: what a step is called instead, by its number. A group
    whose steps are all left out goes with them, and a step without words is left out. Refuses `bad-value` (field
    step-NUMBER) for words that are no name of a step.
    """
    keys: set[str] = set()
    groups: list[GroupDefinition[StepDefinition]] = []
    number = 0
    for group in suggestion.groups:
        steps = []
        for idea in group.steps:
            called = words.get(number, idea.step.name).strip()
            if number not in leaving and called:
                bounded(called, "name of a step", field=f"step-{number}", most=MAX_NAME)
                steps.append(replace(idea.step, name=called, after=()))
            number += 1
        if steps:
            key = _key(group.name, keys)
            named = tuple(replace(step, key=_key(step.name, keys)) for step in steps)
            groups.append(GroupDefinition(key=key, name=group.name, gate=True, steps=named))
    if groups:
        groups[-1] = replace(groups[-1], gate=False)
    return Template(name=name, description=description, groups=tuple(groups))


def _key(words: str, taken: set[str]) -> str:
    """A key of these words that nobody has yet."""
    short = sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:MAX_KEY].strip("-") or "step"
    key, count = short, 1
    while key in taken:
        count += 1
        key = f"{short[: MAX_KEY - 4]}-{count}"
    taken.add(key)
    return key
