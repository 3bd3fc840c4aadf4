"""A step on a list of work: opened in its row, and acted upon there."""

import json
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from natrium.apps.workflows import queries
from natrium.apps.workflows.operations import Acted
from natrium.apps.workflows.worklists import StepPlace, WorkRow
from natrium.domain.errors import NotFound, Refusal, StaleEdit
from natrium.domain.roles import Role
from natrium.web.http import Asked, SeeOther, asked, is_htmx, page, signed_in
from natrium.web.refused import Refused, refused, typed_words
from natrium.web.toasts import Toast
from natrium.web.work.acting import NOUNS, Deed, act
from natrium.web.work.context import counts_of, sentence, state_of, work_context
from natrium.web.work.lists import WorkList, list_of, read
from natrium.web.work.rows import asked_open, is_gone, open_row, past_row, slots_of, work_row
from natrium.web.work.said import toast_of


@require_GET
@signed_in
def show(request: HttpRequest, step_id: int) -> HttpResponse:
    """The row opened, with `form` standing open; for a browser without scripts the list with the row open."""
    who, get = asked(request), request.GET
    shown, form = list_of(get.get("back", "")), get.get("form", "")
    if not is_htmx(request):
        if queries.step_place(by=who.by, step_id=step_id).retired:
            raise Http404
        return HttpResponseRedirect(asked_open(shown, step_id, form, get.get("from", "")))
    step = queries.work_step(by=who.by, at=who.at, step_id=step_id)
    slots = slots_of(request, shown)
    opened = open_row(step, get.get("from", ""), who.at.date(), slots, shown, form=form)
    return HttpResponse(opened.html)


@require_POST
@signed_in
def act_on(request: HttpRequest, step_id: int, noun: str) -> HttpResponse:
    """Start, wait, complete and so on: `noun` says which. The answer is the row as it is then."""
    if noun not in NOUNS:
        raise Http404
    who, shown = asked(request), list_of(request.POST.get("back", ""))
    place = queries.step_place(by=who.by, step_id=step_id)
    try:
        acted = act(Deed(who, place, noun, request.POST))
    except Refusal as refusal:
        return _refused(request, who, shown, place, refused(refusal, request.POST, key=place.key, noun=noun))
    except StaleEdit as stale:
        typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        no = Refused(stale.message, "stale-edit", 409, key=place.key, noun=noun, typed=typed)
        return _refused(request, who, shown, place, no)
    if place.retired:  # it was a note, which a task takes however it is worked
        there = f"/tasks/{place.task_id}/"
        return HttpResponse(headers={"HX-Redirect": there}) if is_htmx(request) else SeeOther(there)
    row = queries.work_row(by=who.by, at=who.at, step_id=step_id)
    toast = toast_of(row, acted.verbs, who.at.date(), seq=acted.seq, freed=place.holds_up, shown=shown)
    if not is_htmx(request):
        return SeeOther(shown.with_query(**_did(row, acted, toast)))
    if request.POST.get("from") == "toast":
        return _whole_list(request, who, shown, toast)
    return _row(request, who, shown, row, toast, given=noun in ("assignment", "claim"))


def _did(row: WorkRow, acted: Acted, toast: Toast | None) -> Mapping[str, str]:
    """What a browser without scripts is told by the address it is sent to."""
    if toast is None or not toast.undo:
        return {}
    return {"did": f"{row.step_id}.{acted.verbs[-1]}" + (f".{acted.seq}" if acted.seq else "")}


def _row(
    request: HttpRequest, who: Asked, shown: WorkList, row: WorkRow, toast: Toast | None, *, given: bool
) -> HttpResponse:
    """The row as it is now, in its place, and what the headings say now. `given`: it changed hands."""
    section = request.POST.get("from", "")
    gone = is_gone(row, section, shown.of or who.by.member.id) or (given and section == "delegated")
    slots = slots_of(request, shown)
    html = work_row(row, section, who.at.date(), slots, may=who.by.member.role >= Role.STAFF, gone=gone)
    work = read(shown, who)
    context = {"html": html, "toast": toast, "address": shown.address, "state": state_of(work)}
    answer = page(request, "work/_acted.html", context)
    told = {"counts": counts_of(work, shown), "says": sentence(work, shown)}
    answer["HX-Trigger"] = json.dumps({"natrium:work": told})
    return answer


def _whole_list(request: HttpRequest, who: Asked, shown: WorkList, toast: Toast | None) -> HttpResponse:
    context = work_context(request, read(shown, who), who, shown)
    return page(request, "work/_changed.html", context | {"toast": toast})


def _refused(request: HttpRequest, who: Asked, shown: WorkList, place: StepPlace, no: Refused) -> HttpResponse:
    """The row opened with what was refused, and all that was typed."""
    section, slots = request.POST.get("from", ""), slots_of(request, shown)
    try:
        step = queries.work_step(by=who.by, at=who.at, step_id=place.step_id)
        opened = open_row(step, section, who.at.date(), slots, shown, no=no)
    except NotFound:
        opened = past_row(place, typed_words(request.POST), shown, no)
    if is_htmx(request) and section != "toast":
        return HttpResponse(opened.html, status=no.status)
    context = work_context(request, read(shown, who), who, shown, opened=opened)
    if is_htmx(request):
        return page(request, "work/_changed.html", context, status=no.status)
    return page(request, "work/my_work.html", context, place="work", status=no.status)
