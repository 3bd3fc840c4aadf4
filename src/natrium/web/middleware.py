"""Who is asking: session, user and member in one statement, instead of Django's three middlewares and queries."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from natrium.apps.practices import queries
from natrium.apps.practices.queries import SessionRow
from natrium.apps.practices.sessions import SessionStore

SERVER_ERROR = 500
# A link in a mail must arrive signed in; a form on another site must not.
SAME_SITE: Final = "Lax"


class MemberMiddleware:
    """Sets `request.session`, `request.user` and `request.member` (a `SignedIn`, or None).

    A session that is used lives on: it is written again once half of its time has passed, not at every request.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read who is asking, answer, and write the session where it changed."""
        request.get_host()  # raises DisallowedHost: an answer under another's name is of use to nobody honest
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        now = timezone.now()
        found = queries.read_session(key, now) if key else None
        session = SessionStore(key)
        session.preload(found.data if found else None)
        request.session = session
        request.user = found.user if found and found.user else AnonymousUser()
        request.member = found.member if found else None  # type: ignore[attr-defined]
        if found is not None and found.user is not None:
            _live_on(session, found, now)
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Cache-Control", "private, no-cache")
        # A view may have put another store in its place, as Django's own do when they flush.
        _write(request, response)
        return response


def _live_on(session: SessionStore, found: SessionRow, now: datetime) -> None:
    if (found.expires_at - now).total_seconds() < session.get_expiry_age() / 2:
        session.modified = True


def _write(request: HttpRequest, response: HttpResponse) -> None:
    """Save a changed session and set its cookie; take the cookie of an emptied one away. As Django's middleware."""
    session = request.session
    if session.is_empty():
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(
                settings.SESSION_COOKIE_NAME,
                path=settings.SESSION_COOKIE_PATH,
                domain=settings.SESSION_COOKIE_DOMAIN,
                samesite=SAME_SITE,
            )
        return
    if not session.modified or response.status_code >= SERVER_ERROR:
        return
    age = None if session.get_expire_at_browser_close() else session.get_expiry_age()
    try:
        session.save()
    except UpdateError as error:
        message = "You were signed out while this page was on its way."
        raise SessionInterrupted(message) from error
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key or "",
        max_age=age,
        expires=None if age is None else http_date(time.time() + age),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite=SAME_SITE,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
    )
