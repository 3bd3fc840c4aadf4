"""Publishing a draft, comparing versions, going back to one, discarding, archiving, copying, and files."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.files import write_template
from natrium.domain.errors import NotFound, Refusal
from natrium.domain.roles import Deed, may
from natrium.domain.workflow.codec import BadTemplate, from_dict
from natrium.domain.workflow.comparing import compare
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.findings import Level
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.refused import STATUS
from natrium.web.template_pages.differences import sentences
from natrium.web.template_pages.draft_context import draft_context
from natrium.web.template_pages.writers import for_writers


@require_http_methods(["GET", "POST"])
@signed_in
def publish(request: HttpRequest, template_id: int) -> HttpResponse:
    """What publishing would change, with a note; posted, it is published."""
    who = asked(request)
    note = request.POST.get("note", "")
    if request.method == "POST":
        try:
            operations.publish(by=who.by, at=who.at, template_id=template_id, note=note)
        except Refusal as refusal:
            return _publication(request, who, template_id, note=note, no=refusal)
        return SeeOther(f"/templates/{template_id}/")
    return _publication(request, who, template_id)


def _publication(
    request: HttpRequest,
    who: Asked,
    template_id: int,
    *,
    note: str = "",
    no: Refusal | None = None,
) -> HttpResponse:
    found = queries.draft_page(by=who.by, template_id=template_id)
    for_writers(who)
    before = Template(name=found.draft.name, description=found.draft.description)
    if found.version is not None:
        before = queries.comparison(by=who.by, template_id=template_id, before=found.version, after=None).before
    context = {
        "page": found,
        "lines": _lines(who, before, found.draft),
        "problems": [one for one in found.findings if one.level is Level.ERROR],
        "oddities": [one for one in found.findings if one.level is Level.WARNING],
        "note": note,
        "errors": {no.field: no.message} if no else {},
        "code": no.code if no else "",
        "running": sum(version.open for version in found.versions),
    }
    return page(request, "templates/publish.html", context, place="templates", status=STATUS[no.code] if no else 200)


@require_GET
@signed_in
def compare_versions(request: HttpRequest, template_id: int) -> HttpResponse:
    """Two versions side by side, in sentences: `from` and `to` (the draft, or the newest, where none is named)."""
    who = asked(request)
    found = queries.draft_page(by=who.by, template_id=template_id)
    numbers = [version.number for version in found.versions]
    if not numbers:
        raise NotFound("The template was never published: there is nothing to compare.")
    before = whole_number(request.GET.get("from")) or (numbers[1] if len(numbers) > 1 else numbers[0])
    to = request.GET.get("to", "")
    after = whole_number(to) if to and to != "draft" else None
    if after is None and not found.drafted:
        after = numbers[0]
    shown = queries.comparison(by=who.by, template_id=template_id, before=before, after=after)
    context = {
        "page": found,
        "numbers": numbers,
        "before": before,
        "after": after,
        "lines": _lines(who, shown.before, shown.after),
        "can_edit": may(who.by.member.role, Deed.EDIT_TEMPLATE) and not found.archived,
    }
    return page(request, "templates/compare.html", context, place="templates")


def _lines(who: Asked, before: Template, after: Template) -> list[tuple[str, str, str]]:
    known = {step.key: step.name for step in (*before.steps, *after.steps)}
    names = queries.names_by_email(by=who.by)
    return sentences(compare(before, after), known, names)


@require_POST
@signed_in
def restore_version(request: HttpRequest, template_id: int, number: int) -> HttpResponse:
    """Make an earlier version the draft."""
    who = asked(request)
    operations.restore_version(by=who.by, at=who.at, template_id=template_id, number=number)
    return SeeOther(f"/templates/{template_id}/draft/")


@require_POST
@signed_in
def restore_draft(request: HttpRequest, template_id: int) -> HttpResponse:
    """Put back what was just removed: the draft as it was, unless somebody changed it since."""
    who = asked(request)
    rev = whole_number(request.POST.get("rev"))
    for_writers(who)
    try:
        before = from_dict(json.loads(request.POST.get("draft", "")))
    except (ValueError, RecursionError, BadTemplate) as error:
        raise NotFound("There is nothing to put back.") from error
    operations.save_draft(by=who.by, at=who.at, template_id=template_id, definition=before, if_rev=rev)
    if not is_htmx(request):
        return SeeOther(f"/templates/{template_id}/draft/")
    return page(request, "templates/_editor.html", draft_context(request, template_id))


@require_POST
@signed_in
def discard(request: HttpRequest, template_id: int) -> HttpResponse:
    """Forget the draft."""
    who = asked(request)
    operations.discard_draft(by=who.by, at=who.at, template_id=template_id)
    return SeeOther(f"/templates/{template_id}/")


@require_POST
@signed_in
def archive(request: HttpRequest, template_id: int) -> HttpResponse:
    """Into the archive, or (`out`) out of it."""
    who = asked(request)
    act = operations.unarchive if request.POST.get("out") else operations.archive
    act(by=who.by, at=who.at, template_id=template_id)
    return SeeOther(f"/templates/{template_id}/")


@require_POST
@signed_in
def copy(request: HttpRequest, template_id: int) -> HttpResponse:
    """A template like this one."""
    who = asked(request)
    made = operations.duplicate_template(by=who.by, at=who.at, template_id=template_id)
    return SeeOther(f"/templates/{made}/draft/")


@require_GET
@signed_in
def file(request: HttpRequest, template_id: int) -> HttpResponse:
    """A version (the newest, or the draft where there is none) as a YAML file."""
    who = asked(request)
    found = queries.template_page(by=who.by, template_id=template_id)
    answer = HttpResponse(write_template(found.definition), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="template-{template_id}.yaml"'
    return answer
