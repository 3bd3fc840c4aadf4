"""A workflow for what is not in the library: an archetype's outline with its slots filled, and what facets add."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from natrium.domain.suggestions.alike import alike
from natrium.domain.suggestions.phases import phase_of
from natrium.domain.suggestions.shelf import Archetype, Facet, Idea, Shelf, Source
from natrium.domain.suggestions.verbs import lemma
from natrium.domain.suggestions.words import plain
from natrium.domain.workflow.definition import StepDefinition, Template

MOST_ADDED = 6
MAX_SUBJECT = 45
_GENERIC_NAMES = re.compile(r"^(?:new |our |the |my |a |an )+", re.IGNORECASE)
_OWNED = re.compile(r"\{client\} (approval|sign-off|decision|agreement|confirmation|record)\b")
_TAXES = re.compile(
    r"\b(?:tax\w*|vat|paye|payroll|hmrc|dut(?:y|ies)|levy|relief|cis|gift aid|national insurance|self[- ]assessment|"
    r"p11d|ct600|mtd|utr|cgt|iht|sdlt|ated|r&d|research|trust|trader|employer|self[- ]employed|landlord|enquiry|"
    r"penalty|furlough|cjrs|hmrc's)\b",
    re.IGNORECASE,
)
_COMPANIES = re.compile(
    r"\b(?:company|companies|ltd|limited|plc|llp|cic|group|subsidiary|director|directors|shares?|shareholders?|psc|"
    r"statutory|incorporat\w+|registered office)\b",
    re.IGNORECASE,
)
_NO_AUTHORITY = re.compile(r"\s+(?:to|with|from|at|in) \{auth\}")


@dataclass(frozen=True, slots=True)
class Slots:
    """What fills the slots of an outline. An empty authority takes its words away, so that none is invented."""

    subject: str
    client: str = "client"
    authority: str = ""


def of_template(template: Template, source: Source) -> list[Idea]:
    """The steps of a template as ideas, each in its group."""
    return [Idea(step, source, phase_of(step), group.name) for group in template.groups for step in group.steps]


def outline(archetype: Archetype, slots: Slots) -> list[Idea]:
    """The archetype's steps with their slots filled; a filing with nobody goes where there is another."""
    ideas = of_template(archetype.template, Source.ARCHETYPE)
    filings = [idea for idea in ideas if idea.step.filing]
    if not slots.authority and any("{auth}" not in idea.step.name for idea in filings):
        ideas = [idea for idea in ideas if "{auth}" not in idea.step.name]
    return [replace(idea, step=replace(idea.step, name=filled(idea.step.name, slots))) for idea in ideas]


def authority_of(archetype: Archetype, text: str) -> str:
    """Who the archetype's work is usually filed with, where the request gives no reason to doubt it."""
    reason = {"HMRC": _TAXES, "Companies House": _COMPANIES}.get(archetype.authority)
    return archetype.authority if reason is None or reason.search(text) else ""


def filled(name: str, slots: Slots) -> str:
    """A step's name with its slots filled: "Submit {doc} to {auth}"."""
    text = name if slots.authority else _NO_AUTHORITY.sub("", name)
    text = _OWNED.sub(lambda found: f"{_owner(slots.client)} {found[1]}", text)
    doc = f"the {slots.subject}" if slots.subject else "the work"
    values = {
        "{subj}": slots.subject or "the task", "{doc}": doc, "{auth}": slots.authority, "{client}": slots.client,
    }  # fmt: skip
    for slot, value in values.items():
        text = text.replace(slot, value)
    text = re.sub(r"\b(draft|final) the\b", r"the \1", text)
    text = re.sub(r"\b(\w+) \1\b", r"\1", text)
    return re.sub(r"\b(the|a) the\b", "the", text).replace("the draft work", "the draft")


def _owner(client: str) -> str:
    if client == "client":
        return client
    return f"{client}'" if client.endswith("s") else f"{client}'s"


def subject_of(name: str) -> str:
    """What a step calls the work: the name in small letters but for its own capitals, "" where it is too long."""
    words = _GENERIC_NAMES.sub("", name.strip()).split()
    if words and words[0].lower().endswith("ing") and lemma(words[0]):
        return ""
    short = " ".join(word if _keeps_capitals(word) else word.lower() for word in words)
    return short if len(short) <= MAX_SUBJECT else ""


def _keeps_capitals(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1 or any(letter.isdigit() for letter in word)


def facets_of(name: str, description: str, shelf: Shelf) -> tuple[list[Facet], list[Facet]]:
    """The facets the name speaks of, and those only the description does, in the order of their words."""
    in_name, in_text = plain(name), plain(description)
    by_name = [(at, facet) for facet in shelf.facets if (at := _place(facet, in_name)) >= 0]
    by_text = [(at, facet) for facet in shelf.facets if (at := _place(facet, in_text)) >= 0]
    named = [facet for _, facet in sorted(by_name, key=lambda item: item[0])]
    return named, [facet for _, facet in sorted(by_text, key=lambda item: item[0]) if facet not in named]


def _place(facet: Facet, text: str) -> int:
    found = _trigger(facet).search(text)
    return found.start() if found else -1


@cache
def _trigger(facet: Facet) -> re.Pattern[str]:
    words = sorted({plain(trigger) for trigger in facet.triggers}, key=len, reverse=True)
    return re.compile(r"(?<![\w&])(?:" + "|".join(re.escape(word) for word in words) + r")(?![\w&])")


def added(base: list[Idea], facets: list[Facet], slots: Slots, *, most: int = MOST_ADDED) -> list[Idea]:
    """The steps that facets bring and the base does not have yet, at most so many."""
    found: list[Idea] = []
    for facet in facets:
        for step in facet.steps:
            idea = _from_facet(step, slots)
            if len(found) < most and not any(alike(idea.step, other.step) for other in (*base, *found)):
                found.append(idea)
    return found


def _from_facet(step: StepDefinition, slots: Slots) -> Idea:
    named = replace(step, name=filled(step.name, slots))
    return Idea(named, Source.FACET, phase_of(named))
