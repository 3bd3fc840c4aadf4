"""The client's page: no account, no session, no script; the link is what lets them in, and it shows one proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.proposals import operations, queries
from natrium.apps.proposals.operations import Signature
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.proposals.states import OPEN
from natrium.web.http import SeeOther, moment
from natrium.web.proposals import words
from natrium.web.refused import STATUS

A_MINUTE, MOST = 60, 60
TOO_OFTEN, GONE = 429, 404
CLASH = 409

type ByLink = Callable[[HttpRequest, str], HttpResponse]


def by_link(view: ByLink) -> ByLink:
    """A page that whoever has the link may see: counted by address, kept by nobody, found by no search engine.

    It needs no token of a form's: the link itself is what allows the answer, and there is no session to ride on.
    """

    @wraps(view)
    @csrf_exempt
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        if _too_often(request):
            answer = render(request, "proposals/closed.html", {"why": "often"}, status=TOO_OFTEN)
        else:
            try:
                answer = view(request, token)
            except NotFound:
                answer = render(request, "proposals/closed.html", {"why": "unknown"}, status=GONE)
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


def _too_often(request: HttpRequest) -> bool:
    """Whether this address has asked more than sixty times within a minute."""
    key = f"proposals:{get_adapter().get_client_ip(request)}:{int(moment().timestamp()) // A_MINUTE}"
    cache.add(key, 0, timeout=2 * A_MINUTE)
    try:
        return bool(cache.incr(key) > MOST)
    except ValueError:
        return False


@require_GET
@by_link
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The proposal, to be read and answered; or what became of it."""
    queries.client_view(token=token, at=moment())
    operations.view_proposal(token=token, at=moment())
    return _page(request, token, {}, {})


@require_POST
@by_link
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept it. Again is harmless."""
    typed = {name: request.POST.get(name, "") for name in ("name", "agree")}
    signature = Signature(
        name=typed["name"],
        content_hash=request.POST.get("document", ""),
        agreed=typed["agree"] == "1",
        address=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    try:
        operations.accept_proposal(token=token, at=moment(), signature=signature)
    except Refusal as refusal:
        return _refused(request, token, refusal, typed)
    except StaleEdit as stale:
        return _page(request, token, {"": stale.message}, typed, status=CLASH)
    return SeeOther(f"/p/{token}/")


@require_POST
@by_link
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Decline it. Again is harmless."""
    typed = {"reason": request.POST.get("reason", "")}
    try:
        operations.decline_proposal(
            token=token, at=moment(), content_hash=request.POST.get("document", ""), reason=typed["reason"]
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, token, refusal, typed)
    except StaleEdit as stale:
        return _page(request, token, {"": stale.message}, typed, status=CLASH)
    return SeeOther(f"/p/{token}/")


@require_GET
@by_link
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The sealed copy."""
    del request
    return words.pdf(queries.client_copy(token=token), "proposal")


def _refused(request: HttpRequest, token: str, refusal: Refusal, typed: Mapping[str, str]) -> HttpResponse:
    """The page with what is wrong at its field; where it cannot be answered any more, it says so itself."""
    wrong = {} if refusal.code in {Code.TOO_LATE, Code.WRONG_STATE} else {refusal.field: refusal.message}
    return _page(request, token, wrong, typed, status=STATUS[refusal.code])


def _page(
    request: HttpRequest, token: str, errors: Mapping[str, str], typed: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    view = queries.client_view(token=token, at=moment())
    at = view.answered_at.astimezone(ZoneInfo(view.time_zone)) if view.answered_at else None
    context = {
        "view": view,
        "open": view.status in OPEN,
        "at": at,
        "token": token,
        "errors": errors,
        "typed": typed,
        "preview": 0,
    }
    return look(request, view.document, context, status=status)


def look(
    request: HttpRequest, document: Mapping[str, Any], context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The document as a page, with whatever there is to press."""
    shown = {
        "d": words.in_words(document),
        "open": False,
        "view": None,
        "at": None,
        "errors": {},
        "typed": {},
        "token": "",
    }
    return render(request, "proposals/client.html", shown | dict(context), status=status)
