"""Taking a whole bulk operation back: by who did it, within ten minutes, each thing by the rules' own undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import batched, groupby
from typing import Any

from django.db import transaction

from natrium.apps.activity import queries as activity
from natrium.apps.activity.queries import Entry
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import batches, loading, saving
from natrium.apps.workflows.batches import Kept, Outcome, Refused, Tally
from natrium.apps.workflows.operations.bulk_tasks import Chosen, chosen_tasks, refused_task
from natrium.apps.workflows.operations.detaching import detach
from natrium.apps.workflows.operations.editing_tasks import edit_task
from natrium.apps.workflows.operations.taking_back import past_edit
from natrium.apps.workflows.operations.tasks import hold
from natrium.apps.workflows.operations.work import past_event
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.model import Hold
from natrium.domain.workflow.taking_back import take_back_many
from natrium.domain.workflow.undo import undo_action

CHUNK = 25  # tasks in one transaction
FACTS = {"owner_id": "task owner", "target_date": "target"}
ATTACHED = "workflow.attached"
HOLD_VERBS = {"task.held": Hold.ON_HOLD, "task.cancelled": Hold.CANCELLED, "task.resumed": Hold.NONE}


def undo_batch(*, by: SignedIn, at: datetime, batch_id: int) -> Outcome:
    """Take back what a bulk operation did, the last first; what was built on since stays, and is told.

    Each thing taken back has its event, under the undo's own batch. Once is enough: again gives the same answer.
    Raises NotFound, Refusal (not-allowed, nothing-to-undo, too-late).
    """
    with transaction.atomic():
        kept = batches.read(practice_id=by.practice_id, batch_id=batch_id, lock=True)
        if kept.undone_by is not None:
            done = batches.read(practice_id=by.practice_id, batch_id=kept.undone_by)
            if done.outcome.finished:
                return done.outcome
        batches.undoable(kept, by=by, at=at)
        undo_id, _ = batches.begin(
            by=by, at=at, deed="undo", said={"deed": kept.deed}, selected=kept.outcome.changed, undoes=kept.id
        )
    tally = Tally()
    # A task's own step is given and dated with its task.
    take_back = (_steps, _tasks) if kept.deed.startswith("step-") else (_tasks,)
    done_to = activity.subjects_of_batch(batches.name_of(batch_id))
    for chunk in batched(done_to, CHUNK):
        with transaction.atomic():
            loading.lock(practice_id=by.practice_id, task_ids=chunk)
            for one_kind in take_back:
                one_kind(chunk, kept, tally, by=by, at=at, batch=batches.name_of(undo_id))
    batches.finish(undo_id, tally, at=at)
    return batches.outcome(tally, selected=kept.outcome.changed, batch_id=undo_id)


def _steps(chunk: Sequence[int], kept: Kept, tally: Tally, *, by: SignedIn, at: datetime, batch: str) -> None:
    """Takes back what was done to the steps of some tasks, by the rules' own undo."""
    done_by = batches.name_of(kept.id)
    past = activity.since_batch(done_by, task_ids=chunk)
    places = {place: list(lines) for place, lines in groupby(sorted(past, key=_place_and_order), key=_place)}
    actions = {place: line.action for place, lines in places.items() for line in lines if line.batch == done_by}
    workflow_ids = [workflow_id for _, workflow_id in actions if workflow_id]
    loading.lock(practice_id=by.practice_id, workflow_ids=workflow_ids)
    workflows = loading.load_many(practice_id=by.practice_id, workflow_ids=workflow_ids)
    own = loading.load_own_many(practice_id=by.practice_id, task_ids=[task_id for task_id, own in actions if not own])
    for place, action in actions.items():
        loaded = workflows[place[1]] if place[1] else own[place[0]]
        # An undo that was cut short and is taken up again finds some taken back already.
        already = {line.step_key for line in places[place] if line.batch == batch}
        if kept.deed == "step-due":
            lines = [line for line in places[place] if line.action == action and line.verb == "step.edited"]
            dated = [past_edit(line) for line in lines if line.step_key not in already]
            change, refused = take_back_many(loaded.workflow, dated, around=loaded.task.around, by=by.member, at=at)
        else:
            change, refused = undo_action(
                loaded.workflow, action, [past_event(line) for line in places[place]], around=loaded.task.around,
                by=by.member, at=at,
            )  # fmt: skip
        tally.changed += len(change.events) + len(already)
        tally.refused.extend(_refused_step(loaded, key, no) for key, no in refused.items() if key not in already)
        if change.events:
            saving.save(loaded, change, by=by, at=at, batch=batch)


def _place(line: Entry) -> tuple[int, int]:
    return line.subject_id, line.workflow_id or 0


def _place_and_order(line: Entry) -> tuple[int, int, int]:
    return *_place(line), line.seq


def _refused_step(loaded: Loaded, key: str, refusal: Refusal) -> Refused:
    name = next((step.name for step in loaded.workflow.steps if step.key == key), key)
    extra = loaded.extras.get(key)
    return Refused(
        refusal.code.value, refusal.message, loaded.task.id, loaded.task.title, "", loaded.id,
        extra.id if extra else None, name,
    )  # fmt: skip


def _tasks(chunk: Sequence[int], kept: Kept, tally: Tally, *, by: SignedIn, at: datetime, batch: str) -> None:
    """Takes back what was done to some tasks: owner, target, hold, a workflow. What followed it follows back."""
    past = activity.since_batch(batches.name_of(kept.id), task_ids=chunk)
    lines = [line for line in past if line.verb in TAKE_BACK or line.verb in (ATTACHED, "workflow.removed")]
    done = {line.subject_id: line for line in lines if line.batch == batches.name_of(kept.id)}
    already = {line.subject_id for line in lines if line.batch == batch}
    tally.changed += len(already)
    for one in chosen_tasks([task_id for task_id in done if task_id not in already], tally, by=by):
        line = done[one.row.id]
        try:
            if line.verb == ATTACHED:
                since = [later for later in past if later.subject_id == one.row.id and later.seq > line.seq]
                detach(line, since, by=by, at=at, batch=batch)
            else:
                TAKE_BACK[line.verb](one, line, by, at, batch)
        except Refusal as refusal:
            tally.refused.append(refused_task(one, refusal))
        else:
            tally.changed += 1


def _edited(one: Chosen, line: Entry, by: SignedIn, at: datetime, batch: str) -> None:
    """Gives the changed facts their old values again. Refuses `built-on` where one has another value by now."""
    back: dict[str, Any] = {}
    for name, (old, new) in line.data["changes"].items():
        now = getattr(one.facts, name)
        if (now.isoformat() if isinstance(now, date) else now) != new:
            raise Refusal(Code.BUILT_ON, f"The {FACTS[name]} has changed again since.")
        back[name] = date.fromisoformat(old) if name == "target_date" and old else old
    edit_task(by=by, at=at, task_id=one.row.id, changes=back, batch=batch)


def _held(one: Chosen, line: Entry, by: SignedIn, at: datetime, batch: str) -> None:
    """Holds the task as it was held before, or not. Refuses `built-on` where it is held otherwise by now."""
    if one.row.hold is not HOLD_VERBS[line.verb]:
        raise Refusal(Code.BUILT_ON, "The task was held, resumed or cancelled again since.")
    was = Hold(line.data.get("was", ""))
    hold(by=by, at=at, task_id=one.row.id, to=was, reason=line.data.get("was_reason", ""), batch=batch)


TAKE_BACK: dict[str, Callable[[Chosen, Entry, SignedIn, datetime, str], None]] = {
    "task.edited": _edited,
    **dict.fromkeys(HOLD_VERBS, _held),
}
