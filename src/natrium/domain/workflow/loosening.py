"""What counts as loosening a template's rule on one workflow: a partner's matter, with a reason (SPEC section 3)."""

from __future__ import annotations

from natrium.domain.workflow.definition import Order
from natrium.domain.workflow.dependencies import direct_prerequisites, reachable
from natrium.domain.workflow.model import Status, Step, Workflow

type Loosened = tuple[str, ...]


def loosened(before: Workflow, after: Workflow) -> Loosened:
    """In words, every rule of the template that the change loosens; empty where it loosens none.

    What was added here is not the template's: losing it, or loosening it, does not count.
    """
    return (*_steps_loosened(before, after), *_groups_loosened(before, after), *_lost(before, after))


def _template_steps(workflow: Workflow) -> dict[str, Step]:
    return {step.key: step for step in workflow.steps if not step.added}


def _steps_loosened(before: Workflow, after: Workflow) -> list[str]:
    now = _template_steps(after)
    words: list[str] = []
    for key, step in _template_steps(before).items():
        then = now[key]  # a template's step is never removed
        if step.blocking and not then.blocking:
            words.append(f"“{step.name}” no longer blocks")
        if set(step.after) - set(then.after):
            words.append(f"“{step.name}” waits for fewer steps")
    return words


def _groups_loosened(before: Workflow, after: Workflow) -> list[str]:
    now = {group.key: group for group in after.groups if not group.added}
    words: list[str] = []
    for group in before.groups:
        then = now.get(group.key)
        if then is None:  # added here
            continue
        if group.gate and not then.gate:
            words.append(f"“{group.name}” no longer holds what follows")
        if group.order is Order.SEQUENTIAL and then.order is Order.ANY:
            words.append(f"“{group.name}” is no longer in order")
    return words


def _lost(before: Workflow, after: Workflow) -> list[str]:
    """Unfiled filings that lost an approval, and open steps that lost a blocking step before them."""
    then, now = _template_steps(before), _template_steps(after)
    # Ways that lead through a step added here were never the template's.
    graph_then = {
        key: direct & then.keys() for key, direct in direct_prerequisites(before.groups).items() if key in then
    }
    graph_now = direct_prerequisites(after.groups)
    approvals = {key for key, step in then.items() if step.approval}
    blockers_then, blockers_now = _blockers(before), _blockers(after)
    words: list[str] = []
    for key, step in then.items():
        if step.status in (Status.DONE, Status.SKIPPED):
            continue
        if step.filing and approvals & reachable(graph_then, [key]) - reachable(graph_now, [key]):
            words.append(f"“{step.name}” no longer waits for an approval")
        if any(now[other].blocking for other in blockers_then[key] - blockers_now[key]):
            words.append(f"“{step.name}” no longer waits for a blocking step")
    return words


def _blockers(workflow: Workflow) -> dict[str, frozenset[str]]:
    """For each step, the template's blocking steps before it in workflow order."""
    found: dict[str, frozenset[str]] = {}
    standing: frozenset[str] = frozenset()
    for step in workflow.steps:
        found[step.key] = standing
        if step.blocking and not step.added:
            standing |= {step.key}
    return found
