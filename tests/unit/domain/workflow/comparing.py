"""The product's answer beside the oracle's: the same refusal, or the same facts; and what holds of every answer."""

from __future__ import annotations

from typing import Any

from natrium.domain.errors import Refusal
from natrium.domain.workflow import actions, edits, transitions, undo
from natrium.domain.workflow.actions import Change
from natrium.domain.workflow.model import Member, Step, Workflow
from tests.unit.domain.workflow import oracle, oracle_actions, oracle_edits, oracle_undo
from tests.unit.domain.workflow.builders import Job
from tests.unit.domain.workflow.oracle_people import Scene


def scene_of(job: Job, by: Member) -> Scene:
    owner = job.around.owner
    return Scene(oracle.plain(job.workflow), oracle.plain(by), owner and owner.id, job.around.hold.value, job.now)


def differences(expected: oracle.Flow, actual: oracle.Flow) -> list[str]:
    """Every fact that is not as expected, as a line to read."""
    found = []
    if oracle.keys_of(expected) != oracle.keys_of(actual):
        return [f"steps: expected {oracle.keys_of(expected)}, got {oracle.keys_of(actual)}"]
    for want, got in zip(oracle.steps_of(expected), oracle.steps_of(actual), strict=True):
        for fact, value in want.items():
            if value != got[fact]:
                found.append(f"{want['key']}.{fact}: expected {value!r}, got {got[fact]!r}")
    for want, got in zip(expected["groups"], actual["groups"], strict=True):
        for fact in ("key", "name", "order", "gate", "added"):
            if want[fact] != got[fact]:
                found.append(f"{want['key']}.{fact}: expected {want[fact]!r}, got {got[fact]!r}")
    return found


class Compared:
    """A job that the oracle works on as well: every action is asked of both, and both must say the same."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.record: list[dict[str, Any]] = []
        self.number = 0

    def do(self, wanted: list[Any], by: Member) -> str:
        """The code both answer with, or "" where both did it."""
        scene = scene_of(self.job, by)
        code, after, did = oracle_actions.perform(scene, wanted)
        before = self.job.workflow
        story = f"\n{by.name} ({by.role.word}): {wanted}\nbefore: {_short(before)}"
        try:
            change = transitions.perform(before, wanted, around=self.job.around, by=by, at=self.job.now)
        except Refusal as refusal:
            assert refusal.code == code, f"expected {code or 'yes'}, was refused: {refusal.code}{story}"
            assert oracle.plain(before) == scene.flow, f"a refusal left a trace{story}"
            self.check_refusal(refusal, scene, wanted)
            return code
        assert code in ("", oracle_actions.REPEATED), f"expected {code}, was allowed{story}"
        self.accept(change, by, after.flow, did, story)
        return code

    def check_refusal(self, refusal: Refusal, scene: Scene, wanted: list[Any]) -> None:
        """A refusal says so in words; where a step is blocked it names what is in the way, the nearest first."""
        assert refusal.message.strip()
        named = [obstacle.key for obstacle in refusal.obstacles]
        assert all(key in oracle.keys_of(scene.flow) for key in named)
        if len(wanted) == 1 and len(oracle_actions.singles(wanted[0])) == 1:
            key = wanted[0].key
            if refusal.code == "blocked":
                nearest = oracle.unsettled(scene.flow, key)
                assert named[: len(nearest)] == nearest
                assert set(named[len(nearest) :]) <= set(oracle.approvals_missing(scene.flow, key))
            if refusal.code == "approval-missing" and not isinstance(wanted[0], actions.OverridePrerequisites):
                assert sorted(named) == sorted(oracle.approvals_missing(scene.flow, key))

    def accept(self, change: Change, by: Member, expected: oracle.Flow, did: list[dict[str, Any]], story: str) -> None:
        """Both did it: the facts are the same, and the events tell exactly what changed."""
        before = self.job.workflow
        actual = oracle.plain(change.workflow)
        wrong = differences(expected, actual)
        assert not wrong, f"{wrong}{story}"
        assert bool(change.events) == bool(did), f"events {change.events} for {did}{story}"
        check_replay(before, change, story)
        self.number += 1
        for entry in did:
            self.record.append(entry | {"action": self.number})
        self.job.keep(change, by)

    def undo(self, key: str, by: Member) -> str:
        scene = scene_of(self.job, by)
        codes = oracle_undo.codes_against(scene, self.record, key)
        before = self.job.workflow
        told = [(past.action, past.verb, past.key, past.by, past.at) for past in self.job.history]
        story = f"\n{by.name}: undo {key}\nbefore: {_short(before)}\nhistory: {told}"
        try:
            change = undo.undo(before, key, self.job.history, around=self.job.around, by=by, at=self.job.now)
        except Refusal as refusal:
            assert refusal.code in codes, f"expected {codes or 'yes'}, was refused: {refusal.code}{story}"
            assert oracle.plain(before) == scene.flow, f"a refusal left a trace{story}"
            return refusal.code
        assert not codes, f"expected {codes}, was allowed{story}"
        expected = oracle_undo.undone(scene, self.record, key)
        self.accept(change, by, expected.flow, [_undo_entry(scene, expected, key)], story)
        return ""

    def edit(self, edit: Any, by: Member) -> str:
        """An edit is made where the rules allow it, and changes nothing but what it says."""
        scene = scene_of(self.job, by)
        reasons = oracle_edits.reasons_against(scene, edit)
        before = self.job.workflow
        story = f"\n{by.name} ({by.role.word}): {edit}\ncertain: {reasons.certain} open: {reasons.open}{_short(before)}"
        try:
            change = edits.edit(before, edit, around=self.job.around, by=by, at=self.job.now)
        except Refusal as refusal:
            assert refusal.code in reasons.certain | reasons.open, f"was refused: {refusal.code}{story}"
            first = min(reasons.certain, key=oracle_actions.ORDER.index, default=refusal.code)
            assert oracle_actions.earlier(refusal.code, first) == refusal.code, f"{first} comes first{story}"
            assert oracle.plain(before) == scene.flow, f"a refusal left a trace{story}"
            return refusal.code
        assert not reasons.certain, f"expected {reasons.certain}, was allowed{story}"
        expected = oracle_edits.shaped(scene.flow, edit)
        wrong = edited_wrongly(expected, oracle.plain(change.workflow))
        assert not wrong, f"{wrong}{story}"
        assert bool(change.events) == (expected != scene.flow), f"events {change.events}{story}"
        if isinstance(edit, actions.EditStep):
            check_replay(before, change, story)
        self.number += 1
        if change.events:
            self.record.append(_edit_entry(scene, edit, self.number))
        self.job.keep(change, by)
        return ""


def edited_wrongly(expected: oracle.Flow, actual: oracle.Flow) -> list[str]:
    """As `differences`, where a step that was added has only the facts that the rules speak of."""
    for want, got in zip(oracle.steps_of(expected), oracle.steps_of(actual), strict=False):
        for fact, value in got.items():
            want.setdefault(fact, value)
    return differences(expected, actual)


def _edit_entry(before: Scene, edit: Any, number: int) -> dict[str, Any]:
    """An edit of a step is an event of that step, even where none of its facts changes."""
    key = getattr(edit, "key", "")
    changed = {}
    if isinstance(edit, actions.EditStep | actions.MoveStep):
        changed[key] = (oracle.step_of(before.flow, key),) * 2
    return {
        "kind": type(edit), "key": key, "by": before.by["id"], "at": before.at, "changed": changed, "action": number,
    }  # fmt: skip


def _undo_entry(before: Scene, after: Scene, key: str) -> dict[str, Any]:
    changed = {key: (oracle.step_of(before.flow, key), oracle.step_of(after.flow, key))}
    return {"kind": "undo", "key": key, "by": before.by["id"], "at": before.at, "changed": changed}


def check_replay(before: Workflow, change: Change, story: str = "") -> None:
    """The events' changes chain: each `before` is what stood there, and the last `after` is what stands there now."""
    facts = {step.key: {name: getattr(step, name) for name in step.__slots__ + _slots(step)} for step in before.steps}
    for event in change.events:
        for fact, (was, became) in event.changes.items():
            if event.key not in facts:
                continue
            assert facts[event.key][fact] == was, f"{event.verb} of {event.key}: {fact} was not {was!r}{story}"
            assert was != became, f"{event.verb} of {event.key}: {fact} did not change{story}"
            facts[event.key][fact] = became
    for step in change.workflow.steps:
        for fact, value in facts[step.key].items():
            assert getattr(step, fact) == value, f"no event tells that {step.key}.{fact} is now other{story}"


def _slots(step: Any) -> tuple[str, ...]:
    """The names of all facts, those of the definition as well."""
    return tuple(name for base in type(step).__mro__[1:] for name in getattr(base, "__slots__", ()))


def _short(workflow: Workflow) -> str:
    """A workflow in few words, for a failure to be read."""
    lines = []
    for group in workflow.groups:
        lines.append(f"\n  {group.key} {group.order.value}{' gate' if group.gate else ''}")
        lines += [f"\n    {_words(step)}" for step in group.steps]
    return "".join(lines)


def _words(step: Step) -> str:
    flags = ("blocking", "required", "approval", "filing", "stale", "bound", "added")
    said = [step.key, step.status.value, *(name for name in flags if getattr(step, name))]
    said += [f"after={step.after}", f"rule={step.assign}", f"covered={sorted(step.covered)}"]
    said += [
        f"holder={step.assignee and step.assignee.name}",
        f"done by={step.completed_by and step.completed_by.name}",
    ]
    if step.waiting:
        said.append(f"waiting={step.waiting.reason}/{step.waiting.on}/{step.waiting.whom}")
    return " ".join(said)
