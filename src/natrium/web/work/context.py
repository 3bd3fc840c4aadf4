"""What the templates of my work need beside the read model."""

from typing import Any
from urllib.parse import urlencode

from natrium.apps.workflows.worklists import MyWork, WorkSection
from natrium.domain.roles import Role
from natrium.web.refused import Refused

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
HINTS = {
    "confirm": "something before them was sent back",
    "waiting": "nothing to do unless it goes quiet",
    "coming": "yours once these are done",
    "grabs": "for anyone",
}
ROWS = 50


def work_context(
    work: MyWork, *, role: Role, mine: bool = True, refused: Refused | None = None, continued: bool = False
) -> dict[str, Any]:
    """The context of work/my_work.html and of its fragment.

    `mine`: the list is the asking member's own. `continued`: it is one section, from the middle on.
    """
    found: dict[str, Any] = {
        "work": work,
        "sentence": sentence(work, mine=mine),
        "may": role >= Role.STAFF,
        "mine": mine,
        "refused": refused,
        "continued": continued,
        "lit": first_to_do(work),
        "more": {section.key: more(work, section) for section in work.sections},
        "hints": HINTS,
        "planned": share(work.planned, work.hours),
    }
    return found | ({"ready": work.ready or ""} if mine and not work.keep else {})


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


def more(work: MyWork, section: WorkSection) -> str:
    """The address that goes on with a section; "" where all of it is shown."""
    if not section.more:
        return ""
    asked = {"section": section.key, "after": section.more} | ({"q": work.keep} if work.keep else {})
    return f"?{urlencode(asked)}"


def share(planned: int, hours: int | None) -> int:
    """How much of the day is planned, in per cent: what the bar shows."""
    return min(100 * planned // hours, 100) if hours else 0
