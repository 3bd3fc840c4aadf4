"""A proposal's row as values, locked where it is about to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from natrium.apps.activity.operations import Actor, NewEvent
from natrium.apps.clients import operations as clients
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals.models import Proposal, ProposalLine
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.proposals import states
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line, Offer, Parties
from natrium.domain.proposals.states import Act, Status
from natrium.domain.roles import Deed, may, who_may

NONE = "There is no such proposal in this practice."
AGREED = "An earlier version was accepted already. Begin a new proposal."
CHANGED = "Somebody changed this proposal since you read it."
# After so long, whoever began to send a mail has ended on the way.
STUCK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Held:
    """A proposal with its client, both locked, the client first."""

    row: Proposal
    client: Client

    def record(self, verb: str, by: Actor, at: datetime, **data: object) -> None:
        """A line in the client's record."""
        said = {"proposal": self.row.pk, "number": self.row.number, "version": self.row.version} | data
        clients.record(self.client, by, at, NewEvent(verb=verb, name=self.row.title, data=said))


def need(by: SignedIn, deed: Deed) -> None:
    """Refuses `not-allowed`."""
    if not may(by.member.role, deed):
        raise Refusal(Code.NOT_ALLOWED, f"To {deed.value} takes {who_may(deed)}.")


def hold(proposal_id: int, *, practice_id: int) -> Held:
    """A proposal of the practice, locked until the transaction ends. Raises NotFound."""
    client_id = (
        Proposal.objects.filter(pk=proposal_id, practice_id=practice_id).values_list("client_id", flat=True).first()
    )
    if client_id is None:
        raise NotFound(NONE)
    client = clients.lock_client(practice_id=practice_id, client_id=client_id)
    row = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("practice").get(pk=proposal_id)
    return Held(row, client)


def not_agreed(row: Proposal) -> None:
    """Refuses `wrong-state` where a version of the proposal was accepted: what was agreed stays what it leads to."""
    if Proposal.objects.filter(practice_id=row.practice_id, number=row.number, status=Status.ACCEPTED.value).exists():
        raise Refusal(Code.WRONG_STATE, AGREED)


def today_of(row: Proposal, at: datetime) -> date:
    """Which day it is in the proposal's practice."""
    return at.astimezone(ZoneInfo(row.practice.time_zone)).date()


def standing_of(row: Proposal, at: datetime) -> Status:
    """How it stands at a moment."""
    return states.standing(Status(row.status), expires_on=row.expires_on, today=today_of(row, at))


def after(act: Act, row: Proposal, at: datetime) -> Status:
    """How the proposal stands after the act. Refuses `too-late`, `wrong-state`."""
    return states.after(act, Status(row.status), expires_on=row.expires_on, today=today_of(row, at))


def offer_of(row: Proposal) -> Offer:
    """What a proposal's draft says."""
    lines = ProposalLine.objects.filter(proposal=row).order_by("position")
    return Offer(
        title=row.title,
        to_name=row.to_name,
        to_email=row.to_email,
        note=row.note,
        terms=row.terms,
        vat_percent=row.vat_percent,
        expires_on=row.expires_on,
        lines=tuple(_line(line) for line in lines),
    )


def _line(row: ProposalLine) -> Line:
    return Line(
        name=row.name, description=row.description, fee=row.fee, per=Per(row.per), service_id=row.service_id,
        template_id=row.template_id, starts_on=row.starts_on,
    )  # fmt: skip


def write_offer(row: Proposal, offer: Offer) -> None:
    """Keep what a draft says: fields and lines."""
    for name in ("title", "to_name", "to_email", "note", "terms", "vat_percent", "expires_on"):
        setattr(row, name, getattr(offer, name))
    row.save()
    ProposalLine.objects.filter(proposal=row).delete()
    ProposalLine.objects.bulk_create(
        ProposalLine(
            practice_id=row.practice_id, proposal=row, position=place, name=line.name, description=line.description,
            fee=line.fee, per=line.per.value, service_id=line.service_id, template_id=line.template_id,
            starts_on=line.starts_on,
        )
        for place, line in enumerate(offer.lines)
    )  # fmt: skip


def parties(client: Client) -> Parties:
    """Who offers to whom, as the document says it."""
    name = sql.value("SELECT name FROM practices_practice WHERE id = %s", (client.practice_id,))
    people = dict(
        sql.rows(
            "SELECT id, name FROM practices_member WHERE id IN (%s, %s)",
            (client.partner_id or 0, client.manager_id or 0),
        )
    )
    return Parties(
        practice=name,
        client=client.name,
        partner=people.get(client.partner_id, ""),
        manager=people.get(client.manager_id, ""),
    )
