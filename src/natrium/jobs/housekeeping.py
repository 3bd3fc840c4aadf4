"""Every hour: what has served its time goes."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from natrium.apps.practices import housekeeping


@task
def clear() -> int:
    """Clears expired sessions, old sign-in links and kept answers; returns how many rows went."""
    cleared = housekeeping.clear(at=timezone.now())
    return cleared.sessions + cleared.links + cleared.answers
