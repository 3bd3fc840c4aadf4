"""Rules of law as forms offer them and sentences name them."""

import re
from functools import cache

from natrium.domain.client_facts import BY_NAME
from natrium.domain.deadlines.feeds import is_for_a_task
from natrium.domain.deadlines.rules import AREAS, RULES

_FACT = re.compile(r"the client’s fact “(\w+)”")

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


def in_our_words(text: str) -> str:
    """What is missing, with a fact called what the client's page calls it."""

    def called(name: str) -> str:
        return BY_NAME[name].label if name in BY_NAME else name.replace("_", " ")

    return _FACT.sub(lambda found: f"the client’s “{called(found[1])}”", text)
