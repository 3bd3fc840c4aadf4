"""The practice overview as lists, by the filters of the page; and the views that are kept of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from natrium.api.auth import asked
from natrium.api.bodies import Id, RuledName, RuledText, Strict
from natrium.api.paging import cursor_of, place_of
from natrium.api.problems import ERRORS
from natrium.api.tasks import Created
from natrium.apps.workflows import operations
from natrium.apps.workflows.filters import KNOWS, Filters, of_pairs, of_text
from natrium.apps.workflows.overviews import StepLook, TaskLook, ViewLine
from natrium.apps.workflows.queries import overview
from natrium.domain.errors import Code, Refusal

router = Router(tags=["practice"])

SAYS = {
    "q": "words in the title or the client's name",
    "client": "a client's id, or none",
    "service": "a service's name, or none",
    "manager": "a member's id, me or none",
    "partner": "a member's id, me or none",
    "owner": "a member's id, me or none",
    "person": "who has an open step: a member's id, me or none",
    "template": "a template's id, or none",
    "status": "a task's status, or any",
    "stage": "gathering, preparing, review, client or filing",
    "due": "late, week, next, month, none, or days such as 2026-11-01..2026-11-30",
}


def _parameters() -> list[dict[str, Any]]:
    """The filters as OpenAPI describes them: one given again is one more value, with a minus it is its opposite."""
    texts = {"type": "array", "items": {"type": "string", "maxLength": 200}}
    named = [(f"{sign}{name}", f"{'Not ' if sign else ''}{SAYS[name]}") for name in KNOWS for sign in ("", "-")]
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string"}, "description": "where the page begins"}
    return [{"name": n, "in": "query", "schema": texts, "description": words} for n, words in named] + [cursor]


FILTERED: dict[str, Any] = {"parameters": _parameters()}


class PracticeTasks(Schema):
    """A page of tasks, those due first at the top; `next` continues it ("" at the end)."""

    items: list[TaskLook]
    next: str


class PracticeSteps(Schema):
    """A page of open steps by their own due day, of `count` in all; `next` continues it ("" at the end)."""

    items: list[StepLook]
    count: int
    next: str


class Views(Schema):
    """One's own views, and those that are shared, by name."""

    items: list[ViewLine]


class NewView(Strict):
    """Filters to keep under a name. `page` is matrix, stages, list or steps; `query` as in an address of the page."""

    name: RuledName
    page: RuledName = "list"
    query: RuledText = ""
    shared: bool = False


class Gone(Schema):
    """The id of what was removed."""

    id: int


def _filters(request: HttpRequest) -> tuple[Filters, tuple[date, int] | None]:
    """The filters and the place of an address. Refuses `bad-value` for what no filter knows, and names it."""
    pairs = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    found = _known(of_pairs(pairs), "query")
    place = place_of(request.GET.get("cursor", ""), str, int)
    if place is None:
        return found, None
    try:
        return found, (date.fromisoformat(str(place[0])), int(place[1]))
    except ValueError:
        words = "That is no cursor that was given out. Start without one."
        raise Refusal(Code.BAD_VALUE, words, field="cursor") from None


def _known(found: Filters, field: str) -> Filters:
    if found.unknown:
        name, _, value = found.unknown[0].partition(" ")
        raise Refusal(Code.BAD_VALUE, f"There is no filter “{name}” by “{value}”.", field=field)
    return found


def _next(after: tuple[date, int] | None) -> str:
    return cursor_of(after[0].isoformat(), after[1]) if after else ""


@router.get("/practice/tasks", response={200: PracticeTasks, **ERRORS}, openapi_extra=FILTERED)
def tasks(request: HttpRequest) -> PracticeTasks:
    """The tasks that the filters keep, 100 a page. Open ones only, unless a status is asked for."""
    who = asked(request)
    filters, after = _filters(request)
    page = overview.tasks(by=who.by, at=who.at, filters=filters, after=after)
    return PracticeTasks(items=list(page.tasks), next=_next(page.after))


@router.get("/practice/steps", response={200: PracticeSteps, **ERRORS}, openapi_extra=FILTERED)
def steps(request: HttpRequest) -> PracticeSteps:
    """The open steps of those tasks, 100 a page; filters by person and by date are about the steps themselves."""
    who = asked(request)
    filters, after = _filters(request)
    page = overview.steps(by=who.by, at=who.at, filters=filters, after=after)
    return PracticeSteps(items=list(page.steps), count=page.count, next=_next(page.after))


@router.get("/views", response={200: Views, **ERRORS})
def views(request: HttpRequest) -> Views:
    """The views that the member sees."""
    return Views(items=list(overview.views(by=asked(request).by)))


@router.post("/views", response={201: Created, **ERRORS})
def save(request: HttpRequest, body: NewView) -> Any:  # noqa: ANN401 - a status with its body
    """Keep filters under a name, in place of what one kept under it before."""
    who = asked(request)
    query = _known(of_text(body.query), "query").text
    made = operations.save_view(
        by=who.by, at=who.at, name=body.name, page=body.page, query=query, shared=body.shared
    )  # fmt: skip
    return Status(201, Created(id=made))


@router.delete("/views/{int:view_id}", response={200: Gone, **ERRORS})
def remove(request: HttpRequest, view_id: Id) -> Gone:
    """Remove a view of one's own, or a shared one."""
    who = asked(request)
    operations.remove_view(by=who.by, at=who.at, view_id=view_id)
    return Gone(id=view_id)
