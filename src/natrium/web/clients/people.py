"""Who looks after a client, who to talk to there, and what holds from when."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.activity import queries as activity
from natrium.apps.clients import contacts
from natrium.apps.clients import queries as client_queries
from natrium.apps.clients.operations import NewContact
from natrium.apps.workflows import operations, queries
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.clients.views import choices, client_page
from natrium.web.clients.words import NOTES, entry_words, note_words
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.refused import STATUS


@require_http_methods(["GET", "POST"])
@signed_in
def looked_after(request: HttpRequest, client_id: int) -> HttpResponse:
    """Change manager and partner: first what will follow, then (`sure`) it does."""
    who = asked(request)
    found = client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
    if not may(who.by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"To change a client takes {who_may(Deed.EDIT_CLIENT)}.")
    chosen = {"manager": found.line.manager_id, "partner": found.line.partner_id}
    errors: dict[str, str] = {}
    code: Code | None = None
    preview = None
    if request.method == "POST":
        chosen = {one: whole_number(request.POST.get(f"{one}_id")) for one in chosen}
        try:
            if request.POST.get("sure") == "1":
                operations.change_client_people(
                    by=who.by, at=who.at, client_id=client_id, manager_id=chosen["manager"],
                    partner_id=chosen["partner"],
                )  # fmt: skip
                return SeeOther(f"/clients/{client_id}/")
            preview = queries.will_follow(
                by=who.by, client_id=client_id, manager_id=chosen["manager"], partner_id=chosen["partner"]
            )
        except Refusal as refusal:
            errors, code = {refusal.field: refusal.message}, refusal.code
    context = {
        "c": found, "chosen": chosen, "members": choices(who), "preview": preview, "errors": errors, "code": code or "",
    }  # fmt: skip
    return page(request, "clients/people.html", context, place="clients", status=STATUS[code] if code else 200)


@require_POST
@signed_in
def add_contact(request: HttpRequest, client_id: int) -> HttpResponse:
    """A person at the client."""
    who, contact = asked(request), _contact(request.POST)
    try:
        contacts.add_contact(by=who.by, at=who.at, client_id=client_id, contact=contact)
    except Refusal as refusal:
        return _refused(request, who, client_id, "contact", refusal)
    return SeeOther(f"/clients/{client_id}/#contacts")


@require_POST
@signed_in
def edit_contact(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """What is known of a person at the client."""
    who, contact = asked(request), _contact(request.POST)
    try:
        contacts.edit_contact(by=who.by, at=who.at, client_id=client_id, contact_id=contact_id, contact=contact)
    except Refusal as refusal:
        return _refused(request, who, client_id, f"contact-{contact_id}", refusal)
    return SeeOther(f"/clients/{client_id}/#contacts")


@require_POST
@signed_in
def remove_contact(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """A person is no longer at the client; the record keeps who it was."""
    who = asked(request)
    contacts.remove_contact(by=who.by, at=who.at, client_id=client_id, contact_id=contact_id)
    return SeeOther(f"/clients/{client_id}/#contacts")


def _contact(post: QueryDict) -> NewContact:
    return NewContact(**{name: post.get(name, "") for name in contacts.FIELDS})


def _refused(request: HttpRequest, who: Asked, client_id: int, form: str, refusal: Refusal) -> HttpResponse:
    if refusal.code is Code.NOT_ALLOWED:
        client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
        raise refusal
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    errors = {(form, refusal.field): refusal.message}
    return client_page(
        request, who, client_id, errors=errors, code=refusal.code.value, typed=typed, status=STATUS[refusal.code]
    )


@require_GET
@signed_in
def record(request: HttpRequest, client_id: int) -> HttpResponse:
    """Everything that happened to the client itself, or what was said of it alone (`kind`), a page from `cursor` on."""
    who = asked(request)
    found = client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
    before, notes = whole_number(request.GET.get("cursor")), request.GET.get("kind") == "notes"
    lines = activity.timeline(
        practice_id=who.by.practice_id, chain="client", subject_id=client_id, before=before,
        verbs=NOTES if notes else (),
    )  # fmt: skip
    context = {
        "c": found,
        "notes": notes,
        "lines": [(entry.at.astimezone(who.by.zone), entry_words(entry), note_words(entry)) for entry in lines.entries],
        "following": lines.next_before,
    }
    return page(request, "clients/record.html", context, place="clients")
