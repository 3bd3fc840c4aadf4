"""Send back and confirm; skip and take the skip back: what makes sign-offs stale, and what mends them."""

from __future__ import annotations

from dataclasses import replace

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed
from natrium.domain.workflow.actions import Change, Confirm, Event, Reopen, Skip, Unskip
from natrium.domain.workflow.model import Status, Step, Workflow
from natrium.domain.workflow.turn import REASON_FOR, Turn, reason_of, wrong_state


def reopen(turn: Turn, action: Reopen) -> Change:
    """A done step goes back to in progress; what was signed off after it becomes stale, or todo with `cascade`."""
    step = turn.step(action.key, Deed.REOPEN_OTHERS_STEP)
    turn.allow(Deed.REOPEN_OWN_STEP if turn.own(step) else Deed.REOPEN_OTHERS_STEP)
    signed_off = [
        other for other in turn.situation.dependents(step.key) if other.status is Status.DONE and not other.filing
    ]
    signed_off = [other for other in signed_off if other.key != step.key]
    if action.cascade and not all(turn.own(other) for other in signed_off):
        turn.allow(Deed.REOPEN_OTHERS_STEP)
    turn.not_held()
    if step.status is Status.IN_PROGRESS:
        return turn.unchanged(step, step.started_by, step.started_at)
    if step.status is Status.DONE and step.filing:
        raise Refusal(
            Code.FILED, f"“{step.name}” was filed, and stays filed. Add a step for an amended filing instead."
        )
    if step.status is not Status.DONE:
        raise wrong_state(step, "Only a done step is sent back.")
    reason = reason_of(action.reason, REASON_FOR[Reopen])
    back = replace(step, status=Status.IN_PROGRESS, stale=False, evidence=None, started_by=turn.me, started_at=turn.at)
    first = turn.changed("step.reopened", step, back, {"reason": reason, "cascade": action.cascade})
    cause: dict[str, object] = {"because": step.key, "because_name": step.name}
    if action.cascade:
        rest = [turn.changed("step.returned", other, _returned(other), cause) for other in signed_off]
    else:
        rest = [_stale(turn, other, cause) for other in signed_off if not other.stale]
    return turn.answer(first, *rest)


def _returned(step: Step) -> Step:
    """The step as not begun; who completed it last stays known."""
    return replace(step, status=Status.TODO, stale=False, started_by=None, started_at=None, evidence=None)


def _stale(turn: Turn, step: Step, cause: dict[str, object]) -> tuple[Step, Event]:
    return turn.changed("step.staled", step, replace(step, stale=True), cause)


def confirm(turn: Turn, action: Confirm) -> Change:
    """A stale step is still right."""
    step = turn.step(action.key, Deed.WORK_STEP)
    turn.allow_work(step)
    turn.not_held()
    if step.status is Status.DONE and not step.stale:
        return turn.unchanged(step, step.completed_by, step.completed_at)
    if step.status is not Status.DONE:
        raise wrong_state(step, "Only a stale step is confirmed.")
    turn.unobstructed(step)
    return turn.answer(turn.changed("step.confirmed", step, replace(step, stale=False)))


def skip(turn: Turn, action: Skip) -> Change:
    """An open step is left out, with a reason; a required one is not."""
    step = turn.step(action.key, Deed.SKIP_STEP)
    turn.allow(Deed.SKIP_STEP)
    turn.not_held()
    if step.status is Status.SKIPPED:
        return turn.unchanged(step, step.skipped_by, step.skipped_at)
    if step.status is Status.DONE:
        raise wrong_state(step, "A done step is not skipped.")
    if step.required:
        raise Refusal(Code.REQUIRED, f"“{step.name}” is required: it can be done but not skipped.")
    reason = reason_of(action.reason, REASON_FOR[Skip])
    skipped = replace(
        step, status=Status.SKIPPED, skipped_by=turn.me, skipped_at=turn.at, skip_reason=reason, waiting=None
    )
    return turn.answer(turn.changed("step.skipped", step, skipped))


def unskip(turn: Turn, action: Unskip) -> Change:
    """A skipped step is to be done after all; what was signed off after it becomes stale."""
    step = turn.step(action.key, Deed.SKIP_STEP)
    turn.allow(Deed.SKIP_STEP)
    turn.not_held()
    if step.status is Status.TODO:
        return turn.unchanged(step, None, None)
    if step.status is not Status.SKIPPED:
        raise wrong_state(step, "Only a skipped step can be taken up again.")
    todo = replace(
        step, status=Status.TODO, skipped_by=None, skipped_at=None, skip_reason="", started_by=None, started_at=None
    )
    cause: dict[str, object] = {"because": step.key, "because_name": step.name}
    dependents = turn.situation.dependents(step.key)
    stale = [_stale(turn, o, cause) for o in dependents if o.status is Status.DONE and not o.stale and not o.filing]
    return turn.answer(turn.changed("step.unskipped", step, todo), *stale)


def amendable_filings(workflow: Workflow, dependents: list[Step]) -> tuple[Step, ...]:
    """The done filings among a sent-back step's dependents: what was filed stays, an amended filing is offered."""
    known = {step.key for step in workflow.steps}
    return tuple(step for step in dependents if step.key in known and step.filing and step.status is Status.DONE)
