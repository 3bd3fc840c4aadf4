"""What the forms of a schedule say, as a schedule of the rules; and a schedule as its forms show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from natrium.domain.deadlines.feeds import Source, feeds_of
from natrium.domain.deadlines.rules import RULES
from natrium.domain.deadlines.targets import MOST_DAYS, Adjust
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.codec import MONTHS, MOST_MONTHS
from natrium.domain.recurrence.schedule import Anchor, Before, Create, Milestone, Offset, Parts, Schedule, Whence
from natrium.domain.recurrence.sentences import Word
from natrium.domain.workflow.definition import DueUnit

MOST_DATES = 6
# The rules that a client's and a period's facts can answer.
ASKED = tuple(
    name
    for name in RULES
    if all(feed.source is not Source.ASKED or one.optional for one, feed in feeds_of(name))
    and name not in ("internal.target", "ch.ard.default")
)
# Which fields the small form of each word has.
FIELDS: dict[Word, tuple[str, ...]] = {
    Word.OFTEN: ("anchor", "months"),
    Word.ANCHOR: ("anchor", "months"),
    Word.DUE: ("rule", "after_months", "after_days", "after", "adjust", "parts"),
    Word.ADJUST: ("rule", "after_months", "after_days", "after", "adjust", "parts"),
    Word.PARTS: ("rule", "after_months", "after_days", "after", "adjust", "parts"),
    Word.DATES: tuple(f"{name}{number}" for number in range(1, MOST_DATES + 1) for name in ("label", "law")),
    Word.TARGET: ("target", "target_unit"),
    Word.CREATE: ("create", "create_unit", "create_side", "create_from"),
}


def said(schedule: Schedule) -> dict[str, str]:
    """A schedule's fields as the forms show them: all of them, so that a form that lacks one changes nothing."""
    offset = schedule.offset or Offset(Whence.PERIOD_END)
    found = {
        "anchor": schedule.anchor.name.lower(),
        "months": str(schedule.months),
        "rule": "" if schedule.offset else schedule.rule,
        "after_months": str(offset.months),
        "after_days": str(offset.days),
        "after": offset.whence.name.lower(),
        "adjust": offset.adjust.value,
        "parts": schedule.parts.name.lower(),
        "target": str(schedule.target.days) if schedule.target else "",
        "target_unit": (schedule.target.unit if schedule.target else DueUnit.DAYS).value,
        "create": str(abs(schedule.create.days)),
        "create_unit": schedule.create.unit.value,
        "create_side": "before" if schedule.create.days < 0 else "after",
        "create_from": schedule.create.whence.name.lower(),
    }
    for number in range(1, MOST_DATES + 1):
        mark = schedule.milestones[number - 1] if number <= len(schedule.milestones) else None
        found |= {f"label{number}": mark.label if mark else "", f"law{number}": mark.rule if mark else ""}
    return found


def read(given: Mapping[str, str], before: Schedule) -> Schedule:
    """The schedule that the fields say; what they cannot say stays as it was. Refuses `bad-value` with the field."""
    anchor = _one_of(Anchor, given, "anchor", "Choose from the list what its periods hang on.")
    rule = given.get("rule", "")
    if rule and rule not in ASKED:
        raise Refusal(Code.BAD_VALUE, "Choose the rule from the list.", field="rule")
    own = _offset(given, anchor) if not rule else None
    return replace(
        before,
        anchor=anchor,
        months=_months(given, anchor),
        rule=rule,
        offset=own,
        parts=_parts(given, rule),
        milestones=_dates(given),
        others=before.others if rule == before.rule else (),
        target=_target(given),
        create=_create(given, anchor),
    )


def _months(given: Mapping[str, str], anchor: Anchor) -> int:
    if anchor in MONTHS:
        return MONTHS[anchor]
    return _number(given, "months", 1, MOST_MONTHS, "months")


def _offset(given: Mapping[str, str], anchor: Anchor) -> Offset:
    months = _number(given, "after_months", 0, MOST_MONTHS, "months")
    days = _number(given, "after_days", 0, MOST_DAYS, "days")
    whence = _one_of(Whence, given, "after", "Choose from the list what it counts from.")
    adjust = given.get("adjust", "")
    if adjust not in set(Adjust):
        raise Refusal(Code.BAD_VALUE, "Choose from the list where a day off goes.", field="adjust")
    return Offset(_fitting(whence, anchor), months, days, Adjust(adjust))


def _parts(given: Mapping[str, str], rule: str) -> Parts:
    parts = _one_of(Parts, given, "parts", "Choose from the list how many tasks a period has.")
    return parts if rule else Parts.ONE


def _dates(given: Mapping[str, str]) -> tuple[Milestone, ...]:
    found: list[Milestone] = []
    for number in range(1, MOST_DATES + 1):
        label, rule = given.get(f"label{number}", "").strip(), given.get(f"law{number}", "")
        if not label and not rule:
            continue
        if not label or len(label) > 100:
            raise Refusal(Code.BAD_VALUE, "Name the date, in at most 100 characters.", field=f"label{number}")
        if rule not in ASKED:
            raise Refusal(Code.BAD_VALUE, "Choose the rule that gives this date.", field=f"law{number}")
        if label in {one.label for one in found}:
            raise Refusal(Code.BAD_VALUE, "Two dates cannot have the same name.", field=f"label{number}")
        found.append(Milestone(label, rule))
    return tuple(found)


def _target(given: Mapping[str, str]) -> Before | None:
    if not given.get("target", "").strip():
        return None
    return Before(_number(given, "target", 0, MOST_DAYS, "days"), _unit(given, "target_unit"))


def _create(given: Mapping[str, str], anchor: Anchor) -> Create:
    days = _number(given, "create", 0, MOST_DAYS, "days")
    whence = _one_of(Whence, given, "create_from", "Choose from the list what it counts from.")
    if whence is Whence.PERIOD_START:
        raise Refusal(Code.BAD_VALUE, "Choose from the list what it counts from.", field="create_from")
    side = given.get("create_side", "")
    if side not in ("before", "after"):
        raise Refusal(Code.BAD_VALUE, "Say whether it appears before or after that day.", field="create_side")
    if whence is not Whence.DUE:
        whence = _fitting(whence, anchor)
    return Create(whence, -days if side == "before" else days, _unit(given, "create_unit"))


def _fitting(whence: Whence, anchor: Anchor) -> Whence:
    """What happens once counts from the day it happens, and what recurs from its period."""
    if anchor is Anchor.EVENT:
        return Whence.EVENT
    return Whence.PERIOD_END if whence in (Whence.EVENT, Whence.DUE) else whence


def _unit(given: Mapping[str, str], field: str) -> DueUnit:
    try:
        return DueUnit(given.get(field, ""))
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "They are days, or working days.", field=field) from None


def _one_of[E: (Anchor, Whence, Parts)](kind: type[E], given: Mapping[str, str], field: str, words: str) -> E:
    """A choice by its name. The blank one of `Parts` has a name as well."""
    name = given.get(field, "").upper()
    if name not in kind.__members__:
        raise Refusal(Code.BAD_VALUE, words, field=field)
    return kind[name]


def _number(given: Mapping[str, str], field: str, least: int, most: int, noun: str) -> int:
    text = given.get(field, "").strip() or "0"
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1
    if not least <= number <= most:
        raise Refusal(Code.BAD_VALUE, f"Give a whole number of {noun} from {least} to {most:,}.", field=field)
    return number
