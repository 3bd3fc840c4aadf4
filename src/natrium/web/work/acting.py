"""What is done to a step from a list of work: each is one form, one operation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.worklists import StepPlace
from natrium.domain.errors import Code, Refusal
from natrium.domain.task import OWN_STEP
from natrium.domain.workflow.actions import EditStep
from natrium.web.http import Asked, whole_number
from natrium.web.workflows.forms import ACTIONS, a_day

NOUNS = frozenset(
    {"start", "wait", "resumption", "completion", "confirmation", "claim", "assignment", "due", "comments", "undo"}
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to which step: the form's noun, and what was filled in."""

    who: Asked
    place: StepPlace
    noun: str
    post: QueryDict


def act(deed: Deed) -> Acted:
    """Do it. Raises Refusal, StaleEdit, NotFound."""
    own = deed.place.workflow_id is None
    special = (OWN if own else OF_WORKFLOW).get(deed.noun)
    if special is not None:
        return special(deed)
    who, key = deed.who, OWN_STEP if own else deed.place.key
    action = ACTIONS[deed.noun](key, deed.post)
    if deed.place.workflow_id is None:
        return operations.act_on_task(by=who.by, at=who.at, task_id=deed.place.task_id, action=action)
    return operations.act(by=who.by, at=who.at, workflow_id=deed.place.workflow_id, actions=[action])


def _assign(deed: Deed) -> Acted:
    workflow_id = deed.place.workflow_id or 0
    who, to_id = deed.who, member_chosen(deed.post)
    return operations.assign(by=who.by, at=who.at, workflow_id=workflow_id, key=deed.place.key, to_id=to_id)


def _set_due(deed: Deed) -> Acted:
    """The day by hand; a colleague's change since the form was opened is not written over."""
    workflow_id = deed.place.workflow_id or 0
    edit = EditStep(deed.place.key, {"due_on": a_day(deed.post, "due_on")})
    shown = {"due_on": a_day(deed.post, "was")} if "was" in deed.post else None
    return operations.edit(by=deed.who.by, at=deed.who.at, workflow_id=workflow_id, edit=edit, shown=shown)


def _undo(deed: Deed) -> Acted:
    """One's own last action on the step, or the edit with the number given."""
    who, workflow_id = deed.who, deed.place.workflow_id or 0
    seq = whole_number(deed.post.get("seq"))
    if seq is not None:
        return operations.take_edit_back(by=who.by, at=who.at, workflow_id=workflow_id, seq=seq)
    return operations.undo(by=who.by, at=who.at, workflow_id=workflow_id, key=deed.place.key)


def _undo_own(deed: Deed) -> Acted:
    return operations.undo_on_task(by=deed.who.by, at=deed.who.at, task_id=deed.place.task_id)


def _note_own(deed: Deed) -> Acted:
    task_id, text = deed.place.task_id, deed.post.get("text", "")
    operations.comment_on_task(by=deed.who.by, at=deed.who.at, task_id=task_id, text=text)
    return Acted(task_id, 0, verbs=("comment.added",))


def _own_to(deed: Deed, owner_id: int | None, verb: str) -> Acted:
    """A task's own step is held by the task owner: giving it away gives the task."""
    task_id = deed.place.task_id
    changes = {"owner_id": owner_id}
    operations.edit_task(by=deed.who.by, at=deed.who.at, task_id=task_id, changes=changes, own_step=True)
    return Acted(task_id, 0, verbs=(verb,))


def _due_own(deed: Deed) -> Acted:
    task_id, day = deed.place.task_id, a_day(deed.post, "due_on")
    changes = {"target_date": day}
    operations.edit_task(by=deed.who.by, at=deed.who.at, task_id=task_id, changes=changes, own_step=True)
    return Acted(task_id, 0, verbs=("step.edited",))


def member_chosen(post: QueryDict) -> int | None:
    """Who is to have it; None for anyone. Refuses `bad-value` for what is nobody."""
    text = post.get("to", "")
    number = whole_number(text)
    if text and number is None:
        raise Refusal(Code.BAD_VALUE, "That is nobody of this practice.", field="to")
    return number


OF_WORKFLOW: dict[str, Callable[[Deed], Acted]] = {"assignment": _assign, "due": _set_due, "undo": _undo}
OWN: dict[str, Callable[[Deed], Acted]] = {
    "assignment": lambda deed: _own_to(deed, member_chosen(deed.post), "step.assigned"),
    "claim": lambda deed: _own_to(deed, deed.who.by.member.id, "step.claimed"),
    "comments": _note_own,
    "due": _due_own,
    "undo": _undo_own,
}
