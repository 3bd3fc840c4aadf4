"""The people that a task's assignment rules can find, as the rules want them."""

from __future__ import annotations

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.roles import Role
from natrium.domain.workflow.assignment import People
from natrium.domain.workflow.model import Member


def people_of(loaded: Loaded, *, by: SignedIn) -> People:
    """Owner, client's manager and partner, and the practice's members by address."""
    client = sql.row("SELECT manager_id, partner_id FROM clients_client WHERE id = %s", (loaded.task.client_id,))
    manager_id, partner_id = client or (None, None)
    rows = sql.rows(
        "SELECT id, name, role, active, email FROM practices_member WHERE practice_id = %s", (by.practice_id,)
    )
    members = {row[0]: Member(id=row[0], name=row[1], role=Role(row[2]), active=bool(row[3])) for row in rows}
    return People(
        owner=members.get(loaded.task.owner.id) if loaded.task.owner else None,
        manager=members.get(manager_id),
        partner=members.get(partner_id),
        has_client=loaded.task.client_id is not None,
        by_email={row[4].lower(): members[row[0]] for row in rows},
    )
