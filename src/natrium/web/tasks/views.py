"""The task page, and what is done to the task as a whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Acted
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.task import OWN_STEP
from natrium.domain.workflow.model import Hold
from natrium.web.http import Asked, SeeOther, asked, chosen, is_htmx, page, signed_in
from natrium.web.live import told, unchanged
from natrium.web.refused import Refused, refused
from natrium.web.shaping.said import toast_of_address
from natrium.web.tasks.answers import Place, answer
from natrium.web.tasks.changing import changed
from natrium.web.tasks.context import task_context
from natrium.web.tasks.did import toast_on_task
from natrium.web.tasks.side import shown, step_asked_for
from natrium.web.workflows.forms import ACTIONS, OWN_NOUNS


@require_GET
@signed_in
def show(request: HttpRequest, task_id: int) -> HttpResponse:
    """The task page. `open` names a row to open, `form` a form in it."""
    who = asked(request)
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    opened, form = request.GET.get("open", ""), request.GET.get("form", "")
    context = task_context(found, who, side=shown(request), opened=opened, opened_form=form)
    context["adding"] = request.GET.get("add", "")
    context["upload_step"] = step_asked_for(request)
    if did := request.GET.get("did"):
        context["toast"] = toast_on_task(found, did)
    if edited := request.GET.get("edit"):
        context["toast"] = toast_of_address(found, edited, who.by.member.id)
    return page(request, "tasks/task.html", context)


@require_GET
@signed_in
def changes(request: HttpRequest, task_id: int) -> HttpResponse:
    """The task page for one that is open and shows an older state; nothing where it shows the newest."""
    who = asked(request)
    if nothing := unchanged(request, queries.entries(by=who.by, task_id=task_id)):
        return nothing
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    context = task_context(found, who, side=shown(request))
    context["says"] = told(found.activity, request.GET.get("shown"), who.by.member.id)
    return page(request, "tasks/task.html", context)


@require_POST
@signed_in
def attach(request: HttpRequest, task_id: int) -> HttpResponse:
    """Attach a template."""
    who = asked(request)
    try:
        template_id = chosen(request.POST.get("template_id"), "template_id", "Choose a template to attach.")
        again = bool(request.POST.get("again"))
        done = operations.attach(by=who.by, at=who.at, task_id=task_id, template_id=template_id, again=again)
    except Refusal as refusal:
        return again_with(request, who, task_id, refused(refusal, request.POST, noun="attach", place=-1))
    return SeeOther(f"/tasks/{task_id}/#wf-{done.workflow_id}")


@require_POST
@signed_in
def hold(request: HttpRequest, task_id: int) -> HttpResponse:
    """Put on hold, cancel, or resume (`to` empty)."""
    who = asked(request)
    reason = request.POST.get("reason", "")
    try:
        to = _hold(request.POST.get("to", ""))
        operations.hold(by=who.by, at=who.at, task_id=task_id, to=to, reason=reason)
    except Refusal as refusal:
        return again_with(request, who, task_id, refused(refusal, request.POST, noun="hold", place=-1))
    return changed(request, task_id, queries.entries(by=who.by, task_id=task_id))


def _hold(text: str) -> Hold:
    if text not in set(Hold):
        raise Refusal(Code.BAD_VALUE, "A task is put on hold, cancelled or resumed.", field="to")
    return Hold(text)


@require_POST
@signed_in
def act_on_own_step(request: HttpRequest, task_id: int, noun: str) -> HttpResponse:
    """An action on the one step of a task without a workflow."""
    if noun not in OWN_NOUNS | {"undo"}:
        raise Http404
    who = asked(request)

    def act() -> Acted:
        if noun == "undo":
            return operations.undo_on_task(by=who.by, at=who.at, task_id=task_id)
        action = ACTIONS[noun](OWN_STEP, request.POST)
        return operations.act_on_task(by=who.by, at=who.at, task_id=task_id, action=action)

    return answer(request, Place(task_id, 0, OWN_STEP, noun), act)


def again_with(request: HttpRequest, who: Asked, task_id: int, no: Refused) -> HttpResponse:
    """The task page once more, with the refusal and what was typed."""
    try:
        found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    except NotFound as missing:
        raise Http404(str(missing)) from missing
    context = task_context(found, who, side=shown(request), refused=no)
    template = "tasks/_main_changed.html" if is_htmx(request) else "tasks/task.html"
    return page(request, template, context, status=no.status)
