"""Handing a letter to the mail server that the settings name, or to a file."""

from __future__ import annotations

from contextlib import suppress
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers

from natrium.apps.notifications.letters import Letter


def send(letter: Letter) -> None:
    """Sends a letter. Raises MayHaveGoneError where it may have gone, and whatever else keeps it from going."""
    connection = mailers["default"]
    connection.open()
    try:
        connection.send_messages([_message(letter)])
    finally:
        # What a server says to the farewell changes nothing: it has taken the letter, or refused it.
        with suppress(OSError):
            connection.close()


def _message(letter: Letter) -> EmailMultiAlternatives:
    user, _, domain = letter.to.rpartition("@")
    to = str(Address(display_name=" ".join(letter.name.split()), username=user, domain=domain))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "natrium"
    headers = {
        # The same whenever the same letter is made, so that a mailbox sees it once.
        "Message-ID": f"<{letter.key}@{sender}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.to_member:
        headers["List-Unsubscribe"] = f"<{settings.PUBLIC_URL}/settings/notifications/>"
    message = EmailMultiAlternatives(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message
