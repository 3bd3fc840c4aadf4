"""Templates to read, and to attach to a task."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.pages import TemplateRow
from natrium.domain.errors import NotFound, Refusal
from natrium.web.http import Asked, SeeOther, asked, chosen, page, signed_in, whole_number
from natrium.web.refused import Refused, refused
from natrium.web.template_pages import words


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """All templates: ours, the library's, the archived."""
    rows = queries.template_list(by=asked(request).by)
    context = {
        "templates": [row for row in rows if not row.archived and not row.library],
        "library": [row for row in rows if not row.archived and row.library],
        "archived": [row for row in rows if row.archived],
        "sentence": _sentence(rows),
    }
    return page(request, "templates/list.html", context, place="templates")


def _sentence(rows: Sequence[TemplateRow]) -> str:
    live = [row for row in rows if not row.archived]
    if not live:
        return "A template is written once and attached to many tasks."
    running = sum(row.open for row in live)
    count = f"{len(live)} template{'' if len(live) == 1 else 's'}"
    return f"{count}, {running} open workflow{'' if running == 1 else 's'} on them."


@require_GET
@signed_in
def show(request: HttpRequest, template_id: int) -> HttpResponse:
    """One template, its newest version or the one that `version` names."""
    text = request.GET.get("version")
    version = whole_number(text)
    if text and version is None:
        raise NotFound("There is no such version.")
    return _page(request, asked(request), template_id, version=version)


def _page(
    request: HttpRequest, who: Asked, template_id: int, *, version: int | None = None, no: Refused | None = None
) -> HttpResponse:
    found = queries.template_page(by=who.by, template_id=template_id, version=version)
    offers = found.can_attach and found.newest is not None and not found.archived
    context = {
        "page": found,
        "groups": words.groups_of(found.definition, found.names),
        "sentence": words.sentence(found.definition, found.version),
        "tasks": queries.attachable_tasks(by=who.by, template_id=template_id) if offers else (),
        "refused": no,
    }
    return page(request, "templates/template.html", context, place="templates", status=no.status if no else 200)


@require_POST
@signed_in
def attach(request: HttpRequest, template_id: int) -> HttpResponse:
    """Attach the template to a task."""
    who = asked(request)
    try:
        task_id = chosen(request.POST.get("task_id"), "task_id", "Choose a task to attach it to.")
        done = operations.attach(by=who.by, at=who.at, task_id=task_id, template_id=template_id)
    except Refusal as refusal:
        return _page(request, who, template_id, no=refused(refusal, request.POST))
    return SeeOther(f"/tasks/{task_id}/#wf-{done.workflow_id}")
