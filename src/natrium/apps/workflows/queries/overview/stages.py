"""At which stage a task is: gathering, preparing, review, with the client, filing, by the place of its current step.

A filing, an approval and a review say it themselves. Else the first of several groups is gathering; what follows the
last approval, or a filing, is filing; what follows the last review goes to the client; what follows the first is
review still; before that, what waits on the client is gathering, and the rest preparing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from natrium.apps.database import sql
from natrium.apps.workflows.filtering import CLOSED, FROM, Piece

# The current step is the first in progress, else ready, else waiting, else the first that is not settled.
CURRENT = """CASE WHEN s.status IN ('done', 'skipped') AND NOT s.stale THEN 4 WHEN s.status = 'in_progress' THEN 0
    WHEN s.ready THEN 1 WHEN s.status = 'waiting' THEN 2 ELSE 3 END"""
STAGES_SQL = f"""
    WITH step AS (
        SELECT s.task_id, s.workflow_id, s.group_id, s.position, s.review, s.approval, s.filing, s.waits_on,
               CASE WHEN s.ready THEN s.ready_since ELSE s.status_since END AS since,
               ROW_NUMBER() OVER (PARTITION BY s.task_id ORDER BY {CURRENT}, s.workflow_id, s.position) AS place,
               MIN(CASE WHEN s.review THEN s.position END) OVER (PARTITION BY s.workflow_id) AS first_review,
               MAX(CASE WHEN s.review THEN s.position END) OVER (PARTITION BY s.workflow_id) AS last_review,
               MAX(CASE WHEN s.approval THEN s.position END) OVER (PARTITION BY s.workflow_id) AS last_approval,
               MIN(CASE WHEN s.filing THEN s.position END) OVER (PARTITION BY s.workflow_id) AS first_filing,
               MAX(CASE WHEN s.filing THEN s.position END) OVER (PARTITION BY s.workflow_id) AS last_filing
        FROM (SELECT t.id {FROM} WHERE {{where}}) o
        JOIN workflows_step s ON s.task_id = o.id AND NOT s.retired
    )
    SELECT step.task_id, step.since, CASE
        WHEN step.filing THEN 'filing' WHEN step.approval THEN 'client' WHEN step.review THEN 'review'
        WHEN g.position = 0 AND EXISTS (
            SELECT 1 FROM workflows_stepgroup h WHERE h.workflow_id = step.workflow_id AND h.position > 0)
            THEN 'gathering'
        WHEN step.position > step.first_filing
            OR (step.position > step.last_approval AND step.position <= step.last_filing) THEN 'filing'
        WHEN step.position > step.last_review THEN 'client'
        WHEN step.position > step.first_review THEN 'review'
        WHEN step.waits_on = 'client' THEN 'gathering'
        ELSE 'preparing' END
    FROM step LEFT JOIN workflows_stepgroup g ON g.id = step.group_id WHERE step.place = 1"""


@dataclass(frozen=True, slots=True)
class At:
    """A task at a stage, and since when its current step is as it is."""

    task_id: int
    since: datetime
    stage: str


def staged(where: Piece) -> list[At]:
    """The stage of each task that a condition keeps. A task without any step has none."""
    condition, params = where
    rows = sql.rows(STAGES_SQL.format(where=condition), params)
    return [At(task_id, cast("datetime", sql.moment(since)), stage) for task_id, since, stage in rows]


def at_stages(*, practice_id: int, keys: Sequence[str]) -> tuple[int, ...]:
    """The practice's open tasks at some stages."""
    found = staged((f"t.practice_id = %s AND NOT ({CLOSED})", (practice_id,)))
    return tuple(one.task_id for one in found if one.stage in keys)
