"""Whether two steps are the same thing to do: never two with different doings, so that "Submit" is not "Prepare"."""

from __future__ import annotations

import re

from natrium.domain.suggestions.phases import kind
from natrium.domain.suggestions.verbs import Kind
from natrium.domain.suggestions.words import content
from natrium.domain.workflow.definition import StepDefinition

MOSTLY = 0.6
NEARLY = 0.7
_AUTHORITIES = re.compile(
    r"companies house|hmrc|charity commission|pensions regulator|oscr|\bsra\b|\bico\b|\bnhs\b|\bfca\b", re.IGNORECASE
)
_NEAR = frozenset({frozenset({Kind.WORK, Kind.CHECK}), frozenset({Kind.CHECK, Kind.SIGN})})


def alike(one: StepDefinition, other: StepDefinition) -> bool:
    """Whether the one makes the other needless."""
    if one.approval and other.approval:
        return True
    if one.filing and other.filing:
        return _same_authority(one.name, other.name) and shared(one.name, other.name) > 0
    if one.review and other.review:
        return one.assign == other.assign
    if one.filing != other.filing or one.approval != other.approval:
        return False
    if one.review != other.review and one.assign != other.assign:
        return False
    return _same_doing(one.name, other.name) and shared(one.name, other.name) >= MOSTLY


def twins(one: str, other: str) -> bool:
    """Whether two names say the same in nearly the same words."""
    first, second = content(one), content(other)
    if one.lower() == other.lower():
        return True
    if not first or not second or one.split(" ", 1)[0].lower() != other.split(" ", 1)[0].lower():
        return False
    return len(first & second) / len(first | second) >= NEARLY


def shared(one: str, other: str) -> float:
    """How much of the shorter of two names the other has, by what they are about."""
    first, second = content(one), content(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _same_doing(one: str, other: str) -> bool:
    first, second = kind(one), kind(other)
    if first is None or second is None:
        return True
    return first is second or frozenset({first, second}) in _NEAR


def _same_authority(one: str, other: str) -> bool:
    first, second = ({name.lower() for name in _AUTHORITIES.findall(text)} for text in (one, other))
    return not first or not second or bool(first & second)
