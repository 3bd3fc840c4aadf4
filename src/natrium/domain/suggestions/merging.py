"""Listed steps put into an outline: each takes the place of the step it stands for, and their order is kept."""

from __future__ import annotations

from dataclasses import replace

from natrium.domain.suggestions.alike import alike, shared
from natrium.domain.suggestions.phases import kind
from natrium.domain.suggestions.shelf import Idea, Phase
from natrium.domain.workflow.definition import StepDefinition


def merged(base: list[Idea], listed: tuple[tuple[Idea, bool], ...]) -> list[Idea]:
    """The outline with the listed steps in it, in the order in which they were listed."""
    pairs = _pairs(base, listed)
    after = _places(base, listed, pairs)
    taken = set(pairs.values())
    result: list[Idea] = []
    for place in range(-1, len(base)):
        if place >= 0 and place not in taken:
            result.append(base[place])
        result += [
            _in_place(listed[at], base[pairs[at]] if at in pairs else None, _group(base, place))
            for at in range(len(listed))
            if after[at] == place
        ]
    return result


def _pairs(base: list[Idea], listed: tuple[tuple[Idea, bool], ...]) -> dict[int, int]:
    """Which listed step stands for which step of the outline: each once, the likeliest first."""
    likely = sorted(
        (
            (_likeness(idea.step, other.step), at, place)
            for at, (idea, _) in enumerate(listed)
            for place, other in enumerate(base)
        ),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    pairs: dict[int, int] = {}
    for score, at, place in likely:
        if score > 0 and at not in pairs and place not in pairs.values():
            pairs[at] = place
    return pairs


def _likeness(one: StepDefinition, other: StepDefinition) -> float:
    if alike(one, other):
        return 1.0 + shared(one.name, other.name)
    same = kind(one.name) is kind(other.name) and one.review == other.review and one.approval == other.approval
    about = shared(one.name, other.name)
    return about if same and one.filing == other.filing and about >= 0.5 else 0.0


def _places(base: list[Idea], listed: tuple[tuple[Idea, bool], ...], pairs: dict[int, int]) -> list[int]:
    """After which step of the outline each listed one stands; never before the one listed before it."""
    places: list[int] = []
    lowest = -1
    for at, (idea, _) in enumerate(listed):
        place = pairs[at] if at in pairs else _by_phase(base, idea.phase)
        ahead = [pairs[later] for later in range(at + 1, len(listed)) if later in pairs]
        if at not in pairs and ahead:
            place = min(place, max(lowest, min(ahead) - 1))
        lowest = max(lowest, place)
        places.append(lowest)
    return places


def _by_phase(base: list[Idea], phase: Phase) -> int:
    turns = [place for place, idea in enumerate(base) if idea.phase in (Phase.REVIEW, Phase.APPROVE, Phase.FILE)]
    reach = turns[0] if turns and phase < Phase.REVIEW else len(base)
    earlier = [place for place, idea in enumerate(base[:reach]) if idea.phase <= phase]
    return earlier[-1] if earlier else -1


def _group(base: list[Idea], place: int) -> str:
    return base[max(place, 0)].group if base else "Steps"


def _in_place(given: tuple[Idea, bool], stands_for: Idea | None, group: str) -> Idea:
    """A listed step with what the step it stands for knows: estimate, flags, whose it is where nobody was named."""
    idea, named = given
    if stands_for is None:
        return replace(idea, group=group)
    known, step = stands_for.step, idea.step
    return replace(
        idea,
        group=group,
        step=replace(
            step, assign=step.assign if named else known.assign, estimate=known.estimate, guidance=known.guidance,
            blocking=step.blocking or known.blocking, required=step.required or known.required,
            review=step.review or known.review, approval=step.approval or known.approval,
            filing=step.filing or known.filing, waits_on=step.waits_on or known.waits_on, due=known.due,
        ),
    )  # fmt: skip
