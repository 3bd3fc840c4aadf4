"""Handing a colleague's work over: on leaving, everything; for an absence, what is chosen. One transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from django.db import transaction

from natrium.apps.activity import operations as activity
from natrium.apps.database import sql
from natrium.apps.practices import operations as practice_operations
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import saving, snapshots
from natrium.apps.workflows.operations.editing_tasks import give_owner
from natrium.apps.workflows.operations.naming import rename_in_templates
from natrium.apps.workflows.operations.people import change_client_people
from natrium.apps.workflows.queries.holdings import STEPS_SQL, TASKS_SQL, Holdings, holdings
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.domain.workflow.assignment import hand_over as rule
from natrium.domain.workflow.holding import can_hold
from natrium.domain.workflow.model import Member


class Part(StrEnum):
    """The parts of a member's work that are handed over, each to somebody of its own."""

    MANAGED = "managed"
    PARTNERED = "partnered"
    TASKS = "tasks"
    STEPS = "steps"
    TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How much went to others. `batch` is on every event of the hand-over."""

    batch: str
    clients: int
    tasks: int
    steps: int
    templates: int


def hand_over(
    *, by: SignedIn, at: datetime, member_id: int, to: Mapping[Part, int | None], leaves: bool = False
) -> HandedOver:
    """Give parts of a member's work to others (None: to nobody), and let the member go where they leave.

    Whoever leaves hands everything over: a part that `to` does not name goes to nobody, and says so on each step.
    Held tasks are handed over too. Raises NotFound, Refusal (not-allowed; bad-value with the part as field, for one
    who cannot hold work; in-use for the last owner).
    """
    _allowed(by, leaves=leaves)
    parts = {part: to.get(part) for part in Part} if leaves else dict(to)
    takers = {part: _taker(by, member_id, part, taker_id) for part, taker_id in parts.items()}
    batch = uuid4().hex
    with transaction.atomic():
        held = holdings(by=by, member_id=member_id)
        done = _give(held, takers, by=by, at=at, batch=batch)
        _note(held, takers, by=by, at=at)
        if leaves:
            practice_operations.deactivate_member(by=by, at=at, member_id=member_id)
        return done


def change_member(*, by: SignedIn, at: datetime, member_id: int, changes: Mapping[str, object]) -> None:
    """Change a member's name, hours or role. One who holds work is not made a viewer: hand it over first.

    Raises NotFound, Refusal (not-allowed; bad-value with the field; in-use).
    """
    practice_operations.need_owner(by)
    role = changes.get("role")
    with transaction.atomic():
        if isinstance(role, Role) and role < Role.STAFF and not holdings(by=by, member_id=member_id).nothing:
            message = "A viewer holds no work. Hand over what this member holds first, then change the role."
            raise Refusal(Code.IN_USE, message, field="role")
        practice_operations.edit_member(by=by, at=at, member_id=member_id, changes=changes)


def _allowed(by: SignedIn, *, leaves: bool) -> None:
    deed = Deed.EDIT_PRACTICE if leaves else Deed.HAND_OVER
    if not may(by.member.role, deed):
        what = "let a member go" if leaves else "hand a colleague's work over"
        raise Refusal(Code.NOT_ALLOWED, f"To {what} takes {who_may(deed)}.")


def _taker(by: SignedIn, giver_id: int, part: Part, taker_id: int | None) -> Member | None:
    if taker_id is None:
        return None
    taker = practices.member_of(practice_id=by.practice_id, member_id=taker_id)
    if taker.id == giver_id:
        raise Refusal(Code.BAD_VALUE, f"{taker.name} cannot hand over to themselves.", field=part.value)
    if not can_hold(taker):
        why = "has left" if not taker.active else f"is a {taker.role.word}"
        raise Refusal(Code.BAD_VALUE, f"{taker.name} {why} and cannot hold work.", field=part.value)
    return taker


def _give(
    held: Holdings, takers: Mapping[Part, Member | None], *, by: SignedIn, at: datetime, batch: str
) -> HandedOver:
    """Clients before tasks before workflows: the order in which everybody locks rows."""
    member = held.member
    clients = _give_clients(member.id, takers, by=by, at=at, batch=batch)
    tasks = steps = templates = 0
    if Part.TASKS in takers:
        owned = sql.rows(f"SELECT t.id {TASKS_SQL} ORDER BY t.id", (by.practice_id, member.id))
        for (task_id,) in owned:
            give_owner(by=by, at=at, task_id=task_id, owner=takers[Part.TASKS], batch=batch)
        tasks = len(owned)
    if Part.STEPS in takers:
        steps = _give_steps(member, takers[Part.STEPS], by=by, at=at, batch=batch)
    if Part.TEMPLATES in takers:
        templates = rename_in_templates(by=by, at=at, giver=member, email=held.email, taker=takers[Part.TEMPLATES])
    return HandedOver(batch, clients, tasks, steps, templates)


def _give_clients(
    member_id: int, takers: Mapping[Part, Member | None], *, by: SignedIn, at: datetime, batch: str
) -> int:
    rows = sql.rows(
        """SELECT id, manager_id, partner_id FROM clients_client
           WHERE practice_id = %s AND (manager_id = %s OR partner_id = %s) ORDER BY id""",
        (by.practice_id, member_id, member_id),
    )
    given = 0
    for client_id, manager_id, partner_id in rows:
        manager = _instead(manager_id, member_id, takers, Part.MANAGED)
        partner = _instead(partner_id, member_id, takers, Part.PARTNERED)
        if (manager, partner) != (manager_id, partner_id):
            change_client_people(by=by, at=at, client_id=client_id, manager_id=manager, partner_id=partner, batch=batch)
            given += 1
    return given


def _instead(current: int | None, member_id: int, takers: Mapping[Part, Member | None], part: Part) -> int | None:
    if current != member_id or part not in takers:
        return current
    taker = takers[part]
    return taker.id if taker else None


def _give_steps(member: Member, taker: Member | None, *, by: SignedIn, at: datetime, batch: str) -> int:
    rows = sql.rows(
        f"SELECT DISTINCT s.workflow_id {STEPS_SQL} AND s.workflow_id IS NOT NULL ORDER BY s.workflow_id",
        (by.practice_id, member.id),
    )
    moved = 0
    for (workflow_id,) in rows:
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        change = rule(loaded.workflow, member.person, taker)
        if change.events:
            saving.save(loaded, change, by=by, at=at, batch=batch)
            moved += len(change.events)
    return moved


def _note(held: Holdings, takers: Mapping[Part, Member | None], *, by: SignedIn, at: datetime) -> None:
    """On the practice's chain: whose work went to whom."""
    data = {
        "member": held.member.id,
        "to": {part.value: taker.id if taker else None for part, taker in takers.items()},
    }
    event = activity.NewEvent(verb="member.handed_over", name=held.member.name, data=data)
    activity.record(
        chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at
    )
