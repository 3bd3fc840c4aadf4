"""What the templates of my work need beside the read model."""

from typing import Any

from natrium.apps.workflows.panels import MyWork
from natrium.web.refused import Refused

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def work_context(work: MyWork, *, refused: Refused | None = None, continued: bool = False) -> dict[str, Any]:
    """The context of my_work.html and of its fragment."""
    return {
        "work": work,
        "sentence": sentence(work),
        "more": f"/my-work/?cursor={work.cursor}" if work.cursor else "",
        "ready": work.ready or "",
        "refused": refused,
        "continued": continued,
    }


def sentence(work: MyWork) -> str:
    """The one sentence under the date: "5 steps are ready for you. One is late."."""
    if not work.ready:
        ready = "No step is ready for you."
    else:
        ready = f"{work.ready} step{' is' if work.ready == 1 else 's are'} ready for you."
    if not work.late:
        return ready
    return f"{ready} {count_word(work.late).capitalize()} {'is' if work.late == 1 else 'are'} late."


def count_word(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
