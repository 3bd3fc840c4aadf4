"""A schedule as plain data and back. What the rules do not know is refused with the field that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.targets import Adjust
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.schedule import (
    Anchor,
    Before,
    Create,
    Milestone,
    Offset,
    Parts,
    Schedule,
    Whence,
)
from natrium.domain.text import keepable
from natrium.domain.workflow.definition import DueUnit

MOST_MONTHS = 120
MOST_DAYS = 3660
MOST_MILESTONES = 10
MOST_LABEL = 200
# How often is not free where the anchor says it.
MONTHS = {
    Anchor.VAT_MONTH: 1, Anchor.VAT_STAGGER: 3, Anchor.VAT_YEAR: 12, Anchor.TAX_YEAR: 12, Anchor.TAX_MONTH: 1,
    Anchor.TAX_QUARTER: 3, Anchor.ATED_YEAR: 12, Anchor.PAY_DATES: 0, Anchor.EVENT: 0,
}  # fmt: skip
CREATES = (Whence.PERIOD_END, Whence.DUE, Whence.EVENT)
OFFSETS = (Whence.PERIOD_START, Whence.PERIOD_END, Whence.EVENT)


def to_dict(schedule: Schedule) -> dict[str, Any]:
    """The schedule as plain data; its service, its workflow and who it is for are said elsewhere."""
    offset, target = schedule.offset, schedule.target
    data: dict[str, Any] = {
        "anchor": schedule.anchor.name.lower(),
        "months": schedule.months,
        "create": {
            "whence": schedule.create.whence.name.lower(), "days": schedule.create.days,
            "unit": schedule.create.unit.value,
        },
    }  # fmt: skip
    if schedule.rule:
        data["rule"] = schedule.rule
    if offset:
        data["offset"] = {
            "whence": offset.whence.name.lower(), "months": offset.months, "days": offset.days,
            "adjust": offset.adjust.value,
        }  # fmt: skip
    if target:
        data["target"] = {"days": target.days, "unit": target.unit.value}
    if schedule.milestones:
        data["milestones"] = [{"label": one.label, "rule": one.rule} for one in schedule.milestones]
    if schedule.others:
        data["others"] = list(schedule.others)
    if schedule.parts:
        data["parts"] = schedule.parts.name.lower()
    return data


def from_dict(data: Mapping[str, Any], *, service: str = "", workflow: str = "", who: str = "") -> Schedule:
    """The schedule of plain data. Refuses bad-value, with the field, for what makes no sense."""
    for name in data:
        if name not in FIELDS:
            raise _bad(name, f"“{name}” is no part of a schedule.")
    schedule = Schedule(
        service=service,
        who=who,
        workflow=workflow,
        anchor=_named(Anchor, data.get("anchor"), "anchor"),
        months=_number(data.get("months", 12), "months", least=0, most=MOST_MONTHS),
        create=_create(_part(data, "create")),
        rule=_rule(data.get("rule", ""), "rule") if data.get("rule") else "",
        offset=_offset(_part(data, "offset")) if data.get("offset") else None,
        target=_target(_part(data, "target")) if data.get("target") else None,
        milestones=_milestones(data.get("milestones", [])),
        others=tuple(_rule(one, "others") for one in _list(data.get("others", []), "others")),
        parts=_named(Parts, data.get("parts", "one"), "parts"),
    )
    return sound(schedule)


FIELDS = ("anchor", "months", "create", "rule", "offset", "target", "milestones", "others", "parts")


def sound(schedule: Schedule) -> Schedule:
    """The schedule itself, if it makes sense as a whole. Refuses bad-value."""
    anchor, months = schedule.anchor, schedule.months
    wanted = MONTHS.get(anchor)
    if wanted is not None and months != wanted:
        raise _bad("months", f"By {anchor}, it is every {wanted} months." if wanted else f"{anchor} says how often.")
    if wanted is None and months < 1:
        raise _bad("months", "Say every how many months, 1 or more.")
    if bool(schedule.rule) == (schedule.offset is not None):
        raise _bad("rule", "It is due by a rule of law, or so many days after a day: one of them, not both.")
    once = anchor is Anchor.EVENT
    if once and schedule.rule:
        raise _bad("rule", "What happens once has no period that a rule of law could ask for.")
    if once != (schedule.create.whence is Whence.EVENT):
        raise _bad("create", "Only what happens once appears by the day it happens.")
    if schedule.offset and once != (schedule.offset.whence is Whence.EVENT):
        raise _bad("offset", "Only what happens once is due by the day it happens.")
    if schedule.parts and not schedule.rule:
        raise _bad("parts", "Only a rule of law gives a period several tasks.")
    return schedule


def _bad(field: str, words: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, words, field=field)


def _named[E: StrEnum](kind: type[E], word: object, field: str) -> E:
    found = kind.__members__.get(str(word).upper())
    if found is None:
        raise _bad(field, f"“{word}” is none of {', '.join(name.lower() for name in kind.__members__)}.")
    return found


def _valued[E: StrEnum](kind: type[E], word: object, field: str) -> E:
    try:
        return kind(str(word))
    except ValueError:
        raise _bad(field, f"“{word}” is none of {', '.join(one.value for one in kind)}.") from None


def _number(value: object, field: str, *, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _bad(field, f"“{value}” is no whole number from {least} to {most}.")
    return value


def _part(data: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = data.get(field)
    if not isinstance(value, Mapping):
        raise _bad(field, f"A schedule says “{field}” in parts.")
    return value


def _list(value: object, field: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_MILESTONES:
        raise _bad(field, f"“{field}” is a list of at most {MOST_MILESTONES}.")
    return value


def _rule(name: object, field: str) -> str:
    if name not in RULES:
        raise _bad(field, f"“{name}” is no rule of law that Natrium knows.")
    return str(name)


def _among(word: Whence, choice: tuple[Whence, ...], field: str) -> Whence:
    if word not in choice:
        raise _bad(field, f"It cannot count from the day that {word}.")
    return word


def _create(part: Mapping[str, Any]) -> Create:
    return Create(
        _among(_named(Whence, part.get("whence"), "create"), CREATES, "create"),
        _number(part.get("days", 0), "create", least=-MOST_DAYS, most=MOST_DAYS),
        _valued(DueUnit, part.get("unit", DueUnit.DAYS.value), "create"),
    )


def _offset(part: Mapping[str, Any]) -> Offset:
    return Offset(
        _among(_named(Whence, part.get("whence"), "offset"), OFFSETS, "offset"),
        months=_number(part.get("months", 0), "offset", least=0, most=MOST_MONTHS),
        days=_number(part.get("days", 0), "offset", least=0, most=MOST_DAYS),
        adjust=_valued(Adjust, part.get("adjust", Adjust.PREVIOUS.value), "offset"),
    )


def _target(part: Mapping[str, Any]) -> Before:
    return Before(
        _number(part.get("days"), "target", least=0, most=MOST_DAYS),
        _valued(DueUnit, part.get("unit", DueUnit.DAYS.value), "target"),
    )


def _milestones(value: object) -> tuple[Milestone, ...]:
    found = []
    for one in _list(value, "milestones"):
        if not isinstance(one, Mapping):
            raise _bad("milestones", "Another date has a label and a rule.")
        label = str(one.get("label", "")).strip()
        if not label or len(label) > MOST_LABEL:
            raise _bad("milestones", f"Another date has a name of at most {MOST_LABEL} characters.")
        if not keepable(label):
            raise _bad("milestones", "The name of another date has a character that cannot be kept.")
        found.append(Milestone(label, _rule(one.get("rule"), "milestones")))
    if len({one.label for one in found}) < len(found):
        raise _bad("milestones", "Two other dates have one name.")
    return tuple(found)
