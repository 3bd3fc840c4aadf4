"""Another year end: what is not begun is re-keyed and re-dated, what is begun is listed and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from natrium.apps.activity.operations import NewEvent
from natrium.apps.catalogue.clienthood import YEAR_END, epochs_of, office_of, written_year_end
from natrium.apps.catalogue.operations.engagements import need_manager
from natrium.apps.catalogue.series import SeriesRow, dates_of, series_of
from natrium.apps.catalogue.wishes import facts_of
from natrium.apps.clients import operations as clients
from natrium.apps.clients import queries as client_queries
from natrium.apps.clients.queries import History
from natrium.apps.database import sql
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import operations as workflows
from natrium.domain.client_facts import ALWAYS
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.recurrence import year_ends
from natrium.domain.recurrence.occurrences import Occurrence
from natrium.domain.recurrence.periods import Period
from natrium.domain.recurrence.schedule import Anchor
from natrium.domain.recurrence.year_ends import Change, YearEnd, later_end

# Since ever, for the year end that held before the first change.
EVER = ALWAYS


@dataclass(frozen=True, slots=True)
class Moved:
    """A period that moves with the year end. `status` is its task's; `blocks` says why it cannot, "" where it can.

    `begun`: somebody works on its task, so that moving it has to be asked for.
    """

    occurrence_id: int
    task_id: int | None
    service: str
    title: str
    was: Period
    now: Period
    due_was: date | None
    due: date | None
    status: str
    begun: bool
    blocks: str
    aliases_of: str


@dataclass(frozen=True, slots=True)
class YearEndPlan:
    """What a change of the year end would do: the odd period, and the periods that move, in order."""

    change: Change
    moved: tuple[Moved, ...]

    @property
    def odd(self) -> Period:
        """The period that is shorter or longer."""
        return self.change.period


def preview_year_end(*, by: SignedIn, client_id: int, new: YearEnd, was: date, now: date) -> YearEndPlan:
    """What `change_year_end` would do; writes nothing. Raises as it does, save for what is begun or done."""
    need_manager(by)
    plan, _, _ = _plan(by, client_id, new, was, now)
    return plan


def change_year_end(
    *, by: SignedIn, at: datetime, client_id: int, new: YearEnd, was: date, now: date, move_begun: bool = False
) -> YearEndPlan:
    """The period that ends on `was` ends on `now` instead, and all later ones a year after another.

    `move_begun`: tasks that somebody works on move too, and keep what was done. Raises NotFound, Refusal (not-allowed;
    bad-value with the field; wrong-state where a period is done, or begun and not to be moved).
    """
    need_manager(by)
    with transaction.atomic():
        client = clients.lock_client(practice_id=by.practice_id, client_id=client_id)
        plan, rows, found = _plan(by, client_id, new, was, now)
        _check(plan, move_begun=move_begun)
        _set(by, at, client_id, plan.change)
        for moved in _in_safe_order(plan.moved):
            _move(moved, rows[moved.occurrence_id], found.get(moved.occurrence_id), by=by, at=at)
        client.refresh_from_db()
        keys = [{"was": one.was.end, "now": one.now.end, "service": one.service, "task": one.task_id}
                for one in plan.moved]  # fmt: skip
        data = {"was": was, "now": now, "from": plan.odd.start, "periods": keys}
        clients.record(client, by, at, NewEvent(verb="client.year_end_changed", name=client.name, data=data))
        return plan


def _plan(
    by: SignedIn, client_id: int, new: YearEnd, was: date, now: date
) -> tuple[YearEndPlan, dict[int, SeriesRow], dict[int, Occurrence]]:
    history = client_queries.histories_of(practice_id=by.practice_id, client_ids=[client_id]).get(client_id)
    if history is None:
        raise NotFound("There is no such client in this practice.")
    known = epochs_of(history)[-1].known
    if known.year_end is None:
        raise Refusal(Code.BAD_VALUE, f"{history.name} has no year end yet: set it on the client.", field="was")
    old = YearEnd(month=known.year_end[0], day=known.year_end[1], last=known.year_end_is_last)
    change = year_ends.check(Change(old=old, new=new, was=was, now=now))
    _after_earlier_changes(history, change)
    after = replace(history, facts=[*history.facts, *_facts(history, change)])
    ids = sql.rows("SELECT id FROM catalogue_engagement WHERE client_id = %s ORDER BY id", (client_id,))
    every = series_of(practice_id=by.practice_id, engagement_ids=[id_ for (id_,) in ids])
    if broken := next((row.broken for row in every if row.broken), ""):
        raise Refusal(Code.BAD_VALUE, broken, field="was")
    series = [row for row in every if row.schedule is not None and row.schedule.anchor is Anchor.YEAR_END]
    moved, rows, found = list[Moved](), dict[int, SeriesRow](), dict[int, Occurrence]()
    for row in series:
        for line in _lines(row, change.was):
            one = _moved(row, line, change, after, by)
            moved.append(one[0])
            rows[one[0].occurrence_id] = row
            if one[1] is not None:
                found[one[0].occurrence_id] = one[1]
    return YearEndPlan(change, tuple(moved)), rows, found


def _after_earlier_changes(history: History, change: Change) -> None:
    days = [since for name, since, _ in history.facts if name == YEAR_END]
    if days and max(days) >= change.since:
        raise Refusal(Code.BAD_VALUE, "The year end was changed for a later period already.", field="was")


def _facts(history: History, change: Change) -> list[tuple[str, date, str]]:
    """The facts that the change leaves: the year end from its day on, and the one before it where none is said yet."""
    new, old = (written_year_end(one.month, one.day, last=one.last) for one in (change.new, change.old))
    first = [] if any(name == YEAR_END for name, _, _ in history.facts) else [(YEAR_END, EVER, old)]
    return [*first, (YEAR_END, change.since, new)]


def _lines(row: SeriesRow, was: date) -> Sequence[tuple[Any, ...]]:
    return sql.rows(
        """SELECT o.id, o.period_start, o.period_end, o.part, o.period_key, o.state, o.task_id, COALESCE(t.title, ''),
                  COALESCE(t.status, ''), t.statutory_date, t.target_date
           FROM catalogue_occurrence o LEFT JOIN tasks_task t ON t.id = o.task_id
           WHERE o.engagement_id = %s AND o.recurring_task_id = %s AND o.period_end >= %s
           ORDER BY o.period_end, o.part""",
        (row.engagement_id, row.recurring_id, was),
    )


def _moved(
    row: SeriesRow, line: Sequence[Any], change: Change, after: History, by: SignedIn
) -> tuple[Moved, Occurrence | None]:
    id_, start, end, part, key, state, task_id, title, status, statutory, target = line
    was = Period(cast("date", sql.day(start)), cast("date", sql.day(end)))
    now = later_end(change, was.end)
    found = dates_of(row, after, first=now, last=now, office=office_of(by)).occurrences
    same = next((one for one in found if one.part == part), None)
    span = same.period if same else Period(change.period.start if was.end == change.was else was.start, now)
    blocks = f"The period to {said(was.end)} is done." if status == "done" else ""
    begun = state == "created" and status not in ("not_started", "done", "cancelled", "")
    due_was = sql.day(statutory) or sql.day(target)
    due = (same.due.day if row.schedule and row.schedule.statutory else same.target or same.due.day) if same else None
    moved = Moved(id_, task_id, row.service, title, was, span, due_was, due, status, begun, blocks, key)
    return moved, same


def _check(plan: YearEndPlan, *, move_begun: bool) -> None:
    """Refuses wrong-state for what is done, and for what is begun and not to be moved."""
    for one in plan.moved:
        if one.blocks:
            raise Refusal(Code.WRONG_STATE, f"{one.blocks} Choose a later one.", field="was")
    begun = [one.title for one in plan.moved if one.begun]
    if begun and not move_begun:
        words = f"Somebody works on {', '.join(f'“{title}”' for title in begun)}."
        raise Refusal(Code.WRONG_STATE, f"{words} Say that it moves, or choose a later period.", field="move_begun")


def _set(by: SignedIn, at: datetime, client_id: int, change: Change) -> None:
    """The client's year end, from the odd period on."""
    history = client_queries.histories_of(practice_id=by.practice_id, client_ids=[client_id])[client_id]
    for name, since, value in _facts(history, change):
        workflows.set_client_fact(
            by=by, at=at, client_id=client_id, field=name, value=value, from_date=since, year_end_moves=True
        )
    columns = {"year_end_month": change.new.month, "year_end_day": change.new.day,
               "year_end_is_last_day": change.new.last}  # fmt: skip
    workflows.edit_client(by=by, at=at, client_id=client_id, changes=columns)


def _in_safe_order(moved: Sequence[Moved]) -> list[Moved]:
    """So that no key is taken while another still has it: later ones first where all move on, else earlier first."""
    on = any(one.now.end > one.was.end for one in moved)
    return sorted(moved, key=lambda one: (one.was.end, one.occurrence_id), reverse=on)


def _move(moved: Moved, row: SeriesRow, one: Occurrence | None, *, by: SignedIn, at: datetime) -> None:
    sql.execute(
        """UPDATE catalogue_occurrence SET period_key = %s, period_start = %s, period_end = %s, aliases_of = %s
           WHERE id = %s""",
        (moved.now.end.isoformat(), moved.now.start, moved.now.end, moved.aliases_of, moved.occurrence_id),
    )
    if moved.task_id is None or moved.status == "cancelled":
        return
    changes: dict[str, Any] = {"period_start": moved.now.start, "period_end": moved.now.end}
    if one is not None:
        facts = facts_of(row, one, row.title_of(one))
        names = ("title", "period_start", "period_end", "target_date", "statutory_date", "other_dates")
        changes = {name: getattr(facts, name) for name in names}
    workflows.edit_task(by=by, at=at, task_id=moved.task_id, changes=changes)
