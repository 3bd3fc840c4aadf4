"""What a good answer to each entry of the library would have, made from the entry itself, for asking without it.

A step becomes a want: reviews, approvals, filings, requests, payment advice and archiving by what they are, any other
by its three rarest words, of which one is enough. At most ten: first what is flagged, then what takes longest.
"""

import re
from collections import Counter
from functools import cache

from natrium.apps.workflows.suggesting import shelf
from natrium.domain.suggestions.phases import phase_of
from natrium.domain.suggestions.retrieval import find
from natrium.domain.suggestions.shelf import Known, Phase
from natrium.domain.suggestions.verbs import lemma
from natrium.domain.suggestions.words import word_set
from natrium.domain.workflow.definition import Rule, StepDefinition
from tests.unit.apps.workflows.suggesting.scoring import Wanted

MOST = 10
PEOPLE = (
    "client|director|trustee|partners?|taxpayer|executor|employer|board|customer|owner|member|shareholder|settlor|"
    "practice|personal representative|committee|compan(?:y|ies)"
)
APPROVAL = [
    rf"\b({PEOPLE})s?'?\b.*\b(approv|sign|confirm|authori[sz]|agree)",
    rf"\b(approv\w*|sign\w*|confirm\w*|agree\w*)\b.*\b(from|by|with)\b.*\b({PEOPLE})",
    rf"\b(send|issue|submit)\b.*\b({PEOPLE})s?\b.*\b(approv|sign|review|authori)",
]
MANAGER = [
    r"\bmanager'?s? review", r"\b(senior|manager|internal|technical)\b.*\b(review|check)",
    r"\breview\b.*\b(file|papers|draft|computations?|figures|accounts|return|report|claim|response|tax|application)",
]  # fmt: skip
PARTNER = [r"\bpartner\b", r"\b(sign[- ]?off|final review)\b"]
GATHER = [
    (
        r"\b(request|obtain|collect|gather|chase|ask)\b.*\b(info|records?|details?|documents?|data|statements?|"
        r"figures|evidence|files?|bank|receipts|reports?|accounts|plans?|invoices|schedules?)"
    )
]
PAY = [
    r"\b(advise|notify|inform|tell|remind|confirm|send|issue)\b.*\b(payment|liabilit|tax due|amounts? due|pay\b|due)"
]
RECORDS = [
    r"\barchiv",
    r"\bsave\b.*\b(file|copies|copy|records|receipt|papers)",
    r"\b(retain|close|file away|complete.*file)",
]
NEVER = [
    r"\bIRS\b",
    r"\bW-?2\b",
    r"\b1099\b",
    r"\b1120\b",
    r"\bsales tax\b",
    r"\bSEC\b",
    r"\bfranchise tax\b",
    r"\bEIN\b",
]
DULL = word_set(
    """
    client the and for with from that its into new all each any our are where what who not has have was by
    after before by until other their them than then out step work
    """
)


def wanted_of(known: Known) -> Wanted:
    """The entry as a request and what a good answer to it has."""
    steps = sorted(known.template.steps, key=lambda step: (not _flagged(step), -(step.estimate or 0)))[:MOST]
    steps.sort(key=known.template.steps.index)
    wants = {step.key: _patterns(step) for step in steps}
    first = next((step.key for step in steps if phase_of(step) is Phase.GATHER), "")
    reviews = [step.key for step in steps if step.review]
    approval = next((step.key for step in steps if step.approval), "")
    filing = next((step.key for step in steps if step.filing), "")
    pairs = [(first, approval), (first, filing), (approval, filing), *((review, filing) for review in reviews[:1])]
    places = [step.key for step in steps]
    order = [[a, b] for a, b in pairs if a and b and places.index(a) < places.index(b)]
    people = {
        step.key: [step.assign.rule.value] for step in steps if step.review and step.assign.rule is not Rule.UNASSIGNED
    }
    return Wanted(
        known.template.name, known.template.description, wants, order, people, NEVER, len(known.template.steps) + 8
    )


def siblings(known: Known) -> frozenset[str]:
    """The entry itself and every other that would be taken for it."""
    away = {known.slug}
    while True:
        found = find(known.template.name, known.template.description, shelf(), without=away)
        more = {one.known.slug for one in found if one.enough}
        if not more:
            return frozenset(away)
        away |= more


def _flagged(step: StepDefinition) -> bool:
    return step.review or step.approval or step.filing or step.required


def _patterns(step: StepDefinition) -> list[str]:
    if step.approval:
        return APPROVAL
    if step.review:
        return PARTNER if step.assign.rule is Rule.CLIENT_PARTNER else MANAGER
    own = [rf"\b{re.escape(word)}" for word in _rarest(step.name)]
    if step.filing:
        to = "|".join([*own, "hmrc", "companies house", "commission", "regulator"])
        return [rf"\b(file|submit|send|register|lodge|pay fee)\w*\b.*({to})"]
    if phase_of(step) is Phase.GATHER:
        return [*GATHER, *own]
    if re.search(PAY[0], step.name, re.IGNORECASE):
        return PAY
    return RECORDS if re.search(r"^(archive|save)", step.name, re.IGNORECASE) else own


def _rarest(name: str) -> list[str]:
    words = [word for word in _words(name) if word not in DULL]
    return sorted(dict.fromkeys(words), key=lambda word: (_often()[word], words.index(word)))[:3]


def _words(name: str) -> list[str]:
    found = [word for word in re.findall(r"[a-z&][a-z0-9&]+", name.lower()) if lemma(word) is None or len(word) > 7]
    return [re.sub(r"(ies|es|s|y)$", "", word) if len(word) > 4 else word for word in found]


@cache
def _often() -> Counter[str]:
    return Counter(
        word for known in shelf().known for word in {w for s in known.template.steps for w in _words(s.name)}
    )
