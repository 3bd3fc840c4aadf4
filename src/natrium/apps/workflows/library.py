"""The ready templates that come with the product: YAML files, read once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from natrium.apps.workflows.files import read_template
from natrium.domain.workflow.definition import Template


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A ready template: its slug (the file's name), the template, and the file's text."""

    slug: str
    template: Template
    text: str


@cache
def library() -> tuple[LibraryEntry, ...]:
    """All entries, by name. Raises BadTemplateFile where a file that ships is no template (a test reads them all)."""
    folder = files("natrium") / "library" / "workflows"
    entries = [
        LibraryEntry(file.name.removesuffix(".yaml"), read_template(text, source=file.name), text)
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
        for text in [file.read_text(encoding="utf-8")]
    ]
    return tuple(sorted(entries, key=lambda entry: entry.template.name))
