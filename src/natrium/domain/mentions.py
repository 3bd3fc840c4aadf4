"""Who is named in a note: "@Jo Evans", or "@Jo" where only one colleague is called Jo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from natrium.domain.workflow.model import Person


@dataclass(frozen=True, slots=True)
class Said:
    """A note as it is kept: each mention written with the whole name, and who was mentioned, each once."""

    text: str
    mentioned: tuple[Person, ...] = ()


def resolve(text: str, people: Sequence[Person]) -> Said:
    """The note with what it mentions, among people of the practice. A name that fits nobody stays plain text.

    A first name alone is somebody only where one person has it; people with the very same name are all mentioned.
    """
    calls = _calls(people)
    found: dict[int, Person] = {}

    def whole(match: re.Match[str]) -> str:
        called = calls.get(match[1].casefold(), [])
        found.update({person.id: person for person in called})
        return f"@{called[0].name}" if called else match[0]

    said = _pattern(people).sub(whole, text) if people else text
    return Said(said, tuple(found.values()))


def _calls(people: Sequence[Person]) -> Mapping[str, list[Person]]:
    """Who answers to what: whole names, and first names that only one has."""
    whole: dict[str, list[Person]] = {}
    first: dict[str, list[Person]] = {}
    for person in people:
        name = person.name.casefold()
        whole.setdefault(name, []).append(person)
        first.setdefault(name.split()[0], []).append(person)
    alone = {name: called for name, called in first.items() if len(called) == 1}
    return alone | whole


def _pattern(people: Sequence[Person]) -> re.Pattern[str]:
    """Matches a mention, the longest name first: not in an e-mail address, and the name ends where the word ends."""
    called = {name for person in people for name in (person.name, person.name.split()[0])}
    names = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    return re.compile(rf"(?<![\w@.+-])@({names})(?![\w@]|[-.]\w)", re.IGNORECASE)
