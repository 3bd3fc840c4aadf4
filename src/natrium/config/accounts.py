"""How sign-in behaves where it differs from django-allauth's own ways."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from natrium.apps.practices import queries
from natrium.apps.practices.sessions import BY_LINK_KEY, MEMBER_KEY

OTHERWISE = "ask an owner of your practice for a sign-in address"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People come in by invitation, and only while they are members of a practice."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": f"This e-mail and password do not go together. Check both, or {OTHERWISE}.",
        "too_many_login_attempts": f"That was wrong too often. Wait five minutes, or {OTHERWISE}.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse every sign-up."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Answer with pages only, whatever a request says of itself."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether a `next` leads to a page of ours: an address without a host, not even one of this machine."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:  # noqa: ANN401 - allauth's signature
        """The user, where the password is theirs and opens a practice of theirs."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is None or queries.opened_by_password(user_id=user.pk) is None:
            return None
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign the user in, into the practice that the password opens."""
        super().login(request, user)
        request.session.pop(BY_LINK_KEY, None)
        request.session[MEMBER_KEY] = queries.opened_by_password(user_id=user.pk)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by: as the servers in front give it, else the caller's own."""
        told = request.headers.get("X-Forwarded-For", "").split(",")
        count = settings.PROXIES
        given = told[-count].strip() if 0 < count <= len(told) else ""
        try:
            return str(ip_address(given))
        except ValueError:
            return str(request.META.get("REMOTE_ADDR") or "unknown")
