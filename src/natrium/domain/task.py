"""A task set on hold, cancelled or resumed by hand; and the one step of a task without a workflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.actions import Action, Complete, Reopen, Resume, Start, Wait
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Group, Hold, Member, Person, Step, Workflow
from natrium.domain.workflow.progress import TaskStatus
from natrium.domain.workflow.turn import Turn, reason_of

OWN_STEP = "task"
OWN_ACTIONS = frozenset({"start", "wait", "resume", "complete", "reopen", "undo"})
OWN_KINDS = (Start, Wait, Resume, Complete, Reopen)


def check_own(action: Action | None, *, worked: bool, around: Around, by: Member, at: datetime) -> None:
    """Refuses what a task's own step does not know; before it, who may work no step, and a held task.

    `action` None is an undo; `worked`: the task has no workflow, so the step is worked. Refuses not-allowed,
    task-held, bad-value, has-workflows.
    """
    known = action is None or isinstance(action, OWN_KINDS)
    if worked and known:
        return
    turn = Turn(Situation(Workflow()), around, by, at)
    turn.allow(Deed.WORK_STEP)
    turn.not_held()
    if not known:
        words = "A task without a workflow is started, waited on, resumed, completed or sent back."
        raise Refusal(Code.BAD_VALUE, words)
    raise Refusal(Code.HAS_WORKFLOWS, "This task is worked through its workflows.")


def own_step(name: str, owner: Person | None) -> Workflow:
    """The one step of a task that has no workflow: rule nobody, held by the task owner."""
    step = Step(key=OWN_STEP, name=name, assignee=owner, bound=False)
    return Workflow((Group(key="own", name=name, steps=(step,)),))


@dataclass(frozen=True, slots=True)
class Held:
    """What a task was set to by hand: by whom, when, why."""

    hold: Hold
    reason: str = ""
    by: Person | None = None
    at: datetime | None = None


def set_hold(
    held: Held, to: Hold, *, status: TaskStatus, owner: Person | None, by: Member, at: datetime, reason: str = ""
) -> Held | None:
    """The task put on hold, cancelled, or (`to` NONE) resumed; None where it already is so.

    Raises Refusal: not-allowed, wrong-state (a done task), reason-needed.
    """
    owns = owner is not None and owner.id == by.id
    if not may(by.role, Deed.EDIT_TASK, task_owner=owns):
        raise Refusal(Code.NOT_ALLOWED, f"To hold, cancel or resume a task takes {who_may(Deed.EDIT_TASK)}.")
    if held.hold is to:
        return None
    if status is TaskStatus.DONE and to is not Hold.NONE:
        raise Refusal(Code.WRONG_STATE, "The task is done; a done task is not put on hold or cancelled.")
    if to is Hold.NONE:
        return Held(to)
    return Held(to, hold_reason(to, reason), by.person, at)


def hold_reason(to: Hold, reason: str) -> str:
    """Why a task is put on hold or cancelled. Refuses reason-needed, bad-value."""
    return reason_of(reason, "putting a task on hold" if to is Hold.ON_HOLD else "cancelling a task")
