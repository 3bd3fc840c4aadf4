"""Assign and take: who holds a step. And comment, which needs no more than being there."""

from __future__ import annotations

from dataclasses import replace

from natrium.domain import notes
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, Role
from natrium.domain.workflow.actions import AssignTo, Change, Claim, Comment, Event
from natrium.domain.workflow.model import Member, Step
from natrium.domain.workflow.turn import Turn


def assign(turn: Turn, action: AssignTo) -> Change:
    """Give a step to a member, or to nobody. It no longer follows its rule."""
    step = turn.step(action.key, Deed.ASSIGN_OTHERS_STEP)
    to = action.to
    taking = step.assignee is None and to is not None and to.id == turn.by.id
    if not (taking and turn.may_work(step)):
        turn.allow(Deed.GIVE_AWAY_OWN_STEP if turn.own(step) else Deed.ASSIGN_OTHERS_STEP)
    turn.not_held()
    if (to.id if to else None) == (step.assignee.id if step.assignee else None):
        return turn.unchanged(step, step.assignee, None)
    _unsettled(step)
    if to is not None and not can_hold(to):
        why = "has left" if not to.active else f"is {to.role.one}"
        raise Refusal(
            Code.BAD_VALUE, f"{to.name} {why}: only an active member of role staff or above holds a step.", field="to"
        )
    after = replace(step, assignee=to.person if to else None, bound=False)
    return turn.answer(turn.changed("step.assigned", step, after))


def claim(turn: Turn, action: Claim) -> Change:
    """Take an unassigned step that one may work. Refuses `taken` with who has it."""
    step = turn.step(action.key, Deed.CLAIM_STEP)
    turn.allow_work(step)
    turn.not_held()
    if turn.holds(step):
        return turn.unchanged(step, step.assignee, None)
    _unsettled(step)
    if step.assignee is not None:
        raise Refusal(Code.TAKEN, f"{step.assignee.name} has “{step.name}”.")
    return turn.answer(turn.changed("step.claimed", step, replace(step, assignee=turn.me, bound=False)))


def comment(turn: Turn, action: Comment) -> Change:
    """Say something about a step, or about the workflow where no key is given. Also on a held task."""
    step = turn.step(action.key, Deed.COMMENT) if action.key else None
    turn.allow(Deed.COMMENT)
    data = notes.note_data(action.text, action.mentioned)
    event = Event("comment.added", step.key if step else "", step.name if step else "", {}, data)
    return Change(turn.situation.workflow, (event,))


def can_hold(member: Member) -> bool:
    """Whether a member may hold a step: active, and staff or above."""
    return member.active and member.role >= Role.STAFF


def _unsettled(step: Step) -> None:
    """Refuses `settled` for a step that is done or skipped."""
    if step.settled:
        raise Refusal(Code.SETTLED, f"“{step.name}” is settled and keeps who had it.")
