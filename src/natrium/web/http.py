"""What every view shares: who asks, the moment (the only place pages read the clock), and how they are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from natrium.apps.notifications import queries as notifications
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.roles import Role
from natrium.web.refused import STATUS, typed_words

MAX_ID = 2**63 - 1

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and when, in their practice's zone."""

    by: SignedIn
    at: datetime


class SeeOther(HttpResponseRedirect):
    """After a form: the page that shows what came of it."""

    status_code = 303


def signed_in[**P](view: View[P]) -> View[P]:
    """A view for members only: anybody else signs in first, and what is not the practice's does not exist.

    What is refused where the view has no form to say it at is a page that says so.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if member_of(request) is None:
            return _sign_in_first(request)
        try:
            answer = view(request, *args, **kwargs)
            return _not_for_viewers(request) if _only_reads(request, view, answer) else answer
        except NotFound as missing:
            raise Http404(str(missing)) from missing
        except Refusal as refusal:
            if refusal.code is Code.NOT_ALLOWED:
                return render(request, "403.html", {"message": refusal.message}, status=403)
            said = {"message": refusal.message, "code": refusal.code}
            return render(request, "refused.html", said, status=STATUS.get(refusal.code, 409))
        except StaleEdit as stale:
            return render(request, "refused.html", {"message": stale.message, "code": "stale-edit"}, status=409)

    return guarded


def for_viewers[**P](view: View[P]) -> View[P]:
    """Marks a view, within `signed_in`, whose form is for everybody: a viewer, too, is told what is wrong with it."""
    vars(view)["for_viewers"] = True
    return view


def _only_reads(request: HttpRequest, view: Callable[..., object], answer: HttpResponseBase) -> bool:
    """Whether a form was found wrong that its sender may not send at all, whatever it says."""
    member = member_of(request)
    wrong = request.method == "POST" and answer.status_code == STATUS[Code.BAD_VALUE]
    return wrong and member is not None and member.member.role < Role.STAFF and not hasattr(view, "for_viewers")


def _not_for_viewers(request: HttpRequest) -> HttpResponse:
    return render(request, "403.html", {"message": "You are a viewer: a viewer reads."}, status=403)


def member_of(request: HttpRequest) -> SignedIn | None:
    """The member who asks, as the middleware found them."""
    member: SignedIn | None = getattr(request, "member", None)
    return member


def asked(request: HttpRequest) -> Asked:
    """Who asks and when. For views that are for members only."""
    by = member_of(request)
    if by is None:
        raise Http404
    return Asked(by, timezone.now().astimezone(by.zone))


def moment() -> datetime:
    """Now, where nobody is signed in yet."""
    return timezone.now()


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment."""
    return request.headers.get("HX-Request") == "true"


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, place: str = "", status: int = 200
) -> HttpResponse:
    """A page in the shell."""
    who = asked(request)
    shell: dict[str, Any] = {
        "me": who.by,
        "today": who.at.date(),
        "csrf": csrf_field(request),
        "place": place,
        "toast": None,
        "ready": "",
        "unread": "0",
    }
    if "ready" not in context and not is_htmx(request):
        badges = notifications.badges(who.by)
        shell |= {"ready": badges.ready or "", "unread": at_most_99(badges.unread)}
    elif not is_htmx(request):
        shell["unread"] = unread_of(who.by)
    return render(request, template, shell | context, status=status)


def unread_of(by: SignedIn) -> str:
    """How much the member was told and has not read, as it stands beside the bell."""
    return at_most_99(notifications.unread(by))


def at_most_99(number: int) -> str:
    """A number for a small place."""
    return str(number) if number < 100 else "99+"


def csrf_field(request: HttpRequest) -> SafeString:
    """The hidden field of a form, made once a page: each making masks the token anew."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def whole_number(text: str | None) -> int | None:
    """A row's id as a form or an address gives it; None for anything else."""
    if text is None or not text.isascii() or not text.isdigit():
        return None
    number = int(text[:20])
    return number if number <= MAX_ID else None


def whole_address(request: HttpRequest, path: str) -> str:
    """A page's address to be handed on: under NATRIUM_URL, or, unset, under the name the asker came by."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL_GIVEN else request.build_absolute_uri(path)


def chosen(text: str | None, field: str, sentence: str) -> int:
    """The id picked from a list. Refuses `bad-value` where none was, or nonsense."""
    number = whole_number(text)
    if number is None:
        raise Refusal(Code.BAD_VALUE, sentence, field=field)
    return number


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """A page asked for comes after signing in; of a form that was sent, what was typed is given back."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/sign-in/?next={quote(request.get_full_path())}")
    task = whole_number(request.POST.get("task"))
    back = f"/tasks/{task}/" if task is not None else "/my-work/"
    return render(request, "sign_in/ended.html", {"typed": typed_words(request.POST), "back": back}, status=401)
