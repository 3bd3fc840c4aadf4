"""A note on a task, and the whole of what happened to it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.practices import queries as practices
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import NotFound, Refusal
from natrium.web.http import SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.live import all_mine
from natrium.web.refused import refused
from natrium.web.tasks.context import task_context
from natrium.web.tasks.side import shown
from natrium.web.tasks.views import again_with


@require_POST
@signed_in
def comment(request: HttpRequest, task_id: int) -> HttpResponse:
    """Say something about the task as a whole."""
    who = asked(request)
    no = None
    try:
        operations.comment_on_task(by=who.by, at=who.at, task_id=task_id, text=request.POST.get("text", ""))
    except Refusal as refusal:
        no = refused(refusal, request.POST, noun="task-comment", place=-1)
    if no is None and not is_htmx(request):
        return SeeOther(f"/tasks/{task_id}/#activity")
    if not is_htmx(request) and no is not None:
        return again_with(request, who, task_id, no)
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    status = no.status if no else 200
    context = task_context(found, who, side=shown(request), refused=no)
    context["up_to_date"] = all_mine(found.activity, request.POST.get("since"), who.by.member.id)
    return page(request, "tasks/_aside.html", context, status=status)


@require_GET
@signed_in
def activity(request: HttpRequest, task_id: int) -> HttpResponse:
    """Everything that happened to the task, a page from `cursor` on; `kind` and `who` narrow it."""
    who = asked(request)
    kind, member = request.GET.get("kind", ""), whole_number(request.GET.get("who"))
    kind = kind if kind in queries.KINDS else ""
    members = practices.members(practice_id=who.by.practice_id)
    if member is not None and member not in {one.id for one in members}:
        raise NotFound("There is no such member.")
    found = queries.timeline(
        by=who.by,
        at=who.at,
        task_id=task_id,
        before=whole_number(request.GET.get("cursor")),
        kind=kind,
        member_id=member,
    )
    context = {
        "timeline": found,
        "activity": found.lines,
        "members": members,
        "kind": kind,
        "member": member,
    }
    return page(request, "tasks/activity.html", context)
