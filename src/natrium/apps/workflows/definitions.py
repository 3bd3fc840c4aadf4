"""Published versions as the rules know them. They never change, so each process reads one once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from natrium.apps.database import sql
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import NotFound
from natrium.domain.workflow.definition import (
    Assign,
    Due,
    DueFrom,
    DueUnit,
    GroupDefinition,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)
from natrium.domain.workflow.differing import as_running
from natrium.domain.workflow.model import Group, Workflow

STEPS = """key, name, guidance, assign_rule, assign_email, blocking, required, after, estimate, due_days, due_unit,
    due_from, due_rule, waits_on, review, approval, filing"""


@dataclass(frozen=True, slots=True)
class Published:
    """A version, its groups as a fresh workflow's, and its steps' guidance by key."""

    template: Template
    groups: tuple[Group, ...]
    guidance: Mapping[str, str]


@lru_cache(maxsize=512)
def version_of(version_id: int) -> Published:
    """A published version by its id, already known to be the practice's, kept by the process. Raises NotFound."""
    template = read_version(version_id)
    return Published(template, as_running(template.groups), {step.key: step.guidance for step in template.steps})


def guidance_of(version_id: int | None) -> Mapping[str, str]:
    """The guidance of a version's steps by key; none for no version."""
    return version_of(version_id).guidance if version_id is not None else {}


def read_version(version_id: int) -> Template:
    """A published version as its rows say, for a transaction that writes from it. Raises NotFound."""
    head = sql.row("SELECT name, description FROM workflows_templateversion WHERE id = %s", (version_id,))
    if head is None:
        raise NotFound("There is no such version.")
    groups = sql.rows(
        'SELECT id, key, name, "order", gate FROM workflows_stepgrouptemplate WHERE version_id = %s ORDER BY position',
        (version_id,),
    )
    steps = sql.rows(
        f"SELECT group_id, {STEPS} FROM workflows_steptemplate WHERE version_id = %s ORDER BY position", (version_id,)
    )
    return Template(
        name=head[0],
        description=head[1],
        groups=tuple(
            GroupDefinition(
                key=key,
                name=name,
                order=Order(order),
                gate=bool(gate),
                steps=tuple(_step(row[1:]) for row in steps if row[0] == id_),
            )
            for id_, key, name, order, gate in groups
        ),
    )


def _step(row: tuple[Any, ...]) -> StepDefinition:
    """A step from the columns of STEPS."""
    (
        key, name, guidance, rule, email, blocking, required, after, estimate, due_days, due_unit, due_from, due_rule,
        waits_on, review, approval, filing,
    ) = row  # fmt: skip
    due = Due(days=due_days or 0, unit=DueUnit(due_unit), from_=DueFrom(due_from), rule=due_rule)
    return StepDefinition(
        key=key,
        name=name,
        guidance=guidance,
        assign=Assign(rule=Rule(rule), email=email),
        blocking=bool(blocking),
        required=bool(required),
        after=tuple(json.loads(after)),
        estimate=estimate,
        due=due if due_days is not None or due_rule else None,
        waits_on=WaitsOn(waits_on) if waits_on else None,
        review=bool(review),
        approval=bool(approval),
        filing=bool(filing),
    )


def fill_guidance(loaded: Loaded) -> None:
    """Gives steps that did not change their guidance here the template's, which attaching does not copy."""
    if loaded.version_id is None:
        return
    texts = guidance_of(loaded.version_id)
    inherit = {key for key, extra in loaded.extras.items() if extra.inherits_guidance and texts.get(key)}
    if inherit:
        loaded.workflow = Workflow(
            tuple(
                replace(
                    group,
                    steps=tuple(
                        replace(step, guidance=texts[step.key]) if step.key in inherit else step for step in group.steps
                    ),
                )
                for group in loaded.workflow.groups
            )
        )
