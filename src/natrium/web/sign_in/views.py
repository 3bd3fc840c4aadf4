"""Signing in by password or by a one-time address, and signing out."""

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import login, logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from natrium.apps.practices import operations
from natrium.apps.practices.sessions import BY_LINK_KEY, MEMBER_KEY
from natrium.domain.errors import NotFound, Refusal
from natrium.web.http import SeeOther, csrf_field, member_of, moment

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


TOO_OFTEN = "too_many_login_attempts"


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Signing in by password. Whoever is signed in is led on, save who is no longer a member of any practice."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's signature
        """Let a leaver sign in as somebody else: the pages they were led on to would send them back here."""
        if request.user.is_authenticated and member_of(request) is None:
            logout(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def form_invalid(self, form: Form) -> HttpResponse:
        """The form with what is wrong: 429 where it was wrong too often."""
        answer: HttpResponse = super().form_invalid(form)
        wrong = {error.code for errors in form.errors.as_data().values() for error in errors}
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS if TOO_OFTEN in wrong else HTTPStatus.UNPROCESSABLE_ENTITY
        return answer


by_password = require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view())


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time address: reading it shows a button, pressing the button uses it up."""
    if request.method == "GET":
        name = operations.name_of_login_link(token=token, at=moment())
        if name is None:
            why = "It was used already, has expired, or never was one. Ask an owner of your practice for a new one."
            return render(request, "sign_in/link.html", {"why": why}, status=404)
        here = member_of(request)
        context = {"why": "", "csrf": csrf_field(request), "action": request.path, "name": name}
        context["here"] = here.member.name if here is not None else ""
        return render(request, "sign_in/link.html", context)
    try:
        came = operations.redeem_login_link(token=token, at=moment())
    except Refusal as refusal:
        return render(request, "sign_in/link.html", {"why": refusal.message}, status=409)
    except NotFound as missing:
        return render(request, "sign_in/link.html", {"why": str(missing)}, status=404)
    login(request, came.user, backend=BACKEND)
    request.session[MEMBER_KEY] = came.member_id
    request.session[BY_LINK_KEY] = moment().timestamp()
    return SeeOther("/my-work/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Again is harmless."""
    logout(request)
    return HttpResponseRedirect("/sign-in/")
