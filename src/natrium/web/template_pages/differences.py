"""What differs between two versions, or between a job and its template, in sentences."""

from collections.abc import Mapping
from datetime import date

from natrium.domain.workflow.comparing import Difference, Kind
from natrium.domain.workflow.definition import Assign, Due, Order, WaitsOn
from natrium.web.dates import minutes, short
from natrium.web.template_pages import words
from natrium.web.words import listed

FIELDS = {
    "assign": "who",
    "after": "what it waits for",
    "estimate": "estimate",
    "due": "due",
    "due_on": "due by hand",
    "waits_on": "whom it waits on",
    "guidance": "guidance",
    "name": "name",
    "description": "description",
}
FLAGS = {
    "blocking": "blocking",
    "required": "required",
    "review": "a review",
    "approval": "an approval",
    "filing": "a filing",
    "gate": "finished before a later group begins",
}
MARKS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.RENAMED: "~", Kind.MOVED: "↕", Kind.CHANGED: "~", Kind.SKIPPED: "/"}


def sentences(
    differences: tuple[Difference, ...], known: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Each difference as its kind, its mark and a sentence. `known`: names by key; `names`: members by address."""
    return [(one.kind.value, MARKS[one.kind], sentence(one, known, names)) for one in differences]


def sentence(one: Difference, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    """One difference: "Renamed “Draft” to “Draft accounts”". `known` and `names` as for `sentences`."""
    what = "the group " if one.what == "group" else ""
    if one.kind is Kind.CHANGED:
        return _changed(one, known, names)
    moved_to = f"Moved “{one.name}” from {one.before} to {one.after}"
    return {
        Kind.ADDED: f"Added {what}“{one.name}”" + (f" in {one.after}" if one.after else ""),
        Kind.REMOVED: f"Removed {what}“{one.name}”",
        Kind.RENAMED: f"Renamed {what}“{one.before}” to “{one.after}”",
        Kind.MOVED: moved_to if one.after else f"Moved {what}“{one.name}”",
        Kind.SKIPPED: f"Skipped “{one.name}”",
    }[one.kind]


def _changed(one: Difference, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    subject = "Template" if one.what == "template" else f"“{one.name}”"
    if one.field in ("guidance", "description"):
        return f"{subject}: {FIELDS[one.field]} rewritten"
    if isinstance(one.after, date):
        return f"{subject}: {FIELDS[one.field]}, {short(one.after, one.after)} {one.after.year}"
    if one.field in FLAGS:
        return f"{subject}: {'now' if one.after else 'no longer'} {FLAGS[one.field]}"
    before, after = (_value(value, known, names) for value in (one.before, one.after))
    return f"{subject}: {f'{FIELDS[one.field]} ' if one.field != 'order' else ''}{before} → {after}"


def _value(value: object, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    said: str
    match value:
        case None:
            said = "none"
        case Assign():
            said = words.who(value, names)
        case Due():
            said = words.due(value)
        case Order():
            said = "in order" if value is Order.SEQUENTIAL else "any order"
        case WaitsOn():
            said = "the client" if value is WaitsOn.CLIENT else "a third party"
        case tuple():
            said = listed([known.get(str(key), str(key)) for key in value]) or "nothing further"
        case int():
            said = minutes(value) or "0m"
        case _:
            said = f"“{value}”"
    return said
