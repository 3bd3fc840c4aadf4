"""How people and programs get in: sessions, sign-in links, tokens; and the keys that make repeated writes harmless."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q


class Session(AbstractBaseSession):
    """A signed-in browser. User and chosen member are columns, so that one statement reads all a request needs."""

    user = models.ForeignKey("practices.User", on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the engine that reads and writes these rows."""
        from natrium.apps.practices.sessions import SessionStore  # noqa: PLC0415 - the engine needs this model

        return SessionStore


class LoginLink(models.Model):
    """A one-time sign-in address, which opens one member's practice. Only the SHA-256 (hex) of its token is kept."""

    user = models.ForeignKey("practices.User", on_delete=models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Say for whom and how long."""
        return f"for user {self.user_id} until {self.expires_at}"


class ApiToken(models.Model):
    """A member's key for programs. Only its SHA-256 (hex) is kept, and a prefix to tell tokens apart."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey("practices.Member", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=16)
    scope = models.CharField(max_length=5)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Two scopes: reading, and reading and writing."""

        constraints = (models.CheckConstraint(condition=Q(scope__in=("read", "write")), name="api_token_scope"),)

    def __str__(self) -> str:
        """Return the name and prefix."""
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(models.Model):
    """The answer that a write under a key got, given again for 24 hours. `body_hash` is SHA-256 (hex) of the request.

    `status` is null while the first request is still at work.
    """

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    member = models.ForeignKey("practices.Member", on_delete=models.PROTECT, db_index=False, related_name="+")
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    response = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        """One answer a member, route and key."""

        constraints = (models.UniqueConstraint(fields=("member", "route", "key"), name="idempotency_key"),)

    def __str__(self) -> str:
        """Return route and key."""
        return f"{self.route} {self.key}"
