"""The side column of a task: its activity, its notes or its files, one at a time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from natrium.apps.files import queries as files
from natrium.apps.workflows import queries
from natrium.apps.workflows.panels import TaskPage
from natrium.domain.roles import Deed, may
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.tasks.lines import tidy

SHOWS = ("activity", "notes", "files")
LINES = 20


def shown(request: HttpRequest) -> str:
    """Which tab the side column shows: forms on the page say it along, addresses name it."""
    name = request.POST.get("side") or request.GET.get("side")
    return name if name in SHOWS else SHOWS[0]


def side_context(page_: TaskPage, who: Asked, show: str) -> dict[str, Any]:
    """What the side column's templates need beside the page."""
    lines, more = page_.activity, page_.more_activity
    if show == "notes":
        found = queries.timeline(by=who.by, at=who.at, task_id=page_.task.id, kind="notes", limit=LINES)
        lines, more = found.lines, found.before is not None
    return {
        "show": show,
        "lines": tidy(lines),
        "more": more,
        "beside": files.beside(by=who.by, task_id=page_.task.id),
        "files": files.files(by=who.by, task_id=page_.task.id) if show == "files" else (),
        "can_add_file": may(who.by.member.role, Deed.ADD_FILE) and not page_.task.hold,
        "wrong": [],
        "upload_step": None,
    }


@require_GET
@signed_in
def side(request: HttpRequest, task_id: int) -> HttpResponse:
    """What a tab of the side column lists; without htmx, the page with that tab."""
    who, show = asked(request), shown(request)
    found = queries.task_page(by=who.by, at=who.at, task_id=task_id)
    if not is_htmx(request):
        return SeeOther(f"/tasks/{task_id}/?side={show}#activity")
    context = {"page": found, **side_context(found, who, show), "upload_step": step_asked_for(request)}
    return page(request, "tasks/_side_changed.html", context)


def step_asked_for(request: HttpRequest) -> int | None:
    """The step that a link to the files names, for the form there."""
    return whole_number(request.GET.get("step"))
