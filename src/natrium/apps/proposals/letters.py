"""Mails to a client about a proposal."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.utils.html import format_html, format_html_join

from natrium.apps.database import sql
from natrium.apps.notifications.letters import Letter
from natrium.apps.proposals import links
from natrium.apps.proposals.models import ProposalMail

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class KeyChangedError(Exception):
    """Links that were made with another key cannot be written again."""


def write(mail: ProposalMail) -> Letter:
    """The mail. Raises KeyChangedError where the link that it would bring is not the one whose hash is kept."""
    row = mail.proposal
    if not links.leads_to(row.pk, row.link_salt, row.link_hash):
        raise KeyChangedError("the installation’s key is another than when this was sent: make a new version")
    said = cast("dict[str, Any]", sql.from_json(row.document))
    if mail.kind == "stopped":
        return _to_sender(mail, said)
    address = f"{settings.PUBLIC_URL}{links.path_of(row.pk, row.link_salt)}"
    practice = " ".join(said["practice"].split())
    last = day(date.fromisoformat(said["expires_on"]))
    dear = f"Dear {said['to_name']},"
    agreed = f"Thank you: “{said['title']}” is accepted. What was agreed stays at this address."
    offered = f"{practice} has sent you a proposal: {said['title']}. It is open until {last}."
    subject, lines, button = {
        "sent": (
            f"{practice}: {said['title']}",
            [dear, offered],
            "Read the proposal",
        ),
        "reminder": (
            f"{practice}: open until {last}",
            [dear, f"The proposal “{said['title']}” of {practice} is open until {last}."],
            "Read the proposal",
        ),
        "accepted": (
            f"{practice}: accepted, {said['title']}",
            [dear, agreed],
            "See what was agreed",
        ),
    }[mail.kind]  # fmt: skip
    text = "\n\n".join([*lines, f"{button}: {address}", practice])
    html = format_html(
        '<!doctype html><html lang="en-GB"><body>{}<p><a href="{}">{}</a></p><p>{}</p></body></html>',
        format_html_join("", "<p>{}</p>", ((line,) for line in lines)), address, button, practice,
    )  # fmt: skip
    return Letter(
        to=row.to_email, name=row.to_name, subject=subject, text=text, html=html,
        key=f"proposal-{row.pk}-{mail.kind}", to_member=False,
    )  # fmt: skip


def _to_sender(mail: ProposalMail, said: dict[str, Any]) -> Letter:
    """To whoever sent it: the client tried to accept and could not."""
    row, sender = mail.proposal, mail.proposal.sent_by
    assert sender is not None  # noqa: S101 - only what was sent can be accepted
    address = f"{settings.PUBLIC_URL}/proposals/{row.pk}/"
    lines = [
        f"{said['to_name']} tried to accept “{said['title']}” for {said['client']} and could not.", row.trouble,
        "Put that right, or send a new version. The client was told that you have to change something first.",
    ]  # fmt: skip
    html = format_html(
        '<!doctype html><html lang="en-GB"><body>{}<p><a href="{}">See the proposal</a></p></body></html>',
        format_html_join("", "<p>{}</p>", ((line,) for line in lines)), address,
    )  # fmt: skip
    return Letter(
        to=sender.email, name=sender.name, subject=f"Could not be accepted: {said['title']}",
        text="\n\n".join([*lines, f"See the proposal: {address}"]), html=html, key=f"proposal-{row.pk}-stopped",
        to_member=False,
    )  # fmt: skip


def day(value: date) -> str:
    """A day in full: "18 December 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
