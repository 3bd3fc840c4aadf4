"""Every quarter of an hour: the tasks whose day has come."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from natrium.apps.catalogue.operations import generate


@task
def sweep() -> int:
    """Makes the tasks of all practices whose day has come; returns how many."""
    return len(generate(at=timezone.now()).created)
