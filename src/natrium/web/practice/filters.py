"""Filters on their way between the address, the form that adds one, and the words that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from natrium.apps.workflows.filters import PEOPLE, Condition, Filters, of_pairs, period_of
from natrium.apps.workflows.overviews import FilterChoices
from natrium.web import dates
from natrium.web.words import first_name, listed

ADD, NOT = "add.", "not."
# Beside filters an address says how they are looked at.
LOOKS = ("rows", "load")
OTHERS = frozenset({*LOOKS, "after", "did", "from", "to"})
LABELS = {
    "q": "Words",
    "client": "Client",
    "service": "Service",
    "manager": "Client manager",
    "partner": "Client partner",
    "owner": "Task owner",
    "person": "Has an open step",
    "template": "Template",
    "status": "Status",
    "stage": "Stage",
    "due": "Due",
}
STATUSES = {
    "not_started": "not started",
    "in_progress": "in progress",
    "waiting": "waiting",
    "on_hold": "on hold",
    "done": "done",
    "cancelled": "cancelled",
    "any": "open or closed",
}
STAGES = {
    "gathering": "Gathering",
    "preparing": "Preparing",
    "review": "Review",
    "client": "With client",
    "filing": "Filing",
}
DUES = {"late": "late", "week": "this week", "next": "next week", "month": "in the next 30 days", "none": "no date"}
# What a filter by date says, and its opposite, where "due" would be one word too many.
ALONE: dict[tuple[str, ...], tuple[str, str]] = {
    ("late",): ("Late", "Not late"),
    ("none",): ("Without a date", "With a date"),
}
NONE = {"client": "no client", "service": "no service", "template": "no template", "person": "nobody"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as it is shown: its words, the address with its opposite, and the address without it."""

    words: str
    negated: bool
    flip: str
    off: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form that adds filters, with what can be chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def read(query: QueryDict) -> Filters:
    """The filters of an address."""
    return of_pairs((name, value) for name, values in query.lists() if name not in OTHERS for value in values)


def looks(query: QueryDict) -> dict[str, str]:
    """How the filtered is looked at: what an address says beside its filters, the place in a list aside."""
    return {name: value for name in LOOKS if isinstance(value := query.get(name), str) and value}


def added(query: QueryDict) -> Filters | None:
    """The filters with those that the form adds; None where the address does not come from the form."""
    if not any(name.startswith(ADD) for name in query):
        return None
    kept = [(n, v) for n, vs in query.lists() if n not in OTHERS and not n.startswith((ADD, NOT)) for v in vs]
    pairs = [(field, query.get(ADD + field, "")) for field in LABELS]
    pairs.append(("due", f"{query.get(ADD + 'begin', '')}..{query.get(ADD + 'end', '')}".removesuffix("..").strip()))
    new = [(f"-{field}" if query.get(NOT + field) else field, value) for field, value in pairs if value.strip()]
    return of_pairs([*kept, *new])


def chips(
    filters: Filters, path: str, look: Mapping[str, str], names: Mapping[str, Mapping[str, str]], today: date
) -> list[Chip]:
    """The filters as they are shown and taken away."""
    return [
        Chip(
            words=_words(one, names, today),
            negated=one.negated,
            flip=address(path, filters.flipped(one), look),
            off=address(path, filters.without_condition(one), look),
        )
        for one in filters.conditions
    ]


def address(path: str, filters: Filters, look: Mapping[str, str]) -> str:
    """A page with filters."""
    extra = QueryDict(mutable=True)
    extra.update(look)
    query = "&".join(part for part in (filters.text, extra.urlencode()) if part)
    return f"{path}?{query}" if query else path


def _words(one: Condition, names: Mapping[str, Mapping[str, str]], today: date) -> str:
    values = [_value(one.field, value, names.get(one.field, {}), today) for value in one.values]
    joint = " or ".join(values) if len(values) < 3 else f"{', '.join(values[:-1])} or {values[-1]}"
    if one.field == "due":
        alone = ALONE.get(one.values)
        return alone[one.negated] if alone else f"{'Not due' if one.negated else 'Due'} {joint}"
    return f"{LABELS[one.field]} {'is not' if one.negated else 'is'} {joint}"


def _value(field: str, value: str, names: Mapping[str, str], today: date) -> str:
    if value == "none" and field != "due":
        return NONE.get(field, "nobody")
    match field:
        case "status":
            return STATUSES[value]
        case "stage":
            return STAGES[value]
        case "due":
            return DUES.get(value) or _period(value, today)
        case "q" | "service":
            return f"“{value}”" if field == "q" else value
        case _:
            return "me" if value == "me" else names.get(value, "someone unknown" if field in PEOPLE else "unknown")


def _period(value: str, today: date) -> str:
    first, last = period_of(value) or (None, None)
    if first and last:
        return f"{dates.short(first, today)} to {dates.short(last, today)}"
    return f"by {dates.short(last, today)}" if last else f"from {dates.short(first, today)}" if first else ""


def names_of(choices: FilterChoices, clients: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The names of what filters can have as values, by field and id."""
    people = {str(one.id): first_name(one.name) for one in (*choices.members, *choices.left)}
    return {
        **dict.fromkeys(PEOPLE, people),
        "template": {str(one.id): one.name for one in choices.templates},
        "client": dict(clients),
    }


def fields(choices: FilterChoices) -> list[Field]:
    """The form that adds filters."""
    people = [("me", "me"), ("none", "nobody"), *((str(one.id), one.name) for one in choices.members)]
    people += [(str(one.id), f"{one.name} (left)") for one in choices.left]
    offered: dict[str, Sequence[tuple[str, str]]] = {
        "manager": people,
        "partner": people,
        "owner": people,
        "person": people,
        "service": [*((one, one) for one in choices.services), ("none", "no service")],
        "template": [*((str(one.id), one.name) for one in choices.templates), ("none", "no template")],
        "status": list(STATUSES.items()),
        "stage": list(STAGES.items()),
        "due": list(DUES.items()),
    }
    return [Field(name, LABELS[name], tuple(options)) for name, options in offered.items()]


def unknown_words(filters: Filters) -> str:
    """What an address asked for that makes no sense, in a sentence; "" where all does."""
    if not filters.unknown:
        return ""
    named = listed([f"“{one.strip()}”" for one in filters.unknown[:3]])
    return f"{named} is no filter, and was left out." if len(filters.unknown) == 1 else f"{named} were left out."
