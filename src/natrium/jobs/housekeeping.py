"""Every hour and every day: what has served its time goes."""

from __future__ import annotations

from django.core.management import call_command
from django.tasks import task
from django.utils import timezone

from natrium.apps.files import housekeeping as files
from natrium.apps.notifications import operations as notifications
from natrium.apps.practices import housekeeping
from natrium.apps.workflows.housekeeping import finish_setting_up


@task
def clear() -> int:
    """Clears expired sessions, old sign-in links and kept answers; returns how many rows went."""
    cleared = housekeeping.clear(at=timezone.now())
    return cleared.sessions + cleared.links + cleared.answers


@task
def forget_jobs() -> None:
    """Clears the rows of jobs that are over, and of schedules that have fired; those that failed stay for a month."""
    call_command("ox_prune", older_than="1d", verbosity=0)
    call_command("ox_prune", older_than="30d", include_failed=True, verbosity=0)


@task
def forget_notifications() -> int:
    """Clears what members were told three months ago; returns how many rows went."""
    return notifications.forget_old(at=timezone.now())


@task
def tidy_files() -> int:
    """Erases what was removed a month ago, and takes away content that belongs to no file; returns how many went."""
    tidied = files.tidy(at=timezone.now())
    return tidied.erased + tidied.set_aside + tidied.deleted


@task
def finish_set_up() -> int:
    """Ends the list of first things of practices that have done them all; returns how many those were."""
    return finish_setting_up(at=timezone.now())
