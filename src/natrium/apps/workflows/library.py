"""placeholder"""

from dataclasses import dataclass

from natrium.domain.workflow.definition import Template


@dataclass(frozen=True)
class LibraryEntry:
    slug: str
    template: Template
    text: str


def library() -> tuple[LibraryEntry, ...]:
    return ()
