"""One action on many steps of many workflows: in chunks, each workflow all or nothing, a refused one stops no other.

A task's own step is given and dated by giving and dating the task.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import batched, groupby
from typing import Any

from django.db import transaction

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches, facts, loading, saving, taskfacts
from natrium.apps.workflows.batches import Named, Outcome, Refused, Tally
from natrium.apps.workflows.operations.bulk_tasks import Chosen as TaskChosen
from natrium.apps.workflows.operations.bulk_tasks import GiveTo, MoveTarget, chosen_tasks, do_to_task, refused_task
from natrium.apps.workflows.operations.tasks import owner_of
from natrium.apps.workflows.operations.work import own_action
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import edits, transitions
from natrium.domain.workflow.actions import (
    Action,
    AssignTo,
    Change,
    Claim,
    Comment,
    Complete,
    Confirm,
    EditStep,
    Event,
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
class DueOn:
    """A due day by hand, instead of what the step's rule says."""

    day: date
    key: str = ""


DEEDS[DueOn] = "step-due"
type ManyAction = Action | DueOn


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


def act_on_many(*, by: SignedIn, at: datetime, step_ids: Sequence[int], action: ManyAction, once: str = "") -> Outcome:
    """Take one action on up to 2,000 steps, or set their due day; the action's own key does not matter.

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
            rest = _with_their_tasks(chunk, action, tally, by=by, at=at, batch=batches.name_of(batch_id))
            for loaded, change in _decide(rest, action, tally, by=by, at=at):
                if change.events:
                    saving.save(loaded, change, by=by, at=at, batch=batches.name_of(batch_id))
    batches.finish(batch_id, tally, at=at)
    return batches.outcome(tally, selected=len(wanted), batch_id=batch_id)


def preview_steps(*, by: SignedIn, at: datetime, step_ids: Sequence[int], action: ManyAction) -> Outcome:
    """What `act_on_many` would come to now, by the same rules; nothing is locked or written. Raises as it does."""
    wanted = _checked(step_ids, action, by=by)
    tally = Tally()
    for chunk in _chunks(wanted, tally, by=by):
        rest = _with_their_tasks(chunk, action, tally, by=by, at=at, batch=None)
        for _ in _decide(rest, action, tally, by=by, at=at):
            pass
    return batches.outcome(tally, selected=len(wanted))


def _checked(step_ids: Sequence[int], action: ManyAction, *, by: SignedIn) -> list[int]:
    wanted = sorted(set(step_ids))
    batches.check(by=by, selected=len(wanted))
    if type(action) not in DEEDS:
        raise Refusal(Code.BAD_VALUE, "Going past prerequisites is for one step at a time.", field="action")
    if isinstance(action, Skip | Wait | Reopen):
        reason_of(action.reason, REASON_FOR[type(action)])
    return wanted


def _said(action: ManyAction) -> Mapping[str, Any]:
    """What was asked for, as the batch keeps it."""
    fields = {name: getattr(action, name) for name in type(action).__dataclass_fields__ if name != "key"}
    if isinstance(action, AssignTo):
        fields["to"] = action.to.person if action.to else None
    if isinstance(action, DueOn):
        fields = {"to": action.day.isoformat()}
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


def _with_their_tasks(
    chunk: list[list[Chosen]], action: ManyAction, tally: Tally, *, by: SignedIn, at: datetime, batch: str | None
) -> list[list[Chosen]]:
    """What is left of the chunk once tasks' own steps are given and dated with their tasks, where that is asked."""
    deed = _of_the_task(action, by=by)
    if deed is None:
        return chunk
    own = [steps[0].task_id for steps in chunk if steps[0].workflow_id is None]
    no = _cannot_own(deed, by=by) if own else None
    for one in chosen_tasks(own, tally, by=by) if own else ():
        refusal = _not_given(one, action, by=by) or no
        if refusal is not None:
            tally.refused.append(refused_task(one, refusal))
        else:
            do_to_task(one, deed, tally, by=by, at=at, batch=batch)
    return [steps for steps in chunk if steps[0].workflow_id is not None]


def _not_given(one: TaskChosen, action: ManyAction, *, by: SignedIn) -> Refusal | None:
    """Why a task's own step is not given or dated: asked in the order in which refusals are told."""
    try:
        taskfacts.may_edit(one.row, by=by.member)
    except Refusal as refusal:
        return refusal
    owner = one.row.owner
    if isinstance(action, Claim) and owner is not None and owner.id != by.member.id:
        return Refusal(Code.TAKEN, f"{owner.name} has “{one.row.title}” already.")
    if one.row.counts.workflows:
        return Refusal(Code.HAS_WORKFLOWS, "This task is worked through its workflows.")
    return None


def _cannot_own(deed: GiveTo | MoveTarget, *, by: SignedIn) -> Refusal | None:
    """Why whom the steps are for cannot own a task."""
    try:
        owner_of(deed.owner_id, by=by) if isinstance(deed, GiveTo) else None
    except Refusal as refusal:
        return refusal
    return None


def _of_the_task(action: ManyAction, *, by: SignedIn) -> GiveTo | MoveTarget | None:
    match action:
        case AssignTo():
            return GiveTo(action.to.id if action.to else None)
        case Claim():
            return GiveTo(by.member.id)
        case DueOn():
            return MoveTarget(to=action.day)
    return None


def _decide(
    chunk: Sequence[Sequence[Chosen]], action: ManyAction, tally: Tally, *, by: SignedIn, at: datetime
) -> Iterator[tuple[Loaded, Change]]:
    """Each workflow of the chunk with what the rules answer; refusals go to the tally."""
    of_workflows = [steps[0].workflow_id for steps in chunk if steps[0].workflow_id is not None]
    of_tasks = [steps[0].task_id for steps in chunk if steps[0].workflow_id is None]
    workflows = loading.load_many(practice_id=by.practice_id, workflow_ids=of_workflows)
    own = loading.load_own_many(practice_id=by.practice_id, task_ids=of_tasks)
    decide = _dated if isinstance(action, DueOn) else _acted
    for steps in chunk:
        workflow_id = steps[0].workflow_id
        loaded = own[steps[0].task_id] if workflow_id is None else workflows[workflow_id]
        keyed = [replace(action, key=step.key) for step in steps]
        try:
            change = decide(loaded, keyed, by=by, at=at)
        except Refusal as refusal:
            why = _why(loaded, keyed, by=by, at=at)
            tally.refused.extend(_refused(steps, why, refusal))
            continue
        tally.repeated += len(change.repetitions)
        tally.changed += len(steps) - len(change.repetitions)
        same = {one.key for one in change.repetitions}
        tally.lines.extend(Named(one.task_id, one.task, one.client, one.name) for one in steps if one.key not in same)
        yield loaded, change


def _acted(loaded: Loaded, actions: Sequence[Any], *, by: SignedIn, at: datetime) -> Change:
    if loaded.id is None:
        own_action(loaded, actions[0], by=by, at=at)
    return transitions.perform(loaded.workflow, actions, around=loaded.task.around, by=by.member, at=at)


def _dated(loaded: Loaded, dues: Sequence[Any], *, by: SignedIn, at: datetime) -> Change:
    """The due days of a workflow's steps as one change."""
    workflow, events = loaded.workflow, list[Event]()
    repetitions = list[Any]()
    for due in dues:
        edit = EditStep(due.key, {"due_on": due.day})
        change = edits.edit(workflow, edit, around=loaded.task.around, by=by.member, at=at)
        workflow = change.workflow
        events += change.events
        repetitions += change.repetitions
    return Change(workflow, tuple(events), tuple(repetitions))


def _why(loaded: Loaded, actions: Sequence[Any], *, by: SignedIn, at: datetime) -> Mapping[str, Refusal]:
    """What is refused of each step alone, of a workflow that is refused as a whole."""
    around = loaded.task.around
    if not isinstance(actions[0], DueOn):
        return transitions.refusals(loaded.workflow, actions, around=around, by=by.member, at=at)
    found: dict[str, Refusal] = {}
    for due in actions:
        try:
            _dated(loaded, [due], by=by, at=at)
        except Refusal as refusal:
            found[due.key] = refusal
    return found


def _refused(steps: Sequence[Chosen], why: Mapping[str, Refusal], refusal: Refusal) -> Iterator[Refused]:
    """Every chosen step of a workflow that is refused as a whole: why it itself is, or because of which it stays."""
    for step in steps:
        own = why.get(step.key) if step.workflow_id is not None else refusal
        words = own.message if own else f"Left as it was, since another step of this workflow is refused. {refusal}"
        yield Refused(
            (own or refusal).code.value, words, step.task_id, step.task, step.client, step.workflow_id, step.id,
            step.name,
        )  # fmt: skip
