"""Proposals: written, sent, and what became of them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from natrium.api.auth import asked
from natrium.api.bodies import Cursor, Day, Id, Rev, RuledName, RuledText, Strict
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.proposals import operations, queries
from natrium.apps.proposals.shapes import ProposalPage, ProposalRow
from natrium.domain.proposals.money import MOST, Per
from natrium.domain.proposals.offer import Line, Offer

router = Router(tags=["proposals"])
PAGE = 50


class ProposalsOut(Schema):
    """A page of proposals, newest first; `next` continues it."""

    items: list[ProposalRow]
    next: str


class NewProposal(Strict):
    """For whom."""

    client_id: Id


class LineIn(Strict):
    """Something offered for a fee in pence: it starts the service, or is work done once by the template."""

    name: RuledName
    description: RuledText = ""
    fee: Annotated[int, Field(ge=0, le=MOST)]
    per: Per = Per.YEAR
    service_id: Id | None = None
    template_id: Id | None = None
    starts_on: Day | None = None


class OfferIn(Strict):
    """All that a draft says; `rev` is the one that was read."""

    title: RuledName
    to_name: RuledName = ""
    to_email: RuledName = ""
    note: RuledText = ""
    terms: RuledText = ""
    vat_percent: Annotated[int, Field(ge=0, le=100)] = 20
    expires_on: Day
    lines: Annotated[list[LineIn], Field(max_length=100)] = []
    rev: Rev | None = None


class SendingIn(Strict):
    """Which rev of the draft was looked at: another is refused."""

    rev: Rev | None = None


class WithdrawalIn(Strict):
    """Why it is taken back, for the practice alone."""

    reason: RuledText = ""


class AcceptanceIn(Strict):
    """Who accepted, and how that came to the practice."""

    name: RuledName
    reason: RuledText = ""


class Retrying(Schema):
    """The proposal, and how many things that follow it are tried again."""

    id: int
    tried: int


@router.get("/proposals", response={200: ProposalsOut, **ERRORS})
def proposals(request: HttpRequest, client_id: Id | None = None, cursor: Cursor = "") -> ProposalsOut:
    """The newest version of each proposal, of the practice or of one client."""
    who = asked(request)
    place = place_of(cursor, int)
    before = int(place[0]) if place else None
    found = queries.proposals(by=who.by, at=who.at, client_id=client_id, before=before, most=PAGE + 1)
    following = cursor_of(found[PAGE - 1].id) if len(found) > PAGE else ""
    return ProposalsOut(items=found[:PAGE], next=following)


@router.post("/proposals", response={201: Created, **ERRORS})
def create(request: HttpRequest, body: NewProposal) -> Any:  # noqa: ANN401 - a status with its body
    """Begin a proposal to a client."""
    who = asked(request)
    return Status(201, Created(id=operations.create_proposal(by=who.by, at=who.at, client_id=body.client_id)))


@router.get("/proposals/{int:proposal_id}", response={200: ProposalPage, **ERRORS})
def read(request: HttpRequest, proposal_id: Id) -> ProposalPage:
    """All of a proposal, and what came of it."""
    who = asked(request)
    return queries.proposal_page(by=who.by, at=who.at, proposal_id=proposal_id)


@router.put("/proposals/{int:proposal_id}/draft", response={200: ProposalPage, **ERRORS})
def save(request: HttpRequest, proposal_id: Id, body: OfferIn) -> ProposalPage:
    """What a draft says from now on."""
    who = asked(request)
    said = body.model_dump(exclude={"lines", "rev"})
    offer = Offer(**said, lines=tuple(Line(**line.model_dump()) for line in body.lines))
    operations.save_proposal(by=who.by, at=who.at, proposal_id=proposal_id, offer=offer, if_rev=body.rev)
    return read(request, proposal_id)


@router.post("/proposals/{int:proposal_id}/send", response={200: ProposalPage, **ERRORS})
def send(request: HttpRequest, proposal_id: Id, body: SendingIn | None = None) -> ProposalPage:
    """Send a draft to the client, the one with the `rev` where it is said. Again is harmless."""
    who = asked(request)
    rev = body.rev if body else None
    operations.send_proposal(by=who.by, at=who.at, proposal_id=proposal_id, if_rev=rev)
    return read(request, proposal_id)


@router.post("/proposals/{int:proposal_id}/withdraw", response={200: ProposalPage, **ERRORS})
def withdraw(request: HttpRequest, proposal_id: Id, body: WithdrawalIn) -> ProposalPage:
    """Take a proposal back. Again is harmless."""
    who = asked(request)
    operations.withdraw_proposal(by=who.by, at=who.at, proposal_id=proposal_id, reason=body.reason)
    return read(request, proposal_id)


@router.post("/proposals/{int:proposal_id}/revise", response={201: Created, **ERRORS})
def revise(request: HttpRequest, proposal_id: Id) -> Any:  # noqa: ANN401 - a status with its body
    """A draft of the next version; the one there is, where there is one."""
    who = asked(request)
    return Status(201, Created(id=operations.revise_proposal(by=who.by, at=who.at, proposal_id=proposal_id)))


@router.post("/proposals/{int:proposal_id}/acceptance", response={200: ProposalPage, **ERRORS})
def record(request: HttpRequest, proposal_id: Id, body: AcceptanceIn) -> ProposalPage:
    """Put down that the client accepted by telephone or letter. Again is harmless."""
    who = asked(request)
    operations.record_acceptance(
        by=who.by, at=who.at, proposal_id=proposal_id, name=body.name, reason=body.reason
    )  # fmt: skip
    return read(request, proposal_id)


@router.post("/proposals/{int:proposal_id}/retry", response={200: Retrying, **ERRORS})
def retry(request: HttpRequest, proposal_id: Id) -> Retrying:
    """Try again what follows it and has not been done: the sealed copy, mails that did not go."""
    who = asked(request)
    tried = operations.try_again(by=who.by, at=who.at, proposal_id=proposal_id)
    return Retrying(id=proposal_id, tried=tried)


@router.get("/proposals/{int:proposal_id}/copy", response=ERRORS)
def copy(request: HttpRequest, proposal_id: Id) -> HttpResponse:
    """The sealed copy, as PDF."""
    content = queries.copy_of(by=asked(request).by, proposal_id=proposal_id)
    return HttpResponse(content, content_type="application/pdf")
