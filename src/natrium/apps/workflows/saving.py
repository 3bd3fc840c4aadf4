"""Writing what the rules answered: the rows that differ, the counters, the task's status, and the events.

Only `operations` call this, inside their transaction and with the rows locked by `snapshots.load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from natrium.apps.activity import operations as activity
from natrium.apps.database import insert, sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import facts
from natrium.apps.workflows.snapshots import Extra, Loaded
from natrium.domain.workflow.actions import Change, Event
from natrium.domain.workflow.assignment import unresolved
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.holdups import held_up
from natrium.domain.workflow.model import Hold, Status, Step
from natrium.domain.workflow.progress import Counts, counts_of, task_status
from natrium.domain.workflow.turn import differences


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the workflow's new rev."""

    rev: int


def save(loaded: Loaded, change: Change, *, by: SignedIn, at: datetime, batch: str = "") -> Saved:
    """Writes a change of steps' facts with its events; the rows of `loaded` are locked.

    `loaded` is spent afterwards: read the workflow anew for a further change.
    """
    situation = Situation(change.workflow)
    before = {step.key: step for step in loaded.workflow.steps}
    touched = [step for step in situation.steps.values() if before.get(step.key) is not step]
    ready, holding = ready_keys(situation, loaded.task.hold), holds_up(situation)
    undone = {event.key for event in change.events if event.verb == "step.undone"}
    newly_unresolved = _write_steps(loaded, before, touched, ready, holding, at, undone=undone)
    _write_standing(loaded, {step.key for step in touched}, ready, holding, at)
    counts = counts_of(situation)
    if loaded.id is None:
        loaded.task.counts = replace(counts, workflows=0, finished=0)
    else:
        loaded.task.counts = loaded.task.counts - loaded.counts + counts
        finished_at = (loaded.finished_at or at) if counts.finished else None
        _write_workflow(loaded, counts, finished_at)
    loaded.task.unresolved += newly_unresolved
    status_before = loaded.task.status
    _write_comments(loaded, change, by=by, at=at)
    whole = counts if loaded.id is None else loaded.task.counts
    loaded.task.status = task_status(whole, loaded.task.hold).value
    events = [as_record(event, loaded) for event in change.events]
    events += _of_the_whole(loaded, counts, status_before)
    record(loaded, events, by=by, at=at, batch=batch)
    return Saved(loaded.rev)


def _write_comments(loaded: Loaded, change: Change, *, by: SignedIn, at: datetime) -> None:
    """Keeps what was said as rows of their own, beside the events."""
    for event in change.events:
        if event.verb == "comment.added":
            extra = loaded.extras.get(event.key)
            insert.insert_row(
                "workflows_comment",
                {"practice_id": loaded.task.practice_id, "task_id": loaded.task.id, "workflow_id": loaded.id,
                 "step_id": extra.id if extra else None, "by_id": by.member.id, "at": at, "text": event.data["text"]},
            )  # fmt: skip


def record_only(loaded: Loaded, change: Change, *, by: SignedIn, at: datetime) -> None:
    """Writes comments on a task and their events; no fact of a step has changed."""
    _write_comments(loaded, change, by=by, at=at)
    record(loaded, [as_record(event, loaded) for event in change.events], by=by, at=at)


def ready_keys(situation: Situation, hold: Hold) -> set[str]:
    """The keys of steps that lists show as ready: todo, not held by a prerequisite, the task not held."""
    if hold is not Hold.NONE:
        return set()
    return {key for key, step in situation.steps.items() if step.status is Status.TODO and not situation.held(key)}


def holds_up(situation: Situation) -> dict[str, int]:
    """For each step that holds somebody up, that member's id."""
    return {key: person.id for key, person in held_up(situation).items()}


def _write_steps(
    loaded: Loaded,
    before: Mapping[str, Step],
    touched: Iterable[Step],
    ready: set[str],
    holding: Mapping[str, int],
    at: datetime,
    *,
    undone: set[str],
) -> int:
    """Updates the rows of steps whose facts differ; returns by how much the task's unresolved count changes.

    `undone`: those that are again what they were, since when they were it.
    """
    delta = 0
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for step in touched:
        was, extra = before[step.key], loaded.extras[step.key]
        columns: dict[str, Any] = {"rev": extra.rev + 1}
        for name, (_, value) in differences(was, step).items():
            columns |= facts.columns_of(name, value)
        if step.status is not was.status or step.stale is not was.stale:
            columns["status_since"] = _since(was, step, at, undone=step.key in undone)
        is_ready = step.key in ready
        if is_ready is not extra.ready:
            columns |= {"ready": is_ready} | _ready_since(step, extra, at, is_ready=is_ready, undone=step.key in undone)
        if holding.get(step.key) != extra.holds_up_id:
            columns["holds_up_id"] = holding.get(step.key)
        if unresolved(step) is not extra.unresolved:
            columns["unresolved"] = not extra.unresolved
            delta += -1 if extra.unresolved else 1
        alike.setdefault(tuple(columns), []).append((*columns.values(), extra.id))
    for names, rows in alike.items():
        _update_steps(names, rows)
    return delta


def _ready_since(step: Step, extra: Extra, at: datetime, *, is_ready: bool, undone: bool) -> dict[str, datetime | None]:
    """Since when a step is ready. What is begun or settled keeps it, for an undo that makes it ready again."""
    if is_ready:
        return {} if undone and extra.ready_since else {"ready_since": at}
    return {"ready_since": None} if step.status is Status.TODO else {}


def _since(was: Step, step: Step, at: datetime, *, undone: bool) -> datetime:
    """Since when a step is as it is now: what is under way or waiting again by an undo is so since it first was."""
    if undone or was.status in (Status.DONE, Status.SKIPPED):
        if step.status is Status.IN_PROGRESS and step.started_at:
            return step.started_at
        if step.status is Status.WAITING and step.waiting:
            return step.waiting.since
    return at


def _update_steps(names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """One statement for however many steps change in the same columns."""
    if len(rows) > 1:
        sql.update_many("workflows_step", names, rows)
    else:
        sql.execute(f"UPDATE workflows_step SET {', '.join(f'{name} = %s' for name in names)} WHERE id = %s", rows[0])


def _write_standing(
    loaded: Loaded, touched: set[str], ready: set[str], holding: Mapping[str, int], at: datetime
) -> None:
    """Updates the rows of steps that became ready, or no longer are, or hold up others, through what others did."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for key, extra in loaded.extras.items():
        columns: dict[str, Any] = {}
        if extra.ready is not (key in ready):
            columns |= {"ready": key in ready, "ready_since": at if key in ready else None}
        if holding.get(key) != extra.holds_up_id:
            columns["holds_up_id"] = holding.get(key)
        if columns and key not in touched:
            alike.setdefault(tuple(columns.items()), []).append(extra.id)
    for changed, ids in alike.items():
        marks = ", ".join(f"{name} = %s" for name, _ in changed)
        sql.execute(
            f"UPDATE workflows_step SET {marks} WHERE {sql.one_of('id', ids)}",
            (*(value for _, value in changed), *sql.chosen(ids)),
        )


def _write_workflow(loaded: Loaded, counts: Counts, finished_at: datetime | None) -> None:
    loaded.rev += 1
    loaded.finished_at = finished_at
    sql.execute(
        """UPDATE workflows_workflow SET rev = %s, finished_at = %s, steps_total = %s, steps_done = %s,
           steps_stale = %s, steps_skipped = %s, steps_in_progress = %s, steps_waiting = %s, steps_ready = %s
           WHERE id = %s""",
        (loaded.rev, finished_at, *counts.values[:7], loaded.id),
    )


def _of_the_whole(loaded: Loaded, counts: Counts, status_before: str) -> list[activity.NewEvent]:
    """The events that the workflow and the task themselves have: finished, and taken up again."""
    events: list[activity.NewEvent] = []
    if loaded.id is not None and counts.finished != loaded.counts.finished:
        verb = "workflow.finished" if counts.finished else "workflow.reopened"
        events.append(activity.NewEvent(verb=verb, workflow_id=loaded.id, name=loaded.name))
    status = loaded.task.status
    if "done" in (status, status_before) and status != status_before:
        verb = "task.done" if status == "done" else "task.reopened"
        events.append(activity.NewEvent(verb=verb, name=loaded.task.title))
    return events


def as_record(event: Event, loaded: Loaded) -> activity.NewEvent:
    """An event of the rules as the record keeps it: values as JSON, rows by id."""
    data: dict[str, Any] = dict(event.data)
    if event.changes:
        data["changes"] = {name: [facts.plain(old), facts.plain(new)] for name, (old, new) in event.changes.items()}
    extra = loaded.extras.get(event.key)
    return activity.NewEvent(
        verb=event.verb,
        workflow_id=loaded.id,
        step_id=extra.id if extra else None,
        step_key=event.key,
        name=event.name,
        data=data,
    )


def record(loaded: Loaded, events: list[activity.NewEvent], *, by: SignedIn, at: datetime, batch: str = "") -> None:
    """Appends events to the task's chain and writes its counters, status and new head, in one statement each."""
    task = loaded.task
    head = activity.append(
        chain="task",
        subject_id=task.id,
        practice_id=task.practice_id,
        head=activity.Head(task.chain_count, task.chain_head),
        events=events,
        by=by,
        at=at,
        batch=batch,
    )
    task.chain_count, task.chain_head = head.count, head.hash
    sql.execute(
        """UPDATE tasks_task SET status = %s, chain_count = %s, chain_head = %s, unresolved_count = %s,
           steps_total = %s, steps_done = %s, steps_stale = %s, steps_skipped = %s, steps_in_progress = %s,
           steps_waiting = %s, steps_ready = %s, workflows_count = %s, workflows_finished = %s WHERE id = %s""",
        (task.status, task.chain_count, task.chain_head, task.unresolved, *task.counts.values, task.id),
    )
