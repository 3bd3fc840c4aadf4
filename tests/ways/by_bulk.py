"""The ways in for many at once: one step or task is chosen, and the answer is read from what came of it.

Who may change nothing at all is refused as a whole, in words about many: `deeds.ManySteps` and `ManyTasks` ask that.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from natrium.apps.database import sql
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import AttachTemplate, DueOn, GiveTo, MoveTarget, Outcome, SetHold, TaskDeed
from natrium.domain.errors import Refusal
from natrium.domain.workflow.actions import Action, EditStep, OverridePrerequisites
from natrium.domain.workflow.model import Hold
from tests.builders import signed_in
from tests.ways import by_api, deeds
from tests.ways.answers import Answer, of_problem, of_refusal
from tests.ways.asking import Asked, Way
from tests.ways.by_operation import ACTIONS
from tests.ways.stage import Stage

OWN_STEP = "SELECT id FROM workflows_step WHERE task_id = %s AND workflow_id IS NULL"
STEP = "SELECT id FROM workflows_step WHERE workflow_id = %s AND key = %s"
HOLDS = {Hold.ON_HOLD: "hold", Hold.CANCELLED: "cancel", Hold.NONE: "resume"}


def of_many(stage: Stage, deed: Any) -> deeds.ManySteps | deeds.ManyTasks | None:
    """The deed as one on many; None where many are not offered it."""
    if isinstance(deed, deeds.ManySteps | deeds.ManyTasks):
        return deed
    if isinstance(deed, deeds.Own) and isinstance(deed.action, deeds.OWN):
        return _steps(sql.value(OWN_STEP, (deed.task or stage.simple_id,)), deed.action)
    if isinstance(deed, EditStep) and isinstance(day := deed.changes.get("due_on"), date) and len(deed.changes) == 1:
        return _steps(sql.value(STEP, (stage.job.workflow_id, deed.key)), DueOn(day))
    if isinstance(deed, ACTIONS) and not isinstance(deed, OverridePrerequisites):
        return _steps(sql.value(STEP, (stage.job.workflow_id, deed.key)), deed)
    change = _change(deed)
    if change is None:
        return None
    task = (deed.task or stage.simple_id) if isinstance(deed, deeds.Attach) else stage.job.task_id
    return deeds.ManyTasks((task,), change)


def _steps(step_id: Any, action: Action | DueOn) -> deeds.ManySteps | None:
    return None if step_id is None else deeds.ManySteps((step_id,), action)


def _change(deed: Any) -> TaskDeed | None:
    match deed:
        case deeds.HoldTask():
            return SetHold(deed.to, deed.reason)
        case deeds.Attach():
            return AttachTemplate(deed.template)
        case deeds.ChangeTask(changes={"owner_id": owner_id, **rest}) if not rest:
            return GiveTo(owner_id)
        case deeds.ChangeTask(changes={"target_date": date() as day, **rest}) if not rest:
            return MoveTarget(0, day)
    return None


def told(came: Outcome) -> Answer:
    """What many at once say of the one that was refused."""
    [no] = came.refused
    assert (came.changed, came.repeated) == (0, 0)
    return Answer(no.code, no.message)


def by_operation(
    steps: Callable[..., Outcome], tasks: Callable[..., Outcome]
) -> Callable[[Stage, str, Any], Answer | None]:
    """The way in of doing it, or of asking what it would come to."""

    def way(stage: Stage, who: str, deed: Any) -> Answer | None:
        many = None if who == "vera" and not is_many(deed) else of_many(stage, deed)
        if many is None:
            return None
        words: dict[str, Any] = {"by": signed_in(stage.member(who)), "at": stage.clock.at}
        try:
            if isinstance(many, deeds.ManySteps):
                return told(steps(**words, step_ids=many.steps, action=many.action))
            return told(tasks(**words, task_ids=many.tasks, deed=many.change))
        except Refusal as refusal:
            return of_refusal(refusal)

    return way


def is_many(deed: Any) -> bool:
    """Whether a deed is about many by itself."""
    return isinstance(deed, deeds.ManySteps | deeds.ManyTasks)


def _body(many: deeds.ManySteps | deeds.ManyTasks) -> dict[str, Any]:
    if isinstance(many, deeds.ManySteps) and isinstance(many.action, DueOn):
        return {"action": "due", "step_ids": list(many.steps), "due_on": by_api.plain(many.action.day)}
    if isinstance(many, deeds.ManySteps):
        _, name, body = by_api.ROUTES[type(many.action)]
        return {"action": name, "step_ids": list(many.steps), **body(many.action)}
    body_: dict[str, Any] = {"task_ids": list(many.tasks)}
    match many.change:
        case GiveTo():
            return body_ | {"action": "owner", "to": many.change.owner_id}
        case MoveTarget():
            return body_ | {"action": "target", "days": many.change.days, "on": by_api.plain(many.change.to)}
        case SetHold():
            return body_ | {"action": HOLDS[many.change.to], "reason": many.change.reason}
        case AttachTemplate():
            return body_ | {"action": "attach", "template_id": many.change.template_id}


def asks(stage: Stage, deed: Any) -> Asked | None:
    """The API's route for many."""
    many = of_many(stage, deed)
    if many is None:
        return None
    what = "steps" if isinstance(many, deeds.ManySteps) else "tasks"
    return Asked("post", f"/{what}/bulk", _body(many))


def asks_before(stage: Stage, deed: Any) -> Asked | None:
    """The API's route for what it would come to."""
    asked = asks(stage, deed)
    return asked and Asked("post", f"{asked.address}/preview", asked.body)


def read(answer: HttpResponse) -> Answer:
    """A problem, or the one line that was refused."""
    if answer.status_code != 200:
        return of_problem(answer)
    said = answer.json()  # type: ignore[attr-defined]  # the test client's answer
    [no] = said["refused"]
    assert (said["changed"], said["repeated"]) == (0, 0)
    return Answer(no["code"], no["detail"])


def _programs(stage: Stage) -> dict[str, Client]:
    return stage.programs


class Many(Way):
    """A way for many over HTTP; a viewer is not asked for one of many."""

    def __call__(self, stage: Stage, who: str, deed: Any) -> Answer | None:
        """Ask, and read the answer."""
        return None if who == "vera" and not is_many(deed) else Way.__call__(self, stage, who, deed)


done = by_operation(operations.act_on_many, operations.change_many)
previewed = by_operation(operations.preview_steps, operations.preview_tasks)
api = Many(asks, _programs, by_api.send, read)
api_preview = Many(asks_before, _programs, by_api.send, read)
