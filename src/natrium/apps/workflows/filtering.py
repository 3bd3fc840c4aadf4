"""Filters as conditions of a statement about tasks `t` and their clients `c`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from natrium.apps.database import sql
from natrium.apps.workflows.filters import ANY, ME, NONE, Filters, due_period

# Total: a task without any date comes last, and no comparison with it is ever unknown.
DUE = "COALESCE(t.target_date, t.statutory_date, '9999-12-31')"
FAR = date(9999, 12, 31)
# A step without a date of its own is due with its task: the day that every list goes by, and by which it is late.
STEP_DAY = "COALESCE(s.due, t.target_date, t.statutory_date)"
STEP_DUE = f"COALESCE({STEP_DAY}, '9999-12-31')"
CLOSED = "t.status IN ('done', 'cancelled')"
OPEN_STEP = "NOT s.retired AND (s.status NOT IN ('done', 'skipped') OR s.stale)"
FROM = "FROM tasks_task t LEFT JOIN clients_client c ON c.id = t.client_id"

type Piece = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom and when filters are read. `stages` gives the open tasks at a stage, `due` is the date filters go by."""

    member_id: int
    practice_id: int
    today: date
    stages: Callable[[Sequence[str]], Sequence[int]]
    due: str = DUE


def where(filters: Filters, asking: Asking, *, also_closed: bool = False) -> Piece:
    """The condition on `t` (the task) and `c` (its client), and its parameters.

    Open tasks only, unless the filters name statuses, or `also_closed`. Every part is true or false, never unknown,
    so that a filter and its opposite divide the tasks between them.
    """
    parts = ["t.practice_id = %s"]
    values: list[object] = [asking.practice_id]
    if not filters.explicit_status and not also_closed:
        parts.append(f"NOT ({CLOSED})")
    for condition in filters.conditions:
        part, more = PIECES[condition.field](condition.values, asking)
        parts.append(f"NOT ({part})" if condition.negated else f"({part})")
        values.extend(more)
    return " AND ".join(parts), tuple(values)


def _template(values: Sequence[str], asking: Asking) -> Piece:
    ids = [value for value in values if value != NONE]
    parts: list[str] = ["t.workflows_count = 0"] if NONE in values else []
    params: tuple[object, ...] = ()
    if ids:
        part, params = _ids("COALESCE(w.template_id, 0)", ids, asking)
        parts.append(f"EXISTS (SELECT 1 FROM workflows_workflow w WHERE w.task_id = t.id AND {part})")
    return " OR ".join(parts), params


def _ids(expression: str, values: Sequence[str], asking: Asking) -> Piece:
    ids = sorted({0 if value == NONE else asking.member_id if value == ME else int(value) for value in values})
    return sql.one_of(expression, ids), sql.chosen(ids)


def _words(expression: str, values: Sequence[str]) -> Piece:
    return f"{expression} IN ({', '.join(['%s'] * len(values))})", tuple(values)


def _due(value: str, asking: Asking) -> Piece:
    if value == NONE:
        return f"{asking.due} = '9999-12-31'", ()
    first, last = due_period(value, asking.today)
    parts = [(f"{asking.due} >= %s", first), (f"{asking.due} <= %s", last or FAR - timedelta(days=1))]
    given = [(part, day) for part, day in parts if day is not None]
    closed = f"NOT ({CLOSED}) AND " if value == "late" else ""
    return f"({closed}{' AND '.join(part for part, _ in given)})", tuple(day for _, day in given)


def _pattern(text: str) -> str:
    escaped = text.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"


def _text(values: Sequence[str], _: Asking) -> Piece:
    like = r"LOWER(t.title || ' ' || COALESCE(c.name, '')) LIKE %s ESCAPE '\'"
    return " OR ".join([like] * len(values)), tuple(_pattern(value) for value in values)


def _id(expression: str) -> Callable[[Sequence[str], Asking], Piece]:
    return lambda values, asking: _ids(expression, values, asking)


def _person(values: Sequence[str], asking: Asking) -> Piece:
    part, params = _ids("COALESCE(s.assignee_id, 0)", values, asking)
    return f"EXISTS (SELECT 1 FROM workflows_step s WHERE s.task_id = t.id AND {OPEN_STEP} AND {part})", params


def _service(values: Sequence[str], _: Asking) -> Piece:
    return _words("t.service", ["" if value == NONE else value for value in values])


def _status(values: Sequence[str], _: Asking) -> Piece:
    return ("1 = 1", ()) if ANY in values else _words("t.status", values)


def _stage(values: Sequence[str], asking: Asking) -> Piece:
    ids = asking.stages(values) or (0,)
    return sql.one_of("t.id", ids), sql.chosen(ids)


def _dues(values: Sequence[str], asking: Asking) -> Piece:
    pieces = [_due(value, asking) for value in values]
    return " OR ".join(part for part, _ in pieces), tuple(one for _, more in pieces for one in more)


PIECES: dict[str, Callable[[Sequence[str], Asking], Piece]] = {
    "q": _text,
    "client": _id("COALESCE(t.client_id, 0)"),
    "service": _service,
    "manager": _id("COALESCE(c.manager_id, 0)"),
    "partner": _id("COALESCE(c.partner_id, 0)"),
    "owner": _id("COALESCE(t.owner_id, 0)"),
    "person": _person,
    "template": _template,
    "status": _status,
    "stage": _stage,
    "due": _dues,
}
