"""Keeping what a card says: a recurring task added, changed, removed."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from natrium.apps.catalogue import operations, queries
from natrium.domain.errors import Code, Refusal, StaleEdit
from natrium.web.http import Asked, SeeOther, asked, signed_in, whole_number
from natrium.web.services import recurring
from natrium.web.services.cards import typed_over
from natrium.web.services.context import NEW, Asking, asking_of, facts_of, service_page


@require_POST
@signed_in
def add(request: HttpRequest, service_id: int) -> HttpResponse:
    """A further recurring task."""
    who = asked(request)
    asking = replace(asking_of(request.POST.dict()), task=NEW)
    found = queries.service_page(by=who.by, service_id=service_id)
    try:
        kept = facts_of(found, asking)
        facts = recurring.read(typed_over(asking.given, recurring.said(kept)), kept)
        made = operations.add_recurring_task(by=who.by, at=who.at, service_id=service_id, facts=facts)
    except Refusal as refusal:
        return _again(request, who, service_id, asking, refusal)
    return SeeOther(f"/services/{service_id}/?task={made}{_client(asking)}")


@require_POST
@signed_in
def edit(request: HttpRequest, service_id: int, task_id: int) -> HttpResponse:
    """What the card says is kept: it holds for tasks that are made from now on."""
    who = asked(request)
    asking = replace(asking_of(request.POST.dict()), task=str(task_id))
    found = queries.service_page(by=who.by, service_id=service_id)
    kept = facts_of(found, asking)
    rev = whole_number(request.POST.get("rev"))
    try:
        facts = recurring.read(typed_over(asking.given, recurring.said(kept)), kept)
        changes = {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}
        operations.edit_recurring_task(by=who.by, at=who.at, recurring_task_id=task_id, changes=changes, if_rev=rev)
    except StaleEdit as stale:
        words = f"{stale.message} What you typed is still here: save again to keep it."
        return _again(request, who, service_id, asking, Refusal(Code.STALE, words))
    except Refusal as refusal:
        return _again(request, who, service_id, asking, refusal)
    return SeeOther(f"/services/{service_id}/?task={task_id}{_client(asking)}")


@require_POST
@signed_in
def remove(request: HttpRequest, service_id: int, task_id: int) -> HttpResponse:
    """No more of its tasks are made; those that are there stay."""
    who = asked(request)
    facts_of(queries.service_page(by=who.by, service_id=service_id), Asking(task=str(task_id)))
    operations.remove_recurring_task(by=who.by, at=who.at, recurring_task_id=task_id)
    return SeeOther(f"/services/{service_id}/")


def _again(request: HttpRequest, who: Asked, service_id: int, asking: Asking, no: Refusal) -> HttpResponse:
    """The page with what was typed, and what is wrong with it at its field."""
    if no.code is Code.NOT_ALLOWED:
        raise no
    return service_page(request, who, service_id, replace(asking, no=no))


def _client(asking: Asking) -> str:
    return f"&client={asking.client_id}" if asking.client_id is not None else ""
