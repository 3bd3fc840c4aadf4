"""Every few seconds members are told what the record has got since; every few minutes the mails that are due go."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from natrium.apps.notifications import operations


@task
def tell() -> int:
    """Reads the record from where it was left; returns how many things members were told."""
    return operations.read_record(at=timezone.now())


@task
def send_digests() -> int:
    """Sends the day's mails that are due; returns how many went."""
    return operations.send_digests(at=timezone.now()).sent
