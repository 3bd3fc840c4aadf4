"""What a client takes: a service started, paused, resumed, ended, and what is different for this client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import OpenWork
from natrium.apps.catalogue.queries import EngagementLine
from natrium.apps.clients import queries as client_queries
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.clients.forms import a_day
from natrium.web.clients.views import client_page
from natrium.web.http import Asked, SeeOther, asked, chosen, page, signed_in
from natrium.web.refused import STATUS

# The fields of each small form.
FIELDS = {"engagement": ("service_id", "starts_on"), "pause": ("on",)}


@require_POST
@signed_in
def start(request: HttpRequest, client_id: int) -> HttpResponse:
    """The client takes a service from a day on."""
    who, post = asked(request), request.POST
    client_queries.client(practice_id=who.by.practice_id, client_id=client_id)
    try:
        for_managers(who)
        service_id = chosen(post.get("service_id"), "service_id", "Choose the service from the list.")
        day = a_day(post.get("starts_on", ""), "starts_on")
        operations.start_engagement(by=who.by, at=who.at, client_id=client_id, service_id=service_id, starts_on=day)
    except Refusal as refusal:
        return _refused(request, who, client_id, "engagement", refusal)
    return _back(client_id)


@require_POST
@signed_in
def pause(request: HttpRequest, client_id: int, engagement_id: int) -> HttpResponse:
    """Nothing is made for it until it is resumed."""
    who = asked(request)
    line_of(who, client_id, engagement_id)
    try:
        for_managers(who)
        day = a_day(request.POST.get("on", ""), "on")
        operations.pause_engagement(by=who.by, at=who.at, engagement_id=engagement_id, on=day)
    except Refusal as refusal:
        return _refused(request, who, client_id, f"pause-{engagement_id}", refusal)
    return _back(client_id)


@require_POST
@signed_in
def resume(request: HttpRequest, client_id: int, engagement_id: int) -> HttpResponse:
    """It goes on."""
    who = asked(request)
    line_of(who, client_id, engagement_id)
    try:
        operations.resume_engagement(by=who.by, at=who.at, engagement_id=engagement_id)
    except Refusal as refusal:
        return _refused(request, who, client_id, f"pause-{engagement_id}", refusal)
    return _back(client_id)


@require_http_methods(["GET", "POST"])
@signed_in
def end(request: HttpRequest, client_id: int, engagement_id: int) -> HttpResponse:
    """The last day, and what becomes of open work: asked, never guessed."""
    who = asked(request)
    line = line_of(who, client_id, engagement_id)
    for_managers(who)
    if request.method == "GET":
        typed = {"on": (line.ends_on or who.at.date()).isoformat(), "open_work": ""}
        return _end_page(request, who, line, typed)
    typed = {name: request.POST.get(name, "") for name in ("on", "open_work")}
    try:
        day = a_day(typed["on"], "on")
        if typed["open_work"] not in set(OpenWork):
            raise Refusal(Code.BAD_VALUE, "Say what becomes of the open tasks.", field="open_work")  # noqa: TRY301
        operations.end_engagement(
            by=who.by, at=who.at, engagement_id=engagement_id, on=day, open_work=OpenWork(typed["open_work"])
        )
    except Refusal as refusal:
        return _end_page(request, who, line, typed, refusal)
    return _back(client_id)


def _end_page(
    request: HttpRequest, who: Asked, line: EngagementLine, typed: Mapping[str, str], no: Refusal | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "e": line,
        "open": queries.ending(by=who.by, engagement_id=line.id),
        "typed": typed,
        "errors": {no.field if no.field in typed else "": no.message} if no else {},
        "code": no.code if no else "",
    }
    return page(request, "clients/end.html", context, place="clients", status=STATUS[no.code] if no else 200)


def line_of(who: Asked, client_id: int, engagement_id: int) -> EngagementLine:
    """The engagement, which is this client's. Raises NotFound."""
    lines = queries.engagements_of_client(by=who.by, client_id=client_id, at=who.at)
    found = next((line for line in lines if line.id == engagement_id), None)
    if found is None:
        raise NotFound("There is no such engagement.")
    return found


def _back(client_id: int) -> HttpResponse:
    return SeeOther(f"/clients/{client_id}/#services")


def for_managers(who: Asked) -> None:
    """Refuses `not-allowed` to everybody else. What is asked for is looked up before."""
    if not may(who.by.member.role, Deed.EDIT_SERVICE):
        raise Refusal(Code.NOT_ALLOWED, f"What clients take is for {who_may(Deed.EDIT_SERVICE)}.")


def _refused(request: HttpRequest, who: Asked, client_id: int, form: str, no: Refusal) -> HttpResponse:
    if no.code is Code.NOT_ALLOWED:
        raise no
    typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    place = (form, no.field) if no.field in FIELDS[form.partition("-")[0]] else ("services", "")
    errors = {place: no.message}
    return client_page(request, who, client_id, errors=errors, typed=typed, status=STATUS[no.code], code=no.code)
