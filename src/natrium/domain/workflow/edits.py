"""Making one job different: adding, moving, editing and removing steps and groups of one workflow (SPEC section 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed
from natrium.domain.workflow import shaping
from natrium.domain.workflow.actions import (
    AddGroup,
    AddStep,
    Change,
    Edit,
    EditGroup,
    EditStep,
    Event,
    MoveGroup,
    MoveStep,
    RemoveGroup,
    RemoveStep,
    Repetition,
)
from natrium.domain.workflow.dependencies import Situation, direct_prerequisites, find_cycle
from natrium.domain.workflow.loosening import Loosened, loosened
from natrium.domain.workflow.model import Around, Member, Status, Step, Workflow
from natrium.domain.workflow.turn import Turn, bounded, reason_of

SHAPES: dict[type, Callable[[Workflow, Any], shaping.Shaped]] = {
    AddStep: shaping.add_step,
    AddGroup: shaping.add_group,
    MoveStep: shaping.move_step,
    MoveGroup: shaping.move_group,
    EditStep: shaping.edit_step,
    EditGroup: shaping.edit_group,
    RemoveStep: shaping.remove_step,
    RemoveGroup: shaping.remove_group,
}


VERBS: dict[type, str] = {EditStep: "step.edited", MoveStep: "step.moved", MoveGroup: "group.moved"}


def edit(workflow: Workflow, edit: Edit, *, around: Around, by: Member, at: datetime) -> Change:
    """What an edit leads to.

    Raises Refusal: not-allowed, task-held, settled, reason-needed, bad-value, unknown-key, duplicate-key,
    cycle, cannot-clear, template-step, worked-on, in-use.
    """
    turn = permit(workflow, around=around, by=by, at=at)
    shaped = _shaped(turn, workflow, edit)
    loose = loosened(workflow, shaped.workflow)
    if loose:
        turn.allow(Deed.LOOSEN_WORKFLOW)
    turn.not_held()
    if shaped.workflow == workflow:
        return Change(workflow, repetitions=(Repetition(shaped.key, None, None),))
    settled_stays(workflow, shaped.verb, shaped.key)
    reason = getattr(edit, "reason", "").strip()
    reason = reason_of(reason, _what(loose)) if loose else bounded(reason, "reason", field="reason")
    shaping.check(shaped)
    no_new_cycle(shaped.workflow)
    if isinstance(edit, EditStep):
        shaping.not_cleared(workflow, edit)
    data: dict[str, object] = dict(shaped.data)
    if reason:
        data["reason"] = reason
    return Change(shaped.workflow, (Event(shaped.verb, shaped.key, shaped.name, shaped.changes, data),))


def permit(workflow: Workflow, *, around: Around, by: Member, at: datetime) -> Turn:
    """The turn of a member who may edit this workflow. Refuses `not-allowed`."""
    turn = Turn(Situation(workflow), around, by, at)
    turn.allow(Deed.EDIT_WORKFLOW)
    return turn


def _shaped(turn: Turn, workflow: Workflow, edit: Edit) -> shaping.Shaped:
    """The workflow as it would be; that the task is held, or the step settled, is said before what is wrong."""
    try:
        return SHAPES[type(edit)](workflow, edit)
    except Refusal:
        turn.not_held()
        if isinstance(edit, EditStep | MoveStep | MoveGroup):
            settled_stays(workflow, VERBS[type(edit)], edit.key)
        raise


def _what(loose: Loosened) -> str:
    return f"loosening a rule of the template ({'; '.join(loose)})"


def settled_stays(workflow: Workflow, verb: str, key: str) -> None:
    """Refuses `settled`: no done or skipped step is moved, renamed or changed, also not with its group."""
    if verb in ("step.edited", "step.moved"):
        steps: tuple[Step, ...] = tuple(step for step in workflow.steps if step.key == key)
    elif verb == "group.moved":
        steps = next((group.steps for group in workflow.groups if group.key == key), ())
    else:
        return
    for step in steps:
        if step.status in (Status.DONE, Status.SKIPPED):
            word = "done" if step.status is Status.DONE else "skipped"
            raise Refusal(Code.SETTLED, f"“{step.name}” is {word}, and stays as it is.")


def no_new_cycle(workflow: Workflow) -> None:
    """Refuses `cycle`, naming the whole loop by step names."""
    loop = find_cycle(direct_prerequisites(workflow.groups))
    if loop:
        names = {step.key: step.name for step in workflow.steps}
        raise Refusal(Code.CYCLE, f"That closes a loop: {loop_words([names[key] for key in loop])}.")


def loop_words(names: list[str]) -> str:
    """A loop as people read it: "A waits for B, which waits for A"."""
    quoted = [f"“{name}”" for name in [*names, names[0]]]
    return f"{quoted[0]} waits for " + ", which waits for ".join(quoted[1:])
