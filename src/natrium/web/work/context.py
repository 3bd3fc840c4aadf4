"""What the templates of my work need beside the read model."""

from hashlib import blake2s
from typing import Any

from django.http import HttpRequest

from natrium.apps.workflows.worklists import MyWork, WorkRow, WorkSection
from natrium.domain.roles import Role
from natrium.web.http import Asked
from natrium.web.work.lists import WorkList
from natrium.web.work.rows import Opening, slots_of

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
HINTS = {
    "confirm": "something before them was sent back",
    "waiting": "nothing to do unless it goes quiet",
    "coming": "yours once these are done",
    "grabs": "for anyone",
}


def work_context(
    request: HttpRequest,
    work: MyWork,
    who: Asked,
    shown: WorkList,
    *,
    opened: Opening | None = None,
    continued: bool = False,
) -> dict[str, Any]:
    """The context of work/my_work.html and of its fragment.

    `opened`: a row that stands open. `continued`: it is one section, from the middle on.
    """
    mine = shown.of is None
    found: dict[str, Any] = {
        "work": work,
        "sentence": sentence(work, mine=mine),
        "may": who.by.member.role >= Role.STAFF,
        "mine": mine,
        "shown": shown,
        "slots": slots_of(request, shown),
        "opened": opened,
        "astray": opened is not None and all(row.step_id != opened.step_id for row in rows_of(work)),
        "continued": continued,
        "lit": first_to_do(work),
        "more": {section.key: more(shown, section) for section in work.sections},
        "hints": HINTS,
        "planned": share(work.planned, work.hours),
        "state": state_of(work),
    }
    return found | ({"ready": work.ready or ""} if mine and not work.keep else {})


def state_of(work: MyWork) -> str:
    """A word that differs when the list does, for pages that ask whether it has changed."""
    return blake2s(repr(work).encode(), digest_size=8).hexdigest()


def rows_of(work: MyWork) -> list[WorkRow]:
    """All rows that are shown."""
    return [row for section in work.sections for row in section.rows]


def sentence(work: MyWork, *, mine: bool = True) -> str:
    """The sentence under the date: "5 steps are ready for you. One is late. Two are holding up other people."."""
    whom = "you" if mine else work.of.name.split(" ", 1)[0]
    if not work.ready and not work.late:
        return f"No step is ready for {whom}."
    parts = [f"{work.ready or 'No'} step{' is' if work.ready <= 1 else 's are'} ready for {whom}."]
    if work.late:
        parts.append(f"{count_word(work.late).capitalize()} {'is' if work.late == 1 else 'are'} late.")
    if work.holding:
        verb = "is" if work.holding == 1 else "are"
        parts.append(f"{count_word(work.holding).capitalize()} {verb} holding up other people.")
    return " ".join(parts)


def count_word(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def first_to_do(work: MyWork) -> int:
    """The step to begin with: the first that is ready, of the sections by day."""
    rows = [row for section in work.sections if section.key in ("today", "week", "later") for row in section.rows]
    return next((row.step_id for row in rows if row.state == "ready"), 0)


def more(shown: WorkList, section: WorkSection) -> str:
    """The address that goes on with a section; "" where all of it is shown."""
    return shown.with_query(section=section.key, after=section.more) if section.more else ""


def share(planned: int, hours: int | None) -> int:
    """How much of the day is planned, in per cent: what the bar shows."""
    return min(100 * planned // hours, 100) if hours else 0
