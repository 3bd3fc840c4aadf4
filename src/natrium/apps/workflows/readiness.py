"""What a task's hold does to its steps: while it is held, none of them is shown as ready."""

from __future__ import annotations

from datetime import datetime

from natrium.apps.database import sql
from natrium.apps.workflows import snapshots
from natrium.apps.workflows.saving import ready_keys
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.workflow.dependencies import Situation


def write_readiness(own: Loaded, *, at: datetime, undone: bool = False) -> None:
    """Brings the ready flags of all steps of a task in line after it was held or resumed; its rows are locked.

    A hold keeps since when its steps were ready, for an undo (`undone`) that makes them so again.
    """
    task, moment = own.task, sql.cast_moment("%s")
    loadeds = [own] if not task.counts.workflows else []
    rows = sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s ORDER BY id", (task.id,))
    loadeds += [snapshots.load(practice_id=task.practice_id, workflow_id=row[0], lock=True) for row in rows]
    for loaded in loadeds:
        ready = ready_keys(Situation(loaded.workflow), task.hold)
        for became in (True, False):
            ids = [x.id for key, x in loaded.extras.items() if x.ready is not became and (key in ready) is became]
            if ids:
                since = "ready_since" if not became else f"COALESCE(ready_since, {moment})" if undone else moment
                sql.execute(
                    f"UPDATE workflows_step SET ready = %s, ready_since = {since} WHERE {sql.one_of('id', ids)}",
                    (became, *([at] if became else []), *sql.chosen(ids)),
                )
