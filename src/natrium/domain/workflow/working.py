"""Start, wait, resume, complete: the actions of the person who does a step."""

from __future__ import annotations

from dataclasses import replace

from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed
from natrium.domain.workflow.actions import Change, Complete, Event, Resume, Start, Wait
from natrium.domain.workflow.definition import MAX_NAME, WaitsOn
from natrium.domain.workflow.model import Evidence, Status, Step, Waiting
from natrium.domain.workflow.turn import REASON_FOR, Turn, bounded, reason_of, wrong_state


def start(turn: Turn, action: Start) -> Change:
    """Todo becomes in progress."""
    step = turn.step(action.key, Deed.WORK_STEP)
    turn.allow_work(step)
    turn.not_held()
    if step.status is Status.IN_PROGRESS:
        return turn.unchanged(step, step.started_by, step.started_at)
    if step.status is not Status.TODO:
        instead = {
            Status.WAITING: "Resume it instead.",
            Status.DONE: "Confirm it or send it back instead." if step.stale else "Send it back instead.",
            Status.SKIPPED: "Take the skip back first.",
        }[step.status]
        raise wrong_state(step, instead)
    turn.unobstructed(step)
    return turn.answer(turn.changed("step.started", step, started(turn, step)))


def started(turn: Turn, step: Step) -> Step:
    """The step, in progress from now on."""
    return replace(step, status=Status.IN_PROGRESS, started_by=turn.me, started_at=turn.at, waiting=None)


def wait(turn: Turn, action: Wait) -> Change:
    """Todo or in progress becomes waiting; a waiting step may get other words and keeps its since."""
    step = turn.step(action.key, Deed.WORK_STEP)
    turn.allow_work(step)
    turn.not_held()
    on = action.on or step.waits_on
    reason, whom = action.reason.strip(), action.whom.strip()
    was = step.waiting
    if was is not None and (reason, on, whom) == (was.reason, was.on, was.whom):
        return turn.unchanged(step, None, was.since)
    if not step.open:
        raise wrong_state(step, "Only an open step can wait.")
    reason = reason_of(reason, REASON_FOR[Wait])
    if on not in (WaitsOn.CLIENT, WaitsOn.THIRD_PARTY):
        raise Refusal(Code.BAD_VALUE, "Say whom it waits on: the client, or a third party.", field="on")
    bounded(whom, "name of whom it waits on", field="whom", most=MAX_NAME)
    turn.unobstructed(step)
    waiting = Waiting(reason, on, whom, was.since if was else turn.at)
    return turn.answer(turn.changed("step.waiting", step, replace(step, status=Status.WAITING, waiting=waiting)))


def resume(turn: Turn, action: Resume) -> Change:
    """Waiting becomes in progress."""
    step = turn.step(action.key, Deed.WORK_STEP)
    turn.allow_work(step)
    turn.not_held()
    if step.status is Status.IN_PROGRESS:
        return turn.unchanged(step, step.started_by, step.started_at)
    if step.status is not Status.WAITING:
        raise wrong_state(step, "Only a waiting step is resumed.")
    return turn.answer(turn.changed("step.resumed", step, resumed(turn, step)))


def resumed(turn: Turn, step: Step) -> Step:
    """The step, in progress again (from now on, where it never was)."""
    if step.started_at is None:
        return started(turn, step)
    return replace(step, status=Status.IN_PROGRESS, waiting=None)


def complete(turn: Turn, action: Complete) -> Change:
    """In progress, or todo or waiting where nothing is in the way, becomes done.

    From todo and waiting the start (or the going on) is an event of its own.
    """
    step = turn.step(action.key, Deed.WORK_STEP)
    turn.allow_work(step)
    turn.not_held()
    if step.status is Status.DONE and not step.stale:
        _same_filing(step, action)
        return turn.unchanged(step, step.completed_by, step.completed_at)
    if step.stale:
        raise Refusal(
            Code.STALE,
            f"“{step.name}” was signed off before something it rests on was sent back. "
            "Confirm that it is still right, or send it back.",
        )
    if step.status is Status.SKIPPED:
        raise wrong_state(step, "Take the skip back first.")
    evidence = _evidence(turn, step, action)
    turn.unobstructed(step)
    changes: list[tuple[Step, Event]] = []
    running = step
    if step.status is not Status.IN_PROGRESS:
        running = resumed(turn, step)
        verb = "step.resumed" if step.started_at is not None and step.status is Status.WAITING else "step.started"
        changes.append(turn.changed(verb, step, running))
    done = replace(running, status=Status.DONE, completed_by=turn.me, completed_at=turn.at, evidence=evidence)
    changes.append(turn.changed("step.completed", running, done))
    return turn.answer(*changes)


def _same_filing(step: Step, action: Complete) -> None:
    """Refuses `filed` where a done filing is repeated with another date or reference."""
    recorded = step.evidence
    if not step.filing or recorded is None:
        return
    other_day = action.filed_on is not None and action.filed_on != recorded.on
    other_reference = bool(action.reference.strip()) and action.reference.strip() != recorded.reference
    if other_day or other_reference:
        raise Refusal(Code.FILED, f"“{step.name}” is already recorded as {_filing_words(recorded)}.")


def _filing_words(evidence: Evidence) -> str:
    day = f"{evidence.on.day} {evidence.on:%b %Y}" if evidence.on else "an unknown day"
    return f"filed on {day} with reference {evidence.reference}"


def _evidence(turn: Turn, step: Step, action: Complete) -> Evidence | None:
    """What a filing or an approval records. Refuses `evidence-needed` and `bad-value`."""
    if not (step.filing or step.approval):
        return None
    reference, note = action.reference.strip(), action.note.strip()
    if step.filing and (action.filed_on is None or not reference):
        field = "filed_on" if action.filed_on is None else "reference"
        raise Refusal(
            Code.EVIDENCE_NEEDED,
            f"“{step.name}” is a filing: give the date it was filed and its reference.",
            field=field,
        )
    if step.approval and not note:
        raise Refusal(
            Code.EVIDENCE_NEEDED,
            f"“{step.name}” records an approval: say how it was given (a letter, an e-mail, a call and its date).",
            field="note",
        )
    if action.filed_on is not None and step.filing and action.filed_on > turn.at.date():
        raise Refusal(Code.BAD_VALUE, "The date of filing is in the future.", field="filed_on")
    bounded(reference, "reference", field="reference", most=MAX_NAME)
    bounded(note, "note", field="note")
    return Evidence(
        action.filed_on if step.filing else None, reference if step.filing else "", note if step.approval else ""
    )
