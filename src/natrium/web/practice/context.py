"""What the pages of the overview share: the head, the heat strip, filters, and who has how much to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

from natrium.apps.clients import queries as clients
from natrium.apps.workflows.filters import Filters
from natrium.apps.workflows.overviews import Head, HeatWeek, Load
from natrium.apps.workflows.queries import overview
from natrium.domain.roles import Deed, Role, may
from natrium.web import dates
from natrium.web.http import Asked
from natrium.web.practice import filters as filter_words

MATRIX, STAGES, LIST = "/practice/", "/practice/stages/", "/practice/list/"
PAGE_ADDRESS = {
    "matrix": f"{MATRIX}?{{query}}",
    "stages": f"{STAGES}?{{query}}",
    "list": f"{LIST}?{{query}}",
    "steps": f"{LIST}?rows=steps&{{query}}",
}
VIEWS = ((MATRIX, "Clients \N{MULTIPLICATION SIGN} services"), (STAGES, "Stages"), (LIST, "List"))
LONGEST = 1.25  # a capacity bar is as long as this many times the hours; the mark stands at one


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A week of the strip: its words and where it leads."""

    week: HeatWeek
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A member's work against their hours. `fill` is of a hundred, of the whole bar."""

    load: Load
    words: str
    over: str
    share: int
    fill: int
    href: str


def shared(request: HttpRequest, who: Asked, filters: Filters) -> dict[str, Any]:
    """The context that every view of the overview needs."""
    path, look = request.path, filter_words.looks(request.GET)
    choices = overview.choices(by=who.by)
    names = filter_words.names_of(choices, _clients(who, filters))
    head = overview.head(by=who.by, at=who.at, filters=filters)
    rows = {"rows": look["rows"]} if "rows" in look else {}
    return {
        "head": head,
        "sentence_late": head.late,
        "heat": [_heat(week, filters, path, look, who.at.date()) for week in head.heat],
        "views": [(filter_words.address(to, filters, rows if to == LIST else {}), to, label) for to, label in VIEWS],
        "path": path,
        "here": request.get_full_path(),
        "chips": filter_words.chips(filters, path, look, names, who.at.date()),
        "fields": filter_words.fields(choices),
        **_saved(request, who, filters),
        "kept": [*filters.pairs, *look.items()],
        "clear": filter_words.address(path, Filters(), look),
        "unknown": filter_words.unknown_words(filters),
        "filtered": bool(filters.conditions),
        "may": who.by.member.role >= Role.STAFF,
    }


def _saved(request: HttpRequest, who: Asked, filters: Filters) -> dict[str, Any]:
    """The views that are kept, which of them this is, and whether one more may be shared."""
    page = page_of(request.path, request.GET)
    views = [
        (
            view,
            PAGE_ADDRESS[view.page].format(query=view.query).rstrip("?&"),
            (view.page, view.query) == (page, filters.text),
        )
        for view in overview.views(by=who.by)
    ]
    return {
        "saved": views,
        "page_word": page,
        "query": filters.text,
        "may_share": may(who.by.member.role, Deed.SHARE_VIEW),
    }


def page_of(path: str, query: QueryDict) -> str:
    """Which page of the overview an address is of, in the word that a view keeps."""
    words = {MATRIX: "matrix", STAGES: "stages"}
    return words.get(path, "steps" if query.get("rows") == "steps" else "list")


def _clients(who: Asked, filters: Filters) -> Mapping[str, str]:
    """The names of clients that are filtered by."""
    ids = {int(v) for no in (False, True) for v in filters.of("client", negated=no) if v.isdigit()}
    return {str(id_): name for id_, name in clients.names(practice_id=who.by.practice_id, client_ids=sorted(ids))}


def _heat(week: HeatWeek, filters: Filters, path: str, look: Mapping[str, str], today: date) -> HeatCell:
    without = filters.without("due")
    to = without if week.chosen else without.with_value("due", week.value)
    words = "late" if week.starts is None else "this week" if week.value == "week" else dates.near(week.starts, today)
    return HeatCell(week, words, filter_words.address(path, to, look))


def workload(request: HttpRequest, who: Asked, filters: Filters) -> dict[str, Any]:
    """The side column: everybody's work this week, or in two weeks, and what is late by most."""
    weeks = 2 if request.GET.get("load") == "2" else 1
    until = overview.friday(who.at.date(), weeks)
    lines = [_line(load, until) for load in overview.workload(by=who.by, at=who.at, weeks=weeks)]
    look = filter_words.looks(request.GET)
    other = {**look, "load": "2"} if weeks == 1 else {k: v for k, v in look.items() if k != "load"}
    return {
        "weeks": weeks,
        "until": until,
        "until_words": f"{dates.DAYS[until.weekday()]} {dates.near(until, who.at.date())}",
        "loads": lines,
        "other_weeks": filter_words.address(request.path, filters, other),
        "late_tasks": overview.late_tasks(by=who.by, at=who.at),
        "late_more": f"{LIST}?due=late",
    }


def _line(load: Load, until: date) -> LoadLine:
    hours, most = load.minutes / 60, load.hours
    share = round(100 * hours / most) if most else (100 if hours else 0)
    fill = min(100, round(share / LONGEST)) if most else (100 if hours else 0)
    over = []
    if hours > most:
        over.append(f"{_hours(hours - most)} over")
    if load.late:
        over.append(f"{load.late} late step{'' if load.late == 1 else 's'}")
    if load.unestimated:
        over.append(f"{load.unestimated} without an estimate")
    href = f"{LIST}?person={load.who.id}&due=..{until.isoformat()}&rows=steps"
    return LoadLine(load, f"{_hours(hours)} of {_hours(most)}", ", ".join(over), share, fill, href)


def _hours(hours: float) -> str:
    return f"{round(hours * 2) / 2:g}h" if hours >= 1 or not hours else f"{round(hours * 60)}m"


def week_of(day: date) -> date:
    """The Sunday that ends the day's week."""
    return day + timedelta(days=6 - day.weekday())


def sentence(head: Head, *, filtered: bool) -> str:
    """What there is, without the parts that are set apart."""
    what = f"task{'' if head.tasks == 1 else 's'}"
    return f"{what} kept by the filters" if filtered else f"open {what}"
