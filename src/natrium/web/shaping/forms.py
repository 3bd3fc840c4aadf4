"""The form about one step or group, as its template shows it: what was typed, what is wrong, what a colleague did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from natrium.apps.workflows.operations import Clash
from natrium.apps.workflows.shapes import GroupShape, StepShape
from natrium.domain.errors import Code, Refusal
from natrium.web.refused import STATUS
from natrium.web.shaping.reading import (
    FLAGS,
    GROUP_FIELDS,
    STEP_FIELDS,
    shown_of_group,
    shown_of_step,
    typed_of_group,
    typed_of_step,
)
from natrium.web.shaping.words import in_words

PARTS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "who": ("assign",),
    "due": ("due",),
    "estimate": ("estimate",),
    "after": ("after",),
    "rules": (*FLAGS, "waits_on"),
    "guidance": ("guidance",),
}
CLASHED = 409
ASIDE = {"due_on": "due", "due_by_hand": "due"}
INPUTS = {"due": ("due_how", "due_days", "due_unit", "due_side", "due_from", "due_rule", "due_on")}


@dataclass(frozen=True, slots=True)
class Theirs:
    """What a colleague put into a field meanwhile, in words."""

    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its fields. `fields` are those it has; `typed` what stands in them, `shown` what it says it showed.

    `wrong` are messages by field, "" for the whole. `theirs`: fields that a colleague changed meanwhile.
    `saved`: what clashed with nobody is saved. `asks_reason`: it loosens a rule of the template, so it asks why.
    """

    fields: tuple[str, ...]
    typed: Mapping[str, Sequence[str]]
    shown: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    saved: bool = False
    asks_reason: bool = False
    reason: str = ""
    code: str = ""
    status: int = 200

    def value(self, name: str) -> str:
        """What stands in a field."""
        values = self.typed.get(name, ())
        return values[0] if values else ""

    def has(self, name: str, value: str) -> bool:
        """Whether a choice is ticked."""
        return value in self.typed.get(name, ())


def fields_of(part: str) -> tuple[str, ...]:
    """The fields of a part of the step's form; all of them for anything else."""
    return PARTS.get(part, STEP_FIELDS)


def step_form(shape: StepShape, part: str) -> Form:
    """The form as it is opened."""
    return Form(fields_of(part), typed_of_step(shape.step), shown_of_step(shape.step))


def group_form(shape: GroupShape, part: str) -> Form:
    """The form as it is opened; `part` "name" has the name only."""
    fields = ("name",) if part == "name" else GROUP_FIELDS
    return Form(fields, typed_of_group(shape.group), shown_of_group(shape.group))


def refused_form(form: Form, post: QueryDict, wrong: Mapping[str, str], refusal: Refusal | None = None) -> Form:
    """The form with all that was typed, after nothing was saved: it still says what it showed at first."""
    shown = dict(form.shown) | {name: post.get(f"was_{name}", "") for name in form.shown if f"was_{name}" in post}
    messages = dict(wrong)
    if refusal is not None:
        at = ASIDE.get(refusal.field, refusal.field)
        messages[at if at in form.fields or at == "reason" else ""] = refusal.message
    asks = "reason" in post or (refusal is not None and refusal.code is Code.REASON_NEEDED)
    status = STATUS[refusal.code if refusal is not None else Code.BAD_VALUE]
    return Form(
        form.fields, _typed(form, post, form.fields), shown, messages,
        asks_reason=asks, reason=post.get("reason", ""),
        code=(refusal.code if refusal is not None else Code.BAD_VALUE).value, status=status,
    )  # fmt: skip


def clashing_form(
    form: Form, post: QueryDict, clashes: Sequence[Clash], today: date, names: Mapping[str, str], *, saved: bool
) -> Form:
    """The form after all but the clashing fields were saved: those keep what was typed, beside what stands there."""
    theirs = {ASIDE.get(one.field, one.field): Theirs(one.by, in_words(one.value, today, names)) for one in clashes}
    typed = _typed(form, post, tuple(theirs))
    reason = post.get("reason", "")
    return Form(
        form.fields, typed, form.shown, theirs=theirs, saved=saved, reason=reason, code="stale-edit", status=CLASHED
    )


def _typed(form: Form, post: QueryDict, fields: Sequence[str]) -> dict[str, Sequence[str]]:
    """What stands in the form, with what was typed into some of its fields."""
    names = [name for one in fields for name in INPUTS.get(one, (one,))]
    return dict(form.typed) | {name: post.getlist(name) for name in names if f"was_{name}" in post or name in post}
