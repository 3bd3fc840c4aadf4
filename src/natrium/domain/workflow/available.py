"""Which actions a member could take on a step now: what a page offers. The rules decide again when it is taken."""

from __future__ import annotations

from natrium.domain.roles import Deed, Role, may
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Hold, Member, Status, Step
from natrium.domain.workflow.turn import WORK_DEEDS


def available(situation: Situation, step: Step, *, around: Around, by: Member) -> frozenset[str]:
    """The names of the actions that would not be refused for who asks or for the state, given good words.

    Names: start, wait, resume, complete, reopen, confirm, skip, unskip, override, assign, claim, comment.
    Undo depends on the record and is answered elsewhere.
    """
    if by.role < Role.STAFF:
        return frozenset()
    names = {"comment"}
    if around.hold is not Hold.NONE:
        return frozenset(names)
    owns = around.owner is not None and around.owner.id == by.id
    holds = step.assignee is not None and step.assignee.id == by.id
    if may(by.role, WORK_DEEDS.get(step.assign.rule, Deed.WORK_STEP), assignee=holds):
        names |= _work(situation, step)
        if step.assignee is None and not step.settled:
            names.add("claim")
    names |= _manage(step, owns=owns, holds=holds, by=by)
    if not step.settled and _may_override(situation, step, by):
        names.add("override")
    return frozenset(names)


def _manage(step: Step, *, owns: bool, holds: bool, by: Member) -> set[str]:
    """What is done to a step rather than worked on it: send back, assign, skip."""
    names: set[str] = set()
    own = holds or (step.completed_by is not None and step.completed_by.id == by.id)
    sending_back = Deed.REOPEN_OWN_STEP if own else Deed.REOPEN_OTHERS_STEP
    if step.status is Status.DONE and not step.filing and may(by.role, sending_back, task_owner=owns):
        names.add("reopen")
    assigning = Deed.GIVE_AWAY_OWN_STEP if own else Deed.ASSIGN_OTHERS_STEP
    if not step.settled and may(by.role, assigning, task_owner=owns):
        names.add("assign")
    if may(by.role, Deed.SKIP_STEP, task_owner=owns):
        if step.open and not step.required:
            names.add("skip")
        if step.status is Status.SKIPPED:
            names.add("unskip")
    return names


def _work(situation: Situation, step: Step) -> set[str]:
    free = not situation.held(step.key)
    match step.status:
        case Status.TODO:
            return {"start", "wait", "complete"} if free else set()
        case Status.IN_PROGRESS:
            return {"wait", "complete"} if free else set()
        case Status.WAITING:
            return {"resume", "wait", "complete"} if free else {"resume"}
        case Status.DONE if step.stale and free:
            return {"confirm"}
        case _:
            return set()


def _may_override(situation: Situation, step: Step, by: Member) -> bool:
    unsettled = situation.unsettled(step.key)
    if not unsettled or not may(by.role, Deed.OVERRIDE):
        return False
    if step.filing and any(other.approval for other in unsettled):
        return False
    return not any(other.blocking for other in unsettled) or may(by.role, Deed.OVERRIDE_BLOCKING)
