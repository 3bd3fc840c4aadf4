"""Signing in by password or by a one-time address, and signing out."""

from allauth.account.views import login as allauth_login
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from natrium.apps.practices import operations
from natrium.domain.errors import NotFound, Refusal
from natrium.web.http import SeeOther, csrf_field, moment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# Of allauth's own methods only those of a form.
by_password = require_http_methods(["GET", "HEAD", "POST"])(allauth_login)


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time address: reading it shows a button, pressing the button uses it up."""
    if request.method == "GET":
        name = operations.name_of_login_link(token=token, at=moment())
        if name is None:
            why = "It was used already, has expired, or never was one. Ask whoever runs Natrium for a new one."
            return render(request, "sign_in/link.html", {"why": why}, status=404)
        context = {"why": "", "csrf": csrf_field(request), "action": request.path, "name": name}
        return render(request, "sign_in/link.html", context)
    try:
        user = operations.redeem_login_link(token=token, at=moment())
    except Refusal as refusal:
        return render(request, "sign_in/link.html", {"why": refusal.message}, status=409)
    except NotFound as missing:
        return render(request, "sign_in/link.html", {"why": str(missing)}, status=404)
    login(request, user, backend=BACKEND)
    return SeeOther("/my-work/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Again is harmless."""
    logout(request)
    return HttpResponseRedirect("/sign-in/")
