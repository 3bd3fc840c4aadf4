"""Owner, client manager and client partner changing hands: every unsettled step bound to the rule follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import saving, snapshots
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.workflow.assignment import follow
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.model import Member


def change_client_people(
    *, by: SignedIn, at: datetime, client_id: int, manager_id: int | None, partner_id: int | None, batch: str = ""
) -> int:
    """Give a client another manager and partner (None: nobody); returns how many steps followed.

    One transaction with all the client's unfinished workflows. Raises NotFound, Refusal (not-allowed, bad-value).
    """
    if not may(by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"To change a client takes {who_may(Deed.EDIT_CLIENT)}.")
    with transaction.atomic():
        client = clients.lock_client(practice_id=by.practice_id, client_id=client_id)
        tasks = _lock_tasks("client_id = %s", (client_id,), by=by)
        manager, partner = _member(manager_id, by), _member(partner_id, by)
        clients.set_people(client=client, by=by, at=at, manager_id=manager_id, partner_id=partner_id, batch=batch)
        moved = _follow(tasks, Rule.CLIENT_MANAGER, manager, by=by, at=at, batch=batch)
        return moved + _follow(tasks, Rule.CLIENT_PARTNER, partner, by=by, at=at, batch=batch)


def follow_owner(*, by: SignedIn, at: datetime, task_id: int, owner: Member | None, batch: str = "") -> int:
    """After a task's owner changed: its steps for the task owner follow, and its own step. In a transaction."""
    return _follow([task_id], Rule.TASK_OWNER, owner, by=by, at=at, batch=batch)


def follow_client(*, by: SignedIn, at: datetime, task_id: int, client_id: int | None, batch: str = "") -> int:
    """After a task went to another client: its steps for manager and partner follow. In a transaction."""
    people = sql.row("SELECT manager_id, partner_id FROM clients_client WHERE id = %s", (client_id,)) or (None, None)
    rules = (Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
    moved = 0
    for rule, member_id in zip(rules, people, strict=True):
        moved += _follow([task_id], rule, _member(member_id, by), by=by, at=at, batch=batch)
    return moved


def _member(member_id: int | None, by: SignedIn) -> Member | None:
    return None if member_id is None else practices.member_of(practice_id=by.practice_id, member_id=member_id)


def _lock_tasks(where: str, params: tuple[object, ...], *, by: SignedIn) -> list[int]:
    """The unfinished tasks that match, locked in the order of their ids."""
    rows = sql.rows(
        f"SELECT id FROM tasks_task WHERE practice_id = %s AND {where} ORDER BY id {sql.for_update('tasks_task')}",
        (by.practice_id, *params),
    )
    return [row[0] for row in rows]


def _follow(task_ids: Sequence[int], rule: Rule, to: Member | None, *, by: SignedIn, at: datetime, batch: str) -> int:
    if not task_ids:
        return 0
    rows = sql.rows(
        f"""SELECT DISTINCT workflow_id FROM workflows_step
            WHERE {sql.one_of("task_id", task_ids)} AND workflow_id IS NOT NULL AND assign_rule = %s AND bound
              AND (status NOT IN ('done', 'skipped') OR stale) ORDER BY workflow_id""",
        (*sql.chosen(task_ids), rule.value),
    )
    moved = 0
    for (workflow_id,) in rows:
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        change = follow(loaded.workflow, rule, to)
        if not change.events:
            continue
        saving.save(loaded, change, by=by, at=at, batch=batch)
        moved += len(change.events)
    return moved


def require_client(*, by: SignedIn, client_id: int | None) -> None:
    """Raises NotFound unless the client is the practice's (None is: an internal task)."""
    if client_id is None:
        return
    found = sql.row("SELECT 1 FROM clients_client WHERE id = %s AND practice_id = %s", (client_id, by.practice_id))
    if found is None:
        raise NotFound("There is no such client in this practice.")
