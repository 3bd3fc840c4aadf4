"""A task's row as the overview shows it; and for whom the overview is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows.filtering import DUE, Asking
from natrium.apps.workflows.overviews import TaskLook, TaskMark
from natrium.apps.workflows.panels import Who
from natrium.apps.workflows.queries.overview.stages import at_stages
from natrium.apps.workflows.queries.panel import late_days
from natrium.domain.workflow.progress import percent_from_counts

LOOK = f"""t.id, t.title, t.client_id, COALESCE(c.name, ''), t.service, t.status, t.owner_id, COALESCE(o.name, ''),
    t.target_date, t.statutory_date, t.steps_total, t.steps_done, t.steps_stale, t.steps_skipped,
    t.steps_in_progress, t.steps_waiting, t.steps_ready, t.workflows_count, t.unresolved_count, {DUE}"""
LOOK_WIDTH = 20
LOOK_FROM = """FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
    LEFT JOIN practices_member o ON o.id = t.owner_id"""


def asking(by: SignedIn, at: datetime) -> Asking:
    """For whom and when filters are read."""

    @lru_cache(maxsize=4)
    def stages(keys: tuple[str, ...]) -> tuple[int, ...]:
        return at_stages(practice_id=by.practice_id, keys=keys)

    return Asking(by.member.id, by.practice_id, at.date(), lambda keys: stages(tuple(keys)))


def look(row: Sequence[Any], today: date) -> TaskLook:
    """A task from the columns of LOOK."""
    (
        id_, title, client_id, client, service, status, owner_id, owner, target, statutory, total, done, stale, skipped,
        in_progress, waiting, ready, workflows, unresolved, _due,
    ) = row  # fmt: skip
    due = sql.day(target) or sql.day(statutory)
    closed = status in ("done", "cancelled")
    percent = percent_from_counts(done=done, skipped=skipped, total=total, stale=stale) if workflows else None
    return TaskLook(
        id=id_,
        title=title,
        client_id=client_id,
        client=client,
        service=service,
        status=status,
        mark=_mark(status, in_progress=in_progress, waiting=waiting, ready=ready, stale=stale),
        owner=Who(owner_id, owner) if owner_id is not None else None,
        target_date=sql.day(target),
        statutory_date=sql.day(statutory),
        due_on=due,
        late_days=0 if closed else late_days(due, today),
        done=done if workflows else 0,
        counted=total - skipped if workflows else 0,
        percent=percent,
        unresolved=unresolved,
    )


def _mark(status: str, *, in_progress: int, waiting: int, ready: int, stale: int) -> TaskMark:
    """The state of what is current: in progress, ready, waiting, to confirm; a held task is blocked."""
    if status == "done":
        return "done"
    if status == "cancelled":
        return "skipped"
    if status == "on_hold":
        return "blocked"
    if in_progress:
        return "in_progress"
    if ready:
        return "ready"
    return "waiting" if waiting else "stale" if stale else "blocked"
