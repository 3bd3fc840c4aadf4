"""How proposals are said on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

from natrium.apps.proposals.shapes import MadeTask, ProposalPage
from natrium.domain.proposals.money import Per, exactly, monthly_words, written
from natrium.domain.proposals.states import LEADS, Act, Status
from natrium.web.dates import full

# The tag's look, its icon, the word.
TAGS = {
    Status.DRAFT: ("line", "edit", "Draft"),
    Status.SENT: ("in_progress", "mail", "Sent"),
    Status.VIEWED: ("in_progress", "eye", "Viewed"),
    Status.ACCEPTED: ("done", "check", "Accepted"),
    Status.DECLINED: ("late", "x", "Declined"),
    Status.EXPIRED: ("waiting", "clock", "Expired"),
    Status.WITHDRAWN: ("", "undo", "Withdrawn"),
}


def leads(found: ProposalPage, act: Act) -> bool:
    """Whether the act leads anywhere from how the proposal stands."""
    return found.status in LEADS[act]


def by_service(made: Sequence[MadeTask]) -> list[tuple[str, list[MadeTask]]]:
    """The tasks under the names of their services; those of none first, under "Once"."""
    groups: dict[str, list[MadeTask]] = {}
    for task in made:
        groups.setdefault(task.service or "Once", []).append(task)
    return list(groups.items())


def in_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """A document as the client's page shows it: amounts and days in words."""
    lines = [
        {
            "name": line["name"],
            "description": line["description"],
            "fee": written(line["fee"]),
            "per": Per(line["per"]).words,
            "from": full(date.fromisoformat(line["starts_on"])) if line["starts_on"] else "",
        }
        for line in said["lines"]
    ]
    monthly = monthly_words((line["fee"], Per(line["per"])) for line in said["lines"])
    totals = [
        (label, exactly(net + vat), exactly(vat) if vat else "")
        for label, (net, vat) in ((monthly, said["monthly"]), ("Once, to start", said["once"]))
        if net
    ]
    team = [(said[who], f"Your {who}") for who in ("partner", "manager") if said[who]]
    days = {name: full(date.fromisoformat(said[name])) for name in ("sent_on", "expires_on")}
    return {**said, **days, "lines": lines, "totals": totals, "team": team}


def document_of(found: ProposalPage) -> dict[str, Any]:
    """What the practice's page shows of the offer: amounts in words."""
    lines = [(line.name, line.description, written(line.fee), line.per.words) for line in found.offer.lines]
    monthly, once = found.monthly, found.once
    totals = [
        (label, exactly(total.net), exactly(total.vat) if total.vat else "")
        for label, total in ((monthly_words(found.offer.fees), monthly), ("Once, on acceptance", once))
        if total.net
    ]
    return {"lines": lines, "totals": totals}


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be kept."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
