"""Who may do what, written from the prose about roles and permissions, not from the product's table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.unit.domain.workflow.oracle import Flow, Step, dependents, step_of

VIEWER, STAFF, MANAGER, PARTNER, OWNER = range(5)


@dataclass
class Scene:
    """Where an action happens: the workflow, who acts, who owns the task, whether it is held, and when."""

    flow: Flow
    by: dict[str, Any]
    task_owner: int | None
    hold: str
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        """The one who acts, as facts keep a person."""
        return {"id": self.by["id"], "name": self.by["name"]}


def is_task_owner(scene: Scene) -> bool:
    """The task owner, who as everybody that works needs to be staff at least: a viewer reads."""
    return scene.by["role"] >= STAFF and scene.task_owner == scene.by["id"]


def manages(scene: Scene) -> bool:
    """Role manager or above, or being the task owner."""
    return scene.by["role"] >= MANAGER or is_task_owner(scene)


def holds(scene: Scene, step: Step) -> bool:
    return step["assignee"] is not None and step["assignee"]["id"] == scene.by["id"]


def may_work(scene: Scene, step: Step) -> bool:
    """Staff or above any step; for the client manager or partner its assignee, or that role or above."""
    role = scene.by["role"]
    if role < STAFF:
        return False
    rule = step["assign"]["rule"]
    if rule == "client_manager":
        return role >= MANAGER or holds(scene, step)
    if rule == "client_partner":
        return role >= PARTNER or holds(scene, step)
    return True


def owns(scene: Scene, step: Step) -> bool:
    """A step is one's own when it is assigned to one or one completed it last."""
    finished_it = step["completed_by"] is not None and step["completed_by"]["id"] == scene.by["id"]
    return holds(scene, step) or finished_it


def may_change_own_or_manage(scene: Scene, step: Step) -> bool:
    """One's own step as staff; anybody else's as manager or task owner. So one assigns and reopens."""
    if scene.by["role"] < STAFF:
        return False
    return owns(scene, step) or manages(scene)


def may_assign(scene: Scene, step: Step, to: dict[str, Any] | None) -> bool:
    """Giving it to oneself where nobody has it is claiming it, in other words."""
    if to is not None and to["id"] == scene.by["id"] and step["assignee"] is None and may_work(scene, step):
        return True
    return may_change_own_or_manage(scene, step)


def sent_back_with(scene: Scene, key: str) -> list[str]:
    """The done dependents that sending a step back reaches; a filing is never among them."""
    found = []
    for other in dependents(scene.flow, key):
        step = step_of(scene.flow, other)
        if step["status"] == "done" and not step["filing"]:
            found.append(other)
    return found


def may_reopen(scene: Scene, step: Step, *, cascade: bool) -> bool:
    if not may_change_own_or_manage(scene, step):
        return False
    if not cascade:
        return True
    return all(
        may_change_own_or_manage(scene, step_of(scene.flow, other)) for other in sent_back_with(scene, step["key"])
    )


def may_override(scene: Scene, covers: list[str]) -> bool:
    """A manager or above; a partner or above where one that is named is blocking."""
    if scene.by["role"] < MANAGER:
        return False
    for group in scene.flow["groups"]:
        for step in group["steps"]:
            if step["key"] in covers and step["blocking"] and scene.by["role"] < PARTNER:
                return False
    return True


def may_hold(member: dict[str, Any]) -> bool:
    """Only an active member of role staff or above holds a step."""
    return member["active"] and member["role"] >= STAFF
