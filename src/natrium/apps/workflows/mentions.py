"""Notes on their way in: whom an @Name in them means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from natrium.apps.practices import queries as practices
from natrium.apps.practices.queries import SignedIn
from natrium.domain import mentions
from natrium.domain.workflow.actions import Action, Comment
from natrium.domain.workflow.model import Person


def resolved(actions: Sequence[Action], *, by: SignedIn) -> Sequence[Action]:
    """The actions, each note with those it mentions: active members of the practice. One statement, or none."""
    if not any(isinstance(action, Comment) and "@" in action.text for action in actions):
        return actions
    members = practices.members(practice_id=by.practice_id, active_only=True)
    people = [Person(member.id, member.name) for member in members]
    return [_resolved(action, people) if isinstance(action, Comment) else action for action in actions]


def _resolved(action: Comment, people: Sequence[Person]) -> Comment:
    said = mentions.resolve(action.text, people)
    return replace(action, text=said.text, mentioned=said.mentioned)
