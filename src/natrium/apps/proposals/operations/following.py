"""What follows an answer and may fail: the sealed copy, the mails. Each says how it stands, and can be tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from natrium.apps.background.outbox import later
from natrium.apps.notifications import mailing
from natrium.apps.notifications.backends import MayHaveGoneError
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals import letters, sealing
from natrium.apps.proposals.models import Acceptance, Proposal, ProposalMail, SealedCopy
from natrium.apps.proposals.operations.answering import SEAL_JOB
from natrium.apps.proposals.operations.sending import MAIL_JOB, put_mail
from natrium.apps.proposals.rows import STUCK, hold, need, standing_of, today_of
from natrium.domain.proposals.offer import hash_of
from natrium.domain.proposals.states import OPEN
from natrium.domain.roles import Deed

SOON = timedelta(days=3)
MOST = 500


class OnItsWayError(Exception):
    """Another worker is sending the mail, or has ended on the way: to be looked at later."""


class NotTheDocumentError(Exception):
    """The document is not the one whose hash was accepted: it is not sealed."""


def seal(*, at: datetime, proposal_id: int) -> bool:
    """Make the sealed copy of an accepted proposal. False where it is made already.

    What keeps it from being made is put down with it, and raised for the job to be tried again.
    """
    copy = SealedCopy.objects.select_related("proposal").get(proposal_id=proposal_id)
    if copy.sha256:
        return False
    try:
        acceptance = Acceptance.objects.get(proposal_id=proposal_id)
        if hash_of(copy.proposal.document) != acceptance.content_hash:
            raise NotTheDocumentError("the document is not the one that was accepted")  # noqa: TRY301 - kept as any other
        pdf, digest = sealing.seal(copy.proposal.document, acceptance)
    except Exception as error:
        SealedCopy.objects.filter(pk=copy.pk, sha256="").update(error=str(error)[:MOST] or type(error).__name__)
        raise
    with transaction.atomic():
        held = hold(proposal_id, practice_id=copy.practice_id)
        done = SealedCopy.objects.filter(pk=copy.pk, sha256="").update(pdf=pdf, sha256=digest, sealed_at=at, error="")
        if done:
            held.record("proposal.sealed", sealing.MACHINE, at, hash=digest)
        return bool(done)


def send_mail(*, at: datetime, mail_id: int) -> str:
    """Hand a mail over to the mail server, once; returns how it stands then.

    What refuses it is put down with it, and raised for the job to be tried again; so is OnItsWayError, until another
    worker has ended or is given up. Where there is nothing to answer any more, it is dropped.
    """
    _give_up_on_stuck(mail_id, at)
    mine = ProposalMail.objects.filter(pk=mail_id, state__in=("waiting", "failed"))
    if not mine.update(state="sending", changed_at=at):
        state = ProposalMail.objects.values_list("state", flat=True).get(pk=mail_id)
        if state == "sending":
            raise OnItsWayError("another worker is sending it")
        return state
    mail = ProposalMail.objects.select_related("proposal__practice").get(pk=mail_id)
    if mail.kind != "accepted" and standing_of(mail.proposal, at) not in OPEN:
        return _state(mail_id, "dropped", at)
    try:
        mailing.send(letters.write(mail))
    except MayHaveGoneError as error:
        return _state(mail_id, "unknown", at, str(error))
    except Exception as error:
        _state(mail_id, "failed", at, f"{type(error).__name__}: {error}")
        raise
    return _state(mail_id, "sent", at)


def remind(*, at: datetime) -> int:
    """Put down a reminder of each proposal that closes within three days and was sent before; returns how many.

    Once a proposal: whatever runs twice finds the mail there.
    """
    soon = Proposal.objects.select_related("practice").filter(
        status__in=("sent", "viewed"), expires_on__lte=at.date() + SOON, expires_on__gte=at.date() - timedelta(days=1),
        sent_at__lte=at - SOON,
    )  # fmt: skip
    count = 0
    for row in soon.exclude(pk__in=ProposalMail.objects.filter(kind="reminder").values("proposal_id")).order_by("id"):
        with transaction.atomic():
            held = hold(row.pk, practice_id=row.practice_id).row
            if today_of(held, at) <= held.expires_on and held.status in {"sent", "viewed"}:
                put_mail(held, "reminder", at)
                count += 1
    return count


def _give_up_on_stuck(mail_id: int, at: datetime) -> None:
    stuck = ProposalMail.objects.filter(pk=mail_id, state="sending", changed_at__lte=at - STUCK)
    stuck.update(state="unknown", changed_at=at)


def _state(mail_id: int, state: str, at: datetime, error: str = "") -> str:
    ProposalMail.objects.filter(pk=mail_id, state="sending").update(state=state, changed_at=at, error=error[:MOST])
    return state


def try_again(*, by: SignedIn, at: datetime, proposal_id: int) -> int:
    """Try again what follows the proposal and has not been done: the copy, mails that failed or may not have gone.

    Returns how many things are tried again. Raises NotFound, Refusal (not-allowed).
    """
    need(by, Deed.SEND_PROPOSAL)
    with transaction.atomic():
        held = hold(proposal_id, practice_id=by.practice_id)
        row, tried = held.row, 0
        for copy in SealedCopy.objects.filter(proposal=row, sha256=""):
            later(SEAL_JOB, practice_id=copy.practice_id, proposal_id=row.pk)
            tried += 1
        undone = Q(state__in=("waiting", "failed", "unknown")) | Q(state="sending", changed_at__lte=at - STUCK)
        for mail in ProposalMail.objects.filter(undone, proposal=row):
            ProposalMail.objects.filter(pk=mail.pk, state=mail.state).update(state="waiting", changed_at=at)
            later(MAIL_JOB, practice_id=mail.practice_id, mail_id=mail.pk)
            tried += 1
        if tried:
            held.record("proposal.retried", by, at, things=tried)
        return tried
