"""What each action writes into the facts, said plainly."""

from __future__ import annotations

from typing import Any

from natrium.domain.workflow import actions
from tests.unit.domain.workflow.oracle import Step, covered, step_of
from tests.unit.domain.workflow.oracle_people import Scene, sent_back_with


class Unsaid:
    """A fact of which the rules say nothing: equal to whatever the product has made of it."""

    __hash__ = None

    def __eq__(self, _: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "(unsaid)"


UNSAID = Unsaid()


def start(scene: Scene, step: Step, _: Any) -> None:
    step["status"] = "in_progress"
    step["started_by"], step["started_at"] = scene.who, scene.at


def wait(scene: Scene, step: Step, action: Any) -> None:
    since = step["waiting"]["since"] if step["status"] == "waiting" else scene.at
    step["status"] = "waiting"
    step["waiting"] = {
        "reason": action["reason"],
        "on": action["on"] or step["waits_on"],
        "whom": action["whom"],
        "since": since,
    }


def resume(scene: Scene, step: Step, _: Any) -> None:
    step["status"] = "in_progress"
    step["waiting"] = None
    if step["started_at"] is None:
        step["started_by"], step["started_at"] = scene.who, scene.at


def complete(scene: Scene, step: Step, action: Any) -> None:
    """Straight from todo, or from waiting, it records the start as well."""
    if step["status"] == "todo" or step["started_at"] is None:
        step["started_by"], step["started_at"] = scene.who, scene.at
    step["status"], step["stale"], step["waiting"] = "done", False, None
    step["completed_by"], step["completed_at"] = scene.who, scene.at
    if step["filing"] or step["approval"]:
        step["evidence"] = {
            "on": action["filed_on"] if step["filing"] else None,
            "reference": action["reference"] if step["filing"] else "",
            "note": action["note"] if step["approval"] else "",
        }


def reopen(scene: Scene, step: Step, action: Any) -> None:
    """What was done after it becomes stale, or with `cascade` to do again; a filing stays filed."""
    reached = sent_back_with(scene, step["key"])
    step["status"], step["stale"] = "in_progress", False
    step["started_by"] = step["started_at"] = step["evidence"] = UNSAID
    for key in reached:
        other = step_of(scene.flow, key)
        other["stale"] = not action["cascade"]
        if action["cascade"]:
            other["status"] = "todo"
            other["started_by"] = other["started_at"] = other["evidence"] = UNSAID


def confirm(_: Scene, step: Step, __: Any) -> None:
    step["stale"] = False


def skip(scene: Scene, step: Step, action: Any) -> None:
    step["status"], step["waiting"] = "skipped", None
    step["skipped_by"], step["skipped_at"], step["skip_reason"] = scene.who, scene.at, action["reason"]


def unskip(scene: Scene, step: Step, _: Any) -> None:
    reached = sent_back_with(scene, step["key"])
    step["status"] = "todo"
    step["started_by"] = step["started_at"] = UNSAID
    step["skipped_by"] = step["skipped_at"] = step["skip_reason"] = UNSAID
    for key in reached:
        step_of(scene.flow, key)["stale"] = True


def override(scene: Scene, step: Step, action: Any) -> None:
    for key in action["covers"]:
        if key not in covered(step):
            step["overrides"].append({"key": key, "by": scene.who, "at": scene.at, "reason": action["reason"]})


def assign(_: Scene, step: Step, action: Any) -> None:
    """Given away by hand, a step no longer follows its rule."""
    to = action["to"]
    step["assignee"] = to and {"id": to["id"], "name": to["name"]}
    step["bound"] = False


def claim(scene: Scene, step: Step, _: Any) -> None:
    step["assignee"], step["bound"] = scene.who, False


def comment(_: Scene, __: Step, ___: Any) -> None:
    """Changes no fact."""


WRITES = {
    actions.Start: start,
    actions.Wait: wait,
    actions.Resume: resume,
    actions.Complete: complete,
    actions.Reopen: reopen,
    actions.Confirm: confirm,
    actions.Skip: skip,
    actions.Unskip: unskip,
    actions.OverridePrerequisites: override,
    actions.AssignTo: assign,
    actions.Claim: claim,
    actions.Comment: comment,
}
