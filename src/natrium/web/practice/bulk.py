"""Changing many at once: what it needs to know, what it would come to, doing it, what came of it, taking it back."""

from __future__ import annotations

from secrets import token_hex
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import Outcome
from natrium.apps.workflows.queries import overview
from natrium.domain.errors import Code, NotFound, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.web.http import Asked, SeeOther, asked, page, signed_in
from natrium.web.practice import choosing
from natrium.web.practice.bulk_words import counted, did, reasons
from natrium.web.practice.choosing import Choosing, chosen
from natrium.web.refused import STATUS

SHOWN = 200
FIRST = 10


@require_http_methods(["GET", "POST"])
@signed_in
def bulk(request: HttpRequest) -> HttpResponse:
    """The form with its preview; posted, it is done."""
    who = asked(request)
    if not may(who.by.member.role, Deed.UNDO_OWN):
        words = {"message": f"To change many things at once takes {who_may(Deed.UNDO_OWN)}."}
        return page(request, "403.html", words, place="practice", status=403)
    asking = chosen(request.POST if request.method == "POST" else request.GET, who)
    try:
        if request.method == "POST":
            done = known(choosing.do(asking, who))
            if done.changed or not done.refused:
                return SeeOther(f"/practice/bulk/{done.batch_id}/?from={quote(asking.back)}")
            errors, code = {"": "Nothing was changed."}, done.refused[0].code
            return _form(request, who, asking, done, errors=errors, code=code)
        outcome = known(choosing.preview(asking, who)) if asking.complete else None
    except Refusal as refusal:
        shown = refusal.field in FIELDS[asking.way.asks] and asking.ids
        errors = {refusal.field if shown else "": refusal.message}
        return _form(request, who, asking, None, errors=errors, code=refusal.code)
    return _form(request, who, asking, outcome)


def known(outcome: Outcome) -> Outcome:
    """The outcome itself. Raises NotFound where there is none of what was ticked."""
    unknown = [one for one in outcome.refused if one.code == "not-found"]
    if unknown and len(unknown) == outcome.selected:
        raise NotFound("There is none of these in this practice.")
    return outcome


def _status(code: str) -> int:
    return 404 if code == "not-found" else STATUS[Code(code)]


# The fields that the form has, by what is asked for.
FIELDS = {
    "": (),
    "person": ("person",),
    "target": ("days", "on"),
    "template": ("template",),
    "reason": ("reason",),
    "due": ("due_on",),
    "wait": ("reason", "on", "whom"),
}


def _form(
    request: HttpRequest,
    who: Asked,
    asking: Choosing,
    outcome: Outcome | None,
    *,
    errors: dict[str, str] | None = None,
    code: str = "",
) -> HttpResponse:
    way, count = asking.way, len(set(asking.ids))
    choices = overview.choices(by=who.by) if way.asks in ("person", "template") else None
    context: dict[str, Any] = {
        "way": way,
        "title": way.title.format(counted(count, way.noun)),
        "button": way.button.format(counted(outcome.changed, way.noun)) if outcome else "",
        "ids": ",".join(str(one) for one in asking.ids),
        "count": count,
        "back": asking.back,
        "typed": asking.typed,
        "errors": errors or {},
        "code": code,
        "people": choices.members if choices else (),
        "templates": choices.templates if choices else (),
        "outcome": outcome,
        "lines": outcome.lines[:FIRST] if outcome else (),
        "more": len(outcome.lines[FIRST:]) if outcome else 0,
        "second": _second(way.key, outcome),
        "refused": outcome.refused[:SHOWN] if outcome else (),
        "reasons": reasons(outcome.refused) if outcome else "",
        "once": token_hex(16),
        "home": (home := choosing.home_of(asking.back)),
    }
    status = _status(code) if code else 200
    return page(request, "practice/bulk.html", context, place=home.place, status=status)


def _second(way: str, outcome: Outcome | None) -> str:
    """That tasks which have a workflow get a further one, in a sentence; "" where none does."""
    count = sum(bool(one.workflows) for one in outcome.lines) if outcome and way == "attach" else 0
    if not count:
        return ""
    have = "has a workflow and gets" if count == 1 else "have a workflow and get"
    return f"{counted(count, 'task')} {have} this one as well."


@require_GET
@signed_in
def result(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What came of it, row by row, and the way back."""
    return _result(request, batch_id)


def _result(request: HttpRequest, batch_id: int, no: Refusal | None = None) -> HttpResponse:
    who = asked(request)
    found = queries.batch_page(by=who.by, at=who.at, batch_id=batch_id)
    asking = request.POST if request.method == "POST" else request.GET
    back = choosing.back_of(asking.get("from", ""))
    home = choosing.home_of(back)
    context = {
        "batch": found.kept,
        "can_undo": found.can_undo,
        "so_far": found.so_far,
        "sentence": did(found.kept, found.so_far, who.at.date(), template=found.template),
        "lines": found.tasks,
        "more": found.task_count - len(found.tasks),
        "outcome": found.kept.outcome,
        "refused": found.kept.outcome.refused[:SHOWN],
        "reasons": reasons(found.kept.outcome.refused),
        "back": back,
        "home": home,
        "error": no.message if no else "",
        "code": no.code if no else "",
        "mine": found.kept.by_id == who.by.member.id,
    }
    return page(request, "practice/done.html", context, place=home.place, status=STATUS[no.code] if no else 200)


@require_POST
@signed_in
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Takes the whole of it back."""
    who = asked(request)
    try:
        back = operations.undo_batch(by=who.by, at=who.at, batch_id=batch_id)
    except Refusal as refusal:
        return _result(request, batch_id, refusal)
    return SeeOther(f"/practice/bulk/{back.batch_id}/?from={quote(choosing.back_of(request.POST.get('from', '')))}")
