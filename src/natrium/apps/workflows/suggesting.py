"""Suggestions from the library that comes with the product: no key, no network, the same for the same request."""

from __future__ import annotations

import json
from collections.abc import Container
from functools import cache
from importlib.resources import files
from typing import Any

from natrium.apps.workflows.library import library
from natrium.domain.suggestions.shelf import Archetype, Facet, Known, Shelf, Suggestion
from natrium.domain.suggestions.suggesting import NOTHING, Answers, suggest
from natrium.domain.workflow.codec import from_dict


def suggested(
    name: str, description: str = "", *, answers: Answers = NOTHING, without: Container[str] = ()
) -> Suggestion:
    """A suggested workflow for a name and a description. `without`: slugs of the library to leave aside."""
    return suggest(shelf(), name, description, answers=answers, without=without)


@cache
def shelf() -> Shelf:
    """The library, the archetypes and the facets, read once a process (a test holds them against their files)."""
    text = (files("natrium") / "library" / "parts.json").read_text(encoding="utf-8")
    parts: dict[str, list[dict[str, Any]]] = json.loads(text)
    return Shelf(
        known=tuple(Known(entry.slug, entry.template, entry.aliases, entry.also) for entry in library()),
        archetypes=tuple(
            Archetype(one["key"], tuple(one["heads"]), from_dict(one["template"]), one["authority"])
            for one in parts["archetypes"]
        ),
        facets=tuple(
            Facet(one["key"], tuple(one["triggers"]), from_dict(one["template"]).steps, one["client"], one["authority"])
            for one in parts["facets"]
        ),
    )
