"""What follows a proposal: the mails about it, and the sealed copy of what was accepted."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from natrium.apps.proposals import operations


@task
def mail(practice_id: int, mail_id: int) -> str:
    """Hands one mail over to the mail server; returns how it stands then."""
    del practice_id
    return operations.send_mail(at=timezone.now(), mail_id=mail_id)


@task
def seal(practice_id: int, proposal_id: int) -> bool:
    """Makes the sealed copy; returns whether it was this that made it."""
    del practice_id
    return operations.seal(at=timezone.now(), proposal_id=proposal_id)


@task
def remind() -> int:
    """Puts down reminders of proposals that close soon; returns how many."""
    return operations.remind(at=timezone.now())
