"""A step's row, kept as text from one page to the next: after an action only the rows that changed are made anew.

The key is everything the row shows, what this member may do included, so equal keys are equal rows. What differs
from request to request (the form's token, the members to choose from) is put into the text each time.
"""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine, StepLine
from natrium.web import kept
from natrium.web.refused import Refused
from natrium.web.tasks.context import Slot

FIELDS, MEMBERS = kept.slot(), kept.slot()


class Shown(NamedTuple):
    """Everything that a row shows. `p` is what ids begin with, `shapes` whether this member may change the step.

    `notes` and `files` are how many the step has; `files_at` is where they are, and where one is added.
    """

    s: StepLine
    url: str
    p: str
    gate: str
    lines: tuple[ActivityLine, ...]
    today: date
    shapes: bool
    notes: int
    files: int
    files_at: str


@pass_context
def row(context: Context, step: StepLine, url: str, prefix: str, place: int, gate: str = "") -> Markup:
    """The row of a step; `url` is where its forms go, `gate` what it waits for where that is a whole group."""
    row_id = prefix + step.key
    lines = tuple(context["history"].get(row_id, ()))
    refused: Refused | None = context["refused"]
    if refused is not None and (refused.key, refused.place) != (step.key, place):
        refused = None
    opened = context["opened"] == row_id
    slot: Slot | None = context["slot"]
    notes, files = context["beside"].by_step.get(step.id, (0, 0)) if place else (0, 0)
    shapes = bool(place) and context["can_shape"]
    files_at = f"/tasks/{context['page'].task.id}/?side=files&step={step.id}#activity" if place else ""
    shown = Shown(step, url, prefix, gate, lines, context["today"], shapes, notes, files, files_at)
    if slot is not None and slot.at == f"step-{row_id}":
        pieces = _cut(_made(shown, slot=slot.html))
    elif refused is None and not opened:
        pieces = _kept(shown)
    else:
        form = context["opened_form"] if opened else ""
        pieces = _cut(_made(shown, r=refused, form=form, open=True))
    token, task_id = context["csrf"], context["page"].task.id
    fields = f'{token}<input type="hidden" name="task" value="{task_id}">'
    return kept.filled([kept.filled(part, fields) for part in pieces], context["member_options"])


@lru_cache(maxsize=kept.KEPT)
def _kept(shown: Shown) -> tuple[kept.Pieces, ...]:
    return _cut(_made(shown))


def _cut(text: str) -> tuple[kept.Pieces, ...]:
    return tuple(kept.cut(part, FIELDS) for part in kept.cut(text, MEMBERS))


def _made(shown: Shown, **more: Any) -> str:  # noqa: ANN401 - the refusal and the forms to open, where there are some
    """The row as its template, which escapes, makes it."""
    given = {"r": None, "form": "", "slot": "", "open": False, "fields": FIELDS, "members": MEMBERS}
    return kept.template("tasks/_step.html").render(shown._asdict() | given | more)
