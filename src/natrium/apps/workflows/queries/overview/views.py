"""The views that a member sees: their own, and those that are shared."""

from __future__ import annotations

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.overviews import ViewLine


def views(*, by: SignedIn) -> tuple[ViewLine, ...]:
    """One's own views and the practice's shared ones, by name."""
    rows = sql.rows(
        """SELECT v.id, v.name, v.page, v.query, v.shared, v.by_id, m.name
           FROM workflows_savedview v JOIN practices_member m ON m.id = v.by_id
           WHERE v.practice_id = %s AND (v.by_id = %s OR v.shared) ORDER BY v.name, v.id""",
        (by.practice_id, by.member.id),
    )
    return tuple(
        ViewLine(id_, name, page, query, bool(shared), by_id == by.member.id, kept_by)
        for id_, name, page, query, shared, by_id, kept_by in rows
    )
