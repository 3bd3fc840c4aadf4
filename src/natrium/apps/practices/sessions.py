"""The session engine: rows of `Session`, with user and member as columns of their own."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from natrium.apps.practices.models import Session

# Where a session keeps the member whose practice it opens, and when its user came in by a link.
MEMBER_KEY = "member_id"
BY_LINK_KEY = "by_link_at"


class SessionStore(DatabaseStore):
    """Sessions in `Session`; one that was read already is not read again."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the rows' model."""
        return Session

    def preload(self, data: dict[str, Any] | None) -> None:
        """Take the data as read; None: there is no such session, and its key is not to be used."""
        if data is None:
            self._session_key = None
        self._session_cache = data or {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for the data, with the columns that are read without decoding it."""
        row = cast("Session", super().create_model_instance(data))
        user_id, member_id = data.get(SESSION_KEY), data.get(MEMBER_KEY)
        row.user_id = int(user_id) if user_id else None
        row.member_id = int(member_id) if member_id else None
        return row
