"""Steps that a description lists: kept in their order, in the words of whoever wrote them, with whom they are for."""

from __future__ import annotations

import re
from dataclasses import replace

from natrium.domain.suggestions import people
from natrium.domain.suggestions.clauses import acts, begins, caused, clauses, doing, passive, sentences, unlinked
from natrium.domain.suggestions.phases import kind, phase_of, says_approval, says_filing
from natrium.domain.suggestions.shelf import Idea, Source
from natrium.domain.suggestions.verbs import Kind, lemma
from natrium.domain.workflow.definition import Assign, Rule, StepDefinition, WaitsOn

MOST = 20
MAX_TITLE = 90
_AGREES = re.compile(r"(?:approves?|signs?(?: off)?|agrees?|confirms?)$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^\w+ (?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
_TAIL = re.compile(r"[\s,;:.]+$")


def listed(description: str) -> tuple[tuple[Idea, bool], ...]:
    """The steps a description lists, each with whether it says whom it is for; none where it lists nothing."""
    found: list[tuple[Idea, bool]] = []
    for sentence in sentences(description):
        parts = clauses(sentence)
        steps = [step for part in parts if (step := _step(part, found))]
        if len(steps) >= 2 or found or (len(steps) == 1 and _whole_list(description)):
            for part in parts:
                if step := _step(part, found):
                    found.append(step)
    return tuple(found[:MOST]) if len(found) >= 2 else ()


def _whole_list(description: str) -> bool:
    """Whether most sentences are steps, as in a list of points."""
    parts = sentences(description)
    return len(parts) >= 2 and 2 * sum(begins(unlinked(part)) for part in parts) > len(parts)


def _step(part: str, before: list[tuple[Idea, bool]]) -> tuple[Idea, bool] | None:
    words = _TAIL.sub("", caused(part))
    rule, named = Rule.TASK_OWNER, False
    if said := people.subject(words):
        who, rest = said
        if _does(rest):
            return _idea(_asking(rest), who, named=True)
    client = people.client_subject(words)
    if client and (_does(client[1]) or _AGREES.match(client[1])):
        return _idea(words, Rule.TASK_OWNER, named=False)
    if done := passive(words):
        what, verb, by = done
        if ended := people.doer(f" {by}"):
            rule, named = ended[0], True
        thing = what if what and what.lower() not in ("it", "this", "they", "that") else _last_thing(before)
        return _idea(f"{verb} {thing}".strip(), rule, named=named)
    if not acts(words):
        verb = doing(words)
        return (
            _idea(f"{verb} {words[:1].lower() if words[1:2].islower() else words[:1]}{words[1:]}", rule, named=False)
            if verb
            else None
        )
    if ended := people.doer(words):
        whole = ended[1] if " " in ended[1] else f"{ended[1]} {_last_thing(before)}".strip()
        return _idea(_asking(whole), ended[0], named=True)
    return None if _WEEKDAY.search(words) else _idea(_asking(words), rule, named=named)


def _does(rest: str) -> bool:
    return lemma(rest.split(" ", 1)[0]) is not None and " " in rest.strip()


def _asking(words: str) -> str:
    """The words as a step asks for it: “reviews the pack” is “review the pack”."""
    first, blank, rest = words.partition(" ")
    verb = lemma(first)
    return f"{verb or first}{blank}{rest}"


def _last_thing(before: list[tuple[Idea, bool]]) -> str:
    return before[-1][0].step.name.partition(" ")[2] if before else ""


def _idea(words: str, rule: Rule, *, named: bool) -> tuple[Idea, bool]:
    name = _short(words[:1].upper() + words[1:])
    doing = kind(name)
    approval = says_approval(name)
    review = not approval and doing in (Kind.CHECK, Kind.SIGN) and rule in (Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
    waits = approval or (doing is Kind.GATHER and bool(re.search(r"\bfrom (?:the )?\w+", name)))
    step = StepDefinition(
        key="", name=name, assign=Assign(rule=rule), blocking=review or approval, review=review, approval=approval,
        required=approval, filing=says_filing(name) and rule is not Rule.CLIENT_PARTNER,
        waits_on=WaitsOn.CLIENT if waits else None,
    )  # fmt: skip
    return replace(Idea(step, Source.EXPLICIT, phase_of(step))), named


def _short(name: str) -> str:
    if len(name) <= MAX_TITLE:
        return name
    return name[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"
