"""The list of clients, one client, and the forms to make and to change one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from natrium.apps.activity import queries as activity
from natrium.apps.clients import operations as clients
from natrium.apps.clients import queries as client_queries
from natrium.apps.practices import queries as practices
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import Choice
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.roles import Deed, Role, may, who_may
from natrium.web.clients.facts import said_of
from natrium.web.clients.forms import FACTS, KINDS, read, said, year_end
from natrium.web.clients.taken import taken
from natrium.web.clients.words import entry_words
from natrium.web.dates import LONG_MONTHS
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page, signed_in, whole_number
from natrium.web.refused import STATUS

PAGE = 50


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """Clients by name; `q` searches, `kind`, `mine`, `all` and `batch` narrow and widen, `after` goes on."""
    who = asked(request)
    given = {name: request.GET.get(name, "") for name in ("q", "kind", "mine", "all", "batch")}
    batch = given["batch"][:36]
    kept: dict[str, Any] = {
        "practice_id": who.by.practice_id,
        "search": given["q"][:200],
        "active_only": not (given["all"] or batch),
        "kind": given["kind"] if given["kind"] in KINDS else "",
        "member_id": who.by.member.id if given["mine"] else None,
        "among": activity.subjects_of_batch(batch, chain="client") if batch else None,
    }
    found = client_queries.clients(**kept, after=_after(request.GET.get("after", "")), limit=2 * PAGE)
    lines, more = found.clients[:PAGE], len(found.clients[PAGE:])
    count = client_queries.how_many(**kept)
    context = {
        "clients": lines,
        "sentence": f"{count:,} client{'' if count == 1 else 's'}{_so_found(given)}.",
        "counts": queries.client_counts(by=who.by, at=who.at, client_ids=[line.id for line in lines]),
        "given": given,
        "kinds": KINDS,
        "following": f"{lines[-1].id}.{lines[-1].name}" if more else "",
        "more": more,
        "narrowed": any(given.values()),
        "imported": _imported(request.GET.get("imported", "")),
        "can_edit": may(who.by.member.role, Deed.EDIT_CLIENT),
    }
    narrows = is_htmx(request)
    template = "clients/_found.html" if narrows else "clients/list.html"
    return page(request, template, context | {"oob": narrows}, place="clients")


def _so_found(given: Mapping[str, str]) -> str:
    """How the clients shown were found."""
    if given["batch"] and sum(map(bool, given.values())) == 1:
        return " made or changed by the import"
    return " found" if any(given.values()) else ""


def _imported(text: str) -> tuple[int, int, int, str] | None:
    """What an import came to, as the address that follows it says: created, updated, left out, and its batch."""
    *counts, batch = text.split(".")
    numbers = [whole_number(part) for part in counts]
    if len(numbers) != 3 or None in numbers or not batch.isalnum():
        return None
    made, changed, left = (number or 0 for number in numbers)
    return made, changed, left, batch


def _after(text: str) -> tuple[str, int] | None:
    number, _, name = text.partition(".")
    client_id = whole_number(number)
    return (name, client_id) if client_id is not None and name else None


@require_GET
@signed_in
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    """One client: facts, people, tasks on a timeline, what they owe, notes."""
    return client_page(request, asked(request), client_id)


def client_page(
    request: HttpRequest,
    who: Asked,
    client_id: int,
    *,
    errors: Mapping[tuple[str, str], str] | None = None,
    code: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a client, with what was refused in one of its small forms."""
    found = queries.client_page(by=who.by, at=who.at, client_id=client_id)
    line = activity.timeline(practice_id=who.by.practice_id, chain="client", subject_id=client_id, limit=10)
    holding = {fact.field: fact for fact in found.client.facts if fact.from_date <= who.at.date()}
    context: dict[str, Any] = {
        "page": found,
        "c": found.client,
        "kinds": KINDS,
        "year_end": year_end(found.client, LONG_MONTHS),
        **taken(who, client_id, found),
        "facts": {FACTS.get(field, field.replace("_", " ")): said_of(fact) for field, fact in holding.items()},
        "lines": [(entry.at.astimezone(who.by.zone), entry_words(entry)) for entry in line.entries],
        "can_edit": may(who.by.member.role, Deed.EDIT_CLIENT),
        "can_note": may(who.by.member.role, Deed.COMMENT),
        "client_id": client_id,
        "notes": found.notes,
        "errors": errors or {},
        "code": code,
        "typed": typed or {},
    }
    return page(request, "clients/client.html", context, place="clients", status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Make a client."""
    who = asked(request)
    _for_editors(who)
    if request.method == "GET":
        return _form(request, who, {"kind": "limited_company", "manager_id": str(who.by.member.id)}, {})
    try:
        values = read(request.POST)
        name, kind = str(values.pop("name")), str(values.pop("kind"))
        manager, partner = (_member(request.POST.get(f"{one}_id", ""), one) for one in ("manager", "partner"))
        made = clients.create_client(
            by=who.by, at=who.at, name=name, kind=kind, manager_id=manager, partner_id=partner, fields=values
        )
    except Refusal as refusal:
        return _form(request, who, _typed(request), {refusal.field: refusal.message}, code=refusal.code)
    return SeeOther(f"/clients/{made}/")


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, client_id: int) -> HttpResponse:
    """Change what is known of a client. What a colleague changed meanwhile is said, and what was typed kept."""
    who = asked(request)
    found = client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
    _for_editors(who)
    if request.method == "GET":
        return _form(request, who, said(found) | {"rev": str(found.rev)}, {}, client_id=client_id)
    try:
        values, rev = read(request.POST), whole_number(request.POST.get("rev"))
        operations.edit_client(by=who.by, at=who.at, client_id=client_id, changes=values, if_rev=rev)
    except StaleEdit as stale:
        now = client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
        words = f"{stale.message} What you typed is still here; look at what it is now, and save again."
        typed = _typed(request) | {"rev": str(now.rev)}
        return _form(request, who, typed, {"": words}, client_id=client_id, now=said(now), status=409)
    except Refusal as refusal:
        errors = {refusal.field: refusal.message}
        return _form(request, who, _typed(request), errors, client_id=client_id, code=refusal.code)
    return SeeOther(f"/clients/{client_id}/")


def _form(
    request: HttpRequest,
    who: Asked,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    client_id: int | None = None,
    now: Mapping[str, str] | None = None,
    code: Code | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "typed": typed,
        "errors": errors,
        "code": code or "",
        "client_id": client_id,
        "now": {name: value for name, value in (now or {}).items() if value != typed.get(name, "")},
        "kinds": list(KINDS.items()),
        "months": [("", "none"), *((str(number), name) for number, name in enumerate(LONG_MONTHS, start=1))],
        "members": choices(who),
    }
    return page(request, "clients/form.html", context, place="clients", status=STATUS[code] if code else status)


def choices(who: Asked) -> list[Choice]:
    """The members who may look after a client."""
    members = practices.members(practice_id=who.by.practice_id, active_only=True)
    return [Choice(one.id, one.name) for one in members if one.role >= Role.STAFF]


def _member(text: str, field: str) -> int | None:
    number = whole_number(text)
    if text and number is None:
        raise Refusal(Code.BAD_VALUE, "Choose somebody from the list.", field=f"{field}_id")
    return number


def _for_editors(who: Asked) -> None:
    if not may(who.by.member.role, Deed.EDIT_CLIENT):
        raise Refusal(Code.NOT_ALLOWED, f"Clients are for {who_may(Deed.EDIT_CLIENT)}.")


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
