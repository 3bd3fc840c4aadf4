"""What is measured: known work found again, unseen work told, listed steps kept, an entry asked for without it."""

import re
from dataclasses import dataclass
from pathlib import Path

from natrium.apps.workflows.suggesting import shelf, suggested
from natrium.domain.suggestions.retrieval import find
from natrium.domain.suggestions.shelf import Idea, Source
from natrium.domain.suggestions.verbs import lemma
from natrium.domain.suggestions.words import tokens
from tests.unit.apps.workflows.suggesting.references import siblings, wanted_of
from tests.unit.apps.workflows.suggesting.scoring import Marks, marked, requests

HERE = Path(__file__).parent
ROLES = {"o": "task_owner", "m": "client_manager", "p": "client_partner", "u": "unassigned"}


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def paraphrases() -> list[tuple[str, str]]:
    return [
        (slug, words.strip())
        for line in lines("paraphrases.txt")
        for slug, _, said in [line.partition(":")]
        for words in said.split(";")
    ]


def misled() -> list[tuple[str, str, str]]:
    """Paraphrases whose entry does not come first, with what came instead."""
    found = [(slug, words, find(words, "", shelf())) for slug, words in paraphrases()]
    return [
        (slug, words, hits[0].known.slug if hits else "")
        for slug, words, hits in found
        if not hits or hits[0].known.slug != slug
    ]


def unknown() -> list[tuple[str, str]]:
    """Paraphrases whose entry comes first but is not taken."""
    return [
        (slug, words)
        for slug, words in paraphrases()
        for hits in [find(words, "", shelf())]
        if hits and hits[0].known.slug == slug and not hits[0].enough
    ]


def mistaken() -> list[tuple[str, str]]:
    """Unseen work that was taken for something of the library."""
    found = [(words, find(words, "", shelf())) for words in lines("unseen.txt")]
    return [(words, hits[0].known.slug) for words, hits in found if hits and hits[0].enough]


@dataclass
class Kept:
    """Of the listed steps of a description: how many, those kept in order by the right people, and the rest."""

    listed: int
    kept: int
    lost: list[str]


def kept(line: str) -> Kept:
    name, _, marked_up = line.partition("|")
    wanted = [(role, words) for role, words in re.findall(r"\{(?:([ompu])\|)?([^}]*)\}", marked_up)]
    description = re.sub(r"\{(?:[ompu]\|)?([^}]*)\}", r"\1", marked_up).strip()
    ideas = suggested(name.strip(), description).steps
    at, lost, held = 0, [], 0
    for role, words in wanted:
        place = next((i for i in range(at, len(ideas)) if _says(ideas[i], words)), None)
        if place is None:
            lost.append(f"{words}: gone")
        elif role and str(ideas[place].step.assign) != ROLES[role]:
            lost.append(f"{words}: {ideas[place].step.assign}")
        else:
            held, at = held + 1, place + 1
    return Kept(len(wanted), held, lost)


def _says(idea: Idea, words: str) -> bool:
    """Whether a step is a listed one with its words, but for who does it and the form of its verb."""
    title = set(_forms(idea.step.name))
    listed = [word for word in _forms(_PEOPLE.sub(" ", words)) if word not in ("client", "have", "it")]
    return idea.source is Source.EXPLICIT and sum(word in title for word in listed) >= 0.8 * len(listed)


def _forms(words: str) -> list[str]:
    """The words that mean something, verbs in the form that asks."""
    asking = " ".join(lemma(word) or word for word in words.split())
    return tokens(asking)


_PEOPLE = re.compile(
    r"\b(?:payroll clerk|(?:audit|client) manager|(?:tax|audit|client) partner|juniors?|senior|managers?|partner|clerk|"
    r"bookkeeper|trainee|assistant|reviewer|accountant|anyone|admin|reception|director|Anna's team)\b",
    re.IGNORECASE,
)


def fidelity() -> list[Kept]:
    return [kept(line) for line in lines("fidelity.txt")]


def asked() -> list[tuple[str, Marks]]:
    return [(one.name, marked(one, suggested(one.name, one.description))) for one in requests()]


def left_out() -> list[tuple[str, Marks]]:
    """Each entry asked for without it and its siblings."""
    return [
        (known.slug, marked(want, suggested(want.name, want.description, without=siblings(known))))
        for known in shelf().known
        for want in [wanted_of(known)]
    ]
