"""Handing a letter to the mail server that the settings name."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from natrium.apps.notifications.letters import Letter


def send(letter: Letter) -> None:
    """Sends a letter. Raises whatever the mail server's refusal or absence raises."""
    user, _, domain = letter.to.rpartition("@")
    to = str(Address(display_name=" ".join(letter.name.split()), username=user, domain=domain))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "natrium"
    headers = {
        # The same whenever the same letter is made, so that a mailbox sees it once.
        "Message-ID": f"<{letter.key}@{sender}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{settings.PUBLIC_URL}/settings/notifications/>",
    }
    EmailMessage(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers).send()
