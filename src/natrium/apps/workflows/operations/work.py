"""Working a workflow: every action of the rules, undo, and assigning; on a task's own step as well.

Each is one transaction with the workflow's and the task's rows locked: lock, snapshot, rule, save and record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from natrium.apps.activity import queries as activity_queries
from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import facts, mentions, saving, snapshots
from natrium.apps.workflows.clashes import Clash
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain import task as task_rules
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.workflow import transitions
from natrium.domain.workflow import undo as undo_rules
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Change,
    Comment,
    PastEvent,
    Repetition,
)
from natrium.domain.workflow.holding import can_hold

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
# Refusals that are told before it is said that something changed meanwhile.
BEFORE_STALE = frozenset({Code.NOT_ALLOWED, Code.TASK_HELD})


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of it: the task, the workflow's rev now, what was a repetition, and what happened.

    `seq` is the number of the first line that it wrote into the task's record. `clashes`: of an edit that was
    made in part, the fields that somebody else changed meanwhile and that were left as they are.
    """

    task_id: int
    rev: int
    repetitions: tuple[Repetition, ...] = ()
    verbs: tuple[str, ...] = ()
    seq: int = 0
    clashes: tuple[Clash, ...] = ()


def act(
    *,
    by: SignedIn,
    at: datetime,
    workflow_id: int,
    actions: Sequence[Action],
    if_rev: int | None = None,
    if_step_rev: int | None = None,
    batch: str = "",
) -> Acted:
    """Take actions on a workflow's steps, in workflow order, all or nothing.

    `at` is aware, in the practice's zone. Raises NotFound, Refusal, StaleEdit (where the rev is not `if_rev`,
    or the first named step's is not `if_step_rev`).
    """
    actions = mentions.resolved(actions, by=by)

    def rule(loaded: Loaded) -> Change:
        return transitions.perform(loaded.workflow, actions, around=loaded.task.around, by=by.member, at=at)

    def stale(loaded: Loaded) -> StaleEdit | None:
        return other_rev(loaded, if_rev) or other_step_rev(loaded, actions[0].key, if_step_rev)

    return on_workflow(by=by, at=at, workflow_id=workflow_id, rule=rule, stale=stale, batch=batch)


def on_workflow(
    *,
    by: SignedIn,
    at: datetime,
    workflow_id: int,
    rule: Callable[[Loaded], Change],
    stale: Callable[[Loaded], StaleEdit | None] = lambda _: None,
    batch: str = "",
) -> Acted:
    """The shape of every action on a workflow: lock, snapshot, rule, save and record. `stale`: it was read before."""
    with transaction.atomic():
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        change = unless_stale(stale(loaded), lambda: rule(loaded))
        if change.events:
            saving.save(loaded, change, by=by, at=at, batch=batch)
        return _acted(loaded, change)


def _acted(loaded: Loaded, change: Change) -> Acted:
    return Acted(loaded.task.id, loaded.rev, change.repetitions, tuple(event.verb for event in change.events))


def unless_stale[T](stale: StaleEdit | None, rule: Callable[[], T]) -> T:
    """What the rule says. Raises StaleEdit where there is one; who may not, or not now, is told that before it."""
    if stale is None:
        return rule()
    told_before_stale(rule)
    raise stale


def told_before_stale(rule: Callable[[], object]) -> None:
    """Refuses what is told before it is said that something changed meanwhile: not-allowed, task-held."""
    try:
        rule()
    except Refusal as refusal:
        if refusal.code in BEFORE_STALE:
            raise


def other_rev(loaded: Loaded, rev: int | None) -> StaleEdit | None:
    """What is said where the workflow's rev is another than the one that was read; None says that it was not read."""
    if rev is None or loaded.rev == rev:
        return None
    return StaleEdit("Somebody changed this workflow since you read it.", {"rev": loaded.rev})


def other_step_rev(loaded: Loaded, key: str, rev: int | None) -> StaleEdit | None:
    """The same of a step's rev. A missing step is left to the rules."""
    extra = loaded.extras.get(key)
    if rev is None or extra is None or extra.rev == rev:
        return None
    return StaleEdit("Somebody changed this step since you read it.", {"rev": extra.rev})


def assign(
    *,
    by: SignedIn,
    at: datetime,
    workflow_id: int,
    key: str,
    to_id: int | None,
    if_step_rev: int | None = None,
    batch: str = "",
) -> Acted:
    """Give a step to a member of the practice, or to nobody. Raises NotFound, Refusal, StaleEdit."""
    to = practices.member_of(practice_id=by.practice_id, member_id=to_id) if to_id is not None else None
    action = AssignTo(key, to)
    return act(by=by, at=at, workflow_id=workflow_id, actions=[action], if_step_rev=if_step_rev, batch=batch)


def undo(*, by: SignedIn, at: datetime, workflow_id: int, key: str) -> Acted:
    """Take one's own last action on a step back, within ten minutes. Raises NotFound, Refusal."""

    def rule(loaded: Loaded) -> Change:
        history = past_events(loaded)
        return undo_rules.undo(loaded.workflow, key, history, around=loaded.task.around, by=by.member, at=at)

    with transaction.atomic():
        loaded = snapshots.load(practice_id=by.practice_id, workflow_id=workflow_id, lock=True)
        change = rule(loaded)
        _holders_are_here(loaded, change, by=by)
        saving.save(loaded, change, by=by, at=at)
        return _acted(loaded, change)


def _holders_are_here(loaded: Loaded, change: Change, *, by: SignedIn) -> None:
    """Refuses `built-on` where taking an assignment back would give a step to one who cannot hold it any more."""
    before = {step.key: step.assignee for step in loaded.workflow.steps}
    for step in change.workflow.steps:
        if step.assignee is None or step.assignee == before.get(step.key):
            continue
        holder = practices.member_of(practice_id=by.practice_id, member_id=step.assignee.id)
        if not can_hold(holder):
            why = "has left" if not holder.active else f"is a {holder.role.word} now"
            raise Refusal(
                Code.BUILT_ON, f"“{step.name}” cannot go back to {holder.name}, who {why}. Assign it to somebody else."
            )


def past_events(loaded: Loaded) -> list[PastEvent]:
    """The workflow's events, oldest first, with the facts they changed in the model's values."""
    rows = activity_queries.of_workflow_since(task_id=loaded.task.id, workflow_id=loaded.id, since=BEGINNING)
    return [past_event(row) for row in rows]


def past_event(row: activity_queries.Entry) -> PastEvent:
    """An event of the record as undo reads it."""
    changes = row.data.get("changes", {})
    return PastEvent(
        action=row.action,
        verb=row.verb,
        key=row.step_key,
        by=row.member_id,
        at=row.at,
        changes={name: (facts.fact(name, old), facts.fact(name, new)) for name, (old, new) in changes.items()},
    )


def act_on_task(*, by: SignedIn, at: datetime, task_id: int, action: Action) -> Acted:
    """Take an action on the one step of a task without a workflow: start, wait, resume, complete, reopen.

    The action's key does not matter. Raises NotFound, Refusal (`has-workflows` once a workflow is attached).
    """

    def rule(loaded: Loaded) -> Change:
        own_action(loaded, action, by=by, at=at)
        own = replace(action, key=task_rules.OWN_STEP)
        return transitions.perform(loaded.workflow, [own], around=loaded.task.around, by=by.member, at=at)

    return _on_own_step(by=by, at=at, task_id=task_id, rule=rule)


def own_action(loaded: Loaded, action: Action | None, *, by: SignedIn, at: datetime) -> None:
    """Refuses what the task's own step does not know, and all where it is not worked. `action` None is an undo."""
    worked = not loaded.task.counts.workflows and bool(loaded.extras)
    task_rules.check_own(action, worked=worked, around=loaded.task.around, by=by.member, at=at)


def undo_on_task(*, by: SignedIn, at: datetime, task_id: int) -> Acted:
    """Take one's own last action on a task's one step back. Raises NotFound, Refusal."""

    def rule(loaded: Loaded) -> Change:
        own_action(loaded, None, by=by, at=at)
        history = past_events(loaded)
        return undo_rules.undo(
            loaded.workflow, task_rules.OWN_STEP, history, around=loaded.task.around, by=by.member, at=at
        )

    return _on_own_step(by=by, at=at, task_id=task_id, rule=rule)


def _on_own_step(*, by: SignedIn, at: datetime, task_id: int, rule: Callable[[Loaded], Change]) -> Acted:
    with transaction.atomic():
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
        change = rule(loaded)
        if change.events:
            saving.save(loaded, change, by=by, at=at)
        return _acted(loaded, change)


def comment_on_task(*, by: SignedIn, at: datetime, task_id: int, text: str) -> Acted:
    """Say something about a task as a whole. Raises NotFound, Refusal."""
    actions = mentions.resolved([Comment("", text)], by=by)
    with transaction.atomic():
        loaded = snapshots.load_own(practice_id=by.practice_id, task_id=task_id, lock=True)
        change = transitions.perform(loaded.workflow, actions, around=loaded.task.around, by=by.member, at=at)
        saving.record_only(loaded, change, by=by, at=at)
        return _acted(loaded, change)
