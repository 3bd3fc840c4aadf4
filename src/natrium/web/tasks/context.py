"""What the task page's templates need beside the read model, made once a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine, Choice, StepLine, TaskPage
from natrium.domain.roles import Deed, may
from natrium.web.dates import period
from natrium.web.http import Asked
from natrium.web.refused import Refused

VERBS = {"ready": "Start", "in_progress": "Go on with", "waiting": "See"}


@dataclass(frozen=True, slots=True)
class Next:
    """The step that can move now: the id of its row, and what its button says."""

    id: str
    words: str


def task_context(
    page: TaskPage, who: Asked, *, refused: Refused | None = None, opened: str = "", opened_form: str = ""
) -> dict[str, Any]:
    """The context of tasks/task.html and of the fragments it is made of."""
    return {
        "page": page,
        "period": period(page.task.period_start, page.task.period_end),
        "next_step": next_step(page, who.by.member.id),
        "member_options": options(page.members),
        "history": history(page),
        "can_comment": may(who.by.member.role, Deed.COMMENT),
        "refused": refused,
        "opened": opened,
        "opened_form": opened_form,
        "w": None,
        "oob": False,
    }


def options(choices: tuple[Choice, ...]) -> Markup:
    """A select's options, made once for all the rows that offer them."""
    return Markup("").join(Markup('<option value="{}">{}</option>').format(one.id, one.name) for one in choices)


def prefix_of(page: TaskPage, workflow_id: int) -> str:
    """What the ids of a workflow's rows begin with: nothing for the first, so that #step-key finds it."""
    first = page.workflows[0].id if page.workflows else 0
    return "" if workflow_id in {first, 0} else f"{workflow_id}-"


def id_of(page: TaskPage, workflow_id: int, key: str) -> str:
    """The id of a step's row, without "step-"."""
    return prefix_of(page, workflow_id) + key


def history(page: TaskPage) -> dict[str, list[ActivityLine]]:
    """The activity at hand, by step. One task with two workflows has the lines of both under the first's keys."""
    found: dict[str, list[ActivityLine]] = {}
    for line in page.activity:
        if line.step_key:
            found.setdefault(line.step_key, []).append(line)
    return found


def step_of(page: TaskPage, workflow_id: int, key: str) -> StepLine | None:
    """A step on the page."""
    if not workflow_id:
        return page.own
    for panel in page.workflows:
        if panel.id == workflow_id:
            return next((step for group in panel.groups for step in group.steps if step.key == key), None)
    return None


def next_step(page: TaskPage, member_id: int) -> Next | None:
    """The step to go on with: the member's own first one that can move, else the current one of a workflow."""
    if page.task.hold:
        return None
    steps = [(panel, step) for panel in page.workflows for group in panel.groups for step in group.steps]
    movable = [(panel, step) for panel, step in steps if "complete" in step.can and step.state in VERBS]
    mine = [pair for pair in movable if pair[1].assignee is not None and pair[1].assignee.id == member_id]
    for panel, step in [*mine, *(pair for pair in movable if pair[1].key == pair[0].current)]:
        return Next(id_of(page, panel.id, step.key), f"{VERBS[step.state]} {_short(step.name)}")
    return None


def _short(name: str) -> str:
    """A step's name inside a button: no more than fits."""
    return name if len(name) <= 28 else name[:26].rstrip() + "…"

