"""Taking one's own last edit of a workflow back, for ten minutes, while nobody has edited the workflow since.

The workflow gets back the shape it had, so nothing is loosened by it, and no reason is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import shaping
from natrium.domain.workflow.actions import Change, Event, MoveGroup, MoveStep, RemoveGroup, RemoveStep
from natrium.domain.workflow.edits import no_new_cycle, permit, settled_stays
from natrium.domain.workflow.model import Around, Group, Member, Step, Workflow
from natrium.domain.workflow.undo import WITHIN


@dataclass(frozen=True, slots=True)
class PastEdit:
    """An edit of the record, as taking it back reads it. `changes` and `data` are the event's."""

    seq: int
    verb: str
    key: str
    name: str
    by: int | None
    at: datetime
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


def take_back(
    workflow: Workflow, seq: int, history: Sequence[PastEdit], *, around: Around, by: Member, at: datetime
) -> Change:
    """The workflow as it was before the edit with the number `seq`. `history` is its past edits, oldest first.

    Raises Refusal: not-allowed, task-held, nothing-to-undo, too-late, built-on, settled, worked-on.
    """
    turn = permit(workflow, around=around, by=by, at=at)
    past = next((one for one in history if one.seq == seq), None)
    if past is not None and past.by != by.id:
        raise Refusal(Code.NOT_ALLOWED, "Taking a change back is for the member who made it.")
    turn.not_held()
    standing = _standing(history)
    if past is None or past not in standing:
        raise Refusal(Code.NOTHING_TO_UNDO, "There is no change of yours to take back here.")
    if at - past.at > WITHIN:
        raise Refusal(Code.TOO_LATE, f"Ten minutes have passed since “{past.name}” was changed. Change it by hand.")
    if past is not standing[-1]:
        raise Refusal(Code.BUILT_ON, f"The workflow has been changed again since “{past.name}” was.")
    shaped = BACK[past.verb](workflow, past)
    settled_stays(workflow, past.verb, past.key)
    no_new_cycle(shaped.workflow)
    data = dict(shaped.data) | {"undid": past.verb}
    return Change(shaped.workflow, (Event(shaped.verb, shaped.key, shaped.name, shaped.changes, data),))


def take_back_many(
    workflow: Workflow, pasts: Sequence[PastEdit], *, around: Around, by: Member, at: datetime
) -> tuple[Change, dict[str, Refusal]]:
    """Edits of steps' facts taken back, the last first; and of which steps the facts stay, with why.

    Other edits may have come since: each fact goes back where it still is what the edit set.
    """
    events: list[Event] = []
    refused: dict[str, Refusal] = {}
    for past in reversed(pasts):
        try:
            permit(workflow, around=around, by=by, at=at).not_held()
            settled_stays(workflow, past.verb, past.key)
            shaped = _unedited_step(workflow, past)
        except Refusal as refusal:
            refused[past.key] = refusal
            continue
        workflow = shaped.workflow
        data = {"undid": past.verb, "line": past.seq}
        events.append(Event(shaped.verb, shaped.key, shaped.name, shaped.changes, data))
    return Change(workflow, tuple(events)), refused


def _standing(history: Sequence[PastEdit]) -> list[PastEdit]:
    """The edits that were not taken back. Only the last one can be, so they nest; of many at once each says which."""
    standing: list[PastEdit] = []
    for past in history:
        if "line" in past.data:
            standing = [one for one in standing if one.seq != past.data["line"]]
        elif "undid" in past.data:
            standing.pop()
        else:
            standing.append(past)
    return standing


def _unmoved_step(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    back = MoveStep(past.key, cast("str", past.data["from"]), cast("int", past.data["was"]))
    return shaping.move_step(workflow, back)


def _unmoved_group(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    return shaping.move_group(workflow, MoveGroup(past.key, cast("int", past.data["was"])))


def _unedited_step(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    step = next((one for one in workflow.steps if one.key == past.key), None)
    if step is None:
        raise Refusal(Code.BUILT_ON, f"“{past.name}” was removed since.")
    _still_so(step, past)
    return shaping.changed_step(workflow, step, replace(step, **_before(past)))  # type: ignore[arg-type]


def _unedited_group(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    group = next(one for one in workflow.groups if one.key == past.key)
    return shaping.changed_group(workflow, group, replace(group, **_before(past)))  # type: ignore[arg-type]


def _unremoved_step(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    step = replace(Step(key=past.key, name=past.name), **_before(past))  # type: ignore[arg-type]
    return shaping.put_step(workflow, step, cast("str", past.data["group"]), cast("int", past.data["position"]))


def _unremoved_group(workflow: Workflow, past: PastEdit) -> shaping.Shaped:
    group = replace(Group(key=past.key, name=past.name), **_before(past))  # type: ignore[arg-type]
    return shaping.put_group(workflow, group, cast("int", past.data["position"]))


BACK: dict[str, Callable[[Workflow, PastEdit], shaping.Shaped]] = {
    "step.added": lambda workflow, past: shaping.remove_step(workflow, RemoveStep(past.key)),
    "group.added": lambda workflow, past: shaping.remove_group(workflow, RemoveGroup(past.key)),
    "step.moved": _unmoved_step,
    "group.moved": _unmoved_group,
    "step.edited": _unedited_step,
    "group.edited": _unedited_group,
    "step.removed": _unremoved_step,
    "group.removed": _unremoved_group,
}


def _before(past: PastEdit) -> dict[str, object]:
    return {name: old for name, (old, _) in past.changes.items()}


def _still_so(step: Step, past: PastEdit) -> None:
    """Refuses `built-on` where a fact that the edit set was changed by something that is no edit: assigned, say."""
    if any(getattr(step, name) != new for name, (_, new) in past.changes.items()):
        raise Refusal(Code.BUILT_ON, f"“{step.name}” has changed again since.")
