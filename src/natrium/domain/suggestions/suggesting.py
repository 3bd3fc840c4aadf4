"""From a name and a description to a suggested workflow: the same for the same request, and open about its doubts."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from natrium.domain.suggestions import composing, particulars, tidying
from natrium.domain.suggestions.asking import choices
from natrium.domain.suggestions.composing import Slots
from natrium.domain.suggestions.explicit import listed
from natrium.domain.suggestions.kinds import GENERIC, kind_in, kind_of
from natrium.domain.suggestions.merging import merged
from natrium.domain.suggestions.people import NO_PARTNER, without_people
from natrium.domain.suggestions.phases import phase_of
from natrium.domain.suggestions.retrieval import Found, recognised
from natrium.domain.suggestions.settling import dated, with_software, with_verbs, without_partner
from natrium.domain.suggestions.shelf import Facet, Idea, Shelf, Source, Suggestion
from natrium.domain.suggestions.words import MAX_DESCRIPTION, MAX_NAME, clean, tokens
from natrium.domain.workflow.definition import Assign, Rule, StepDefinition

FACETS_ON_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person chose where the generator asked: the kind of work, who approves, who it is filed with."""

    kind: str = ""
    client: str = ""
    authority: str = ""


NOTHING = Answers()


def suggest(
    shelf: Shelf, name: str, description: str = "", *, answers: Answers = NOTHING, without: Container[str] = ()
) -> Suggestion:
    """A suggested workflow. `without`: slugs of the library that are left aside. Never raises for any text."""
    title, about = clean(name, MAX_NAME).replace("\n", " "), clean(description, MAX_DESCRIPTION)
    called = title or about[:MAX_NAME].split(".", 1)[0]
    told_of = without_people(NO_PARTNER.sub(" ", about))
    best = None if answers.kind else recognised(called, told_of, shelf, without=without)
    named, told = composing.facets_of(called, told_of, shelf)
    if best:
        base = _from_library(best, named, told)
        source, sure = f"library: {best.known.template.name}", 0.6 + 0.35 * best.score
    else:
        base, source, sure = _composed(shelf, called, told_of, (named, told), answers)
    steps = listed(about)
    ideas = merged(base, steps) if steps else base
    usually = "Set up" if re.search(r"\bset[- ]?up\b", f"{called} {about}", re.IGNORECASE) else "Review"
    ideas = _with_things(ideas, particulars.things(about, listed=bool(steps)), usually)
    ideas = without_partner(ideas) if NO_PARTNER.search(f"{called} {about}") else ideas
    ideas = with_verbs(
        with_software(tidying.capped(tidying.without_twins(ideas)), particulars.software(f"{called}. {about}"))
    )
    by = particulars.deadline(about)
    sure = round(min(0.97, sure + (0.15 if len(steps) >= 4 else 0.0)), 2)
    return Suggestion(
        groups=tidying.grouped(dated(ideas, by)), confidence=sure, source=source, deadline=by,
        based_on=best.known.slug if best else "", choices=() if best else choices(sure, shelf, called, about),
    )  # fmt: skip


def _from_library(best: Found, named: list[Facet], told: list[Facet]) -> list[Idea]:
    base = composing.of_template(best.known.template, Source.LIBRARY)
    slots = Slots(subject=composing.subject_of(best.known.template.name))
    steps = " ".join(step.name for step in best.known.template.steps)
    own = f"{best.known.template.name} {steps}".lower()
    base = tidying.placed(base, [Idea(step, Source.LIBRARY, phase_of(step)) for step in best.known.also])
    fresh = [facet for facet in (*named, *told) if not any(trigger in own for trigger in facet.triggers)]
    return tidying.placed(base, composing.added(base, fresh, slots, most=FACETS_ON_KNOWN))


def _composed(
    shelf: Shelf, called: str, about: str, facets: tuple[list[Facet], list[Facet]],
    answers: Answers,
) -> tuple[list[Idea], str, float]:  # fmt: skip
    named, told = facets
    by_name = answers.kind or kind_of(called, shelf)
    key = by_name or kind_in(about, shelf) or GENERIC
    archetype = shelf.archetype(key)
    spoken = [facet for facet in (*named, *told) if facet.client]
    filed = [facet.authority for facet in (*named, *told) if facet.authority]
    slots = Slots(
        subject=composing.subject_of(called), client=answers.client or (spoken[0].client if spoken else "client"),
        authority=answers.authority or (filed[0] if filed else composing.authority_of(archetype, f"{called} {about}")),
    )  # fmt: skip
    base = composing.outline(archetype, slots)
    ideas = tidying.placed(base, composing.added(base, [*named, *told], slots))
    sure = 0.2 if key == GENERIC else (0.4 if by_name else 0.3) + min(0.15, 0.05 * len([*named, *told]))
    parts = ", ".join([archetype.key.replace("_", " "), *(facet.key for facet in (*named, *told)[:4])])
    return ideas, f"composed: {parts}", sure + (0.25 if answers.kind else 0.0)


def _with_things(ideas: list[Idea], things: tuple[str, ...], usually: str) -> list[Idea]:
    """One step for each thing that is listed without a verb and that no step is about yet."""
    new = []
    for thing in things:
        words = frozenset(tokens(thing))
        if not any(2 * len(words & frozenset(tokens(idea.step.name))) >= len(words) for idea in ideas):
            name = particulars.as_step(thing, usually)
            step = StepDefinition(key="", name=name[:90], assign=Assign(rule=Rule.TASK_OWNER), estimate=20)
            new.append(Idea(step, Source.LIST, phase_of(step)))
    return tidying.placed(ideas, new)
