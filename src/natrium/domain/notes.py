"""What a note must be, and how the record keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from natrium.domain.errors import Code, Refusal
from natrium.domain.text import bounded
from natrium.domain.workflow.definition import MAX_TEXT
from natrium.domain.workflow.model import Person


def note_data(text: str, mentioned: Sequence[Person]) -> dict[str, object]:
    """A note as the data of its line: the text without blanks around it, and whom it mentions.

    Refuses `bad-value` for one that is empty or too long.
    """
    text = text.strip()
    if not text:
        raise Refusal(Code.BAD_VALUE, "The note is empty.", field="text")
    data: dict[str, object] = {"text": bounded(text, "note", field="text", most=MAX_TEXT)}
    if mentioned:
        data["mentions"] = [{"id": person.id, "name": person.name} for person in mentioned]
    return data
