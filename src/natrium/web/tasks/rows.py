"""A step's row, kept as text from one page to the next: after an action only the rows that changed are made anew.

The key is everything the row shows, what this member may do included, so equal keys are equal rows. What differs
from request to request (the form's token, the members to choose from) is put into the text each time.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from natrium.apps.workflows.panels import ActivityLine, StepLine
from natrium.web import kept
from natrium.web.refused import Refused

FIELDS, MEMBERS = kept.slot(), kept.slot()


@pass_context
def row(context: Context, step: StepLine, url: str, prefix: str, place: int, gate: str = "") -> Markup:
    """The row of a step; `url` is where its forms go, `gate` what it waits for where that is a whole group."""
    row_id = prefix + step.key
    lines = tuple(context["history"].get(row_id, ()))
    refused: Refused | None = context["refused"]
    if refused is not None and (refused.key, refused.place) != (step.key, place):
        refused = None
    opened = context["opened"] == row_id
    if refused is None and not opened:
        pieces = _kept(step, url, prefix, gate, lines, context["today"])
    else:
        form = context["opened_form"] if opened else ""
        pieces = _cut(_made(step, url, prefix, gate, lines, context["today"], r=refused, form=form))
    token, task_id = context["csrf"], context["page"].task.id
    fields = f'{token}<input type="hidden" name="task" value="{task_id}">'
    return kept.filled([kept.filled(part, fields) for part in pieces], context["member_options"])


@lru_cache(maxsize=kept.KEPT)
def _kept(
    step: StepLine, url: str, prefix: str, gate: str, lines: tuple[ActivityLine, ...], today: date
) -> tuple[kept.Pieces, ...]:
    return _cut(_made(step, url, prefix, gate, lines, today))


def _cut(text: str) -> tuple[kept.Pieces, ...]:
    return tuple(kept.cut(part, FIELDS) for part in kept.cut(text, MEMBERS))


def _made(
    step: StepLine,
    url: str,
    prefix: str,
    gate: str,
    lines: tuple[ActivityLine, ...],
    today: date,
    **more: Any,  # noqa: ANN401 - the refusal and the form to open, where there are some
) -> str:
    """The row as its template, which escapes, makes it."""
    shown: dict[str, Any] = {"s": step, "url": url, "p": prefix, "gate": gate, "lines": lines, "today": today}
    given = {"r": None, "form": "", "open": bool(more), "fields": FIELDS, "members": MEMBERS}
    return kept.template("tasks/_step.html").render(shown | given | more)
