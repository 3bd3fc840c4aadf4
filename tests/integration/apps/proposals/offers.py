"""A practice with services, a client, and a proposal to it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from natrium.apps.catalogue import operations as catalogue
from natrium.apps.clients import contacts
from natrium.apps.clients.models import Client
from natrium.apps.clients.operations import NewContact
from natrium.apps.proposals import links, operations
from natrium.apps.proposals.models import Proposal
from natrium.apps.proposals.operations import Signature
from natrium.apps.proposals.rows import offer_of
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line, Offer
from tests.builders import NOW, TODAY, a_client, signed_in
from tests.cast import Cast, the_cast

LATER = NOW + timedelta(hours=2)
READY = {
    "Annual Accounts": (165_000, Per.YEAR),
    "VAT Return": (12_000, Per.QUARTER),
    "Payroll Monthly": (4_800, Per.MONTH),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """The people, the client, and the proposal."""

    cast: Cast
    client: Client
    proposal_id: int

    @property
    def row(self) -> Proposal:
        """Its row as it is."""
        return Proposal.objects.get(pk=self.proposal_id)

    @property
    def token(self) -> str:
        """Its link's own text."""
        return links.token_of(self.proposal_id, self.row.link_salt)

    def send(self, at: datetime = NOW) -> None:
        """Priya sends it."""
        operations.send_proposal(by=signed_in(self.cast.priya), at=at, proposal_id=self.proposal_id)

    def signature(self, name: str = "Nia Bowen", **more: object) -> Signature:
        """What Nia types."""
        said = {"content_hash": self.row.content_hash, "agreed": True, "address": "81.2.69.142", "user_agent": "Phone"}
        return Signature(name=name, **(said | more))  # type: ignore[arg-type]

    def accept(self, at: datetime = LATER, **more: object) -> int:
        """Nia accepts."""
        return operations.accept_proposal(token=self.token, at=at, signature=self.signature(**more))  # type: ignore[arg-type]


def services(cast: Cast, *keys: str) -> list[int]:
    """Ready services as the practice's own."""
    return [catalogue.take_ready_service(by=signed_in(cast.mark), at=NOW, key=key) for key in keys]


def a_draft(
    cast: Cast | None = None,
    *,
    client: Client | None = None,
    lines: tuple[Line, ...] | None = None,
    known: bool = False,
) -> Offered:
    """A draft with lines, not sent yet. `known`: the client takes a service already."""
    cast = cast or the_cast()
    mark = signed_in(cast.mark)
    if client is None:
        client = a_client(cast.acorn, name="Fernhill Roastery Ltd", manager=cast.mark, partner=cast.priya)
        nia = NewContact(name="Nia Bowen", email="nia@fernhill.example", role="Director")
        contacts.add_contact(by=mark, at=NOW, client_id=client.pk, contact=nia)
    if known:
        (first,) = services(cast, "Confirmation Statement")
        catalogue.start_engagement(by=mark, at=NOW, client_id=client.pk, service_id=first, starts_on=TODAY)
    proposal_id = operations.create_proposal(by=mark, at=NOW, client_id=client.pk)
    offered = Offered(cast, client, proposal_id)
    if lines is None:
        ids = services(cast, *READY)
        lines = tuple(
            Line(name=name, fee=fee, per=per, service_id=service_id)
            for service_id, (name, (fee, per)) in zip(ids, READY.items(), strict=True)
        )
    terms = "Either of us can end this with one month’s notice."
    to = {"to_name": "Nia Bowen", "to_email": "nia@fernhill.example"}
    save(offered, lines=lines, note="Dear Nia", terms=terms, **to)
    return offered


def save(offered: Offered, **changes: object) -> int:
    """Mark writes something else."""
    offer: Offer = replace(offer_of(offered.row), **changes)  # type: ignore[arg-type]
    return operations.save_proposal(
        by=signed_in(offered.cast.mark), at=NOW, proposal_id=offered.proposal_id, offer=offer
    )  # fmt: skip


def a_sent_one(**facts: object) -> Offered:
    """A proposal that was sent."""
    offered = a_draft(**facts)  # type: ignore[arg-type]
    offered.send()
    return offered


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)
