"""Sending a proposal to the client, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from natrium.apps.background.outbox import later
from natrium.apps.catalogue.models import Engagement, Service
from natrium.apps.clients.fields import address
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals import links
from natrium.apps.proposals.models import Proposal, ProposalMail
from natrium.apps.proposals.rows import CHANGED, Held, after, hold, need, not_agreed, offer_of, parties
from natrium.apps.workflows import operations as workflows
from natrium.apps.workflows import queries as workflow_queries
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.proposals import offer as offers
from natrium.domain.proposals.offer import Line
from natrium.domain.proposals.states import Act, Status
from natrium.domain.roles import Deed

MAIL_JOB = "natrium.jobs.proposals.mail"
ONBOARDING = "client-onboarding"
ONBOARDING_NAME = "Client Onboarding"


def send_proposal(*, by: SignedIn, at: datetime, proposal_id: int, if_rev: int | None = None) -> bool:
    """Send a draft to the client: what it says is fixed, and the mail goes. False where it was sent already.

    An earlier version that is open gives way to it, and its link leads here. `if_rev`: the draft that was looked at.
    Raises NotFound, StaleEdit, Refusal (not-allowed, wrong-state, bad-value with the field).
    """
    need(by, Deed.SEND_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row = held.row
        if after(Act.SEND, row, at) is not Status.SENT or row.status != Status.DRAFT:
            return False
        if if_rev is not None and if_rev != row.rev:
            raise StaleEdit(CHANGED, {"rev": row.rev})
        not_agreed(row)
        offer = offer_of(row)
        today = at.astimezone(by.zone).date()
        offers.check_sendable(offer, today=today)
        _check_address(offer.to_email)
        check_makeable(offer.lines, practice_id=by.practice_id)
        link = links.new_link(row.pk)
        row.document = offers.document(
            offer, parties(held.client), number=row.number, version=row.version, sent_on=today
        )  # fmt: skip
        row.content_hash = offers.hash_of(row.document)
        row.status, row.sent_at, row.sent_by_id = Status.SENT.value, at, by.member.id
        row.link_salt, row.link_hash = link.salt, link.hash
        row.onboarding_id, row.left_out = _onboarding(held, by=by, at=at)
        row.rev += 1
        row.save()
        held.record("proposal.sent", by, at, to=row.to_email, hash=row.content_hash)
        _give_way(held, by=by, at=at)
        put_mail(row, "sent", at)
        return True


def need_sender(by: SignedIn) -> None:
    """Refuses not-allowed to who may not send proposals."""
    need(by, Deed.SEND_PROPOSAL)


def put_mail(row: Proposal, kind: str, at: datetime) -> None:
    """A mail about the proposal goes once the transaction is committed: one of its kind, whatever is repeated."""
    mail, _ = ProposalMail.objects.get_or_create(
        proposal=row, kind=kind, defaults={"practice_id": row.practice_id, "changed_at": at}
    )
    if mail.state == "waiting":
        later(MAIL_JOB, practice_id=row.practice_id, mail_id=mail.pk)


def _check_address(email: str) -> None:
    """Refuses bad-value for what no mail server would take."""
    try:
        address(email)
    except ValueError as error:
        raise Refusal(Code.BAD_VALUE, str(error), field="to_email") from None


def check_makeable(lines: Sequence[Line], *, practice_id: int) -> None:
    """Refuses bad-value at the line whose service is archived or whose workflow cannot be attached."""
    services = dict(
        Service.objects.filter(practice_id=practice_id, active=False).values_list("id", "name")
    )  # fmt: skip
    templates = workflow_queries.not_attachable(
        practice_id=practice_id, template_ids=[line.template_id for line in lines if line.template_id is not None]
    )
    for number, line in enumerate(lines):
        if line.service_id in services:
            words = f"“{services[line.service_id]}” is archived."
            raise Refusal(Code.BAD_VALUE, words, field=f"lines.{number}.service_id")
        if line.template_id in templates:
            raise Refusal(Code.BAD_VALUE, templates[line.template_id], field=f"lines.{number}.template_id")


def _onboarding(held: Held, *, by: SignedIn, at: datetime) -> tuple[int | None, str]:
    """The workflow of the task that a new client brings, or None; and why not, where a new client's is left out."""
    if Engagement.objects.filter(client=held.client).exists():
        return None, ""
    try:
        found = workflow_queries.template_by_name(by, ONBOARDING_NAME)
    except NotFound:
        return workflows.take_from_library(by=by, at=at, slug=ONBOARDING), ""
    why = workflow_queries.not_attachable(practice_id=by.practice_id, template_ids=[found]).get(found, "")
    return (None, why) if why else (found, "")


def _give_way(held: Held, *, by: SignedIn, at: datetime) -> None:
    """Earlier versions that are with the client are withdrawn, and lead here."""
    row = held.row
    earlier = Proposal.objects.filter(practice_id=row.practice_id, number=row.number).exclude(pk=row.pk)
    for old in earlier.exclude(status="draft").filter(replaced_by=None).select_for_update(no_key=True):
        if old.status in {Status.SENT, Status.VIEWED}:
            old.status, old.closed_at = Status.WITHDRAWN.value, at
            Held(old, held.client).record("proposal.withdrawn", by, at, replaced_by=row.pk)
        old.replaced_by = row
        old.save(update_fields=["status", "closed_at", "replaced_by"])


def withdraw_proposal(*, by: SignedIn, at: datetime, proposal_id: int, reason: str = "") -> bool:
    """Take a proposal back, or throw a draft away; its link says so from now on. False where it was withdrawn already.

    Raises NotFound, Refusal (not-allowed, wrong-state, bad-value).
    """
    need(by, Deed.SEND_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row = held.row
        status = after(Act.WITHDRAW, row, at)
        if row.status == status:
            return False
        words = offers.check_reason(reason) if reason.strip() else ""
        row.status, row.closed_at, row.reason = status.value, at, words
        row.rev += 1
        row.save(update_fields=["status", "closed_at", "reason", "rev"])
        held.record("proposal.withdrawn", by, at, reason=words)
        return True
