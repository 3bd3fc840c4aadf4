"""What is said after an action on a list of work, with the way back."""

from collections.abc import Sequence
from datetime import date

from natrium.apps.workflows import queries
from natrium.apps.workflows.worklists import WorkRow
from natrium.domain.errors import NotFound
from natrium.web.dates import day
from natrium.web.http import Asked, whole_number
from natrium.web.toasts import Toast, said
from natrium.web.words import first_name
from natrium.web.work.lists import WorkList

DUE = "step.edited"


def toast_of(
    row: WorkRow, verbs: Sequence[str], today: date, *, seq: int = 0, freed: str = "", shown: WorkList
) -> Toast | None:
    """What an action did. `seq`: the number of the edit that set a due day; `freed`: who was held up until now."""
    words, undoable = _words(row, verbs, today, seq)
    if not words:
        return None
    fields = [("back", shown.address), ("from", "toast"), *([("seq", str(seq))] if seq else [])]
    return Toast(
        words,
        more=_more(row, freed if "step.completed" in verbs else ""),
        undo=f"/my-work/steps/{row.step_id}/undo/" if undoable else "",
        target="#work",
        fields=tuple(fields),
    )


def _words(row: WorkRow, verbs: Sequence[str], today: date, seq: int) -> tuple[str, bool]:
    if DUE in verbs:
        return f"Due {day(row.due_on, today)}: {row.step}" if row.due_on else f"No due day: {row.step}", bool(seq)
    words, undoable = said(verbs, row.step)
    whole = row.workflow_id is None and verbs[-1:] in (("step.claimed",), ("step.assigned",))
    return words, undoable and row.asks != "filing" and not whole


def _more(row: WorkRow, freed: str) -> str:
    """How far the task is, and who can go on now."""
    parts = [f"{row.done} of {row.counted} steps done."] if row.counted else []
    if freed:
        parts.append(f"{first_name(freed)} can go on now.")
    return " ".join(parts)


def toast_by_address(did: str, who: Asked, shown: WorkList) -> Toast | None:
    """The same for a browser without scripts, whose address says what was done: `step.verb`, or `step.verb.number`."""
    number, _, verb = did.partition(".")
    step_id, (noun, _, rest) = whole_number(number), verb.partition(".")
    past, _, seq = rest.partition(".")
    if step_id is None:
        return None
    try:
        row = queries.work_row(by=who.by, at=who.at, step_id=step_id)
    except NotFound:
        return None
    return toast_of(row, (f"{noun}.{past}",), who.at.date(), seq=whole_number(seq) or 0, shown=shown)
