"""What an action leads to: a refusal's code, a repetition, or the workflow afterwards.

Each `says_…` lists, in the order of the rules, every reason there is against an action of that kind, with whether it
holds now; the first that holds is the answer. `oracle_facts` has what is then written.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from natrium.domain.workflow import actions
from tests.unit.domain.workflow.oracle import (
    Step,
    approvals_missing,
    covered,
    keys_of,
    plain,
    prerequisites,
    settled,
    step_of,
    steps_of,
    unsettled,
)
from tests.unit.domain.workflow.oracle_facts import WRITES
from tests.unit.domain.workflow.oracle_people import (
    MANAGER,
    STAFF,
    Scene,
    manages,
    may_assign,
    may_hold,
    may_override,
    may_reopen,
    may_work,
)

REPEATED = "repetition"
# SPEC section 3: the first that applies is given.
ORDER = (
    "not-allowed", "task-held", "stale", "filed", "wrong-state", "settled", "required", "reason-needed",
    "evidence-needed", "bad-value", "blocked", "approval-missing", "unknown-key", "duplicate-key", "cycle",
    "cannot-clear", "template-step", "worked-on", "in-use", "taken", "nothing-to-undo", "too-late", "built-on",
)  # fmt: skip
Reasons = Iterator[tuple[str, bool]]


def blank(words: str) -> bool:
    return words.strip() == ""


def says_start(scene: Scene, step: Step, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "in_progress"
    yield "wrong-state", step["status"] != "todo"
    yield "blocked", bool(unsettled(scene.flow, step["key"]))
    yield "approval-missing", bool(approvals_missing(scene.flow, step["key"]))


def says_wait(scene: Scene, step: Step, action: Any) -> Reasons:
    on = action["on"] or step["waits_on"]
    same = step["status"] == "waiting" and (step["waiting"]["reason"], step["waiting"]["on"], step["waiting"]["whom"])
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, same == (action["reason"], on, action["whom"])
    yield "wrong-state", step["status"] in ("done", "skipped")
    yield "reason-needed", blank(action["reason"])
    yield "bad-value", on is None
    yield "blocked", bool(unsettled(scene.flow, step["key"]))
    yield "approval-missing", bool(approvals_missing(scene.flow, step["key"]))


def says_resume(scene: Scene, step: Step, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "in_progress"
    yield "wrong-state", step["status"] != "waiting"


def says_complete(scene: Scene, step: Step, action: Any) -> Reasons:
    done, filing = step["status"] == "done", step["filing"]
    recorded = step["evidence"] if done and filing else {"on": None, "reference": ""}
    other_date = action["filed_on"] is not None and action["filed_on"] != recorded["on"]
    other_reference = not blank(action["reference"]) and action["reference"] != recorded["reference"]
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, done and not step["stale"] and not (filing and (other_date or other_reference))
    yield "stale", done and step["stale"]
    yield "filed", done
    yield "wrong-state", step["status"] == "skipped"
    yield "evidence-needed", filing and (action["filed_on"] is None or blank(action["reference"]))
    yield "evidence-needed", step["approval"] and blank(action["note"])
    yield "bad-value", filing and action["filed_on"] > scene.at.date()
    yield "blocked", bool(unsettled(scene.flow, step["key"]))
    yield "approval-missing", bool(approvals_missing(scene.flow, step["key"]))


def says_reopen(scene: Scene, step: Step, action: Any) -> Reasons:
    yield "not-allowed", not may_reopen(scene, step, cascade=action["cascade"])
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "in_progress"
    yield "filed", step["status"] == "done" and step["filing"]
    yield "wrong-state", step["status"] != "done"
    yield "reason-needed", blank(action["reason"])


def says_confirm(scene: Scene, step: Step, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "done" and not step["stale"]
    yield "wrong-state", step["status"] != "done"
    yield "blocked", bool(unsettled(scene.flow, step["key"]))


def says_skip(scene: Scene, step: Step, action: Any) -> Reasons:
    yield "not-allowed", not manages(scene)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "skipped"
    yield "wrong-state", step["status"] == "done"
    yield "required", step["required"]
    yield "reason-needed", blank(action["reason"])


def says_unskip(scene: Scene, step: Step, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", not manages(scene)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["status"] == "todo"
    yield "wrong-state", step["status"] != "skipped"


def says_override(scene: Scene, step: Step, action: Any) -> Reasons:
    covers, then = action["covers"], action["then"]
    needed = [key for key in prerequisites(scene.flow, step["key"]) if not settled(step_of(scene.flow, key))]
    undone = [key for key in covers if key in approvals_missing(scene.flow, step["key"])]
    yield "not-allowed", not may_override(scene, covers)
    yield "not-allowed", then is not None and not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, covers != [] and all(key in covered(step) for key in covers)
    yield "wrong-state", settled(step)
    yield "reason-needed", blank(action["reason"])
    yield "bad-value", covers == [] or any(key not in needed and key not in covered(step) for key in covers)
    yield "approval-missing", bool(undone)


def says_assign(scene: Scene, step: Step, action: Any) -> Reasons:
    to = action["to"]
    yield "not-allowed", not may_assign(scene, step, to)
    yield "task-held", scene.hold != ""
    yield REPEATED, (to and to["id"]) == (step["assignee"] and step["assignee"]["id"])
    yield "settled", settled(step)
    yield "bad-value", to is not None and not may_hold(to)


def says_claim(scene: Scene, step: Step, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", not may_work(scene, step)
    yield "task-held", scene.hold != ""
    yield REPEATED, step["assignee"] is not None and step["assignee"]["id"] == scene.by["id"]
    yield "settled", settled(step)
    yield "taken", step["assignee"] is not None


def says_comment(scene: Scene, step: Step | None, action: Any) -> Reasons:  # noqa: ARG001 - all of one shape
    yield "not-allowed", scene.by["role"] < STAFF
    yield "bad-value", blank(action["text"])


SAYS = {
    actions.Start: says_start,
    actions.Wait: says_wait,
    actions.Resume: says_resume,
    actions.Complete: says_complete,
    actions.Reopen: says_reopen,
    actions.Confirm: says_confirm,
    actions.Skip: says_skip,
    actions.Unskip: says_unskip,
    actions.OverridePrerequisites: says_override,
    actions.AssignTo: says_assign,
    actions.Claim: says_claim,
    actions.Comment: says_comment,
}


def reason_against_no_step(scene: Scene, action: Any) -> str:
    """On a step that is not there: who may do it to none, then the held task, then that it is not there."""
    least = {actions.OverridePrerequisites: MANAGER}.get(type(action), STAFF)
    of_managers = isinstance(action, actions.Reopen | actions.Skip | actions.Unskip | actions.AssignTo)
    if scene.by["role"] < least or (of_managers and not manages(scene)):
        return "not-allowed"
    if scene.hold and not isinstance(action, actions.Comment):
        return "task-held"
    return "unknown-key"


def reason_against(scene: Scene, action: Any) -> str:
    """The code of the first reason against an action, `REPEATED`, or "" where nothing speaks against it."""
    if action.key not in keys_of(scene.flow) and not (isinstance(action, actions.Comment) and action.key == ""):
        return reason_against_no_step(scene, action)
    step = step_of(scene.flow, action.key) if action.key else {}
    for code, holds_now in SAYS[type(action)](scene, step, plain(action)):
        if holds_now:
            return code
    return ""


def perform(scene: Scene, wanted: list[Any]) -> tuple[str, Scene, list[dict[str, Any]]]:
    """Several actions in workflow order, each on the state the one before left: the first refusal, or all of them.

    The answer is "" or a code, the scene afterwards (with a code, as it was), and what was done one by one.
    """
    order = keys_of(scene.flow)
    now, did = scene, []
    for action in sorted(wanted, key=lambda each: order.index(each.key) if each.key in order else -1):
        for single in singles(action):
            code = reason_against(now, single)
            if code not in ("", REPEATED):
                return earlier(code, refused_even_if_covered(now, action, single)), scene, []
            if code == "":
                after = act(now, single)
                did.append(entry(now, after, single))
                now = after
    return (REPEATED if wanted and not did else ""), now, did


def refused_even_if_covered(scene: Scene, action: Any, single: Any) -> str:
    """Of a refused override: why what it lets through is refused, whatever were covered; "" where it is not."""
    then = getattr(action, "then", None)
    if single is not action or then is None or action.key not in keys_of(scene.flow):
        return ""
    for code, holds_now in SAYS[type(then)](scene, step_of(scene.flow, then.key), plain(then)):
        if holds_now and code != "blocked":
            return "" if code == REPEATED else code
    return ""


def earlier(*codes: str) -> str:
    """The code that is checked first, of those that there are."""
    return min((code for code in codes if code), key=ORDER.index)


def singles(action: Any) -> list[Any]:
    """An override with what it lets through is two actions, one after the other."""
    then = getattr(action, "then", None)
    return [action] if then is None else [action, then]


def act(scene: Scene, action: Any) -> Scene:
    """The scene after an action that nothing speaks against."""
    now = Scene(deepcopy(scene.flow), scene.by, scene.task_owner, scene.hold, scene.at)
    step = step_of(now.flow, action.key) if action.key else {}
    WRITES[type(action)](now, step, plain(action))
    return now


def entry(before: Scene, after: Scene, action: Any) -> dict[str, Any]:
    """One line of the oracle's own record: what was done, by whom, when, and the steps as they were and became."""
    changed = {}
    for was, became in zip(steps_of(before.flow), steps_of(after.flow), strict=True):
        if was != became:
            changed[was["key"]] = (was, became)
    return {"kind": type(action), "key": action.key, "by": before.by["id"], "at": before.at, "changed": changed}
