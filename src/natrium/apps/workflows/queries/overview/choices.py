"""What filters can be made of."""

from __future__ import annotations

from natrium.apps.database import sql
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import CLOSED
from natrium.apps.workflows.overviews import FilterChoices
from natrium.apps.workflows.panels import Choice
from natrium.domain.roles import Role


def choices(*, by: SignedIn) -> FilterChoices:
    """The practice's people, the services of its open tasks, and its published templates."""
    members = practices.members(practice_id=by.practice_id)
    services = sql.rows(
        f"""SELECT DISTINCT t.service FROM tasks_task t
            WHERE t.practice_id = %s AND NOT ({CLOSED}) AND t.service <> '' ORDER BY t.service""",
        (by.practice_id,),
    )
    templates = sql.rows(
        """SELECT id, name FROM workflows_template
           WHERE practice_id = %s AND archived_at IS NULL AND latest_version > 0 ORDER BY name, id""",
        (by.practice_id,),
    )
    return FilterChoices(
        members=tuple(Choice(one.id, one.name) for one in members if one.active and one.role >= Role.STAFF),
        left=tuple(Choice(one.id, one.name) for one in members if not (one.active and one.role >= Role.STAFF)),
        services=tuple(row[0] for row in services),
        templates=tuple(Choice(*row) for row in templates),
    )
