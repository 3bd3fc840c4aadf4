"""Suggested steps for a template that is begun: shown to be ticked and worded, and nothing kept before that."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from natrium.apps.workflows.suggesting import suggested
from natrium.domain.errors import Refusal
from natrium.domain.suggestions.keeping import kept
from natrium.domain.suggestions.shelf import Idea, Source, Suggestion
from natrium.domain.suggestions.suggesting import Answers
from natrium.domain.workflow.definition import Template
from natrium.web.http import asked, page, signed_in
from natrium.web.refused import STATUS
from natrium.web.template_pages.writers import for_writers

FROM = {
    Source.LIBRARY: "library", Source.ARCHETYPE: "usual for this kind of work", Source.FACET: "a word of yours",
    Source.EXPLICIT: "your list", Source.LIST: "your list",
}  # fmt: skip
ASKED = ("name", "description", "kind", "client", "authority")


@dataclass(frozen=True, slots=True)
class Row:
    """A suggested step as the page shows it."""

    number: int
    name: str
    kept: bool
    who: str
    source: str
    minutes: int | None
    marks: tuple[str, ...]


@require_GET
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """What is suggested for the name and the description in the address; without either, the page asks for them."""
    for_writers(asked(request))
    said = {field: request.GET.get(field, "") for field in ASKED}
    found = _suggested(said) if said["name"].strip() or said["description"].strip() else None
    context = _shown(said, found, {}, None) | {"typed": said, "called": said["name"], "errors": {}, "code": ""}
    return page(request, "templates/suggestion.html", context, place="templates")


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page again with what was ticked and typed, and why no draft was created."""
    said = _said(request)
    context = _shown(said, _suggested(said), _words(request), set(request.POST.getlist("keep")))
    context |= {"typed": said, "called": request.POST.get("name", ""), "code": refusal.code}
    context["errors"] = {refusal.field: refusal.message}
    return page(request, "templates/suggestion.html", context, place="templates", status=STATUS[refusal.code])


def chosen(request: HttpRequest) -> Template | None:
    """The template that the ticks and words of the page's form make; None where the form is another's.

    Refuses `not-allowed`, and `bad-value` for a step's words.
    """
    if "suggested" not in request.POST:
        return None
    for_writers(asked(request))
    found = _suggested(_said(request))
    ticked = set(request.POST.getlist("keep"))
    return kept(
        found,
        name=request.POST.get("name", ""),
        description=request.POST.get("description", ""),
        leaving={number for number in range(len(found.steps)) if str(number) not in ticked},
        words=_words(request),
    )


def _said(request: HttpRequest) -> dict[str, str]:
    return {field: request.POST.get(f"asked-{field}", "") for field in ASKED}


def _words(request: HttpRequest) -> dict[int, str]:
    """What the steps are called now, by their numbers."""
    typed = ((name.removeprefix("step-"), value) for name, value in request.POST.items() if name.startswith("step-"))
    return {int(number): str(value) for number, value in typed if number.isascii() and number.isdigit()}


def _suggested(said: Mapping[str, str]) -> Suggestion:
    return suggested(
        said["name"], said["description"], answers=Answers(said["kind"], said["client"], said["authority"])
    )


def _shown(
    said: Mapping[str, str], found: Suggestion | None, words: Mapping[int, str], ticked: set[str] | None
) -> dict[str, object]:
    """What the page needs of a suggestion: its groups with their rows, how many, and how sure it is."""
    groups, number = [], 0
    for group in found.groups if found else ():
        rows = []
        for idea in group.steps:
            rows.append(_row(number, idea, words, ticked))
            number += 1
        groups.append((group.name, rows))
    sure = found.confidence if found else 0.0
    level = "high" if sure >= 0.75 else "fair" if sure >= 0.5 else "low"
    return {"said": said, "found": found, "groups": groups, "count": number, "sure": level}


def _row(number: int, idea: Idea, words: Mapping[int, str], ticked: set[str] | None) -> Row:
    step = idea.step
    flags = (("Review", step.review), ("Approval", step.approval), ("Filing", step.filing), ("Blocking", step.blocking))
    return Row(
        number, words.get(number, step.name), ticked is None or str(number) in ticked, step.assign.rule.words,
        FROM[idea.source], step.estimate, tuple(name for name, true in flags if true),
    )  # fmt: skip
