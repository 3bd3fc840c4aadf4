"""The ready templates that come with the product: YAML files, bundled into one that is quick to read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from natrium.domain.workflow.codec import from_dict
from natrium.domain.workflow.definition import StepDefinition, Template


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A ready template: its slug (the file's name), where it belongs, and what people call it.

    `source`: the rules of law that stand behind its facts, and `reviewed` the day it was held against them; an entry
    without them is not reviewed. `also`: steps that practices often add; suggestions have them, the template has not.
    """

    slug: str
    template: Template
    area: str
    aliases: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    reviewed: date | None = None
    also: tuple[StepDefinition, ...] = ()


@cache
def library() -> tuple[LibraryEntry, ...]:
    """All entries, by name, from the bundle (a test holds it against the files it was made of)."""
    text = (files("natrium") / "library" / "bundle.json").read_text(encoding="utf-8")
    return tuple(
        LibraryEntry(
            line["slug"], from_dict(line["template"]), line["area"], tuple(line["aliases"]), tuple(line["source"]),
            date.fromisoformat(line["reviewed"]) if line["reviewed"] else None,
            from_dict(line["also"]).steps if line["also"] else (),
        )
        for line in json.loads(text)
    )  # fmt: skip


def by_area(entries: tuple[LibraryEntry, ...]) -> tuple[tuple[str, tuple[LibraryEntry, ...]], ...]:
    """Entries under their areas, the areas in alphabetical order, each by name."""
    ordered = sorted(entries, key=lambda entry: (entry.area, entry.template.name))
    return tuple((area, tuple(found)) for area, found in groupby(ordered, key=lambda entry: entry.area))
