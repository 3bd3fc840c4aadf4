"""Notes on their way in: whom an @Name in them means."""

from __future__ import annotations

from collections.abc import Sequence

from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.domain import mentions
from natrium.domain.mentions import Said
from natrium.domain.workflow.model import Person


def resolved(texts: Sequence[str], *, by: SignedIn) -> list[Said]:
    """Each text with those it mentions: active members of the practice. One statement, or none."""
    if not any("@" in text for text in texts):
        return [Said(text) for text in texts]
    members = practices.members(practice_id=by.practice_id, active_only=True)
    people = [Person(member.id, member.name) for member in members]
    return [mentions.resolve(text, people) for text in texts]
