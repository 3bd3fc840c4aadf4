"""What to keep of the practice's tasks: conditions that hold together, each with its opposite, as addresses carry them.

As text a filter is a query string: `manager=3&manager=5&-owner=me` keeps tasks whose client manager is one of two and
which are not one's own. All conditions hold at once, and one with several values holds for any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

from natrium.domain.workflow.progress import TaskStatus

PEOPLE = ("manager", "partner", "owner", "person")
STAGES = ("gathering", "preparing", "review", "client", "filing")
DUE_WORDS = ("late", "week", "next", "month", "none")
MOST_CONDITIONS, MOST_VALUES, MOST_TEXT = 30, 100, 200
ME, NONE, ANY = "me", "none", "any"


@dataclass(frozen=True, slots=True)
class Condition:
    """A field that has one of the values, or (`negated`) none of them."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    @property
    def name(self) -> str:
        """Its name in an address."""
        return f"-{self.field}" if self.negated else self.field


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions in the order of KNOWS. `unknown`: what was asked for and makes no sense."""

    conditions: tuple[Condition, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As an address carries them."""
        return tuple((one.name, value) for one in self.conditions for value in one.values)

    @property
    def text(self) -> str:
        """The query string, always the same for the same conditions."""
        return urlencode(self.pairs)

    @property
    def explicit_status(self) -> bool:
        """Whether it says itself which statuses to keep; otherwise the open ones are."""
        return any(one.field == "status" and not one.negated for one in self.conditions)

    def of(self, field: str, *, negated: bool = False) -> tuple[str, ...]:
        """The values of a condition, none where there is no such condition."""
        return next((o.values for o in self.conditions if (o.field, o.negated) == (field, negated)), ())

    def with_value(self, field: str, value: str, *, negated: bool = False) -> Filters:
        """One value more."""
        return of_pairs((*self.pairs, (f"-{field}" if negated else field, value)))

    def without(self, *fields: str) -> Filters:
        """All but the conditions on some fields."""
        return Filters(tuple(one for one in self.conditions if one.field not in fields))

    def without_condition(self, condition: Condition) -> Filters:
        """All but one condition."""
        return Filters(tuple(one for one in self.conditions if one != condition))

    def flipped(self, condition: Condition) -> Filters:
        """The same with one condition turned into its opposite."""
        turned = replace(condition, negated=not condition.negated)
        return of_pairs(
            pair for one in self.conditions for pair in Filters((turned if one == condition else one,)).pairs
        )


def of_text(text: str) -> Filters:
    """The filters of a query string; what makes no sense in it is left out and named."""
    return of_pairs(parse_qsl(text[: MOST_TEXT * MOST_VALUES]))


def of_pairs(pairs: Iterable[tuple[str, str]]) -> Filters:
    """The filters of an address's parameters."""
    found: dict[tuple[str, bool], dict[str, None]] = {}
    unknown: list[str] = []
    for name, text in pairs:
        field, negated = name.removeprefix("-"), name.startswith("-")
        value = _value(field, text)
        if not text.strip():
            continue
        if value is None:
            unknown.append(f"{name} {text}"[:MOST_TEXT])
        else:
            values = found.setdefault((field, negated), {})
            if len(values) < MOST_VALUES:
                values[value] = None
    order = {field: place for place, field in enumerate(KNOWS)}
    conditions = [Condition(field, tuple(values), negated) for (field, negated), values in found.items()]
    conditions.sort(key=lambda one: (order[one.field], one.negated))
    return Filters(tuple(conditions[:MOST_CONDITIONS]), tuple(unknown))


def _value(field: str, text: str) -> str | None:
    """A value as it is kept; None for one that the field does not know."""
    text = text.strip()
    knows = KNOWS.get(field)
    if knows is None or "\0" in text or len(text) > MOST_TEXT:
        return None
    return text if knows(text) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0") and len(text) <= 18


def period_of(text: str) -> tuple[date | None, date | None] | None:
    """The days of "2026-11-30..2026-12-06" or half of it, both included; None for anything else."""
    first, dots, last = text.partition("..")
    if not dots or not (first or last):
        return None
    try:
        begin, end = (date.fromisoformat(one) if one else None for one in (first, last))
    except ValueError:
        return None
    if (begin and begin.year < 1900) or (end and end.year > 2200) or (begin and end and begin > end):
        return None
    return begin, end


def due_period(value: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a value of `due` other than "none"; "late" is up to yesterday."""
    monday = today - timedelta(days=today.weekday())
    match value:
        case "late":
            return None, today - timedelta(days=1)
        case "week":
            return today, monday + timedelta(days=6)
        case "next":
            return monday + timedelta(days=7), monday + timedelta(days=13)
        case "month":
            return today, today + timedelta(days=30)
        case _:
            return period_of(value) or (None, None)


def _is_person(text: str) -> bool:
    return text in {ME, NONE} or _is_id(text)


def _is_thing(text: str) -> bool:
    return text == NONE or _is_id(text)


KNOWS: dict[str, Callable[[str], bool]] = {
    "q": bool,
    "client": _is_thing,
    "service": bool,
    **dict.fromkeys(PEOPLE, _is_person),
    "template": _is_thing,
    "status": lambda text: text == ANY or text in set(TaskStatus),
    "stage": lambda text: text in STAGES,
    "due": lambda text: text in DUE_WORDS or period_of(text) is not None,
}
