"""What may be changed of one workflow, said plainly.

The rules leave some cases open. So the answer here is two sets of codes: reasons that hold for certain, and reasons
that may be seen so. Where one is certain the edit is refused, with the first certain code in the order of the rules
or with one of the second set that comes before it; where none is, it is made, or refused with a code of the second.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from natrium.domain.workflow import actions
from tests.unit.domain.workflow.oracle import (
    Flow,
    Step,
    all_prerequisites,
    has_cycle,
    keys_of,
    kinds,
    plain,
    step_of,
    steps_of,
)
from tests.unit.domain.workflow.oracle_people import PARTNER, Scene, manages

FLAGS = ("blocking", "required", "review", "approval", "filing")
# Codes that have no place in the order in which refusals are checked; and a loosening that is not one's to allow.
ELSEWHERE = frozenset(
    {"unknown-key", "duplicate-key", "cannot-clear", "template-step", "worked-on", "in-use", "not-allowed"}
)
NEVER_CLEARED = ("required", "filing", "review", "approval")


@dataclass
class Reasons:
    """The codes against an edit: certain ones, and ones the rules leave open."""

    certain: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)


def reasons_against(scene: Scene, edit: Any) -> Reasons:
    if not manages(scene):
        return Reasons({"not-allowed"})
    if scene.hold:
        return Reasons({"task-held"}, set(ELSEWHERE))
    reasons = Reasons()
    unknown_keys(scene.flow, edit, reasons)
    if reasons.certain:
        reasons.open |= {"bad-value", "duplicate-key"}
        return reasons
    {
        actions.AddStep: against_adding,
        actions.AddGroup: against_adding,
        actions.MoveStep: against_moving,
        actions.MoveGroup: against_moving,
        actions.EditStep: against_editing_step,
        actions.EditGroup: against_editing_group,
        actions.RemoveStep: against_removing_step,
        actions.RemoveGroup: against_removing_group,
    }[type(edit)](scene.flow, edit, reasons)
    if "bad-value" in reasons.certain or "duplicate-key" in reasons.certain:
        reasons.open |= {"not-allowed", "reason-needed", "cycle"}
        return reasons
    after = shaped(scene.flow, edit)
    if has_cycle(after):
        reasons.certain.add("cycle")
    against_loosening(scene, edit, after, reasons)
    if after == scene.flow:  # it is so already: nothing to do, whatever else there is to say
        return Reasons(set(), reasons.certain | reasons.open)
    return reasons


def group_keys(flow: Flow) -> list[str]:
    return [group["key"] for group in flow["groups"]]


def group_of(flow: Flow, key: str) -> dict[str, Any]:
    return next(group for group in flow["groups"] if group["key"] == key)


def unknown_keys(flow: Flow, edit: Any, reasons: Reasons) -> None:
    step_keys = [edit.key] if isinstance(edit, actions.MoveStep | actions.EditStep | actions.RemoveStep) else []
    groups = [edit.key] if isinstance(edit, actions.MoveGroup | actions.EditGroup | actions.RemoveGroup) else []
    if isinstance(edit, actions.AddStep | actions.MoveStep):
        groups.append(edit.group)
    after = list(edit.step.after) if isinstance(edit, actions.AddStep) else []
    known = [*keys_of(flow), *([edit.step.key] if isinstance(edit, actions.AddStep) else [])]
    if isinstance(edit, actions.EditStep):
        after = list(edit.changes.get("after", ()))
    missing_after = any(key not in known for key in after)
    if any(key not in keys_of(flow) for key in step_keys) or any(key not in group_keys(flow) for key in groups):
        reasons.certain.add("unknown-key")
    elif missing_after:
        reasons.certain.add("unknown-key")
        reasons.open |= {"settled", "not-allowed", "reason-needed"}


def bad_name(name: str) -> bool:
    return name.strip() == ""


def against_adding(flow: Flow, edit: Any, reasons: Reasons) -> None:
    if isinstance(edit, actions.AddStep):
        key, name, room = edit.step.key, edit.step.name, len(group_of(flow, edit.group)["steps"])
    else:
        key, name, room = edit.key, edit.name, len(flow["groups"])
    if key in keys_of(flow) or key in group_keys(flow):
        reasons.certain.add("duplicate-key")
    if bad_name(name) or (edit.position is not None and not 0 <= edit.position <= room):
        reasons.certain.add("bad-value")


def against_moving(flow: Flow, edit: Any, reasons: Reasons) -> None:
    """Places count without what is moved. A step that is done or skipped is not moved."""
    if isinstance(edit, actions.MoveStep):
        room = len([step for step in group_of(flow, edit.group)["steps"] if step["key"] != edit.key])
        if step_of(flow, edit.key)["status"] in ("done", "skipped"):
            reasons.certain.add("settled")
    else:
        room = len(flow["groups"]) - 1
        inside = group_of(flow, edit.key)["steps"]
        if any(step["status"] in ("done", "skipped") for step in inside):
            reasons.open.add("settled")
    if not 0 <= edit.position <= room:
        reasons.certain.add("bad-value")


def against_editing_step(flow: Flow, edit: Any, reasons: Reasons) -> None:
    """A step that is done or skipped is not renamed or given other flags; other fields the rules leave open."""
    step = step_of(flow, edit.key)
    changed = {name for name, value in edit.changes.items() if plain(value) != step[name]}
    if step["status"] in ("done", "skipped") and edit.changes:
        certain = changed & {"name", *FLAGS}
        (reasons.certain if certain else reasons.open).add("settled")
    for flag in NEVER_CLEARED:
        if flag in changed and step[flag]:
            (reasons.open if step["added"] else reasons.certain).add("cannot-clear")
    if bad_name(edit.changes.get("name", "fine")) or (edit.changes.get("estimate") or 0) < 0:
        reasons.certain.add("bad-value")


def against_editing_group(_: Flow, edit: Any, reasons: Reasons) -> None:
    if bad_name(edit.changes.get("name", "fine")):
        reasons.certain.add("bad-value")


def against_removing_step(flow: Flow, edit: Any, reasons: Reasons) -> None:
    step = step_of(flow, edit.key)
    if not step["added"]:
        reasons.certain.add("template-step")
    if step["status"] != "todo" or step["completed_by"] is not None:
        reasons.certain.add("worked-on")
    if step["skipped_by"] or step["started_by"] or step["overrides"]:
        reasons.open.add("worked-on")
    if any(edit.key in other["after"] for other in steps_of(flow) if other["key"] != edit.key):
        reasons.certain.add("in-use")


def against_removing_group(flow: Flow, edit: Any, reasons: Reasons) -> None:
    group = group_of(flow, edit.key)
    if not group["added"]:
        reasons.certain.add("template-step")
    if group["steps"]:
        reasons.certain.add("in-use")


# -- loosening --------------------------------------------------------------------------------------------------


def against_loosening(scene: Scene, edit: Any, after: Flow, reasons: Reasons) -> None:
    """A template's rule is loosened by a partner or above with a reason; what was added here by a manager too."""
    certain, unsure = loosened(scene.flow, edit, after)
    codes = set()
    if scene.by["role"] < PARTNER:
        codes.add("not-allowed")
    if not getattr(edit, "reason", "").strip():
        codes.add("reason-needed")
    if certain:
        reasons.certain |= codes
    elif unsure:
        reasons.open |= codes


def loosened(before: Flow, edit: Any, after: Flow) -> tuple[bool, bool]:
    """Whether a template's rule is loosened for certain; whether something is that may count."""
    found: list[bool] = []
    if isinstance(edit, actions.EditGroup):
        was, became = group_of(before, edit.key), group_of(after, edit.key)
        if (was["order"], became["order"]) == ("sequential", "any") or (was["gate"] and not became["gate"]):
            found.append(not was["added"] and len(was["steps"]) > 1)
    if isinstance(edit, actions.EditStep):
        step, now = step_of(before, edit.key), step_of(after, edit.key)
        if step["blocking"] and not now["blocking"]:
            found.append(not step["added"])
        for key in step["after"]:
            if key not in now["after"]:
                found.append(not step["added"] and not step_of(before, key)["added"])
    if isinstance(edit, actions.MoveStep | actions.MoveGroup | actions.EditStep | actions.EditGroup):
        moved = lost(before, after)
        found += [False] * len(moved) if is_added(before, edit.key) else moved
    return any(found), bool(found)


def is_added(flow: Flow, key: str) -> bool:
    """What was added here may be loosened by a manager, too; also where it is what leads to an approval."""
    return any(thing["added"] for thing in [*flow["groups"], *steps_of(flow)] if thing["key"] == key)


def lost(before: Flow, after: Flow) -> list[bool]:
    """For every unfiled filing an approval that is no longer before it, for every step a blocking one; whether certain.

    Open is what concerns steps that were added here, and what can no longer matter: steps that are settled.
    """
    found = []
    for step in steps_of(before):
        key = step["key"]
        gone: list[Step] = []
        if step["filing"] and step["status"] != "done":
            away = all_prerequisites(before, key) - all_prerequisites(after, key)
            gone += [step_of(before, other) for other in away if step_of(before, other)["approval"]]
        for other in keys_of(before):
            had = "blocking" in kinds(before, key, other)
            if had and not kinds(after, key, other):
                gone.append(step_of(before, other))
            elif had and "blocking" not in kinds(after, key, other):
                found.append(False)
        for other in gone:
            found.append(
                not step["added"] and not other["added"] and step["status"] not in ("done", "skipped")
                and other["status"] not in ("done", "skipped")
            )  # fmt: skip
    return found


# -- the workflow afterwards ------------------------------------------------------------------------------------


def shaped(flow: Flow, edit: Any) -> Flow:
    """The workflow with the edit made, whoever asks for it."""
    now = deepcopy(flow)
    if isinstance(edit, actions.AddStep):
        steps = group_of(now, edit.group)["steps"]
        steps.insert(len(steps) if edit.position is None else edit.position, fresh(edit.step))
    elif isinstance(edit, actions.AddGroup):
        group = {**plain(edit), "steps": [], "added": True}
        del group["position"]
        now["groups"].insert(len(now["groups"]) if edit.position is None else edit.position, group)
    elif isinstance(edit, actions.MoveStep):
        step = step_of(now, edit.key)
        for group in now["groups"]:
            group["steps"] = [each for each in group["steps"] if each["key"] != edit.key]
        group_of(now, edit.group)["steps"].insert(edit.position, step)
    elif isinstance(edit, actions.MoveGroup):
        group = group_of(now, edit.key)
        now["groups"].remove(group)
        now["groups"].insert(edit.position, group)
    elif isinstance(edit, actions.EditStep | actions.EditGroup):
        thing = step_of(now, edit.key) if isinstance(edit, actions.EditStep) else group_of(now, edit.key)
        thing.update({name: plain(value) for name, value in edit.changes.items()})
    else:
        now["groups"] = [group for group in now["groups"] if group["key"] != edit.key]
        for group in now["groups"]:
            group["steps"] = [each for each in group["steps"] if each["key"] != edit.key]
    return now


def fresh(definition: Any) -> Step:
    """A new step, nothing done on it yet."""
    return {
        **plain(definition), "status": "todo", "stale": False, "started_by": None, "completed_by": None,
        "skipped_by": None, "waiting": None, "overrides": [], "added": True,
    }  # fmt: skip
