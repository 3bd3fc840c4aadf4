"""What suggestions are made of: known workflows, archetypes for what is not among them, and facets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from natrium.domain.workflow.definition import StepDefinition, Template


class Source(StrEnum):
    """Where a step of a suggestion comes from."""

    LIBRARY = "library"
    ARCHETYPE = "archetype"
    FACET = "facet"
    EXPLICIT = "explicit"
    LIST = "list"


class Phase(IntEnum):
    """Where in a piece of work a step belongs."""

    ACCEPT = 0
    GATHER = 1
    PREPARE = 2
    REVIEW = 3
    APPROVE = 4
    FILE = 5
    AFTER = 6


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A workflow of the library: its slug, the template, what else it is called, and what is often added to it."""

    slug: str
    template: Template
    aliases: tuple[str, ...] = ()
    also: tuple[StepDefinition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Archetype:
    """The outline of a kind of work. `heads`: the words of a name that say it; `authority`: who it is filed with.

    Names of steps may have {subj}, {doc}, {auth} and {client}.
    """

    key: str
    heads: tuple[str, ...]
    template: Template
    authority: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """What a word of the request adds to any kind of work: steps, who approves, who it is filed with."""

    key: str
    triggers: tuple[str, ...]
    steps: tuple[StepDefinition, ...]
    client: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """All of it. `archetypes` has one with the key "generic"."""

    known: tuple[Known, ...]
    archetypes: tuple[Archetype, ...]
    facets: tuple[Facet, ...]

    def archetype(self, key: str) -> Archetype:
        """The archetype of a key; the generic one where there is none."""
        found = {archetype.key: archetype for archetype in self.archetypes}
        return found.get(key, found["generic"])


@dataclass(frozen=True, slots=True)
class Idea:
    """A step on its way into a suggestion."""

    step: StepDefinition
    source: Source
    phase: Phase
    group: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedGroup:
    """A group of a suggestion."""

    name: str
    steps: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that would make the suggestion better: what is asked, and the answers (value, words)."""

    asks: str
    question: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested. `confidence` from 0 to 1; `source` in words; `based_on`: the slug, where it is a known one."""

    groups: tuple[SuggestedGroup, ...]
    confidence: float
    source: str
    based_on: str = ""
    deadline: str = ""
    choices: tuple[Choice, ...] = field(default=())

    @property
    def steps(self) -> tuple[Idea, ...]:
        """All steps in order."""
        return tuple(idea for group in self.groups for idea in group.steps)
