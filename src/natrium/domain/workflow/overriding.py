"""Start or complete anyway: a prerequisite overridden for one step, with a reason, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from natrium.domain.errors import Code, Refusal, first_of
from natrium.domain.roles import Deed
from natrium.domain.workflow import working
from natrium.domain.workflow.actions import Change, Complete, OverridePrerequisites, Start
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Override, Step
from natrium.domain.workflow.turn import Turn, listed, obstacles_of, put, reason_of, wrong_state


def override(turn: Turn, action: OverridePrerequisites) -> Change:
    """Covers unsettled direct prerequisites for this step; with `then`, starts or completes it in the same breath."""
    step = turn.step(action.key, Deed.OVERRIDE)
    covers = tuple(dict.fromkeys(action.covers))
    _allow(turn, step, covers, action)
    turn.not_held()
    fresh = tuple(key for key in covers if key not in step.covered)
    known = bool(covers) and not fresh
    try:
        covered = _repeated(turn, step, covers) if known else _cover(turn, step, fresh, action.reason)
    except Refusal as refusal:
        raise first_of([refusal, *_refused_anyway(turn, step, action)]) from None
    if action.then is None:
        return covered
    after = _then(replace(turn, situation=Situation(covered.workflow)), action.then)
    repetitions = after.repetitions if not covered.events else ()
    return Change(after.workflow, covered.events + after.events, repetitions)


def _then(turn: Turn, action: Start | Complete) -> Change:
    return working.complete(turn, action) if isinstance(action, Complete) else working.start(turn, action)


def _refused_anyway(turn: Turn, step: Step, action: OverridePrerequisites) -> Iterator[Refusal]:
    """Why what follows would be refused even where the override covered everything."""
    if action.then is None:
        return
    everything = tuple(Override(key, turn.me, turn.at, "") for key in turn.situation.graph[step.key])
    covered = put(turn.situation.workflow, {step.key: replace(step, overrides=everything)})
    try:
        _then(replace(turn, situation=Situation(covered)), action.then)
    except Refusal as refusal:
        yield refusal


def _allow(turn: Turn, step: Step, covers: tuple[str, ...], action: OverridePrerequisites) -> None:
    blocking = any(turn.situation.steps[key].blocking for key in covers if key in turn.situation.steps)
    turn.allow(Deed.OVERRIDE_BLOCKING if blocking else Deed.OVERRIDE)
    if action.then is not None:
        turn.allow_work(step)


def _repeated(turn: Turn, step: Step, covers: tuple[str, ...]) -> Change:
    first = next(override for override in step.overrides if override.key in covers)
    return turn.unchanged(step, first.by, first.at)


def _cover(turn: Turn, step: Step, covers: tuple[str, ...], reason: str) -> Change:
    if step.settled:
        raise wrong_state(step, "There is nothing to go past.")
    reason = reason_of(reason, "going past a step")
    unsettled = {other.key for other in turn.situation.unsettled(step.key)}
    if not covers or not unsettled.issuperset(covers):
        named = listed(turn.situation.unsettled(step.key)) or "nothing"
        raise Refusal(
            Code.BAD_VALUE,
            f"Name steps that “{step.name}” waits for directly and that are not settled: {named}.",
            obstacles_of(turn.situation.unsettled(step.key)),
            field="covers",
        )
    approvals = tuple(other for other in turn.situation.approvals_missing(step.key) if other.key in covers)
    if approvals:
        raise Refusal(
            Code.APPROVAL_MISSING,
            f"“{step.name}” is a filing: no override stands in for {listed(approvals)}.",
            obstacles_of(approvals),
        )
    made = tuple(Override(key, turn.me, turn.at, reason) for key in covers)
    names = [turn.situation.steps[key].name for key in covers]
    after = replace(step, overrides=step.overrides + made)
    return turn.answer(
        turn.changed("step.overridden", step, after, {"covers": list(covers), "names": names, "reason": reason})
    )
