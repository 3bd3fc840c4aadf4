"""The client's answer: looked at, accepted, declined. Each is one transaction, and again is harmless."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from natrium.apps.activity.operations import Actor, ClientContact
from natrium.apps.background.outbox import later
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals import links
from natrium.apps.proposals.models import Acceptance, Proposal, SealedCopy
from natrium.apps.proposals.operations.making import make
from natrium.apps.proposals.operations.sending import put_mail
from natrium.apps.proposals.rows import Held, after, hold, need
from natrium.domain.errors import Code, NotFound, Refusal, StaleEdit
from natrium.domain.proposals import offer as offers
from natrium.domain.proposals.states import Act, Status
from natrium.domain.roles import Deed

SEAL_JOB = "natrium.jobs.proposals.seal"
NEWER = "There is a newer version of this proposal. Read it, then answer."
MOST_AGENT = 500
NOT_NOW = "{practice} has to change something first; they have been told."


class StoppedError(Exception):
    """Something that the proposal offers cannot be made now; its text says what, for the practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an acceptance is evidence of. `content_hash` is of the document that the client looked at."""

    name: str
    content_hash: str
    agreed: bool
    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """The same, with how it came: by the link, or recorded at the practice with the reason."""

    name: str
    email: str
    how: str
    address: str = ""
    user_agent: str = ""
    recorded_by: int | None = None
    reason: str = ""
    actor: Actor = field(kw_only=True)


def view_proposal(*, token: str, at: datetime) -> None:
    """Note that the client looked at it: the first time is told in the record, later ones are counted.

    Raises NotFound.
    """
    here, _ = links.find(token)
    sql.execute("UPDATE proposals_proposal SET views = views + 1 WHERE id = %s AND status <> 'draft'", (here,))
    if sql.value("SELECT viewed_at FROM proposals_proposal WHERE id = %s", (here,)) is not None:
        return
    with transaction.atomic():
        held = _held(here)
        row = held.row
        if row.viewed_at is None and row.status == Status.SENT and after(Act.VIEW, row, at) is Status.VIEWED:
            row.status, row.viewed_at = Status.VIEWED.value, at
            row.save(update_fields=["status", "viewed_at"])
            held.record("proposal.viewed", ClientContact(row.to_name), at)


def accept_proposal(*, token: str, at: datetime, signature: Signature) -> int:
    """Accept by the link: the evidence, the engagements, the tasks that are due, all or nothing. Returns the proposal.

    Accepting what was accepted is a repetition, whoever sends it. Raises NotFound, StaleEdit where another version was
    looked at; Refusal: bad-value with the field, too-late, wrong-state, and blocked where something that it offers
    cannot be made now: what it is stands on the practice's page, and the client is told that the practice has to act.
    """
    here, _ = links.find(token)
    try:
        with transaction.atomic():
            _accept_by_link(here, signature, at)
    except StoppedError as stopped:
        practice = _stopped(here, str(stopped), at)
        raise Refusal(Code.BLOCKED, NOT_NOW.format(practice=practice)) from stopped
    return here


def _accept_by_link(proposal_id: int, signature: Signature, at: datetime) -> None:
    held = _held(proposal_id)
    row = held.row
    status = after(Act.ACCEPT, row, at)
    if row.status == status:
        return
    if signature.content_hash != row.content_hash:
        raise StaleEdit(NEWER)
    name = offers.check_signature(signature.name, agreed=signature.agreed)
    evidence = _Evidence(
        name=name, email=row.to_email, how="link", address=signature.address[:45],
        user_agent=signature.user_agent[:MOST_AGENT], actor=ClientContact(name),
    )  # fmt: skip
    _accept(held, evidence, at)


def _stopped(proposal_id: int, why: str, at: datetime) -> str:
    """Put down for the practice what kept an acceptance from succeeding, once for each reason; returns its name."""
    with transaction.atomic():
        held = _held(proposal_id)
        row = held.row
        if row.trouble != why:
            row.trouble = why
            row.save(update_fields=["trouble"])
            held.record("proposal.stopped", ClientContact(row.to_name), at, why=why)
            put_mail(row, "stopped", at)
        return row.practice.name


def record_acceptance(*, by: SignedIn, at: datetime, proposal_id: int, name: str, reason: str) -> bool:
    """Put down that a client accepted by telephone or letter; `reason` says how. False where it was accepted already.

    Raises NotFound, Refusal (not-allowed, too-late, wrong-state, reason-needed, bad-value; blocked where something that
    it offers cannot be made now).
    """
    need(by, Deed.SEND_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row = held.row
        status = after(Act.ACCEPT, row, at)
        if row.status == status:
            return False
        typed, why = offers.check_signature(name, agreed=True), offers.check_reason(reason)
        evidence = _Evidence(
            name=typed, email=row.to_email, how="practice", recorded_by=by.member.id, reason=why, actor=by
        )  # fmt: skip
        try:
            _accept(held, evidence, at)
        except StoppedError as stopped:
            raise Refusal(Code.BLOCKED, f"It cannot be accepted as it is. {stopped}") from stopped
        return True


def _accept(held: Held, evidence: _Evidence, at: datetime) -> None:
    row = held.row
    assert offers.hash_of(row.document) == row.content_hash, "the document is not the one that was sent"  # noqa: S101 - nothing may be accepted in its place
    row.status, row.closed_at = Status.ACCEPTED.value, at
    row.rev += 1
    row.save(update_fields=["status", "closed_at", "rev"])
    said = {"how": evidence.how, "hash": row.content_hash, "address": evidence.address, "reason": evidence.reason}
    held.record("proposal.accepted", evidence.actor, at, name=evidence.name, **{k: v for k, v in said.items() if v})
    _throw_drafts_away(held, evidence.actor, at)
    try:
        made = make(held, actor=evidence.actor, at=at)
    except Refusal as refusal:
        raise StoppedError(refusal.message) from refusal
    except NotFound as gone:
        raise StoppedError(str(gone)) from gone
    Acceptance.objects.create(
        practice_id=row.practice_id, proposal=row, name=evidence.name, email=evidence.email, at=at, how=evidence.how,
        address=evidence.address, user_agent=evidence.user_agent, content_hash=row.content_hash,
        recorded_by_id=evidence.recorded_by, reason=evidence.reason, made=sql.as_json(made),
    )  # fmt: skip
    SealedCopy.objects.create(practice_id=row.practice_id, proposal=row)
    later(SEAL_JOB, practice_id=row.practice_id, proposal_id=row.pk)
    put_mail(row, "accepted", at)


def _throw_drafts_away(held: Held, by: Actor, at: datetime) -> None:
    """Drafts of a next version: one version is accepted, so none follows it."""
    row = held.row
    drafts = Proposal.objects.filter(practice_id=row.practice_id, number=row.number, status=Status.DRAFT.value)
    for draft in drafts.select_for_update(no_key=True):
        draft.status, draft.closed_at, draft.replaced_by = Status.WITHDRAWN.value, at, row
        draft.rev += 1
        draft.save(update_fields=["status", "closed_at", "replaced_by", "rev"])
        Held(draft, held.client).record("proposal.withdrawn", by, at, accepted=row.pk)


def decline_proposal(*, token: str, at: datetime, content_hash: str, reason: str) -> int:
    """Decline by the link, with the reason; returns the proposal's id. Again is a repetition.

    Raises NotFound, StaleEdit as accepting; Refusal (reason-needed, bad-value, too-late, wrong-state).
    """
    here, _ = links.find(token)
    with transaction.atomic():
        held = _held(here)
        row = held.row
        status = after(Act.DECLINE, row, at)
        if row.status == status:
            return row.pk
        if content_hash != row.content_hash:
            raise StaleEdit(NEWER)
        row.reason = offers.check_reason(reason)
        row.status, row.closed_at = status.value, at
        row.rev += 1
        row.save(update_fields=["status", "closed_at", "reason", "rev"])
        held.record("proposal.declined", ClientContact(row.to_name), at, reason=row.reason)
        return row.pk


def _held(proposal_id: int) -> Held:
    practice_id = Proposal.objects.values_list("practice_id", flat=True).get(pk=proposal_id)
    return hold(proposal_id, practice_id=practice_id)
