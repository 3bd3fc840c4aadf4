"""Beginning a template: from scratch, from the library, from a file, from a job that was done."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.files import MAX_BYTES, BadTemplateFile, decode, read_template
from natrium.apps.workflows.library import by_area
from natrium.domain.errors import Code, Refusal
from natrium.web.http import Asked, SeeOther, asked, page, signed_in
from natrium.web.refused import STATUS
from natrium.web.template_pages import suggesting
from natrium.web.template_pages.writers import for_writers


@require_GET
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """The ways to begin."""
    who = asked(request)
    for_writers(who)
    return _page(request, who)


@require_POST
@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """From scratch, or with what was kept of a suggestion: a name, and the editor opens."""
    who = asked(request)
    name, about = request.POST.get("name", ""), request.POST.get("description", "")
    try:
        made = operations.create_template(
            by=who.by, at=who.at, name=name, description=about, definition=suggesting.chosen(request)
        )
    except Refusal as refusal:
        if "suggested" in request.POST and refusal.code is not Code.NOT_ALLOWED:
            return suggesting.refused(request, refusal)
        return _refused(request, who, refusal, form="scratch")
    return SeeOther(f"/templates/{made}/draft/")


@require_POST
@signed_in
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """From the library: published at once, and open to be changed."""
    who = asked(request)
    try:
        made = operations.take_from_library(by=who.by, at=who.at, slug=slug)
    except Refusal as refusal:
        return _refused(request, who, refusal, form="library")
    return SeeOther(f"/templates/{made}/")


@require_POST
@signed_in
def take_file(request: HttpRequest) -> HttpResponse:
    """From a YAML file: every line that is wrong is said, and then nothing is taken."""
    who = asked(request)
    for_writers(who)
    given = request.FILES.get("file")
    problems: list[str] = []
    try:
        if not isinstance(given, UploadedFile):
            raise Refusal(Code.BAD_VALUE, "Choose a YAML file.", field="file")  # noqa: TRY301 - one way of saying no
        text = decode(given.read(MAX_BYTES + 1), source=given.name or "the file")
        made = operations.import_template(
            by=who.by, at=who.at, template=read_template(text, source=given.name or "the file")
        )
    except BadTemplateFile as bad:
        problems = [f"Line {one.line}: {one.message}" for one in bad.problems]
        no = Refusal(Code.BAD_VALUE, "The file is no template. Nothing was taken.", field="file")
        return _refused(request, who, no, form="file", problems=problems)
    except Refusal as refusal:
        return _refused(request, who, refusal, form="file")
    return SeeOther(f"/templates/{made}/draft/")


@require_POST
@signed_in
def from_job(request: HttpRequest, workflow_id: int) -> HttpResponse:
    """From a job: its steps as they stand, without what belongs to that client and period."""
    who = asked(request)
    made = operations.template_from_workflow(by=who.by, at=who.at, workflow_id=workflow_id)
    return SeeOther(f"/templates/{made}/draft/")


def _refused(
    request: HttpRequest, who: Asked, refusal: Refusal, *, form: str, problems: list[str] | None = None
) -> HttpResponse:
    if refusal.code is Code.NOT_ALLOWED:
        raise refusal
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    errors = {(form, refusal.field): refusal.message}
    return _page(request, who, errors=errors, typed=typed, problems=problems or [], code=refusal.code)


def _page(
    request: HttpRequest,
    who: Asked,
    *,
    errors: dict[tuple[str, str], str] | None = None,
    typed: dict[str, str] | None = None,
    problems: list[str] | None = None,
    code: Code | None = None,
) -> HttpResponse:
    wrong = errors or {}
    left = queries.library_left(by=who.by)
    context: dict[str, Any] = {
        "library": left,
        "areas": by_area(left),
        "typed": typed or {},
        "errors": {form: {f: m for (p, f), m in wrong.items() if p == form} for form in ("scratch", "library", "file")},
        "problems": problems or [],
        "code": code or "",
    }
    return page(request, "templates/new.html", context, place="templates", status=STATUS[code] if code else 200)
