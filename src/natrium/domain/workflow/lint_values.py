"""Lint of single values: limits, empty names, keys that are no keys, dates and rules that say nothing."""

import re
import unicodedata
from collections.abc import Iterator

from natrium.domain.deadlines.rules import RULES
from natrium.domain.text import keepable, short
from natrium.domain.workflow.definition import (
    MAX_DAYS,
    MAX_MINUTES,
    MAX_NAME,
    MAX_STEPS,
    MAX_TEXT,
    Due,
    GroupDefinition,
    Rule,
    StepDefinition,
    Template,
)
from natrium.domain.workflow.fields import did_you_mean
from natrium.domain.workflow.findings import Finding, LintCode, Path, placed_groups, placed_steps

KEY_PATTERN = "[a-z0-9][a-z0-9-]{0,62}"
RULE_PATTERN = r"[a-z0-9_]+(\.[a-z0-9_]+)*"
EMAIL_PATTERN = r"[^@\s]+@[^@\s]+"
MAX_EMAIL = 254
_KEY = re.compile(KEY_PATTERN)
_RULE = re.compile(RULE_PATTERN)
_EMAIL = re.compile(EMAIL_PATTERN)


def value_findings(template: Template) -> Iterator[Finding]:
    """Give a `bad-value` for each value that may not stand, in the order of the template."""
    yield from _name(template.name, "The template", (), ("name",))
    yield from _text(template.description, "The description", (), ("description",))
    if len(template.groups) > MAX_STEPS:
        yield _bad(f"The template has {len(template.groups)} groups; {MAX_STEPS} is the most.", (), ("groups",))
    count = len(template.steps)
    if count > MAX_STEPS:
        yield _bad(f"The template has {count} steps; {MAX_STEPS} is the most.", (), ("groups",))
    for path, group in placed_groups(template):
        yield from group_findings(group, path)
    for path, step in placed_steps(template):
        yield from step_findings(step, path)


def group_findings[S: StepDefinition](group: GroupDefinition[S], path: Path = ()) -> Iterator[Finding]:
    """What is wrong with a group's own values; a workflow's group is held to the same."""
    yield from _key(group.key, "group", path)
    yield from _name(group.name, f"The group “{group.key}”", (group.key,), (*path, "name"))


def step_findings(step: StepDefinition, path: Path = ()) -> Iterator[Finding]:
    """What is wrong with a step's own values; a workflow's step is held to the same."""
    keys = (step.key,)
    yield from _key(step.key, "step", path)
    yield from _name(step.name, f"The step “{step.key}”", keys, (*path, "name"))
    yield from _text(step.guidance, f"The guidance of “{step.name}”", keys, (*path, "guidance"))
    yield from _assign(step, path)
    named: set[str] = set()
    for index, key in enumerate(step.after):
        if key in named:
            yield _bad(f"“{step.name}” names “{key}” twice in after; once is enough.", keys, (*path, "after", index))
        named.add(key)
    if step.estimate is not None and not 0 <= step.estimate <= MAX_MINUTES:
        message = f"The estimate of “{step.name}” is {step.estimate} minutes; give 0 to {MAX_MINUTES}."
        yield _bad(message, keys, (*path, "estimate"))
    if step.due is not None:
        yield from _due(step.due, step, path)


def _key(key: str, what: str, path: Path) -> Iterator[Finding]:
    if not _KEY.fullmatch(key):
        shape = "small letters, digits and hyphens, 63 at most, beginning with a letter or digit"
        yield _bad(f"“{short(key)}” cannot be the key of a {what}: a key is {shape}.", (key,), (*path, "key"))


def _name(name: str, whose: str, keys: tuple[str, ...], path: Path) -> Iterator[Finding]:
    if not name.strip():
        yield _bad(f"{whose} has no name.", keys, path)
    elif len(name) > MAX_NAME:
        yield _bad(f"The name “{name[:40]}…” has {len(name)} characters; {MAX_NAME} is the most.", keys, path)
    elif any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name):
        yield _bad(f"{whose} has a line break or a control character in its name.", keys, path)


def _text(text: str, what: str, keys: tuple[str, ...], path: Path) -> Iterator[Finding]:
    if len(text) > MAX_TEXT:
        yield _bad(f"{what} has {len(text)} characters; {MAX_TEXT} is the most.", keys, path)
    if not keepable(text):
        yield _bad(f"{what} has a character that is not text.", keys, path)


def _assign(step: StepDefinition, path: Path) -> Iterator[Finding]:
    email, by_name = step.assign.email, step.assign.rule is Rule.MEMBER
    if by_name and not (_EMAIL.fullmatch(email) and len(email) <= MAX_EMAIL):
        message = f"“{step.name}” goes to a named member, but “{email}” is not an e-mail address."
        yield _bad(message, (step.key,), (*path, "assign"))
    if email and not by_name:
        whom = step.assign.rule.words if step.assign.rule is Rule.UNASSIGNED else f"the {step.assign.rule.words}"
        message = f"“{step.name}” goes to {whom}; an e-mail address goes with a named member only."
        yield _bad(message, (step.key,), (*path, "assign"))


def _due(due: Due, step: StepDefinition, path: Path) -> Iterator[Finding]:
    keys, path = (step.key,), (*path, "due")
    if abs(due.days) > MAX_DAYS:
        message = f"“{step.name}” is due {due.days} days from a date; {MAX_DAYS} either way is the most."
        yield _bad(message, keys, (*path, "days"))
    if not due.rule:
        return
    if len(due.rule) > MAX_NAME or not _RULE.fullmatch(due.rule):
        message = f"“{due.rule}” cannot name a statutory rule; a rule's name is like ch.accounts.annual."
        yield _bad(message, keys, (*path, "rule"))
    elif due.rule not in RULES:
        message = (
            f"“{step.name}” is due by the rule “{due.rule}”, which there is not.{did_you_mean(due.rule, list(RULES))}"
        )
        yield _bad(message, keys, (*path, "rule"))
    if due != Due(rule=due.rule):
        message = f"“{step.name}” is due by a rule and by days; give one of them."
        yield _bad(message, keys, (*path, "rule"))


def _bad(message: str, keys: tuple[str, ...], path: Path) -> Finding:
    return Finding(LintCode.BAD_VALUE, message, keys, path)
