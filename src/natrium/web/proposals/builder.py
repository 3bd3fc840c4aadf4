"""The builder of a draft: one form, whose buttons save, arrange and send. Whatever is wrong, what was typed stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.catalogue import queries as catalogue
from natrium.apps.proposals import operations, queries
from natrium.apps.proposals.shapes import ProposalPage
from natrium.apps.workflows import queries as workflows
from natrium.domain.errors import Refusal, StaleEdit
from natrium.domain.proposals import offer as offers
from natrium.domain.proposals.states import Status
from natrium.domain.roles import Deed, may
from natrium.web.http import Asked, SeeOther, asked, page, signed_in, whole_number
from natrium.web.proposals import forms, words
from natrium.web.proposals.client import look
from natrium.web.refused import STATUS

STALE = 409


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is shown: fields, lines, and what is wrong by field."""

    typed: Mapping[str, str]
    rows: list[dict[str, str]]
    rev: int
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    @classmethod
    def of(cls, found: ProposalPage) -> Form:
        """A draft as it is kept."""
        return cls(forms.typed_of(found.offer), forms.rows_of(found.offer), found.rev)


@require_POST
@signed_in
def save(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Keep what was typed; a button of a line takes it out or moves it first."""
    who = asked(request)
    operations.need_writer(who.by)
    form = _kept(request, who, proposal_id)
    if isinstance(form, Form):
        return builder(request, who, _found(who, proposal_id), form)
    more = "?more=1#lines" if request.POST.get("do") == "more" else ""
    return SeeOther(f"/proposals/{proposal_id}/{more}")


@require_POST
@signed_in
def send(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Keep what was typed, where anything was, and send it. Again is harmless."""
    who = asked(request)
    operations.need_sender(who.by)
    found = _found(who, proposal_id)
    if found.status not in {Status.DRAFT, Status.WITHDRAWN}:
        return SeeOther(f"/proposals/{proposal_id}/")
    kept_ = _kept(request, who, proposal_id) if "title" in request.POST else found.rev
    if isinstance(kept_, Form):
        return builder(request, who, _found(who, proposal_id), kept_)
    try:
        operations.send_proposal(by=who.by, at=who.at, proposal_id=proposal_id, if_rev=kept_)
    except Refusal as refusal:
        if not refusal.field:
            raise
        found = _found(who, proposal_id)
        kept, errors = Form.of(found), {_place(refusal.field): refusal.message}
        wrong = Form(kept.typed, kept.rows, kept.rev, errors, STATUS[refusal.code])
        return builder(request, who, found, wrong)
    except StaleEdit as stale:
        found = _found(who, proposal_id)
        if found.status is not Status.DRAFT:
            return SeeOther(f"/proposals/{proposal_id}/")
        kept = Form.of(found)
        words_ = f"{stale.message} This is what it says now; look, then send."
        return builder(request, who, found, Form(kept.typed, kept.rows, kept.rev, {"": words_}, STALE))
    return SeeOther(f"/proposals/{proposal_id}/?said=sent")


def _found(who: Asked, proposal_id: int) -> ProposalPage:
    return queries.proposal_page(by=who.by, at=who.at, proposal_id=proposal_id)


def _kept(request: HttpRequest, who: Asked, proposal_id: int) -> Form | int:
    """The rev under which it is kept; else the form with what was typed and what is wrong."""
    post = request.POST
    rows = forms.arranged(forms.typed_rows(post), post.get("do", ""))
    typed = {name: value for name, value in post.items() if isinstance(value, str)}
    rev = whole_number(post.get("rev"))
    try:
        offer = forms.offer_of(post, rows, _names(who))
        return operations.save_proposal(by=who.by, at=who.at, proposal_id=proposal_id, offer=offer, if_rev=rev)
    except Refusal as refusal:
        if not refusal.field:
            raise
        return Form(typed, rows, rev or 0, {_place(refusal.field): refusal.message}, STATUS[refusal.code])
    except StaleEdit as stale:
        words_ = f"{stale.message} What you typed is still here; saving again puts it in its place."
        now = stale.current.get("rev")
        return Form(typed, rows, now if isinstance(now, int) else 0, {"": words_}, STALE)


def _place(name: str) -> str:
    """The field of the form that a refusal is about: of a line's work its choice."""
    if name.startswith("lines."):
        _, number, column = name.split(".")
        return f"{'what' if column in {'service_id', 'template_id'} else column}-{number}"
    return name


def _choices(who: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Work that a line may start: services for what recurs, workflows for what is done once."""
    services = [(f"service-{one.id}", one.name) for one in catalogue.services(who.by)]
    templates = [(f"template-{one.id}", one.name) for one in workflows.new_task_choices(who.by).templates]
    return [("Services", services), ("Once, with the workflow", templates)]


def _names(who: Asked) -> dict[str, str]:
    return dict(choice for _, choices in _choices(who) for choice in choices)


def builder(request: HttpRequest, who: Asked, found: ProposalPage, form: Form) -> HttpResponse:
    """The page of a draft."""
    blank = not form.rows or request.GET.get("more") == "1"
    context = {
        "p": found,
        "typed": form.typed,
        "rows": [*form.rows, dict(forms.EMPTY)] if blank else form.rows,
        "rev": form.rev,
        "errors": form.errors,
        "choices": _choices(who),
        "per": forms.PER,
        "totals": words.document_of(found)["totals"],
        "can_write": may(who.by.member.role, Deed.EDIT_PROPOSAL),
        "can_send": may(who.by.member.role, Deed.SEND_PROPOSAL),
        "zone": who.by.zone,
    }
    return page(request, "proposals/builder.html", context, place="proposals", status=form.status)


def see_as_client(request: HttpRequest, found: ProposalPage, who: Asked) -> HttpResponse:
    """The client's page with nothing to press: as it was sent, or of a draft as it would be."""
    said = queries.document_of(by=who.by, proposal_id=found.id)
    if not said:
        parties, today = queries.parties_of(by=who.by, proposal_id=found.id), who.at.astimezone(who.by.zone).date()
        said = offers.document(found.offer, parties, number=found.number, version=found.version, sent_on=today)
    return look(request, json.loads(said), {"preview": found.id})
