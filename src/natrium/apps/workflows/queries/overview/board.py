"""The stages as a board: how many tasks are at each, the first of them, and how long they have been there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median_low

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import where
from natrium.apps.workflows.filters import STAGES, Filters
from natrium.apps.workflows.overviews import Stage, TaskLook
from natrium.apps.workflows.queries.overview.looks import LOOK, LOOK_FROM, LOOK_WIDTH, asking, look
from natrium.apps.workflows.queries.overview.stages import At, staged

CARDS = 12


def board(*, by: SignedIn, at: datetime, filters: Filters) -> tuple[Stage, ...]:
    """The open tasks that the filters keep, by stage; of each stage those due first."""
    found = staged(where(filters, asking(by, at)))
    of_stage: dict[str, list[At]] = {key: [] for key in STAGES}
    for one in found:
        of_stage[one.stage].append(one)
    cards = _cards(of_stage, at=at)
    return tuple(Stage(key, len(there), _median(there, at), cards.get(key, ())) for key, there in of_stage.items())


def _median(there: Sequence[At], at: datetime) -> int | None:
    return median_low([max((at - one.since).days, 0) for one in there]) if there else None


def _cards(of_stage: dict[str, list[At]], *, at: datetime) -> dict[str, tuple[TaskLook, ...]]:
    """The first cards of each stage, in one statement."""
    parts: list[str] = []
    params: list[object] = []
    for key, there in of_stage.items():
        if there:
            ids = [one.task_id for one in there]
            parts.append(
                f"""SELECT * FROM (SELECT {LOOK}, '{key}' {LOOK_FROM} WHERE {sql.one_of("t.id", ids)}
                    ORDER BY {LOOK_WIDTH}, 1 LIMIT {CARDS}) one"""
            )
            params.extend(sql.chosen(ids))
    rows = sql.rows(" UNION ALL ".join(parts), params) if parts else []
    cards: dict[str, tuple[TaskLook, ...]] = {}
    for row in rows:
        cards[row[LOOK_WIDTH]] = (*cards.get(row[LOOK_WIDTH], ()), look(row[:LOOK_WIDTH], at.date()))
    return cards
