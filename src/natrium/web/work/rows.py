"""Rows of work lists: kept as text from one page to the next, or opened with the forms of what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markupsafe import Markup

from natrium.apps.workflows.worklists import StepPlace, WorkRow, WorkStep
from natrium.web import kept
from natrium.web.http import csrf_field
from natrium.web.refused import Refused
from natrium.web.work.lists import WorkList

FIELDS, QUERY = kept.slot(), kept.slot()


class Shown(NamedTuple):
    """Everything that a row shows."""

    row: WorkRow
    section: str
    today: date
    lit: bool
    may: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A row that stands open: its id, and the text of it."""

    step_id: int
    html: Markup


@dataclass(frozen=True, slots=True)
class Slots:
    """What differs from request to request in every row: the fields of its forms, and what narrows the list."""

    fields: SafeString
    query: str


def slots_of(request: HttpRequest, shown: WorkList) -> Slots:
    """The token and where the list was, for its forms; the query that narrows it, for its links."""
    fields = format_html('{}<input type="hidden" name="back" value="{}">', csrf_field(request), shown.address)
    return Slots(fields, f"{urlencode({'q': shown.keep})}&amp;" if shown.keep else "")


def work_row(
    row: WorkRow,
    section: str,
    today: date,
    slots: Slots,
    *,
    may: bool,
    lit: bool = False,
    gone: bool = False,
) -> Markup:
    """The row of a step in a section; `lit` marks the first to do, `may` whether this member acts.

    `gone`: it was just acted upon, and will not be there when the list is read anew.
    """
    text = _kept(Shown(row, section, today, lit=lit, may=may, gone=gone))
    return Markup(text.replace(FIELDS, slots.fields).replace(QUERY, slots.query))  # noqa: S704 - the template escaped it


@lru_cache(maxsize=kept.KEPT)
def _kept(shown: Shown) -> str:
    return kept.template("work/_row.html").render(shown._asdict() | {"fields": FIELDS, "query": QUERY, "detail": ""})


def open_row(
    step: WorkStep,
    section: str,
    today: date,
    slots: Slots,
    shown: WorkList,
    *,
    form: str = "",
    no: Refused | None = None,
) -> Opening:
    """A row with its forms; `form` names the one that stands open, `no` is what was just refused."""
    row, closed = step.row, f"{shown.address}#row-{step.row.step_id}"
    given = {
        "row": row, "section": section, "today": today, "fields": slots.fields, "query": slots.query, "s": step.line,
        "members": step.members, "form": no.noun if no else form, "r": no, "closed": closed,
    }  # fmt: skip
    detail = Markup(kept.template("work/_detail.html").render(given))  # noqa: S704 - the template escaped it
    around = Shown(row, section, today, lit=False, may=bool(step.line.can), gone=False)._asdict()
    text = kept.template("work/_row.html").render(given | around | {"detail": detail})
    return Opening(row.step_id, Markup(text))  # noqa: S704 - likewise


def past_row(place: StepPlace, typed: Sequence[tuple[str, str]], shown: WorkList, no: Refused) -> Opening:
    """The row of a step that is no longer worked: what was refused, what was typed, and the way to its task."""
    given = {"place": place, "typed": typed, "closed": shown.address, "r": no}
    text = kept.template("work/_past.html").render(given)
    return Opening(place.step_id, Markup(text))  # noqa: S704 - the template escaped it


def is_gone(row: WorkRow, section: str, me: int) -> bool:
    """Whether a step that was acted upon has left its section of a member's list."""
    holds = row.holder is not None and row.holder.id == me
    match section:
        case "waiting":
            return not (holds and row.state == "waiting")
        case "confirm":
            return not (holds and row.state == "stale")
        case "coming":
            return row.state in ("done", "skipped", "blocked")
        case "delegated":
            return holds or row.state not in ("ready", "in_progress", "waiting")
        case "grabs":
            return row.holder is not None or row.state != "ready"
        case _:
            return not (holds and row.state in ("ready", "in_progress"))


def asked_open(shown: WorkList, step_id: int, form: str, section: str) -> str:
    """The address at which a list shows a row open, for a browser without scripts."""
    query = {"open": str(step_id), "from": section} | ({"form": form} if form else {})
    return f"{shown.with_query(**query)}#row-{step_id}"
