"""A template made of a job that was done: its steps, without what belongs to that one client and period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from natrium.domain.workflow.definition import Due, GroupDefinition, StepDefinition, Template
from natrium.domain.workflow.model import Status, Step, Workflow
from natrium.domain.workflow.shaping import DEFINITION


def as_template(workflow: Workflow, *, name: str, target: date | None) -> Template:
    """The workflow's groups and steps as a template's.

    Left out: skipped steps, groups that hold nothing but those, people (rules stay), dates, evidence, comments. A
    due date typed by hand becomes days from the task's target, where it has one; else the template's rule stays.
    """
    dropped = {step.key for step in workflow.steps if step.status is Status.SKIPPED}
    groups = tuple(
        GroupDefinition(
            key=group.key,
            name=group.name,
            order=group.order,
            gate=group.gate,
            steps=tuple(_step(step, dropped, target) for step in group.steps if step.key not in dropped),
        )
        for group in workflow.groups
    )
    kept = [group for group in groups if group.steps]
    if kept and kept[-1].gate:
        kept[-1] = replace(kept[-1], gate=False)  # the gate of the last group would hold nothing
    return Template(name=name, groups=tuple(kept))


def _step(step: Step, dropped: set[str], target: date | None) -> StepDefinition:
    facts = {name: getattr(step, name) for name in DEFINITION}
    facts["after"] = tuple(key for key in step.after if key not in dropped)
    if step.due_by_hand and step.due_on is not None and target is not None:
        facts["due"] = Due(days=(step.due_on - target).days)
    return StepDefinition(key=step.key, **facts)
