"""How good a suggestion is against what was wanted, out of 100: the marks of docs/suggestions.md.

What was wanted 50, in order 15, by the right people 8, nothing foreign 9, nothing twice 6, sensible groups 7, length 5.
A step pays for two wants at most, so that a step stuffed with words gains nothing.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from natrium.domain.suggestions.shelf import Suggestion
from natrium.domain.suggestions.words import word_set

HERE = Path(__file__).parent
STOP = word_set(
    """
    the a an and or of to for with from in on by all any client clients
    """
)


@dataclass(frozen=True)
class Wanted:
    """A request and what a good answer has: patterns for each want, pairs in order, who may hold what, what never."""

    name: str
    description: str
    wants: dict[str, list[str]]
    order: list[list[str]]
    people: dict[str, list[str]]
    never: list[str]
    most: int = 24
    kind: str = ""


@dataclass
class Said:
    """A step as the marks see it."""

    title: str
    text: str
    assignee: str


@dataclass
class Marks:
    """Points, the share of wants met, and what was wrong."""

    points: float
    recall: float
    notes: list[str] = field(default_factory=list)


def requests() -> list[Wanted]:
    data: dict[str, Any] = json.loads((HERE / "requests.json").read_text(encoding="utf-8"))
    return [
        Wanted(
            one["name"], one["description"],
            {key: [data["shared"].get(word, word) for word in words] for key, words in one["wants"].items()},
            one["order"], one["people"], [*data["never"], *one["never"]], one["most"], one["kind"],
        )
        for one in data["requests"]
    ]  # fmt: skip


def marked(wanted: Wanted, suggestion: Suggestion) -> Marks:
    groups = [(group.name, [idea.step for idea in group.steps]) for group in suggestion.groups]
    steps = [Said(s.name, f"{s.name} | {s.guidance[:160]}", str(s.assign)) for _, group in groups for s in group]
    candidates = {key: _hits(patterns, steps) for key, patterns in wanted.wants.items()}
    met = _matched(candidates)
    recall = len(met) / len(wanted.wants)
    notes = [f"missing {key}" for key in wanted.wants if key not in met]
    points = 50 * recall + _order(wanted, candidates, notes) + _people(wanted, candidates, steps, notes)
    points += _foreign(wanted, steps, notes) + _twice(steps, notes)
    points += _groups([(name, len(group)) for name, group in groups], steps)
    points += max(0, 5 - max(0, len(steps) - wanted.most) - 2 * max(0, 5 - len(steps)))
    return Marks(points, recall, notes)


def _hits(patterns: list[str], steps: list[Said]) -> list[int]:
    return [at for at, step in enumerate(steps) if any(re.search(word, step.text, re.IGNORECASE) for word in patterns)]


def _matched(candidates: dict[str, list[int]]) -> dict[str, int]:
    """Each want with a step of its own, as many as can be; a step has two places."""
    holder: dict[tuple[int, int], str] = {}

    def place(key: str, seen: set[tuple[int, int]]) -> bool:
        for slot in ((at, half) for at in candidates[key] for half in (0, 1)):
            if slot not in seen:
                seen.add(slot)
                if slot not in holder or place(holder[slot], seen):
                    holder[slot] = key
                    return True
        return False

    for key in sorted(candidates, key=lambda key: len(candidates[key])):
        place(key, set())
    return {key: at for (at, _), key in holder.items()}


def _order(wanted: Wanted, candidates: dict[str, list[int]], notes: list[str]) -> float:
    kept = 0
    for first, then in wanted.order:
        if candidates.get(first) and candidates.get(then):
            if min(candidates[first]) > max(candidates[then]):
                notes.append(f"{first} after {then}")
            else:
                kept += 1
    return 15 * kept / len(wanted.order) if wanted.order else 15.0


def _people(wanted: Wanted, candidates: dict[str, list[int]], steps: list[Said], notes: list[str]) -> float:
    right = 0
    for key, allowed in wanted.people.items():
        held = any(steps[at].assignee in allowed for at in candidates[key])
        right += held
        notes += [] if held else [f"{key} by nobody of {allowed}"]
    return 4.0 + 4 * (right / len(wanted.people) if wanted.people else 1)


def _foreign(wanted: Wanted, steps: list[Said], notes: list[str]) -> float:
    found = [
        step.title
        for step in steps
        for word in wanted.never
        if re.search(word, step.title, 0 if re.fullmatch(r"\\b[A-Z0-9?-]+\\b", word) else re.IGNORECASE)
    ]
    notes += [f"not here: {title}" for title in found]
    return max(0.0, 9 - 4.5 * len(found))


def _twice(steps: list[Said], notes: list[str]) -> float:
    twins = [(a.title, b.title) for at, a in enumerate(steps) for b in steps[:at] if _twins(a.title, b.title)]
    notes += [f"twice: {a} / {b}" for a, b in twins]
    return max(0.0, 6 - 2 * len(twins))


def _twins(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    share = 0.7 if one.split(" ")[:1] == other.split(" ")[:1] else 0.9
    return bool(first and second) and len(first & second) / len(first | second) >= share


def _words(title: str) -> frozenset[str]:
    found = (word for word in re.findall(r"[a-z0-9&]+", title.lower()) if word not in STOP)
    return frozenset(re.sub(r"ies$", "y", re.sub(r"(ing|ed|s)$", "", word)) for word in found)


def _groups(groups: list[tuple[str, int]], steps: list[Said]) -> float:
    points = 7.0 - (0 if 2 <= len(groups) <= 8 else 3)
    points -= sum(2 * (count == 0) + (count > 9) for _, count in groups)
    points -= 2 * (len({name.lower() for name, _ in groups}) < len(groups))
    points -= any(not 8 <= len(step.title) <= 90 for step in steps)
    return max(0.0, points)
