"""Writing a proposal before it is sent, and making a new version of one that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from natrium.apps.catalogue.models import Service
from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client, Contact
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals.models import Proposal
from natrium.apps.proposals.rows import CHANGED, Held, after, hold, need, not_agreed, offer_of, write_offer
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import NotFound, StaleEdit
from natrium.domain.proposals import offer as offers
from natrium.domain.proposals.offer import LASTS, Line, Offer
from natrium.domain.proposals.states import Act
from natrium.domain.roles import Deed


def need_writer(by: SignedIn) -> None:
    """Refuses not-allowed to who may not write proposals."""
    need(by, Deed.EDIT_PROPOSAL)


TRIES = 10


def create_proposal(*, by: SignedIn, at: datetime, client_id: int) -> int:
    """Begin a proposal to a client, to its first contact with an e-mail; returns its id.

    Raises NotFound, Refusal (not-allowed).
    """
    need(by, Deed.EDIT_PROPOSAL)
    with transaction.atomic():
        client = clients.lock_client(practice_id=by.practice_id, client_id=client_id)
        contact = Contact.objects.filter(client=client).exclude(email="").order_by("id").first()
        facts = {
            "title": f"Proposal for {client.name}"[:200],
            "to_name": contact.name if contact else "", "to_email": contact.email if contact else client.email,
            "expires_on": at.astimezone(by.zone).date() + LASTS, "created_at": at, "created_by_id": by.member.id,
        }  # fmt: skip
        row = _numbered(by, client, facts)
        Held(row, client).record("proposal.created", by, at)
        return row.pk


def _numbered(by: SignedIn, client: Client, facts: dict[str, Any]) -> Proposal:
    """A new row with the next number of the practice: whoever was quicker has it, so the one after is tried."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return Proposal.objects.create(
                    practice_id=by.practice_id, client=client, number=_next_number(by), **facts
                )  # fmt: skip
        except IntegrityError:
            if not left:
                raise
    raise AssertionError


def _next_number(by: SignedIn) -> int:
    last = Proposal.objects.filter(practice_id=by.practice_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def save_proposal(*, by: SignedIn, at: datetime, proposal_id: int, offer: Offer, if_rev: int | None = None) -> int:
    """What a draft says from now on; returns its new rev. The same again changes nothing.

    Raises NotFound (proposal, service, template), StaleEdit, Refusal (not-allowed, wrong-state, bad-value).
    """
    need(by, Deed.EDIT_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row = held.row
        after(Act.EDIT, row, at)
        if if_rev is not None and if_rev != row.rev:
            raise StaleEdit(CHANGED, {"rev": row.rev})
        sound = offers.sound(offer)
        _check_named(sound.lines, by=by)
        was = offer_of(row)
        if was == sound:
            return row.rev
        row.rev += 1
        write_offer(row, sound)
        held.record("proposal.edited", by, at, changes=_changes(was, sound))
        return row.rev


def _check_named(lines: Sequence[Line], *, by: SignedIn) -> None:
    """Raises NotFound for a service or template that is not the practice's."""
    services = {line.service_id for line in lines if line.service_id is not None}
    if Service.objects.filter(practice_id=by.practice_id, active=True, pk__in=services).count() < len(services):
        raise NotFound("There is no such service.")
    templates = {line.template_id for line in lines if line.template_id is not None}
    workflows.check_attachable(practice_id=by.practice_id, template_ids=sorted(templates))


def _changes(was: Offer, now: Offer) -> dict[str, list[Any]]:
    before, new = asdict(was), asdict(now)
    return {name: [before[name], new[name]] for name in before if before[name] != new[name]}


def revise_proposal(*, by: SignedIn, at: datetime, proposal_id: int) -> int:
    """A draft like the proposal, as its next version; returns its id, that of the draft where there is one.

    What was sent stays open until the new version is sent in its place. Raises NotFound, Refusal (not-allowed,
    wrong-state).
    """
    need(by, Deed.EDIT_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row = held.row
        after(Act.REVISE, row, at)
        not_agreed(row)
        versions = Proposal.objects.filter(practice_id=by.practice_id, number=row.number)
        draft = versions.filter(status="draft").first()
        if draft is not None:
            return draft.pk
        latest = versions.aggregate(last=Max("version"))["last"]
        new = Proposal.objects.create(
            practice_id=row.practice_id, client=held.client, number=row.number, version=latest + 1, title=row.title,
            expires_on=at.astimezone(by.zone).date() + LASTS, created_at=at, created_by_id=by.member.id,
        )  # fmt: skip
        write_offer(new, replace(offer_of(row), expires_on=new.expires_on))
        Held(new, held.client).record("proposal.revised", by, at, of=row.pk)
        return new.pk
