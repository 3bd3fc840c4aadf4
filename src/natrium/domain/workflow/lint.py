"""Lint: what is wrong with a template, and what is merely odd about it. Runs on every change of a draft."""

from collections.abc import Container, Iterable, Iterator
from difflib import get_close_matches

from natrium.domain.workflow.definition import MAX_STEPS, Rule, Template
from natrium.domain.workflow.findings import Finding, Level, LintCode, Path, placed_groups, placed_steps
from natrium.domain.workflow.lint_order import order_findings
from natrium.domain.workflow.lint_values import value_findings

MAX_HINTS = 20

__all__ = ["Finding", "Level", "LintCode", "Path", "errors", "lint", "warnings"]


def lint(template: Template, *, active_emails: Container[str] | None = None) -> tuple[Finding, ...]:
    """All findings, errors first, each kind in the order of the template. Never raises.

    `active_emails`: the addresses, in small letters, of the members who may hold a step; without them nobody is
    said to have left. Past `MAX_STEPS` steps only single values and keys are looked at.
    """
    found = [*_no_steps(template), *_keys(template), *value_findings(template)]
    if len(template.steps) <= MAX_STEPS and len(template.groups) <= MAX_STEPS:
        found += order_findings(template)
        found += _groups(template)
        found += _duplicate_names(template)
        found += _members_left(template, active_emails)
    return errors(found) + warnings(found)


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop publishing."""
    return tuple(finding for finding in findings if finding.level is Level.ERROR)


def warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that do not stop publishing."""
    return tuple(finding for finding in findings if finding.level is Level.WARNING)


def _no_steps(template: Template) -> Iterator[Finding]:
    if not template.steps:
        yield Finding(LintCode.NO_STEPS, "The template has no steps; it needs at least one.", (), ("groups",))


def _keys(template: Template) -> Iterator[Finding]:
    """`duplicate-key` and `unknown-key`. Groups and steps share one name space; `after` names steps only."""
    yield from _duplicate_keys(template)
    groups = {group.key for group in template.groups}
    steps = [step.key for step in template.steps]
    known = set(steps)
    hints = MAX_HINTS
    for path, step in placed_steps(template):
        for index, key in enumerate(step.after):
            if key not in known:
                hints -= 1
                near = get_close_matches(key, steps[:MAX_STEPS], n=1) if hints >= 0 else []
                message = _unknown(step.name, key, near, is_group=key in groups)
                yield Finding(LintCode.UNKNOWN_KEY, message, (step.key, key), (*path, "after", index))


def _duplicate_keys(template: Template) -> Iterator[Finding]:
    holders: dict[str, str] = {}
    places: list[tuple[Path, str, str]] = []
    for path, group in placed_groups(template):
        places.append((path, group.key, f"the group “{group.name}”"))
        for index, step in enumerate(group.steps):
            places.append(((*path, "steps", index), step.key, f"the step “{step.name}”"))
    for path, key, holder in places:
        if key in holders:
            message = f"The key “{key}” is used twice, by {holders[key]} and {holder}; each needs its own."
            yield Finding(LintCode.DUPLICATE_KEY, message, (key,), (*path, "key"))
        holders.setdefault(key, holder)


def _unknown(name: str, key: str, near: list[str], *, is_group: bool) -> str:
    if is_group:
        return f"“{name}” names “{key}” in after, which is a group; after names steps only."
    hint = f" Is it “{near[0]}”?" if near else ""
    return f"“{name}” names “{key}” in after, and no step has that key.{hint}"


def _groups(template: Template) -> Iterator[Finding]:
    places = list(placed_groups(template))
    for path, group in places:
        if not group.steps:
            message = f"The group “{group.name}” has no steps, so nothing waits for it."
            yield Finding(LintCode.EMPTY_GROUP, message, (group.key,), path)
    if places and places[-1][1].gate:
        path, group = places[-1]
        message = f"“{group.name}” is the last group: its gate holds nothing."
        yield Finding(LintCode.GATE_ON_LAST_GROUP, message, (group.key,), (*path, "gate"))


def _duplicate_names(template: Template) -> Iterator[Finding]:
    """Two groups, or two steps anywhere, equal but for case and outer blanks."""
    groups = [(path, group.key, group.name) for path, group in placed_groups(template)]
    steps = [(path, step.key, step.name) for path, step in placed_steps(template)]
    for what, places in (("groups", groups), ("steps", steps)):
        first: dict[str, str] = {}
        for path, key, name in places:
            folded = name.strip().casefold()
            if folded and folded in first:
                message = f"Two {what} are called “{name.strip()}”; people will mix them up."
                yield Finding(LintCode.DUPLICATE_NAME, message, (key, first[folded]), (*path, "name"))
            first.setdefault(folded, key)


def _members_left(template: Template, active_emails: Container[str] | None) -> Iterator[Finding]:
    if active_emails is None:
        return
    for path, step in placed_steps(template):
        email = step.assign.email
        if step.assign.rule is Rule.MEMBER and email and email.lower() not in active_emails:
            message = f"“{step.name}” goes to {email}, who is not an active member; it would be left to nobody."
            yield Finding(LintCode.MEMBER_LEFT, message, (step.key,), (*path, "assign"))
