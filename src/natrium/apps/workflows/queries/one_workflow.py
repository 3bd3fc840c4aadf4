"""One workflow by itself, as the task page shows it."""

from __future__ import annotations

from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.definitions import fill_guidance
from natrium.apps.workflows.panels import WorkflowPanel
from natrium.apps.workflows.queries.by_law import reasons_of
from natrium.apps.workflows.queries.panel import Seen, workflow_panel


def workflow(*, by: SignedIn, at: datetime, workflow_id: int) -> WorkflowPanel:
    """A workflow with its groups and steps, and what the member may do. Raises NotFound."""
    loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=False)
    fill_guidance(loaded)
    numbers = sql.row(
        """SELECT v.number, t.latest_version FROM workflows_templateversion v
           JOIN workflows_template t ON t.id = v.template_id WHERE v.id = %s""",
        (loaded.version_id,),
    )
    version, newest = numbers or (None, None)
    seen = Seen(by.member, by.zone, at.date(), by.weighted, reasons=reasons_of(loaded, by=by))
    return workflow_panel(loaded, seen, newest=newest, version=version)
