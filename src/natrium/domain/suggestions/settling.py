"""What a request says of the whole: no partner, which software, by when."""

from __future__ import annotations

import re
from dataclasses import replace

from natrium.domain.suggestions.particulars import Software
from natrium.domain.suggestions.phases import kind
from natrium.domain.suggestions.shelf import Idea, Phase, Source
from natrium.domain.workflow.definition import Rule

_NEW = re.compile(r"\bthe new software\b|\bthe (?:accounting|bookkeeping|payroll) software\b", re.IGNORECASE)
_PLAIN = re.compile(r"\b(through|in|into) (?:MTD |the |payroll |bookkeeping |accounting )?software\b", re.IGNORECASE)
_OLD = re.compile(r"\bthe old (?:software|ledger)\b", re.IGNORECASE)


def without_partner(ideas: list[Idea]) -> list[Idea]:
    """The steps without the partner's reviews."""
    return [idea for idea in ideas if not (idea.step.assign.rule is Rule.CLIENT_PARTNER and idea.step.review)]


def with_software(ideas: list[Idea], software: Software) -> list[Idea]:
    """The software named where a step only says "software"; what was listed keeps its words."""
    return [
        idea
        if idea.source is Source.EXPLICIT
        else replace(idea, step=replace(idea.step, name=_named(idea.step.name, software)))
        for idea in ideas
    ]


def _named(name: str, software: Software) -> str:
    if software.now:
        name = _NEW.sub(software.now, name)
        name = _PLAIN.sub(rf"\1 {software.now}", name)
    return _OLD.sub(software.before, name) if software.before else name


def with_verbs(ideas: list[Idea]) -> list[Idea]:
    """A filing that is only named gets its verb: "Submit Charity Commission annual return"."""
    return [
        replace(idea, step=replace(idea.step, name=f"Submit {_small(idea.step.name)}"))
        if idea.step.filing and idea.source is not Source.EXPLICIT and kind(idea.step.name) is None
        else idea
        for idea in ideas
    ]


def _small(name: str) -> str:
    first, blank, rest = name.partition(" ")
    proper = not first[1:].islower() or rest[:1].isupper()
    return name if proper else f"{first.lower()}{blank}{rest}"


def dated(ideas: list[Idea], deadline: str) -> list[Idea]:
    """The deadline in the guidance of the step it is about: the filing, else what goes out, else the last."""
    if not deadline or not ideas:
        return ideas
    filings = [at for at, idea in enumerate(ideas) if idea.step.filing]
    sent = [at for at, idea in enumerate(ideas) if idea.phase is Phase.AFTER and idea.step.name.startswith("Send")]
    at = (filings or sent or [len(ideas) - 1])[0]
    step = ideas[at].step
    said = f"The description says: {deadline}."
    guidance = f"{said} {step.guidance}".strip()
    return [*ideas[:at], replace(ideas[at], step=replace(step, guidance=guidance)), *ideas[at + 1 :]]
