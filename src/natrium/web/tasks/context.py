"""What the task page's templates need beside the read model, made once a page."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine, Choice, StepLine, TaskPage, WorkflowPanel
from natrium.domain.roles import Deed, may
from natrium.web.dates import period_beside
from natrium.web.http import Asked
from natrium.web.refused import Refused
from natrium.web.tasks.lines import tidy
from natrium.web.tasks.side import side_context

VERBS = {"ready": "Start", "in_progress": "Continue", "waiting": "See", "stale": "Confirm"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A form that stands open on the page: `at` is the id of its row or group, `html` the form."""

    at: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Next:
    """The step that can move now: the id of its row, and what its button says."""

    id: str
    words: str


def task_context(
    page: TaskPage,
    who: Asked,
    *,
    side: str,
    slot: Slot | None = None,
    refused: Refused | None = None,
    opened: str = "",
    opened_form: str = "",
) -> dict[str, Any]:
    """The context of tasks/task.html and of the fragments it is made of.

    `side`: the tab of the side column. `slot`: a form that stands open in a row or group.
    """
    return {
        "page": page,
        "period": period_beside(page.task.title, page.task.period_start, page.task.period_end),
        "next_step": next_step(page, who.by.member.id),
        "member_options": options(page.members),
        "history": history(page),
        "titles": titles(page),
        "gates": {panel.id: gates(panel) for panel in page.workflows},
        "holding": {panel.id: holding(panel) for panel in page.workflows},
        "can_comment": may(who.by.member.role, Deed.COMMENT),
        "can_shape": can_shape(page, who),
        "can_harvest": may(who.by.member.role, Deed.EDIT_TEMPLATE),
        "fresh": token_hex(3),
        "slot": slot,
        "left": left(page),
        "adding": "",
        "refused": refused,
        "opened": opened,
        "opened_group": group_of(page, opened) if opened else "",
        "opened_form": opened_form,
        "w": None,
        "oob": False,
        "says": "",
        "up_to_date": False,
    } | side_context(page, who, side)


@dataclass(frozen=True, slots=True)
class Left:
    """Minutes of work by the estimates: of all steps that are not skipped, and of those still open."""

    open: int
    total: int


def left(page: TaskPage) -> Left:
    """How much work is left, where it is estimated."""
    steps = [step for panel in page.workflows for group in panel.groups for step in group.steps]
    counted = [step for step in steps if step.state != "skipped" and step.estimate]
    still = sum(step.estimate or 0 for step in counted if step.state not in ("done", "stale"))
    return Left(still, sum(step.estimate or 0 for step in counted))


def can_shape(page: TaskPage, who: Asked) -> bool:
    """Whether this member may add, change and move steps of the task's workflows now."""
    owner, me = page.task.owner, who.by.member
    owns = owner is not None and owner.id == me.id
    return not page.task.hold and may(me.role, Deed.EDIT_WORKFLOW, task_owner=owns)


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


def group_of(page: TaskPage, row: str) -> str:
    """The id of the group that a row is in, so that a finished group shows what was asked for."""
    for panel in page.workflows:
        prefix = prefix_of(page, panel.id)
        for group in panel.groups:
            if any(prefix + step.key == row for step in group.steps):
                return prefix + group.key
    return ""


def history(page: TaskPage) -> dict[str, list[ActivityLine]]:
    """The activity at hand, by the id of the step's row."""
    found: dict[str, list[ActivityLine]] = {}
    for line in tidy(page.activity):
        if line.step_key:
            found.setdefault(id_of(page, line.workflow_id or 0, line.step_key), []).append(line)
    return found


def gates(panel: WorkflowPanel) -> dict[str, tuple[str, str]]:
    """For steps of gated groups that are not settled: the group, and how a later step says that it waits for it."""
    found: dict[str, tuple[str, str]] = {}
    for group in panel.groups:
        if group.gate and group.left > 1:
            words = f"{group.name}, {group.left} steps left"
            found |= {step.key: (group.key, words) for step in group.steps}
    return found


def titles(page: TaskPage) -> dict[int, str]:
    """What each workflow is called on its task: of several with one name the later ones have a number."""
    found: dict[int, str] = {}
    names: list[str] = []
    for panel in page.workflows:
        names.append(panel.name)
        before = names.count(panel.name)
        found[panel.id] = panel.name if before == 1 else f"{panel.name} {before}"
    return found


def holding(panel: WorkflowPanel) -> tuple[StepLine, ...]:
    """The steps between now and the next gate: those that can move first, then in workflow order."""
    keys = {one.key for one in panel.hold_up}
    found = [step for group in panel.groups for step in group.steps if step.key in keys]
    return tuple(sorted(found, key=lambda step: step.state == "blocked"))


def step_of(page: TaskPage, workflow_id: int, key: str) -> StepLine | None:
    """A step on the page."""
    if not workflow_id:
        return page.own
    for panel in page.workflows:
        if panel.id == workflow_id:
            return next((step for group in panel.groups for step in group.steps if step.key == key), None)
    return None


def next_step(page: TaskPage, member_id: int) -> Next | None:
    """The step to go on with: the member's own first that can move, else a workflow's current one or one to confirm."""
    if page.task.hold:
        return None
    steps = [(panel, step) for panel in page.workflows for group in panel.groups for step in group.steps]
    movable = [
        (panel, step) for panel, step in steps if {"complete", "confirm"} & set(step.can) and step.state in VERBS
    ]
    mine = [pair for pair in movable if pair[1].assignee is not None and pair[1].assignee.id == member_id]
    others = [pair for pair in movable if pair[1].key == pair[0].current or pair[1].state == "stale"]
    for panel, step in [*mine, *others]:
        return Next(id_of(page, panel.id, step.key), f"{VERBS[step.state]} {_short(step.name)}")
    own = page.own
    if own is not None and "complete" in own.can and own.state in VERBS:
        return Next(own.key, f"{VERBS[own.state]} {_short(own.name)}")
    return None


def _short(name: str) -> str:
    """A step's name inside a button: no more whole words than fit."""
    if len(name) <= 28:
        return name
    return name[:27].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
