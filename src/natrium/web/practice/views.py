"""The overview: clients by services, stages, and lists. What is filtered stands in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from natrium.apps.workflows.filters import Filters
from natrium.apps.workflows.queries import overview
from natrium.web.http import Asked, asked, page, signed_in
from natrium.web.practice import filters as filter_words
from natrium.web.practice.context import LIST, MATRIX, STAGES, sentence, shared, week_of, workload


@require_GET
@signed_in
def matrix(request: HttpRequest) -> HttpResponse:
    """Clients by services."""
    who = asked(request)
    filters = filter_words.added(request.GET)
    if filters is not None:
        return _to(request, MATRIX, filters)
    filters = filter_words.read(request.GET)
    after = _place(request.GET.get("after"), str)
    found = overview.matrix(by=who.by, at=who.at, filters=filters, after=after)
    more = _more(request, filters, found.after)
    context = {"matrix": found, "more": more, "first": after is not None, "sunday": week_of(who.at.date())}
    return _page(request, who, "practice/matrix.html", filters, context | workload(request, who, filters))


@require_GET
@signed_in
def stages(request: HttpRequest) -> HttpResponse:
    """The stages as a board."""
    who = asked(request)
    filters = filter_words.added(request.GET)
    if filters is not None:
        return _to(request, STAGES, filters)
    filters = filter_words.read(request.GET)
    board = [
        (stage, filter_words.STAGES[stage.key], _stage_list(filters, stage.key))
        for stage in overview.board(by=who.by, at=who.at, filters=filters)
    ]
    return _page(request, who, "practice/stages.html", filters, {"board": board})


def _stage_list(filters: Filters, key: str) -> str:
    return filter_words.address(LIST, filters.without("stage").with_value("stage", key), {})


@require_GET
@signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """Tasks by due date, or their open steps."""
    who = asked(request)
    filters = filter_words.added(request.GET)
    if filters is not None:
        return _to(request, LIST, filters)
    filters = filter_words.read(request.GET)
    after = _place(request.GET.get("after"), date)
    context: dict[str, Any] = {"first": after is not None, "sunday": week_of(who.at.date())}
    if request.GET.get("rows") == "steps":
        steps = overview.steps(by=who.by, at=who.at, filters=filters, after=after)
        context |= {"steps": steps.steps, "tasks": (), "count": steps.count, "noun": "step"}
        context["more"] = _more(request, filters, steps.after)
    else:
        tasks = overview.tasks(by=who.by, at=who.at, filters=filters, after=after)
        context |= {"steps": (), "tasks": tasks.tasks, "noun": "task", "more": _more(request, filters, tasks.after)}
    context["as_tasks"] = filter_words.address(LIST, filters, {})
    context["as_steps"] = filter_words.address(LIST, filters, {"rows": "steps"})
    return _page(request, who, "practice/list.html", filters, context)


def _page(request: HttpRequest, who: Asked, template: str, filters: Filters, context: dict[str, Any]) -> HttpResponse:
    common = shared(request, who, filters)
    common["sentence"] = sentence(common["head"], filtered=common["filtered"])
    return page(request, template, {"count": common["head"].tasks} | common | context, place="practice")


def _to(request: HttpRequest, path: str, filters: Filters) -> HttpResponse:
    """The form that adds a filter leads to the address that has it."""
    return HttpResponseRedirect(filter_words.address(path, filters, filter_words.looks(request.GET)))


def _more(request: HttpRequest, filters: Filters, after: tuple[object, int] | None) -> str:
    """The address of the next page, "" where this is the last."""
    if after is None:
        return ""
    place, number = after
    text = place.isoformat() if isinstance(place, date) else str(place)
    return filter_words.address(request.path, filters, filter_words.looks(request.GET) | {"after": f"{number}.{text}"})


def _place(text: str | None, kind: type) -> Any:  # noqa: ANN401 - a date or a name, with an id
    """A place in a list; one that makes no sense is the beginning."""
    number, dot, place = (text or "").partition(".")
    if not dot or not number.isascii() or not number.isdigit() or len(number) > 18 or "\0" in place:
        return None
    if kind is str:
        return place[:200], int(number)
    try:
        return date.fromisoformat(place), int(number)
    except ValueError:
        return None
