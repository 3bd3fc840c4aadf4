"""The date a rule gives for some inputs, and the dates beside it. A statutory date is never moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from natrium.domain.deadlines.context import Context, Holidays
from natrium.domain.deadlines.inputs import read
from natrium.domain.deadlines.rule import Rule, Version
from natrium.domain.deadlines.rules import rule_called
from natrium.domain.deadlines.series import Part
from natrium.domain.deadlines.words import said
from natrium.domain.errors import Code, Refusal


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule answers. `due` is the date of the first part where there are several.

    `why` is a sentence. `pay_by` is the last day on which a payment must have cleared, unless by Faster Payments;
    None where nothing is paid. `period` is what the return covers, where the rule says so.
    """

    rule: Rule
    version: Version
    due: date
    why: str
    parts: tuple[Part, ...] = ()
    period: tuple[date, date] | None = None
    pay_by: date | None = None


def reckon(name: str, values: Mapping[str, object], *, holidays: Holidays, version: int | None = None) -> Answer:
    """What the rule of that name gives for these inputs (dates as such or as ISO text).

    With `version` it is that one, as a task keeps the version it was made with; else the one that holds for the inputs.
    Refuses `unknown-key` for a rule or version that is not there, `bad-value` with the field for inputs that are
    missing, unknown, no such value, or make no sense together.
    """
    rule = rule_called(name)
    taken = read(rule.inputs, dict(values))
    context = Context(taken, {one.name: one.label for one in rule.inputs}, holidays)
    for sense in rule.sense:
        if not sense.holds.holds(context):
            raise Refusal(Code.BAD_VALUE, sense.message, field=sense.field)
    chosen = rule.version_for(context) if version is None else rule.version(version)
    parts = chosen.parts(context)
    if rule.deed.pays:
        parts = tuple(replace(part, pay_by=context.working(part.due, 0)) for part in parts)
    first = parts[0]
    return Answer(
        rule=rule,
        version=chosen,
        due=first.due,
        why=_why(chosen, first, context),
        parts=parts if chosen.series else (),
        period=chosen.period.period(context) if chosen.period else None,
        pay_by=first.pay_by,
    )


def _why(version: Version, part: Part, context: Context) -> str:
    period = f" ({version.period.words(context)})" if version.period else ""
    return f"{said(part.due)}: {part.words}{period}."
