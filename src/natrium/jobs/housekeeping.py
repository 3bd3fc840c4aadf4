"""Every hour and every day: what has served its time goes."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from natrium.apps.files import housekeeping as files
from natrium.apps.practices import housekeeping


@task
def clear() -> int:
    """Clears expired sessions, old sign-in links and kept answers; returns how many rows went."""
    cleared = housekeeping.clear(at=timezone.now())
    return cleared.sessions + cleared.links + cleared.answers


@task
def tidy_files() -> int:
    """Erases what was removed a month ago, and takes away content that belongs to no file; returns how many went."""
    tidied = files.tidy(at=timezone.now())
    return tidied.erased + tidied.set_aside + tidied.deleted
