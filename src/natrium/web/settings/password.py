"""One's own password: set after coming in by a sign-in address, changed by whoever knows the one there is."""

from collections.abc import Mapping
from datetime import timedelta

from allauth.core import ratelimit
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from natrium.apps.practices import operations
from natrium.apps.practices.sessions import BY_LINK_KEY
from natrium.domain.errors import Refusal
from natrium.web.http import Asked, SeeOther, asked, for_viewers, page, signed_in
from natrium.web.refused import STATUS

STANDS_FOR_A_LOST_ONE = timedelta(hours=1)
TOO_OFTEN = 429
LATER_KEY = "password_later"


@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "POST"])
@signed_in
@for_viewers
def password(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it. Other browsers of the same person are signed out."""
    who = asked(request)
    if request.method == "GET":
        return _form(request, who, {})
    current, new = request.POST.get("current", ""), request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        return _form(request, who, {"again": "This is not what you typed above."}, status=422)
    if current and not ratelimit.consume(request, action="change_password", user=request.user):
        return _form(request, who, {"current": "That was wrong too often. Wait a minute."}, status=TOO_OFTEN)
    try:
        user = operations.set_password(
            by=who.by, at=who.at, new=new, current=current, came_by_link=came_by_link(request, who)
        )
    except Refusal as refusal:
        return _form(request, who, {refusal.field: refusal.message}, status=STATUS.get(refusal.code, 409))
    update_session_auth_hash(request, user)
    request.session.pop(BY_LINK_KEY, None)
    return SeeOther("/settings/password/?saved=1")


@require_POST
@signed_in
@for_viewers
def later(request: HttpRequest) -> HttpResponse:
    """Not now: my work does not ask for a password again until they sign in anew."""
    request.session[LATER_KEY] = True
    return SeeOther("/my-work/")


def is_asked_for_one(request: HttpRequest, who: Asked) -> bool:
    """Whether they have no password, may set one as they came in by an address, and did not put it off."""
    return came_by_link(request, who) and not _has_one(request) and LATER_KEY not in request.session


def _has_one(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_usable_password()


def came_by_link(request: HttpRequest, who: Asked) -> bool:
    """Whether they came in by a sign-in address within the hour."""
    came_at = request.session.get(BY_LINK_KEY)
    return came_at is not None and who.at.timestamp() - came_at < STANDS_FOR_A_LOST_ONE.total_seconds()


def _form(request: HttpRequest, who: Asked, errors: Mapping[str, str], *, status: int = 200) -> HttpResponse:
    context = {
        "errors": errors,
        "email": who.by.email,
        "may_be_lost": came_by_link(request, who),
        "has_one": _has_one(request),
        "saved": request.GET.get("saved") == "1" and not errors,
    }
    return page(request, "settings/password.html", context, place="settings", status=status)
