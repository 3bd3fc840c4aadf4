"""The last pass over a suggestion: nothing twice, everything in its phase, groups of a sensible size, not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from natrium.domain.suggestions.alike import twins
from natrium.domain.suggestions.shelf import Idea, Phase, Source, SuggestedGroup

MOST_STEPS = 22
_TURNS = (Phase.REVIEW, Phase.APPROVE, Phase.FILE)
_DRAFTS = re.compile(
    r"Calculate the (?:tax|claim|amount)|(?:Prepare|Draft|Write|Complete) (?:the |a )?"
    r"(?:draft|report|return|accounts|.*\b(?:return|accounts|claim|report|statements?)\b)"
)
_KEPT_LONGEST = (Source.EXPLICIT, Source.LIST, Source.LIBRARY, Source.ARCHETYPE, Source.FACET)


def placed(base: list[Idea], more: Iterable[Idea]) -> list[Idea]:
    """Further steps among those there are: after the last of their phase or an earlier one, in its group."""
    result = list(base)
    for idea in more:
        at = _place(result, idea)
        follows = at < len(result) and result[at].phase is idea.phase
        beside = result[at if follows else max(at - 1, 0) :]
        group = beside[0].group if beside else "Steps"
        result.insert(at, Idea(idea.step, idea.source, idea.phase, idea.group or group))
    return result


def _place(ideas: list[Idea], idea: Idea) -> int:
    """Behind the last step of its phase; without one, before the first of a later phase.

    What comes before the first review stays before it, and work goes before the draft that rests on it.
    """
    phase = idea.phase
    turns = [at for at, one in enumerate(ideas) if one.phase in _TURNS]
    ahead = ideas[: turns[0]] if turns and turns[0] and phase < Phase.REVIEW else ideas
    same = [at for at, one in enumerate(ahead) if one.phase == phase]
    if phase is Phase.PREPARE and same and not _DRAFTS.match(idea.step.name):
        return next((at for at in same if _DRAFTS.match(ahead[at].step.name)), same[-1] + 1)
    if same:
        return same[-1] + 1
    later = [at for at, one in enumerate(ahead) if one.phase > phase]
    return later[0] if later else len(ahead)


def without_twins(ideas: list[Idea]) -> list[Idea]:
    """Each thing once: what was listed stays before what was composed."""
    kept: list[Idea] = []
    for idea in ideas:
        twin = next((at for at, other in enumerate(kept) if twins(idea.step.name, other.step.name)), None)
        if twin is None:
            kept.append(idea)
        elif idea.source is Source.EXPLICIT and kept[twin].source is not Source.EXPLICIT:
            del kept[twin]
            kept.append(idea)
    return kept


def capped(ideas: list[Idea], most: int = MOST_STEPS) -> list[Idea]:
    """At most so many steps; what was composed goes before what was listed, reviews and filings last of all."""
    if len(ideas) <= most:
        return ideas
    order = sorted(range(len(ideas)), key=lambda at: (_worth(ideas[at]), at))
    kept = set(order[:most])
    return [idea for at, idea in enumerate(ideas) if at in kept]


def _worth(idea: Idea) -> int:
    step = idea.step
    return 0 if step.review or step.approval or step.filing else _KEPT_LONGEST.index(idea.source)


def grouped(ideas: list[Idea]) -> tuple[SuggestedGroup, ...]:
    """Steps in their groups, in order; a name that would come twice tells its second part."""
    groups: list[SuggestedGroup] = []
    for name, members in groupby(ideas, key=lambda idea: idea.group):
        used = [group.name for group in groups]
        title = (
            name
            if name not in used
            else f"{name} ({used.count(name) + 1 + sum(u.startswith(f'{name} (') for u in used)})"
        )
        groups.append(SuggestedGroup(title, tuple(members)))
    return tuple(groups)
