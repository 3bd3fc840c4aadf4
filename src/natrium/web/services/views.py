"""The list of services, one service, and the ways to begin one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.queries import ServiceLine
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.roles import Deed, may, who_may
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.refused import STATUS
from natrium.web.services.context import Asking, asking_of, service_page
from natrium.web.services.upcoming import how_often

OFTEN = {one.service: how_often(one) for one in SCHEDULES}


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """What the practice sells, and what it no longer does."""
    who = asked(request)
    lines = queries.services(by=who.by)
    context = {
        "services": lines,
        "archived": queries.services(by=who.by, archived=True),
        "sentence": _sentence(lines),
        "can_edit": may(who.by.member.role, Deed.EDIT_SERVICE),
    }
    return page(request, "services/list.html", context, place="services")


def _sentence(lines: Sequence[ServiceLine]) -> str:
    if not lines:
        return "What the practice sells, and the work that recurs for it."
    count = sum(line.clients for line in lines)
    taken = f"{count:,} engagement{'' if count == 1 else 's'}"
    return f"{len(lines)} service{'' if len(lines) == 1 else 's'}, {taken}."


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """The ready services, and the form for an empty one; posted, it is made."""
    who = asked(request)
    if request.method == "GET":
        _for_editors(who)
        return _new_page(request, who)
    name, description = request.POST.get("name", ""), request.POST.get("description", "")
    try:
        made = operations.create_service(by=who.by, at=who.at, name=name, description=description)
    except Refusal as refusal:
        if refusal.code is Code.NOT_ALLOWED:
            raise
        return _new_page(request, who, form="scratch", no=refusal)
    return SeeOther(f"/services/{made}/?task=new")


@require_POST
@signed_in
def take(request: HttpRequest) -> HttpResponse:
    """One of the ready services, with its workflow."""
    who = asked(request)
    made = operations.take_ready_service(by=who.by, at=who.at, key=request.POST.get("key", ""))
    return SeeOther(f"/services/{made}/")


def _new_page(request: HttpRequest, who: Asked, *, form: str = "", no: Refusal | None = None) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("name", "description")}
    context = {
        "offers": queries.ready_services(by=who.by),
        "often": OFTEN,
        "typed": typed,
        "errors": {one: {no.field: no.message} if no and one == form else {} for one in ("ready", "scratch")},
        "code": no.code if no else "",
    }
    return page(request, "services/new.html", context, place="services", status=STATUS[no.code] if no else 200)


@require_GET
@signed_in
def show(request: HttpRequest, service_id: int) -> HttpResponse:
    """One service. `task` opens a card, `word` a small form in it; what the forms say is shown and not kept."""
    return service_page(request, asked(request), service_id, asking_of(request.GET.dict()))


@require_POST
@signed_in
def details(request: HttpRequest, service_id: int) -> HttpResponse:
    """Another name or description."""
    who = asked(request)
    typed = {name: request.POST.get(name, "") for name in ("name", "description", "rev")}
    changes = {name: typed[name] for name in ("name", "description")}
    rev = whole_number(typed["rev"])
    try:
        operations.edit_service(by=who.by, at=who.at, service_id=service_id, changes=changes, if_rev=rev)
    except StaleEdit as stale:
        now = queries.service_page(by=who.by, service_id=service_id)
        words = f"{stale.message} What you typed is still here: save again to keep it."
        typed |= {"rev": str(now.rev)}
        return _with_details(request, who, service_id, Refusal(Code.STALE, words), typed)
    except Refusal as refusal:
        return _with_details(request, who, service_id, refusal, typed)
    return SeeOther(f"/services/{service_id}/")


@require_POST
@signed_in
def archive(request: HttpRequest, service_id: int) -> HttpResponse:
    """Into the archive, or (`out`) out of it."""
    who = asked(request)
    act = operations.unarchive_service if request.POST.get("out") else operations.archive_service
    try:
        act(by=who.by, at=who.at, service_id=service_id)
    except Refusal as refusal:
        found = queries.service_page(by=who.by, service_id=service_id)
        typed = {"name": found.line.name, "description": found.line.description, "rev": str(found.rev)}
        return _with_details(request, who, service_id, refusal, typed)
    return SeeOther(f"/services/{service_id}/")


def _with_details(
    request: HttpRequest, who: Asked, service_id: int, no: Refusal, typed: Mapping[str, str]
) -> HttpResponse:
    """The page with what was refused of the service itself."""
    if no.code is Code.NOT_ALLOWED:
        raise no
    return service_page(request, who, service_id, Asking(no=no, details=typed))


def _for_editors(who: Asked) -> None:
    if not may(who.by.member.role, Deed.EDIT_SERVICE):
        raise Refusal(Code.NOT_ALLOWED, f"To add services takes {who_may(Deed.EDIT_SERVICE)}.")
