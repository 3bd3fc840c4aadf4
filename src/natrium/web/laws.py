"""Rules of law as forms offer them and sentences name them."""

from functools import cache

from natrium.domain.deadlines.feeds import is_for_a_task
from natrium.domain.deadlines.rules import AREAS, RULES

type Offers = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@cache
def offers() -> Offers:
    """The rules that a step may be due by, area by area: name and title."""
    areas = (
        (area, tuple((rule.name, rule.title) for rule in rules if is_for_a_task(rule.name))) for area, rules in AREAS
    )
    return tuple((area, rules) for area, rules in areas if rules)


def by_law(name: str) -> str:
    """A due date by a rule, in words: "by law: Confirmation statement". Also of one that dates no task."""
    if name not in RULES:
        return f"by the rule “{name}”, which there is not"
    words = f"by law: {RULES[name].title}"
    return words if is_for_a_task(name) else f"{words}; it asks for more than a task knows, so there is no date"
