"""A practice's proposals: the list, the builder, and what became of one that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.catalogue import queries as catalogue
from natrium.apps.proposals import operations, queries
from natrium.apps.proposals.shapes import ProposalPage
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import Code, Refusal
from natrium.domain.proposals.states import Act, Status
from natrium.domain.roles import Deed, may
from natrium.web.http import Asked, SeeOther, asked, chosen, page, signed_in, whole_number
from natrium.web.proposals import words
from natrium.web.proposals.builder import Form, builder, see_as_client
from natrium.web.refused import STATUS

PAGE = 50
SAID = {
    "sent": "Sent. What it says is fixed now.",
    "withdrawn": "Withdrawn. Its link says so from now on.",
    "again": "It is tried again, as soon as a worker is free.",
    "none": "Nothing was left to try again.",
    "recorded": "The acceptance is recorded.",
}


@require_GET
@signed_in
def list_all(request: HttpRequest) -> HttpResponse:
    """Proposals, newest first; `before` goes on."""
    who = asked(request)
    before = whole_number(request.GET.get("before"))
    found = queries.proposals(by=who.by, at=who.at, before=before, most=PAGE + 1)
    context = {
        "proposals": found[:PAGE],
        "following": found[PAGE - 1].id if len(found) > PAGE else None,
        "open": queries.count_open(by=who.by, at=who.at),
        "can_write": may(who.by.member.role, Deed.EDIT_PROPOSAL),
        "tags": words.TAGS,
        "zone": who.by.zone,
    }
    return page(request, "proposals/list.html", context, place="proposals")


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """For whom; posting it begins one."""
    who = asked(request)
    if request.method == "POST":
        client_id = chosen(request.POST.get("client_id"), "client_id", "Choose the client.")
        made = operations.create_proposal(by=who.by, at=who.at, client_id=client_id)
        return SeeOther(f"/proposals/{made}/")
    operations.need_writer(who.by)
    everybody = workflows.new_task_choices(who.by).clients
    context = {"clients": [(str(one.id), one.name) for one in everybody], "typed": request.GET.dict(), "errors": {}}
    return page(request, "proposals/new.html", context, place="proposals")


@require_GET
@signed_in
def show(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The builder for a draft; else how it stands and what came of it."""
    who = asked(request)
    found = queries.proposal_page(by=who.by, at=who.at, proposal_id=proposal_id)
    if found.status is Status.DRAFT:
        return builder(request, who, found, Form.of(found))
    return _result(request, who, found, {}, {})


@require_GET
@signed_in
def preview(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What the client sees, or would see."""
    who = asked(request)
    return see_as_client(request, queries.proposal_page(by=who.by, at=who.at, proposal_id=proposal_id), who)


@require_POST
@signed_in
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take it back. Again is harmless."""
    who = asked(request)
    operations.withdraw_proposal(
        by=who.by, at=who.at, proposal_id=proposal_id, reason=request.POST.get("reason", "")
    )  # fmt: skip
    return SeeOther(f"/proposals/{proposal_id}/?said=withdrawn")


@require_POST
@signed_in
def revise(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A new version of it. Again leads to the same draft."""
    who = asked(request)
    return SeeOther(f"/proposals/{operations.revise_proposal(by=who.by, at=who.at, proposal_id=proposal_id)}/")


@require_POST
@signed_in
def record(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Put down that the client accepted otherwise. Again is harmless."""
    who = asked(request)
    typed = {name: request.POST.get(name, "") for name in ("name", "reason")}
    try:
        operations.record_acceptance(by=who.by, at=who.at, proposal_id=proposal_id, **typed)
    except Refusal as refusal:
        if not refusal.field and refusal.code is not Code.BLOCKED:
            raise
        found = queries.proposal_page(by=who.by, at=who.at, proposal_id=proposal_id)
        errors = {refusal.field: refusal.message}
        return _result(request, who, found, typed, errors, status=STATUS[refusal.code])
    return SeeOther(f"/proposals/{proposal_id}/?said=recorded")


@require_POST
@signed_in
def retry(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Try again what follows it and has not been done."""
    who = asked(request)
    tried = operations.try_again(by=who.by, at=who.at, proposal_id=proposal_id)
    return SeeOther(f"/proposals/{proposal_id}/?said={'again' if tried else 'none'}")


@require_GET
@signed_in
def copy(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The sealed copy."""
    return words.pdf(queries.copy_of(by=asked(request).by, proposal_id=proposal_id), f"proposal-{proposal_id}")


def _result(
    request: HttpRequest,
    who: Asked,
    found: ProposalPage,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    ours = frozenset(found.engagements)
    lines = catalogue.engagements_of_client(who.by, found.client_id, at=who.at) if ours else ()
    upcoming = catalogue.upcoming_of_client(who.by, found.client_id, at=who.at) if ours else ()
    can_send = may(who.by.member.role, Deed.SEND_PROPOSAL)
    context: dict[str, Any] = {
        "p": found,
        "document": words.document_of(found),
        "started": [line for line in lines if line.id in ours],
        "ahead": [one for one in upcoming if one.engagement_id in ours and one.state == "planned"],
        "groups": words.by_service(found.made),
        "tags": words.TAGS,
        "can_send": can_send,
        "can_withdraw": can_send and words.leads(found, Act.WITHDRAW) and found.status is not Status.WITHDRAWN,
        "can_record": can_send and words.leads(found, Act.ACCEPT) and found.status is not Status.ACCEPTED,
        "can_revise": may(who.by.member.role, Deed.EDIT_PROPOSAL) and words.leads(found, Act.REVISE),
        "zone": who.by.zone,
        "typed": {"name": found.offer.to_name} | dict(typed),
        "errors": errors,
        "said": SAID.get(request.GET.get("said", ""), ""),
    }
    return page(request, "proposals/result.html", context, place="proposals", status=status)
