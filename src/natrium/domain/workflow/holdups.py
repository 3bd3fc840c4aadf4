"""Whom a step holds up: what lists put first, since one deed there lets somebody else go on."""

from __future__ import annotations

from collections.abc import Iterator

from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Person, Step


def held_up(situation: Situation) -> dict[str, Person]:
    """For each step that holds somebody up, the person: the holder of the first step that waits for it alone.

    The step itself can be worked (nothing is in its way), and what waits for it is somebody else's and not
    settled. A step that waits for several others is held up by none of them alone, and one that nobody holds holds
    nobody up.
    """
    found: dict[str, Person] = {}
    for before, step in alone_before(situation):
        if step.assignee is not None and before.key not in found and before.assignee != step.assignee:
            found[before.key] = step.assignee
    return found


def alone_before(situation: Situation) -> Iterator[tuple[Step, Step]]:
    """Pairs of a step that can be worked and an unsettled one that waits for it alone, by the latter's order."""
    for key, step in situation.steps.items():
        alone = None if step.settled else _alone_before(situation, key)
        if alone is not None and not alone.settled and not situation.held(alone.key):
            yield alone, step


def _alone_before(situation: Situation, key: str) -> Step | None:
    """The one step that stands in the way of another; None where there is none or more than one."""
    steps, step = situation.steps, situation.steps[key]
    covered, only = step.covered, None
    for other in situation.graph[key]:
        if other != key and not steps[other].settled and other not in covered:
            if only is not None:
                return None
            only = steps[other]
    if not step.filing:
        return only
    before = {other.key: other for other in (*situation.approvals_missing(key), *((only,) if only else ()))}
    return next(iter(before.values())) if len(before) == 1 else None
