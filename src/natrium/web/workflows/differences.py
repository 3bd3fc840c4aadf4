"""In what a job differs from its template, in sentences: a list for the task page, or a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from natrium.apps.workflows import queries
from natrium.web.http import asked, is_htmx, page, signed_in
from natrium.web.template_pages.differences import MARKS, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: its kind, its mark, a sentence, whose doing, when, and why ("" where nobody said)."""

    kind: str
    mark: str
    words: str
    by: str
    at: datetime | None
    reason: str


@require_GET
@signed_in
def differences(request: HttpRequest, workflow_id: int) -> HttpResponse:
    """All in which a workflow differs from its template version."""
    who = asked(request)
    found = queries.differences(by=who.by, workflow_id=workflow_id)
    names = queries.names_by_email(by=who.by) if found.lines else {}
    lines = [
        Line(
            kind=one.difference.kind.value,
            mark=MARKS[one.difference.kind],
            words=sentence(one.difference, found.known, names),
            by=one.by,
            at=one.at,
            reason=one.reason,
        )
        for one in found.lines
    ]
    template = "workflows/_differences.html" if is_htmx(request) else "workflows/differences.html"
    return page(request, template, {"found": found, "lines": lines})
