"""What the editor's templates need, made once a page: rows with what their fields say, the map, the checks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from natrium.apps.workflows import queries
from natrium.apps.workflows.operations import Drafted
from natrium.apps.workflows.pages import DraftPage
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import GroupDefinition, Rule, StepDefinition, Template
from natrium.domain.workflow.drafting import may_wait_for
from natrium.domain.workflow.findings import Finding, Level, LintCode
from natrium.web.http import asked
from natrium.web.template_pages import words
from natrium.web.template_pages.flow import flow_of
from natrium.web.template_pages.forms import said

RULES = (Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER, Rule.UNASSIGNED)


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the editor. `said` is what its fields hold, `typed` what they show (typed, where refused)."""

    key: str
    number: int
    step: StepDefinition
    said: Mapping[str, str]
    typed: Mapping[str, str]
    due: str
    waits: str
    choices: tuple[tuple[str, str], ...]
    after: frozenset[str]
    errors: Mapping[str, str]
    open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A group in the editor with its rows. `last`: no group comes after it, so a gate would hold nothing."""

    group: GroupDefinition[StepDefinition]
    rows: tuple[Row, ...]
    first: bool
    last: bool
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    adding: Mapping[str, str]
    add_errors: Mapping[str, str]


def draft_context(
    request: HttpRequest,
    template_id: int,
    *,
    errors: Mapping[tuple[str, str], str] | None = None,
    code: str = "",
    typed: Mapping[str, Any] | None = None,
    opened: str = "",
    drafted: Drafted | None = None,
) -> dict[str, Any]:
    """The context of templates/editor.html and its fragments."""
    found = queries.draft_page(by=asked(request).by, template_id=template_id)
    wrong, given = errors or {}, {name: str(value) for name, value in (typed or {}).items()}
    form = next(iter(wrong), ("", ""))[0]
    looping = {key for one in found.findings if one.code is LintCode.CYCLE for key in one.keys}
    return {
        "page": found,
        "parts": _parts(found, wrong, given, form=form, opened=opened),
        "whos": [*((str(rule.value), rule.words.capitalize()) for rule in RULES)],
        "members": [(f"member:{member.email}", member.name) for member in found.members],
        "flow": flow_of(found.draft, looping),
        "problems": [one for one in found.findings if one.level is Level.ERROR],
        "oddities": [one for one in found.findings if one.level is Level.WARNING],
        "step_of": {one: _row_of(one, found.draft) for one in found.findings},
        "anybody": sum(step.assign.rule is Rule.UNASSIGNED for step in found.draft.steps),
        "sentence": words.sentence(found.draft, None),
        "errors": wrong,
        "code": code,
        "loose": _loose(found.draft, wrong),
        "detail_errors": _of("details", wrong),
        "detail_typed": given if form == "details" else {},
        "group_typed": given.get("name", "") if form == "add-group" else "",
        "group_errors": _of("add-group", wrong),
        "undo": _undo(drafted),
        "added": drafted.key if drafted else "",
    }


def _parts(
    found: DraftPage,
    wrong: Mapping[tuple[str, str], str],
    given: Mapping[str, str],
    *,
    form: str,
    opened: str,
) -> list[Part]:
    known = {step.key: step.name for step in found.draft.steps}
    number = 0
    parts = []
    for place, group in enumerate(found.draft.groups):
        rows = []
        for step in group.steps:
            number += 1
            mine = form in (f"row-{step.key}", f"more-{step.key}")
            errors = _of(form, wrong) if mine else {}
            holds = said(step)
            is_open = opened == step.key
            choices = _choices(found.draft, step) if is_open else ()
            rows.append(
                Row(step.key, number, step, holds, {**holds, **given} if mine else holds, words.due(step.due),
                    words.waits(step, known), choices, frozenset(step.after), errors, is_open)
            )  # fmt: skip
        groups = f"group-{group.key}"
        add = f"add-{group.key}"
        parts.append(
            Part(group, tuple(rows), place == 0, place == len(found.draft.groups) - 1,
                 given if form == groups else {}, _of(groups, wrong), given if form == add else {}, _of(add, wrong))
        )  # fmt: skip
    return parts


def _choices(draft: Template, step: StepDefinition) -> tuple[tuple[str, str], ...]:
    return tuple((other.key, other.name) for other in may_wait_for(draft, step.key))


def _loose(draft: Template, wrong: Mapping[tuple[str, str], str]) -> str:
    """What was refused of what has no place on the page (any more) to say it at."""
    rows = {f"{part}-{step.key}" for step in draft.steps for part in ("row", "more")}
    named = {"add-group", *(f"{part}-{group.key}" for group in draft.groups for part in ("group", "add"))}
    fields = {("details", "name"), ("details", "description"), *((form, "name") for form in named)}
    lost = (message for (form, field), message in wrong.items() if form not in rows and (form, field) not in fields)
    return next(lost, "")


def _of(form: str, wrong: Mapping[tuple[str, str], str]) -> dict[str, str]:
    return {field: message for (place, field), message in wrong.items() if place == form}


def _row_of(finding: Finding, draft: Template) -> str:
    """The step or group a finding points at, as the id of its row; "" where it is about the whole."""
    steps, groups = {step.key for step in draft.steps}, {group.key for group in draft.groups}
    for key in finding.keys:
        if key in steps:
            return f"step-{key}"
        if key in groups:
            return f"group-{key}"
    return ""


def _undo(drafted: Drafted | None) -> dict[str, str] | None:
    """What puts back what a change took out: the draft as it was, and words for it. None where nothing was."""
    if drafted is None:
        return None
    gone = [step.name for step in drafted.before.steps if step.key not in {one.key for one in drafted.draft.steps}]
    groups = [g.name for g in drafted.before.groups if g.key not in {one.key for one in drafted.draft.groups}]
    if not gone and not groups:
        return None
    name = groups[0] if groups else gone[0]
    return {"words": f"Removed: {name}", "draft": json.dumps(to_dict(drafted.before)), "rev": str(drafted.rev)}
