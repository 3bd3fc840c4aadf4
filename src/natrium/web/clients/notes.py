"""What members say about a client."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.clients import notes
from natrium.apps.workflows import queries
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may
from natrium.web.clients.views import client_page
from natrium.web.http import SeeOther, asked, is_htmx, page, signed_in
from natrium.web.refused import STATUS

FORM = "note"


@require_POST
@signed_in
def say(request: HttpRequest, client_id: int) -> HttpResponse:
    """Say something about the client. What is refused stays where it was typed."""
    who, text = asked(request), request.POST.get("text", "")
    errors, status = {}, 200
    try:
        notes.add_note(by=who.by, at=who.at, client_id=client_id, text=text)
    except Refusal as refusal:
        if refusal.code is Code.NOT_ALLOWED:
            raise
        errors, status = {(FORM, refusal.field): refusal.message}, STATUS[refusal.code]
    if not is_htmx(request):
        if errors:
            return client_page(request, who, client_id, errors=errors, typed={"text": text}, status=status)
        return SeeOther(f"/clients/{client_id}/#notes")
    context = {
        "client_id": client_id,
        "notes": queries.client_notes(by=who.by, client_id=client_id),
        "can_note": may(who.by.member.role, Deed.COMMENT),
        "errors": errors,
        "typed": {"text": text} if errors else {},
    }
    return page(request, "clients/_notes.html", context, status=status)
