"""The one description of a template's plain form: which fields it has, of what kind, and what they mean.

Reading, writing (codec.py) and the published JSON Schema (schema.py) all follow it.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Any

from natrium.domain.workflow.definition import (
    MAX_DAYS,
    MAX_MINUTES,
    MAX_NAME,
    MAX_TEXT,
    Due,
    DueFrom,
    DueUnit,
    GroupDefinition,
    Order,
    StepDefinition,
    Template,
    WaitsOn,
)
from natrium.domain.workflow.fields import (
    AssignRule,
    Choice,
    Flag,
    Kind,
    ListOf,
    Problems,
    Text,
    Whole,
    did_you_mean,
    given,
    listed,
    shortened,
)
from natrium.domain.workflow.findings import Path
from natrium.domain.workflow.lint_values import EMAIL_PATTERN, KEY_PATTERN, RULE_PATTERN


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record: its name in the form, its kind, and what it means, for the schema.

    `attribute` is its name in the dataclass, where that differs. One without a default in the dataclass is required.
    """

    name: str
    kind: Kind
    about: str
    attribute: str = ""

    @property
    def held_as(self) -> str:
        """The name in the dataclass."""
        return self.attribute or self.name


@dataclass(frozen=True, kw_only=True)
class Record:
    """A set of fields that makes one dataclass. `what` names it in sentences: "a step"."""

    makes: type[Any]
    what: str
    fields: tuple[Field, ...]

    def read(self, value: object, path: Path, problems: Problems) -> Any:  # noqa: ANN401 - it makes what it is told to
        """Give the dataclass, or None where a part of it cannot be read."""
        if not isinstance(value, Mapping):
            problems.add(path, f"{self.what.capitalize()} is a set of fields, and here is {given(value)}.")
            return None
        before = len(problems.found)
        self._unknown(value, path, problems)
        values = {}
        for field in self.fields:
            written = value.get(field.name)
            if written is not None:
                values[field.held_as] = field.kind.read(written, (*path, field.name), problems)
            elif field.name in self.required:
                place = (*path, field.name) if field.name in value else path
                problems.add(place, f"{self.what.capitalize()} needs “{field.name}”: {field.about}", "missing-field")
        return self.makes(**values) if len(problems.found) == before else None

    def write(self, value: Any) -> dict[str, object]:  # noqa: ANN401 - likewise
        """Give the fields that differ from their defaults, and the required ones."""
        written = {}
        for field in self.fields:
            held = getattr(value, field.held_as)
            if field.name in self.required or held != self.default(field):
                written[field.name] = field.kind.write(held)
        return written

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of the fields that have no default."""
        return frozenset(field.name for field in self.fields if self.default(field) is MISSING)

    def default(self, field: Field) -> object:
        """Give a field's default, or dataclasses.MISSING."""
        return self._defaults[field.held_as]

    @cached_property
    def _defaults(self) -> dict[str, object]:
        return {known.name: known.default for known in fields(self.makes)}

    def schema(self) -> dict[str, object]:
        """Give the JSON Schema; a field with a default may also be empty."""
        properties: dict[str, object] = {}
        for field in self.fields:
            schema = {"description": field.about, **field.kind.schema()}
            properties[field.name] = schema if field.name in self.required else _or_empty(schema)
        required = [field.name for field in self.fields if field.name in self.required]
        return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}

    def _unknown(self, value: Mapping[str, object], path: Path, problems: Problems) -> None:
        names = [field.name for field in self.fields]
        for name in map(str, value):
            if name not in names:
                usual = _USUAL_SLIPS.get(name.lower())
                near = f" Did you mean “{usual}”?" if usual in names else did_you_mean(name, names)
                hint = near or f" {self.what.capitalize()} has {listed(names, 'and')}."
                problems.add(
                    (*path, name), f"“{shortened(name)}” is not a field of {self.what}.{hint}", "unknown-field"
                )


_USUAL_SLIPS = {
    "title": "name",
    "minutes": "estimate",
    "estimate_minutes": "estimate",
    "assignee": "assign",
    "owner": "assign",
    "depends_on": "after",
    "ordered": "order",
    "due_rule": "due",
    "description": "guidance",
    "notes": "guidance",
    "optional": "required",
}


def _or_empty(schema: dict[str, object]) -> dict[str, object]:
    match schema:
        case {"type": str(kind)}:
            return {**schema, "type": [kind, "null"]}
        case {"enum": list(words)}:
            return {**schema, "enum": [*words, None]}
        case {"anyOf": list(choices)}:
            return {**schema, "anyOf": [*choices, {"type": "null"}]}
    return schema  # pragma: no cover - every kind has one of the three


class DueRecord(Record):
    """A due date: it says days or a rule, so that an empty one is not mistaken for "on the day"."""

    def read(self, value: object, path: Path, problems: Problems) -> Any:  # noqa: ANN401 - as Record
        """Give the due date, or None where a part of it cannot be read or neither days nor rule are there."""
        if isinstance(value, Mapping) and not {"days", "rule"} & {name for name in value if value[name] is not None}:
            problems.add(path, "A due date needs “days” (before or after a date) or “rule”.", "missing-field")
        return Record.read(self, value, path, problems)

    def write(self, value: Due) -> dict[str, object]:
        """Give the fields; `days` always, unless a rule says when."""
        written = Record.write(self, value)
        return written if value.rule else {"days": value.days, **written}

    def schema(self) -> dict[str, object]:
        """Give the schema: days from a date, or a rule."""
        kinds = {"days": "integer", "rule": "string"}
        ways = [{"required": [name], "properties": {name: {"type": kind}}} for name, kind in kinds.items()]
        return {**Record.schema(self), "anyOf": ways}


_KEY = Text(most=63, pattern=KEY_PATTERN)
_NAME = Text(most=MAX_NAME, least=1)

DUE = DueRecord(
    makes=Due,
    what="a due date",
    fields=(
        Field(
            name="days", kind=Whole(least=-MAX_DAYS, most=MAX_DAYS), about="Days after the date; before it if negative."
        ),
        Field(name="unit", kind=Choice(DueUnit), about="Calendar days, or working days."),
        Field(
            name="from",
            attribute="from_",
            kind=Choice(DueFrom),
            about="The date it counts from: the task's target, its statutory date, or the day of attaching.",
        ),
        Field(name="rule", kind=Text(most=MAX_NAME, pattern=RULE_PATTERN), about="A statutory rule, in place of days."),
    ),
)

STEP = Record(
    makes=StepDefinition,
    what="a step",
    fields=(
        Field(
            name="key", kind=_KEY, about="What `after` calls it; unique in the template, and kept when it is renamed."
        ),
        Field(name="name", kind=_NAME, about="What is to be done, in a few words."),
        Field(name="assign", kind=AssignRule(EMAIL_PATTERN), about="Who it goes to."),
        Field(name="blocking", kind=Flag(), about="Until it is settled nothing that comes later may start."),
        Field(name="required", kind=Flag(), about="It can be done but not skipped."),
        Field(name="after", kind=ListOf(_KEY, unique=True), about="Keys of further steps that must be settled first."),
        Field(name="estimate", kind=Whole(least=0, most=MAX_MINUTES), about="How long it takes, in minutes."),
        Field(name="due", kind=DUE, about="When it is due."),
        Field(name="waits_on", kind=Choice(WaitsOn), about="Whom it waits on by nature."),
        Field(name="review", kind=Flag(), about="It signs off others' work."),
        Field(
            name="approval", kind=Flag(), about="It records the client's approval; completing it asks for the evidence."
        ),
        Field(
            name="filing",
            kind=Flag(),
            about="It sends something to an authority; completing it asks for the reference.",
        ),
        Field(name="guidance", kind=Text(most=MAX_TEXT), about="How to do it, in Markdown."),
    ),
)

GROUP = Record(
    makes=GroupDefinition,
    what="a group",
    fields=(
        Field(name="key", kind=_KEY, about="Unique among groups and steps, and kept when it is renamed."),
        Field(name="name", kind=_NAME, about="What this part of the work is called."),
        Field(name="order", kind=Choice(Order), about="Its steps are done one after the other, or in any order."),
        Field(name="gate", kind=Flag(), about="It must finish before any later group begins."),
        Field(name="steps", kind=ListOf(STEP), about="Its steps, in order."),
    ),
)

FORM = Record(
    makes=Template,
    what="a template",
    fields=(
        Field(name="name", kind=_NAME, about="What the workflow is called."),
        Field(name="description", kind=Text(most=MAX_TEXT), about="What it is for."),
        Field(name="groups", kind=ListOf(GROUP), about="Its groups, in order."),
    ),
)
