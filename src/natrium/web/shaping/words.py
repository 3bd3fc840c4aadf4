"""Values of a step or group in words, as a colleague would say them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from natrium.domain.workflow.definition import Assign, Due, Order, WaitsOn
from natrium.web import dates
from natrium.web.template_pages import words as of_templates
from natrium.web.words import listed

FIELDS = {
    "name": "Name",
    "guidance": "Guidance",
    "assign": "For",
    "due": "Due",
    "due_on": "Due",
    "estimate": "Estimate",
    "after": "Waits for",
    "waits_on": "Waits on",
    "blocking": "Blocking",
    "required": "Required",
    "review": "Review",
    "approval": "Approval",
    "filing": "Filing",
    "order": "Order",
    "gate": "Gate",
}


WORDS: dict[type, Callable[[Any, date], str]] = {
    bool: lambda value, _: "yes" if value else "no",
    date: dates.day,
    int: lambda value, _: dates.minutes(value) or "0m",
    Due: lambda value, _: of_templates.due(value),
    Assign: lambda value, _: of_templates.who(value, {}),
    Order: lambda value, _: "in order" if value is Order.SEQUENTIAL else "any order",
    WaitsOn: lambda value, _: "the client" if value is WaitsOn.CLIENT else "a third party",
}


def in_words(value: object, today: date, names: Mapping[str, str]) -> str:
    """A value of a field. `names` are the steps' by key."""
    if value in (None, "", ()):
        return "nothing"
    if isinstance(value, tuple):
        return listed([names.get(key, key) for key in value])
    return WORDS[type(value)](value, today) if type(value) in WORDS else str(value)
