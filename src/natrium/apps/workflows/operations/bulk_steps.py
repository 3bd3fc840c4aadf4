"""One action on many steps of many workflows: in chunks, each workflow all or nothing, a refused one stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched, groupby
from typing import Any

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches, facts, loading, saving
from natrium.apps.workflows.batches import Outcome, Refused, Tally
from natrium.apps.workflows.operations.work import own_action
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import transitions
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Change,
    Claim,
    Comment,
    Complete,
    Confirm,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.turn import REASON_FOR, reason_of

CHUNK = 50  # workflows in one transaction
DEEDS: dict[type, str] = {
    Start: "step-start",
    Wait: "step-wait",
    Resume: "step-resume",
    Complete: "step-complete",
    Reopen: "step-reopen",
    Confirm: "step-confirm",
    Skip: "step-skip",
    Unskip: "step-unskip",
    AssignTo: "step-assign",
    Claim: "step-claim",
    Comment: "step-comment",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A step that was chosen, with where it belongs. `workflow_id` None: a task's own step."""

    id: int
    key: str
    name: str
    workflow_id: int | None
    task_id: int
    task: str
    client: str

    @property
    def place(self) -> tuple[int, int]:
        """What it is locked with, in the order in which locks are taken: its task, then its workflow."""
        return self.task_id, self.workflow_id or 0


def act_on_many(*, by: SignedIn, at: datetime, step_ids: Sequence[int], action: Action, once: str = "") -> Outcome:
    """Take one action on up to 2,000 steps; the action's own key does not matter.

    Each workflow's steps in workflow order, all or nothing; the events carry one batch. The same `once` again gives
    the same answer. Raises Refusal (not-allowed, bad-value, reason-needed) where nothing could be done at all.
    """
    wanted = _checked(step_ids, action, by=by)
    batch_id, fresh = batches.begin(
        by=by, at=at, deed=DEEDS[type(action)], said=_said(action), selected=len(wanted), once=once
    )
    if not fresh:
        return batches.read(practice_id=by.practice_id, batch_id=batch_id).outcome
    tally = Tally()
    for chunk in _chunks(wanted, tally, by=by):
        with transaction.atomic():
            _lock(chunk, by=by)
            for loaded, change in _decide(chunk, action, tally, by=by, at=at):
                if change.events:
                    saving.save(loaded, change, by=by, at=at, batch=batches.name_of(batch_id))
    batches.finish(batch_id, tally, at=at)
    return batches.outcome(tally, selected=len(wanted), batch_id=batch_id)


def preview_steps(*, by: SignedIn, at: datetime, step_ids: Sequence[int], action: Action) -> Outcome:
    """What `act_on_many` would come to now, by the same rules; nothing is locked or written. Raises as it does."""
    wanted = _checked(step_ids, action, by=by)
    tally = Tally()
    for chunk in _chunks(wanted, tally, by=by):
        for _ in _decide(chunk, action, tally, by=by, at=at):
            pass
    return batches.outcome(tally, selected=len(wanted))


def _checked(step_ids: Sequence[int], action: Action, *, by: SignedIn) -> list[int]:
    wanted = sorted(set(step_ids))
    batches.check(by=by, selected=len(wanted))
    if type(action) not in DEEDS:
        raise Refusal(Code.BAD_VALUE, "Going past prerequisites is for one step at a time.", field="action")
    if isinstance(action, Skip | Wait | Reopen):
        reason_of(action.reason, REASON_FOR[type(action)])
    return wanted


def _said(action: Action) -> Mapping[str, Any]:
    """What was asked for, as the batch keeps it."""
    fields = {name: getattr(action, name) for name in type(action).__dataclass_fields__ if name != "key"}
    if isinstance(action, AssignTo):
        fields["to"] = action.to.person if action.to else None
    return {name: facts.plain(value) for name, value in fields.items() if value not in ("", False)}


def _chunks(wanted: Sequence[int], tally: Tally, *, by: SignedIn) -> Iterator[list[list[Chosen]]]:
    """The chosen steps by workflow, so many workflows at a time, in the order in which they are locked."""
    rows = sql.rows(
        f"""SELECT s.id, s.key, s.name, s.workflow_id, s.task_id, t.title, COALESCE(c.name, '')
            FROM workflows_step s JOIN tasks_task t ON t.id = s.task_id LEFT JOIN clients_client c ON c.id = t.client_id
            WHERE s.practice_id = %s AND {sql.one_of("s.id", wanted)}""",
        (by.practice_id, *sql.chosen(wanted)),
    )
    found = [Chosen(*row) for row in rows]
    known = {one.id for one in found}
    unknown = (id_ for id_ in wanted if id_ not in known)
    tally.refused.extend(Refused("not-found", "There is no such step.", step_id=id_) for id_ in unknown)
    places = [list(steps) for _, steps in groupby(sorted(found, key=lambda one: one.place), key=lambda one: one.place)]
    for chunk in batched(places, CHUNK):
        yield list(chunk)


def _lock(chunk: Sequence[Sequence[Chosen]], *, by: SignedIn) -> None:
    loading.lock(
        practice_id=by.practice_id,
        task_ids=list({steps[0].task_id: None for steps in chunk}),
        workflow_ids=[steps[0].workflow_id for steps in chunk if steps[0].workflow_id is not None],
    )


def _decide(
    chunk: Sequence[Sequence[Chosen]], action: Action, tally: Tally, *, by: SignedIn, at: datetime
) -> Iterator[tuple[Loaded, Change]]:
    """Each workflow of the chunk with what the rules answer; refusals go to the tally."""
    of_workflows = [steps[0].workflow_id for steps in chunk if steps[0].workflow_id is not None]
    of_tasks = [steps[0].task_id for steps in chunk if steps[0].workflow_id is None]
    workflows = loading.load_many(practice_id=by.practice_id, workflow_ids=of_workflows)
    own = loading.load_own_many(practice_id=by.practice_id, task_ids=of_tasks)
    for steps in chunk:
        workflow_id = steps[0].workflow_id
        loaded = own[steps[0].task_id] if workflow_id is None else workflows[workflow_id]
        actions = [replace(action, key=step.key) for step in steps]
        try:
            if workflow_id is None:
                own_action(loaded, action, by=by, at=at)
            change = transitions.perform(loaded.workflow, actions, around=loaded.task.around, by=by.member, at=at)
        except Refusal as refusal:
            tally.refused.extend(_refused(loaded, steps, actions, refusal, by=by, at=at))
            continue
        tally.repeated += len(change.repetitions)
        tally.changed += len(steps) - len(change.repetitions)
        yield loaded, change


def _refused(
    loaded: Loaded,
    steps: Sequence[Chosen],
    actions: Sequence[Action],
    refusal: Refusal,
    *,
    by: SignedIn,
    at: datetime,
) -> Iterator[Refused]:
    """Every chosen step of a workflow that is refused as a whole: why it itself is, or because of which it stays."""
    why = transitions.refusals(loaded.workflow, actions, around=loaded.task.around, by=by.member, at=at)
    for step in steps:
        own = why.get(step.key) if step.workflow_id is not None else refusal
        words = own.message if own else f"Left as it was, since another step of this workflow is refused. {refusal}"
        yield Refused(
            (own or refusal).code.value, words, step.task_id, step.task, step.client, step.workflow_id, step.id,
            step.name,
        )  # fmt: skip
