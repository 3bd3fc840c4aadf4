"""The session engine: rows of `Session`, with user and member as columns of their own."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Reads and writes sessions."""
