"""Taking one's own last action back, for ten minutes, while nothing was built on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed
from natrium.domain.workflow.actions import Change, Event, PastEvent
from natrium.domain.workflow.dependencies import Situation, dependents_of
from natrium.domain.workflow.model import Around, Member, Step, Workflow
from natrium.domain.workflow.turn import Turn

WITHIN = timedelta(minutes=10)
UNDOABLE = frozenset(
    {"step.completed", "step.skipped", "step.started", "step.waiting", "step.assigned", "step.claimed"}
)
# What one does instead where the ten minutes are over.
INSTEAD = {"step.completed": "Send it back", "step.skipped": "Take it up again", "step.waiting": "Go on with it"}
BUILT_BY_DEPENDENT = frozenset({"step.started", "step.waiting", "step.completed", "step.confirmed"})


def undo(
    workflow: Workflow, key: str, history: Sequence[PastEvent], *, around: Around, by: Member, at: datetime
) -> Change:
    """The step as it was before the member's last action on it.

    `history` is the workflow's past events, oldest first (those since the step's last action are enough).
    Raises Refusal: not-allowed, task-held, nothing-to-undo, filed, too-late, built-on.
    """
    turn = Turn(Situation(workflow), around, by, at)
    step = turn.step(key, Deed.UNDO_OWN)
    turn.allow(Deed.UNDO_OWN)
    spoken = [event for event in history if _is_deed(event)]
    of_step = [event for event in spoken if event.key == key]
    last = of_step[-1] if of_step else None
    mine = next((event for event in reversed(of_step) if event.by == by.id and event.verb in UNDOABLE), None)
    if last is not None and mine is None and last.verb in UNDOABLE:
        raise Refusal(Code.NOT_ALLOWED, f"Only the member who did it takes the last action on “{step.name}” back.")
    turn.not_held()
    if last is None or mine is None or last.verb == "step.undone":
        raise Refusal(Code.NOTHING_TO_UNDO, f"There is nothing of yours to take back on “{step.name}”.")
    if last is mine and mine.verb == "step.completed" and step.filing:
        raise Refusal(
            Code.FILED, f"“{step.name}” was filed, and stays filed. Add a step for an amended filing instead."
        )
    if at - mine.at > WITHIN:
        instead = INSTEAD.get(mine.verb, "Change it by hand")
        raise Refusal(Code.TOO_LATE, f"Ten minutes have passed since “{step.name}” was changed. {instead} instead.")
    _nothing_built_on(turn, step, mine, last, spoken)
    return _restored(turn, step, mine, of_step)


def undo_action(
    workflow: Workflow, action: str, history: Sequence[PastEvent], *, around: Around, by: Member, at: datetime
) -> tuple[Change, dict[str, Refusal]]:
    """Everything that the member did to steps in one action, taken back, the last first; and what stays, with why.

    What is taken back here was built on nothing any more; what stays is still built on what came before it.
    """
    deeds = [event for event in history if event.action == action and event.verb in UNDOABLE]
    events: list[Event] = []
    refused: dict[str, Refusal] = {}
    undone: set[str] = set()
    for key in dict.fromkeys(event.key for event in reversed(deeds)):
        left = [event for event in history if event.action != action or event.key not in undone]
        try:
            _still_last(workflow, key, action, left)
            change = undo(workflow, key, left, around=around, by=by, at=at)
        except Refusal as refusal:
            refused[key] = refusal
            continue
        workflow = change.workflow
        events.extend(change.events)
        undone.add(key)
    return Change(workflow, tuple(events)), refused


def _is_deed(event: PastEvent) -> bool:
    """Whether an event did something to a step: a note or a file on it builds on nothing."""
    return event.verb.startswith("step.")


def _still_last(workflow: Workflow, key: str, action: str, history: Sequence[PastEvent]) -> None:
    """Refuses `built-on` where the step has a later event than the action's that is not itself an undo."""
    later = [event for event in history if event.key == key and _is_deed(event)][-1]
    if later.action != action and later.verb != "step.undone":
        name = next((step.name for step in workflow.steps if step.key == key), key)
        raise Refusal(Code.BUILT_ON, f"“{name}” has changed again since.")


def _nothing_built_on(turn: Turn, step: Step, mine: PastEvent, last: PastEvent, spoken: Sequence[PastEvent]) -> None:
    """Refuses `built-on` where the step, or for a completion or skip a dependent, went on since."""
    if last is not mine:
        raise Refusal(Code.BUILT_ON, f"“{step.name}” has changed again since.")
    if mine.verb not in ("step.completed", "step.skipped"):
        return
    dependents = dependents_of(turn.situation.graph, step.key)
    later = spoken[spoken.index(mine) + 1 :]
    for event in later:
        if event.key in dependents and event.verb in BUILT_BY_DEPENDENT:
            name = turn.situation.steps[event.key].name
            raise Refusal(Code.BUILT_ON, f"“{name}” has gone on since “{step.name}” was settled.")


def _restored(turn: Turn, step: Step, mine: PastEvent, of_step: Sequence[PastEvent]) -> Change:
    """Takes back the member's own deed: a completion from todo also takes its start back.

    What another deed of the same action did to the step (sent back with cascade, overridden) stays.
    """
    before = step
    deeds = {"step.started", "step.resumed", mine.verb}
    for past in reversed([one for one in of_step if one.action == mine.action and one.verb in deeds]):
        before = replace(before, **{name: old for name, (old, _) in past.changes.items()})  # type: ignore[arg-type]
    return turn.answer(turn.changed("step.undone", step, before, {"undid": mine.verb.removeprefix("step.")}))
