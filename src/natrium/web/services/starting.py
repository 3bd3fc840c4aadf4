"""Starting a service for many clients: who, from when, what would come of it, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from natrium.apps.catalogue import operations, queries
from natrium.apps.catalogue.operations import Started, Starter
from natrium.apps.catalogue.queries import ServicePage
from natrium.apps.clients import queries as clients
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.clients.forms import KINDS, a_day
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.laws import in_our_words
from natrium.web.refused import STATUS
from natrium.web.services.upcoming import Line, lines

SHOWN, FIRST = 200, 10


@dataclass(frozen=True, slots=True)
class FirstDates:
    """A client with the first task to come of each recurring task, and what is missing for some."""

    client_id: int
    client: str
    dates: tuple[Line, ...]
    missing: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: HttpRequest, service_id: int) -> HttpResponse:
    """Clients to tick; with `preview` what would come of it; posted, it is done."""
    who = asked(request)
    found = queries.service_page(by=who.by, service_id=service_id)
    if not may(who.by.member.role, Deed.EDIT_SERVICE):
        raise Refusal(Code.NOT_ALLOWED, f"What clients take is for {who_may(Deed.EDIT_SERVICE)}.")
    asking = request.POST if request.method == "POST" else request.GET
    typed = {name: str(value) for name, value in asking.items()}
    typed.setdefault("starts_on", who.at.date().isoformat())
    ids = _ids(asking)
    try:
        if request.method == "POST":
            day = a_day(typed["starts_on"], "starts_on")
            done = operations.start_engagements(
                by=who.by, at=who.at, service_id=service_id, client_ids=ids, starts_on=day
            )
            return SeeOther(f"/services/{service_id}/?started={len(done.started)}")
        plan = _plan(who, service_id, ids, typed) if "preview" in typed else None
    except Refusal as refusal:
        return _page(request, who, found, typed, ids, no=refusal)
    return _page(request, who, found, typed, ids, plan=plan)


def _plan(who: Asked, service_id: int, ids: list[int], typed: Mapping[str, str]) -> Started:
    day = a_day(typed["starts_on"], "starts_on")
    return operations.plan_starting(by=who.by, service_id=service_id, client_ids=ids, starts_on=day)


def _ids(query: QueryDict) -> list[int]:
    texts = [*query.getlist("client_ids"), *query.get("ids", "").split(",")]
    return [number for text in texts if (number := whole_number(text)) is not None]


def _page(
    request: HttpRequest,
    who: Asked,
    found: ServicePage,
    typed: Mapping[str, str],
    ids: list[int],
    *,
    plan: Started | None = None,
    no: Refusal | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "s": found.line,
        "typed": typed,
        "ids": set(ids),
        "kinds": KINDS,
        "plan": plan,
        "firsts": _firsts(who, found, plan.started[:FIRST], typed["starts_on"]) if plan else (),
        "errors": {no.field if no.field in ("starts_on", "client_ids") else "": no.message} if no else {},
        "code": no.code if no else "",
    }
    if plan is None:
        context |= _offered(who, found, typed)
    return page(request, "services/start.html", context, place="services", status=STATUS[no.code] if no else 200)


def _offered(who: Asked, found: ServicePage, typed: Mapping[str, str]) -> dict[str, Any]:
    """Clients who do not take it yet, narrowed as asked."""
    kept: dict[str, Any] = {
        "practice_id": who.by.practice_id,
        "search": typed.get("q", "")[:200],
        "kind": typed.get("kind", "") if typed.get("kind") in KINDS else "",
        "member_id": who.by.member.id if typed.get("mine") else None,
    }
    have = {
        one.client_id
        for one in queries.engagements_of_service(by=who.by, service_id=found.line.id, at=who.at)
        if one.ends_on is None
    }
    kept["without"] = sorted(have)
    return {
        "clients": clients.clients(**kept, limit=SHOWN).clients, "count": clients.how_many(**kept), "shown": SHOWN
    }  # fmt: skip


def _firsts(who: Asked, found: ServicePage, starters: tuple[Starter, ...], starts_on: str) -> tuple[FirstDates, ...]:
    """The first date of each recurring task for the first of the clients: by the function that makes them."""
    since = a_day(starts_on, "starts_on")
    told = []
    for one in starters:
        dates: list[Line] = []
        missing: list[str] = []
        for line in found.recurring:
            seen = queries.preview(
                by=who.by, at=who.at, facts=line.facts, client_id=one.client_id, service=found.line.name,
                since=since, count=1,
            )  # fmt: skip
            missing += [in_our_words(words) for words in seen.waiting]
            dates += lines(seen.dates)
        told.append(FirstDates(one.client_id, one.client, tuple(dates), tuple(missing)))
    return tuple(told)
