"""Where a step or group is to go: one up, one down, or behind another; read against the order as it is now."""

from collections.abc import Callable
from datetime import datetime

from django.http import QueryDict

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.workflow.actions import MoveGroup, MoveStep

TRIES = 3


def step_place(shape: StepShape, post: QueryDict) -> tuple[str, int]:
    """The group and the place in it that a form says. Refuses `unknown-key` for a step that is gone from there."""
    to = post.get("to")
    if to in ("up", "down"):
        return _next_to(shape, up=to == "up")
    group_key, _, behind = post.get("where", "").partition("/")
    group = next((one for one in shape.around.groups if one.key == group_key), None)
    keys = [step.key for step in group.steps if step != shape.step] if group else []
    return group_key, _behind(keys, behind)


def group_place(shape: GroupShape, post: QueryDict) -> int:
    """The place among the groups that a form says. Refuses `unknown-key` for a group that is gone."""
    match post.get("to"):
        case "up":
            return max(shape.position - 1, 0)
        case "down":
            return min(shape.position + 1, len(shape.around.groups) - 1)
    keys = [group.key for group in shape.around.groups if group.key != shape.group.key]
    return _behind(keys, post.get("where", "").partition("/")[2])


def _behind(keys: list[str], behind: str) -> int:
    if not behind:
        return 0
    if behind not in keys:
        raise Refusal(Code.UNKNOWN_KEY, "What it was to go behind is no longer there. Choose its place again.")
    return keys.index(behind) + 1


def _next_to(shape: StepShape, *, up: bool) -> tuple[str, int]:
    """One up or down: past the end of a group into the next one; at the very end it stays."""
    groups = shape.around.groups
    at = next(index for index, group in enumerate(groups) if group.key == shape.group)
    position = groups[at].steps.index(shape.step)
    if up and position > 0:
        return shape.group, position - 1
    if not up and position < len(groups[at].steps) - 1:
        return shape.group, position + 1
    if up and at > 0:
        return groups[at - 1].key, len(groups[at - 1].steps)
    if not up and at < len(groups) - 1:
        return groups[at + 1].key, 0
    return shape.group, position


def moved[S: (StepShape, GroupShape)](
    *,
    by: SignedIn,
    at: datetime,
    workflow_id: int,
    read: Callable[[], S],
    edit: Callable[[S], MoveStep | MoveGroup],
) -> Acted:
    """Move as the order is now: where a colleague changed it in between, it is read once more. Raises Refusal."""
    for _ in range(TRIES):
        shape = read()
        try:
            return operations.edit(by=by, at=at, workflow_id=workflow_id, edit=edit(shape), if_rev=shape.around.rev)
        except StaleEdit:
            continue
    return operations.edit(by=by, at=at, workflow_id=workflow_id, edit=edit(read()))
