"""One proposal, for the practice."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.conf import settings

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals import links
from natrium.apps.proposals.models import Acceptance, Proposal, ProposalMail, SealedCopy
from natrium.apps.proposals.rows import NONE, STUCK, offer_of, parties
from natrium.apps.proposals.shapes import Accepted, MadeTask, MailState, ProposalPage, Version
from natrium.domain.errors import NotFound
from natrium.domain.proposals import states
from natrium.domain.proposals.offer import Parties
from natrium.domain.proposals.states import OPEN, Status
from natrium.domain.roles import Deed, may

MADE_SQL = """
    SELECT t.id, t.title, t.service, t.steps_total, t.steps_done, COALESCE(t.statutory_date, t.target_date), t.owner_id,
           m.name
    FROM tasks_task t LEFT JOIN practices_member m ON m.id = t.owner_id
    WHERE t.practice_id = %s AND t.id IN (
        SELECT o.task_id FROM catalogue_occurrence o WHERE {engagements} AND o.task_id IS NOT NULL
        UNION SELECT t2.id FROM tasks_task t2 WHERE {tasks})
    ORDER BY t.service, COALESCE(t.statutory_date, t.target_date), t.id LIMIT 500"""


def proposal_page(*, by: SignedIn, at: datetime, proposal_id: int) -> ProposalPage:
    """All of a proposal. Raises NotFound."""
    row = (
        Proposal.objects.select_related("client", "created_by", "sent_by")
        .filter(pk=proposal_id, practice_id=by.practice_id)
        .first()
    )
    if row is None:
        raise NotFound(NONE)
    today, offer = at.astimezone(by.zone).date(), offer_of(row)
    accepted, made, engagements = _accepted(row)
    return ProposalPage(
        id=row.pk, number=row.number, version=row.version, rev=row.rev, client_id=row.client_id,
        client=row.client.name, status=states.standing(Status(row.status), expires_on=row.expires_on, today=today),
        offer=offer, monthly=offer.monthly, once=offer.first,
        link=_link(row, by),
        content_hash=row.content_hash, created_by=row.created_by.name, created_at=row.created_at,
        sent_by=row.sent_by.name if row.sent_by else "", sent_at=row.sent_at, viewed_at=row.viewed_at, views=row.views,
        closed_at=row.closed_at, reason=row.reason,
        trouble=row.trouble if row.status in OPEN else "", left_out=row.left_out, replaced_by=row.replaced_by_id,
        onboarding=row.onboarding_id is not None, mails=_mails(row, at), accepted=accepted, made=made,
        engagements=engagements,
        versions=_versions(row, today),
    )  # fmt: skip


def _link(row: Proposal, by: SignedIn) -> str:
    """The client's page, for those who might have answered for the client themselves; "" where the key has changed."""
    if not row.link_salt or not may(by.member.role, Deed.SEND_PROPOSAL):
        return ""
    if not links.leads_to(row.pk, row.link_salt, row.link_hash):
        return ""
    return f"{settings.PUBLIC_URL}{links.path_of(row.pk, row.link_salt)}"


def parties_of(*, by: SignedIn, proposal_id: int) -> Parties:
    """Who offers to whom, as a document of today would say it. Raises NotFound."""
    row = Proposal.objects.select_related("client").filter(pk=proposal_id, practice_id=by.practice_id).first()
    if row is None:
        raise NotFound(NONE)
    return parties(row.client)


def document_of(*, by: SignedIn, proposal_id: int) -> str:
    """The document as it was sent; "" for what was not. Raises NotFound."""
    found = Proposal.objects.filter(pk=proposal_id, practice_id=by.practice_id).values_list("document", flat=True)
    text = found.first()
    if text is None:
        raise NotFound(NONE)
    return text


def _mails(row: Proposal, at: datetime) -> tuple[MailState, ...]:
    """What began to be sent a quarter of an hour ago and has not ended is unknown: its worker is gone."""
    found = ProposalMail.objects.filter(proposal=row).order_by("id")
    stuck = {one.pk for one in found if one.state == "sending" and one.changed_at <= at - STUCK}
    return tuple(
        MailState(one.kind, "unknown" if one.pk in stuck else one.state, one.changed_at, one.error) for one in found
    )


def _versions(row: Proposal, today: object) -> tuple[Version, ...]:
    others = Proposal.objects.filter(practice_id=row.practice_id, number=row.number).exclude(pk=row.pk)
    return tuple(
        Version(one.pk, one.version, states.standing(Status(one.status), expires_on=one.expires_on, today=today))  # type: ignore[arg-type]
        for one in others.order_by("version")
    )


def _accepted(row: Proposal) -> tuple[Accepted | None, tuple[MadeTask, ...], tuple[int, ...]]:
    found = Acceptance.objects.select_related("recorded_by").filter(proposal=row).first()
    if found is None:
        return None, (), ()
    copy = SealedCopy.objects.filter(proposal=row).defer("pdf").first()
    accepted = Accepted(
        name=found.name, email=found.email, at=found.at, how=found.how, address=found.address,
        user_agent=found.user_agent, content_hash=found.content_hash,
        recorded_by=found.recorded_by.name if found.recorded_by else "", reason=found.reason,
        sha256=copy.sha256 if copy else "", copy_error=copy.error if copy else "",
    )  # fmt: skip
    made = cast("dict[str, list[int]]", sql.from_json(found.made))
    return accepted, _made(row.practice_id, made), tuple(made.get("engagements", ()))


def _made(practice_id: int, made: dict[str, list[int]]) -> tuple[MadeTask, ...]:
    # No row has the id 0: one_of() takes at least one.
    engagements, tasks = made.get("engagements") or [0], made.get("tasks") or [0]
    statement = MADE_SQL.format(
        engagements=sql.one_of("o.engagement_id", engagements), tasks=sql.one_of("t2.id", tasks)
    )  # fmt: skip
    rows = sql.rows(statement, (practice_id, *sql.chosen(engagements), *sql.chosen(tasks)))
    return tuple(
        MadeTask(id_, title, service, steps, done, sql.day(due), owner_id, owner or "")
        for id_, title, service, steps, done, due, owner_id, owner in rows
    )


def copy_of(*, by: SignedIn, proposal_id: int) -> bytes:
    """The sealed copy. Raises NotFound while there is none."""
    pdf = SealedCopy.objects.filter(proposal_id=proposal_id, practice_id=by.practice_id).values_list("pdf", flat=True)
    return _bytes(pdf.first())


def _bytes(pdf: object) -> bytes:
    if pdf is None:
        raise NotFound("There is no sealed copy of this proposal yet.")
    return bytes(cast("bytes", pdf))
