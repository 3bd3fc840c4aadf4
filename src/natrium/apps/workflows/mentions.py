"""Notes among actions on their way in: whom an @Name in them means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from natrium.apps.practices import mentions
from natrium.apps.practices.queries import SignedIn
from natrium.domain.mentions import Said
from natrium.domain.workflow.actions import Action, Comment


def resolved(actions: Sequence[Action], *, by: SignedIn) -> Sequence[Action]:
    """The actions, each note with those it mentions. One statement, or none."""
    notes = [action for action in actions if isinstance(action, Comment)]
    said = iter(mentions.resolved([note.text for note in notes], by=by))
    return [_with(action, next(said)) if isinstance(action, Comment) else action for action in actions]


def _with(note: Comment, said: Said) -> Comment:
    return replace(note, text=said.text, mentioned=said.mentioned)
