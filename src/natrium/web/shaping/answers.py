"""The answer to a change of a workflow: its panel for htmx, else a redirect; and refusals that belong to no form."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.panels import TaskPage, WorkflowPanel
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.workflow.actions import EditGroup, EditStep
from natrium.web.http import SeeOther, asked, is_htmx, page
from natrium.web.refused import refused, typed_words
from natrium.web.shaping.said import toast_of_edit
from natrium.web.tasks.answers import tell_ready
from natrium.web.tasks.context import Slot, prefix_of, step_of, task_context
from natrium.web.tasks.side import shown


def changed(request: HttpRequest, acted: Acted, workflow_id: int, at: str, *, adds: str = "") -> HttpResponse:
    """The workflow as it is now, with a toast. `at`: what is scrolled to; `adds`: the group to go on adding to."""
    if not is_htmx(request):
        query = "&".join([*([f"edit={acted.seq}"] if acted.seq else []), *([f"add={adds}"] if adds else [])])
        return SeeOther(f"/tasks/{acted.task_id}/{'?' if query else ''}{query}#{at}")
    return panel(request, acted.task_id, workflow_id, seq=acted.seq)


def panel(
    request: HttpRequest, task_id: int, workflow_id: int, *, seq: int = 0, slot: Slot | None = None, status: int = 200
) -> HttpResponse:
    """The panel for htmx. `seq`: the change to tell of. `slot`: a form open at "step-" or "group-" and the key."""
    who = asked(request)
    page_ = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    if slot is not None:
        kind, _, key = slot.at.partition("-")
        slot = replace(slot, at=f"{kind}-{prefix_of(page_, workflow_id)}{key}")
    context = task_context(page_, who, side=shown(request), slot=slot)
    context |= {
        "w": _panel(page_, workflow_id),
        "toast": toast_of_edit(page_, seq, who.by.member.id) if seq else None,
    }
    return tell_ready(page(request, "tasks/_changed.html", context, status=status), who)


def refused_here(request: HttpRequest, refusal: Refusal, workflow_id: int, *, key: str = "", noun: str) -> HttpResponse:
    """The task page, or its panel for htmx, with a refusal that has no form to stand in."""
    who = asked(request)
    task_id = queries.task_of_workflow(by=who.by, workflow_id=workflow_id)
    page_ = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    said = refused(refusal, request.POST, key=key, noun=noun, place=workflow_id)
    in_row = step_of(page_, workflow_id, key) is not None
    said = replace(said, lost="\n".join(text for _, text in typed_words(request.POST)), shown=in_row)
    context = task_context(page_, who, side=shown(request), refused=said)
    if not is_htmx(request):
        return page(request, "tasks/task.html", context, status=said.status)
    context["w"] = _panel(page_, workflow_id)
    return page(request, "tasks/_changed.html", context, status=said.status)


def gone(request: HttpRequest, workflow_id: int, edit: EditStep | EditGroup) -> HttpResponse:
    """The refusal of a form about what is no longer there, with what was typed. `edit`: one that changes nothing."""
    who = asked(request)
    try:
        operations.edit(by=who.by, at=who.at, workflow_id=workflow_id, edit=edit)
    except Refusal as refusal:
        return refused_here(request, refusal, workflow_id, noun="edit")
    raise NotFound("There is no such step or group in this workflow.")


def _panel(page_: TaskPage, workflow_id: int) -> WorkflowPanel:
    return next(one for one in page_.workflows if one.id == workflow_id)
