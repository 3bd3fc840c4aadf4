"""Tasks to list, by id, with filters that go together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import NotFound
from natrium.domain.workflow.progress import TaskStatus, percent_from_counts


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as lists show one. `percent` is None where it has no workflow."""

    id: int
    title: str
    client_id: int | None
    client: str
    service: str
    owner_id: int | None
    owner: str
    status: str
    target_date: date | None
    statutory_date: date | None
    percent: int | None
    rev: int


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What to keep; what is None keeps all. `status` is a TaskStatus word."""

    client_id: int | None = None
    owner_id: int | None = None
    status: TaskStatus | None = None
    due_before: date | None = None


def task_list(*, by: SignedIn, keep: TaskFilter, after: int = 0, limit: int = 50) -> tuple[TaskLine, ...]:
    """The practice's tasks in the order of their ids, those after an id; one more than `limit` says there are more.

    Raises NotFound for a client or an owner who is not the practice's.
    """
    where = ["t.practice_id = %s", "t.id > %s"]
    params: list[object] = [by.practice_id, after]
    wanted: list[tuple[str, object]] = [
        ("t.client_id = %s", keep.client_id),
        ("t.owner_id = %s", keep.owner_id),
        ("t.status = %s", keep.status.value if keep.status else None),
        ("t.target_date < %s", keep.due_before),
    ]
    for condition, value in wanted:
        if value is not None:
            where.append(condition)
            params.append(value)
    _require(by, keep)
    rows = sql.rows(
        f"""SELECT t.id, t.title, t.client_id, COALESCE(c.name, ''), t.service, t.owner_id, COALESCE(o.name, ''),
                   t.status, t.target_date, t.statutory_date, t.rev, t.workflows_count, t.steps_done,
                   t.steps_skipped, t.steps_total, t.steps_stale
            FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id
            LEFT JOIN practices_member o ON o.id = t.owner_id
            WHERE {" AND ".join(where)} ORDER BY t.id LIMIT %s""",
        (*params, limit + 1),
    )
    return tuple(_line(row) for row in rows)


def _require(by: SignedIn, keep: TaskFilter) -> None:
    for table, what, number in (
        ("clients_client", "client", keep.client_id),
        ("practices_member", "member", keep.owner_id),
    ):
        if number is None:
            continue
        if sql.row(f"SELECT 1 FROM {table} WHERE id = %s AND practice_id = %s", (number, by.practice_id)) is None:
            raise NotFound(f"There is no such {what} in this practice.")


def _line(row: tuple[Any, ...]) -> TaskLine:
    facts, (target, statutory, rev, workflows, done, skipped, total, stale) = row[:8], row[8:]
    percent = percent_from_counts(done=done, skipped=skipped, total=total, stale=stale) if workflows else None
    id_, title, client_id, client, service, owner_id, owner, status = facts
    return TaskLine(
        id=id_, title=title, client_id=client_id, client=client, service=service, owner_id=owner_id, owner=owner,
        status=status, target_date=sql.day(target), statutory_date=sql.day(statutory), percent=percent, rev=rev,
    )  # fmt: skip
