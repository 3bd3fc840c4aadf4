"""Proposals, and the client's page of one."""

from dataclasses import replace
from typing import Any

from natrium.apps.practices.models import Member
from natrium.apps.proposals import operations, queries
from natrium.apps.proposals.models import SealedCopy
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import Line
from natrium.domain.roles import Deed
from tests.builders import TODAY, signed_in
from tests.permissions.entry import ANYBODY, Entry, The
from tests.permissions.sides import Side, now

API, PAGE = "/api/v1/proposals/{proposal_id}", "/proposals/{proposal_id}"
LINK: dict[str, Any] = {"path": {"token": "guessed"}, "ok": 404}
DRAFT = {"title": "Accounts", "vat_percent": "20", "expires_on": "2027-01-31", "rows": "0"}
SAID = {"name": "Ada Hill", "reason": "By telephone"}


def a_draft(side: Side, _: Member) -> None:
    """A draft that could be sent."""
    mark = signed_in(side.people["manager"])
    proposal_id = operations.create_proposal(by=mark, at=now(), client_id=side.ids["client"])
    offer = queries.proposal_page(by=mark, at=now(), proposal_id=proposal_id).offer
    lines = (Line(name=f"Advice of {side.word}", fee=10_000, per=Per.ONCE),)
    whole = replace(offer, to_name="Ada Hill", to_email="ada@example.org", lines=lines)
    operations.save_proposal(by=mark, at=now(), proposal_id=proposal_id, offer=whole)
    side.ids["proposal"] = proposal_id


def sent(side: Side, by: Member) -> None:
    """The same, sent."""
    a_draft(side, by)
    operations.send_proposal(by=signed_in(side.people["owner"]), at=now(), proposal_id=side.ids["proposal"])


def accepted(side: Side, by: Member) -> None:
    """The same, accepted and sealed."""
    sent(side, by)
    operations.record_acceptance(
        by=signed_in(side.people["owner"]), at=now(), proposal_id=side.ids["proposal"], **SAID
    )  # fmt: skip
    SealedCopy.objects.filter(proposal_id=side.ids["proposal"]).update(pdf=b"%PDF-", sha256="0" * 64)


ENTRIES = [
    Entry("GET /api/v1/proposals", Deed.READ, before=a_draft),
    Entry("POST /api/v1/proposals", Deed.EDIT_PROPOSAL, body={"client_id": The("client")}, ok=201),
    Entry(f"GET {API}", Deed.READ, before=sent),
    Entry(f"PUT {API}/draft", Deed.EDIT_PROPOSAL, body={"title": "Other", "expires_on": f"{TODAY}"}, before=a_draft),
    Entry(f"POST {API}/send", Deed.SEND_PROPOSAL, before=a_draft),
    Entry(f"POST {API}/withdraw", Deed.SEND_PROPOSAL, body={"reason": "A mistake"}, before=sent),
    Entry(f"POST {API}/revise", Deed.EDIT_PROPOSAL, before=sent, ok=201),
    Entry(f"POST {API}/acceptance", Deed.SEND_PROPOSAL, body=SAID, before=sent),
    Entry(f"POST {API}/retry", Deed.SEND_PROPOSAL, before=sent),
    Entry(f"GET {API}/copy", Deed.READ, before=accepted),
    Entry("GET /proposals/", Deed.READ, before=a_draft),
    Entry("GET /proposals/new/", Deed.EDIT_PROPOSAL),
    Entry("POST /proposals/new/", Deed.EDIT_PROPOSAL, body={"client_id": The("client")}),
    Entry(f"GET {PAGE}/", Deed.READ, before=a_draft),
    Entry(f"GET {PAGE}/#accepted", Deed.READ, before=accepted),
    Entry(f"GET {PAGE}/preview/", Deed.READ, before=a_draft),
    Entry(f"POST {PAGE}/draft/", Deed.EDIT_PROPOSAL, body=DRAFT, before=a_draft),
    Entry(f"POST {PAGE}/sending/", Deed.SEND_PROPOSAL, before=a_draft),
    Entry(f"POST {PAGE}/withdrawal/", Deed.SEND_PROPOSAL, before=sent),
    Entry(f"POST {PAGE}/revision/", Deed.EDIT_PROPOSAL, before=sent),
    Entry(f"POST {PAGE}/acceptance/", Deed.SEND_PROPOSAL, body=SAID, before=sent),
    Entry(f"POST {PAGE}/retry/", Deed.SEND_PROPOSAL, before=sent),
    Entry(f"GET {PAGE}/copy/", Deed.READ, before=accepted),
    Entry("GET /p/{token}/", ANYBODY, **LINK),
    Entry("POST /p/{token}/acceptance/", ANYBODY, **LINK),
    Entry("POST /p/{token}/refusal/", ANYBODY, **LINK),
    Entry("GET /p/{token}/copy/", ANYBODY, **LINK),
]
