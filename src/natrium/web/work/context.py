"""What the templates of work lists need beside the read model."""

from hashlib import blake2s
from typing import Any

from django.http import HttpRequest

from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import Delegated, MyWork, WorkRow, WorkSection
from natrium.domain.roles import Role
from natrium.web.http import Asked
from natrium.web.work import words
from natrium.web.work.lists import WorkList
from natrium.web.work.rows import Opening, slots_of

HINTS = {
    "confirm": "something before them was sent back",
    "waiting": "nothing to do unless it goes quiet",
    "coming": "yours once these are done",
    "grabs": "for anyone",
}


def work_context(
    request: HttpRequest,
    work: MyWork | Delegated,
    who: Asked,
    shown: WorkList,
    *,
    opened: Opening | None = None,
    continued: bool = False,
) -> dict[str, Any]:
    """The context of work/my_work.html and of its fragments.

    `opened`: a row that stands open. `continued`: it is one section, from the middle on.
    """
    rows = rows_of(work)
    found: dict[str, Any] = {
        "work": work,
        "sentence": sentence(work, shown),
        "may": who.by.member.role >= Role.STAFF,
        "mine": shown.of is None,
        "shown": shown,
        "slots": slots_of(request, shown),
        "opened": opened,
        "astray": opened is not None and all(row.step_id != opened.step_id for row in rows),
        "continued": continued,
        "set_up": None,
        "no_password": False,
        "state": state_of(work),
        "is_new": not rows and not shown.keep and not queries.has_tasks(by=who.by),
    }
    if isinstance(work, Delegated):
        return found
    found |= {
        "lit": first_to_do(work),
        "more": {section.key: more(shown, section) for section in work.sections},
        "hints": HINTS,
        "planned": share(work.planned, work.hours),
        "meantime": words.in_the_meantime(work) if not continued else "",
    }
    return found | ({"ready": work.ready or ""} if shown.of is None and not shown.keep else {})


def sentence(work: MyWork | Delegated, shown: WorkList) -> str:
    """The one sentence under the heading."""
    if isinstance(work, Delegated):
        return words.of_delegated(work)
    return words.of_work(work, mine=shown.of is None)


def counts_of(work: MyWork | Delegated, shown: WorkList) -> dict[str, int]:
    """The figures of the headings, by the name that each has on the page."""
    if isinstance(work, Delegated):
        return {f"holder-{holder.who.id if holder.who else 0}": holder.count for holder in work.holders}
    ready = {"ready": work.ready} if shown.of is None and not shown.keep else {}
    return {section.key: section.count for section in work.sections} | ready


def state_of(work: MyWork | Delegated) -> str:
    """A word that differs when the list does, for pages that ask whether it has changed."""
    return blake2s(repr(work).encode(), digest_size=8).hexdigest()


def rows_of(work: MyWork | Delegated) -> list[WorkRow]:
    """All rows that are shown."""
    parts = work.holders if isinstance(work, Delegated) else work.sections
    return [row for part in parts for row in part.rows]


def first_to_do(work: MyWork) -> int:
    """The step to begin with: the first that is ready, of the sections by day."""
    rows = [row for section in work.sections if section.key in words.BY_DAY for row in section.rows]
    return next((row.step_id for row in rows if row.state == "ready"), 0)


def more(shown: WorkList, section: WorkSection) -> str:
    """The address that goes on with a section; "" where all of it is shown."""
    return shown.with_query(section=section.key, after=section.more) if section.more else ""


def share(planned: int, hours: int | None) -> int:
    """How much of the day is planned, in per cent: what the bar shows."""
    return min(100 * planned // hours, 100) if hours else 0
