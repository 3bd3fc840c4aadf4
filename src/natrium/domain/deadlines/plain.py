"""Questions and answers about due dates in plain form, as `natrium due` reads and prints them (SPEC section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from natrium.domain.deadlines.context import Calendar, Holidays
from natrium.domain.deadlines.inputs import Choice, Input, Whole, read
from natrium.domain.deadlines.reckoning import Answer, reckon
from natrium.domain.deadlines.series import Part
from natrium.domain.deadlines.targets import MOST_DAYS, Adjust, Target, target_date, target_words
from natrium.domain.errors import Code, Refusal
from natrium.domain.text import keepable
from natrium.domain.workflow.definition import DueUnit
from natrium.domain.workflow.fields import given

INTERNAL = (
    Input("offset", "the offset of the target, in days before the due date,", Whole(-MOST_DAYS, 0)),
    Input("unit", "the unit of the target", Choice(tuple(DueUnit))),
    Input("adjust", "the adjustment of the target", Choice(tuple(Adjust))),
    Input("calendar", "the calendar of the target", Choice(tuple(Calendar))),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One row: its id, a rule's name and the inputs; with `target`, the practice's own date is asked for as well."""

    id: str
    rule: str
    values: Mapping[str, object]
    target: Target | None = None


def question(row: object) -> Question:
    """Read a row of the plain form; what else stands in it (notes, expectations) is left alone.

    Refuses `bad-value`; the field is a path: "inputs.internal.offset".
    """
    if not isinstance(row, Mapping):
        raise _bad("", f"A row is a set of fields with id, rule and inputs, and here is {given(row)}.")
    for name, words in (("id", "text that names the row"), ("rule", "the name of a rule, like ch.accounts.annual")):
        if not isinstance(row.get(name), str) or not keepable(row[name]):
            raise _bad(name, f"“{name}” is {words}, and here is {_found(row, name)}.")
    inputs = row.get("inputs")
    if not isinstance(inputs, Mapping):
        raise _bad(
            "inputs", f"“inputs” is a set of fields, the rule's inputs by name, and here is {_found(row, 'inputs')}."
        )
    values = {name: value for name, value in inputs.items() if name != "internal"}
    internal = inputs.get("internal")
    return Question(row["id"], row["rule"], values, None if internal is None else _target(internal))


def answer(asked: Question, *, holidays: Holidays, explain: bool = False) -> dict[str, object]:
    """Answer a question in plain form; `explain` adds why, by which version and source, and by when to pay.

    Refuses as `reckoning.reckon` does; the field is a path.
    """
    try:
        found = reckon(asked.rule, asked.values, holidays=holidays)
    except Refusal as refusal:
        field = refusal.field if refusal.code is Code.UNKNOWN_KEY else f"inputs.{refusal.field}"
        raise Refusal(refusal.code, refusal.message, field=field) from None
    said: dict[str, object] = {"id": asked.id, "due": found.due.isoformat()}
    if asked.target:
        said["internal"] = target_date(found.due, asked.target, holidays=holidays).isoformat()
    if found.parts:
        said["sequence"] = [_part(part, explain=explain) for part in found.parts]
    if found.period:
        said["period"] = [day.isoformat() for day in found.period]
    if explain:
        said |= _explanation(found)
        if asked.target:
            said["internal_why"] = f"{target_words(found.due, asked.target, holidays=holidays)}."
    return said


def _explanation(found: Answer) -> dict[str, object]:
    words: dict[str, object] = {"pay_by": found.pay_by.isoformat()} if found.pay_by else {}
    words |= {"why": found.why, "version": found.version.number, "source": found.version.source}
    return words | ({"note": found.version.note} if found.version.note else {})


def _part(part: Part, *, explain: bool) -> dict[str, object]:
    said: dict[str, object] = {"n": part.number}
    if part.period_end:
        said["period_end"] = part.period_end.isoformat()
    said["due"] = part.due.isoformat()
    if explain:
        said |= {"pay_by": part.pay_by.isoformat()} if part.pay_by else {}
        said["why"] = part.words
    return said


def _target(internal: object) -> Target:
    if not isinstance(internal, Mapping):
        raise _bad("inputs.internal", f"“internal” is a set of fields, and here is {given(internal)}.")
    try:
        values = read(INTERNAL, dict(internal))
    except Refusal as refusal:
        raise _bad(f"inputs.internal.{refusal.field}", refusal.message) from None
    return Target(
        days_before=-int(str(values["offset"])),
        unit=DueUnit(str(values["unit"])),
        adjust=Adjust(str(values["adjust"])),
        calendar=Calendar(str(values["calendar"])),
    )


def _found(row: Mapping[str, object], name: str) -> str:
    return given(row[name]) if name in row else "nothing"


def _bad(field: str, message: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, message, field=field)
