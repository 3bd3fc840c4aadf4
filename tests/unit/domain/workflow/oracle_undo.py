"""Taking back one's last action, said plainly. The record is the oracle's own (`oracle_actions.entry`)."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

from natrium.domain.workflow import actions
from tests.unit.domain.workflow.oracle import dependents, keys_of, step_of
from tests.unit.domain.workflow.oracle_people import STAFF, Scene

UNDOABLE = (actions.Start, actions.Wait, actions.Complete, actions.Skip, actions.AssignTo, actions.Claim)
BUILDS = (actions.Start, actions.Wait, actions.Complete, actions.Confirm)
TEN_MINUTES = timedelta(minutes=10)
Entry = dict[str, Any]


def of_step(record: list[Entry], key: str) -> list[Entry]:
    """What happened to a step, by an action of its own or of another; comments change nothing and do not count."""
    return [entry for entry in record if key in entry["changed"]]


def is_undoable(entry: Entry, key: str) -> bool:
    return entry["key"] == key and entry["kind"] in UNDOABLE


def codes_against(scene: Scene, record: list[Entry], key: str) -> set[str]:
    """The codes with which an undo may be refused; empty where it is allowed.

    More than one where two reasons hold and the rules set no order between them.
    """
    if key not in keys_of(scene.flow):
        return {"not-allowed" if scene.by["role"] < STAFF else "task-held" if scene.hold else "unknown-key"}
    happened = of_step(record, key)
    last = happened[-1] if happened else None
    mine = [entry for entry in happened if is_undoable(entry, key) and entry["by"] == scene.by["id"]]
    if scene.by["role"] < STAFF:
        return {"not-allowed"}
    if last and is_undoable(last, key) and last["by"] == scene.by["id"]:
        return codes_against_own(scene, record, last)
    codes = set()
    if scene.hold:
        codes.add("task-held")
    if last and last["by"] != scene.by["id"]:
        codes.add("not-allowed")
    if mine:
        codes.add("built-on")
        if scene.at - mine[-1]["at"] > TEN_MINUTES:
            codes.add("too-late")
    if not (last and is_undoable(last, key)):
        codes.add("nothing-to-undo")
    return codes


def codes_against_own(scene: Scene, record: list[Entry], last: Entry) -> set[str]:
    if scene.hold:
        return {"task-held"}
    if last["kind"] is actions.Complete and step_of(scene.flow, last["key"])["filing"]:
        return {"filed"}
    codes = set()
    if scene.at - last["at"] > TEN_MINUTES:
        codes.add("too-late")
    if last["kind"] in (actions.Complete, actions.Skip) and built_on(scene, record, last):
        codes.add("built-on")
    return codes


def built_on(scene: Scene, record: list[Entry], last: Entry) -> bool:
    """Whether a dependent was started, set waiting, completed or confirmed since."""
    after = dependents(scene.flow, last["key"])
    since = record[record.index(last) + 1 :]
    return any(entry["key"] in after and entry["kind"] in BUILDS for entry in since)


def undone(scene: Scene, record: list[Entry], key: str) -> Scene:
    """The scene with the step's facts as they were before the whole of the last action; an override stays for ever."""
    now = Scene(deepcopy(scene.flow), scene.by, scene.task_owner, scene.hold, scene.at)
    step = step_of(now.flow, key)
    last = of_step(record, key)[-1]
    whole = [entry for entry in of_step(record, key) if entry["action"] == last["action"] and is_undoable(entry, key)]
    for entry in reversed(whole):
        was, became = entry["changed"][key]
        for fact, value in was.items():
            if value != became[fact]:
                step[fact] = value
    return now
