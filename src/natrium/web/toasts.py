"""What is said after an action, with the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

SAID = {
    "step.completed": "Done: {name}",
    "step.started": "Started: {name}",
    "step.resumed": "Going on: {name}",
    "step.waiting": "Waiting: {name}",
    "step.reopened": "Sent back: {name}",
    "step.confirmed": "Confirmed: {name}",
    "step.skipped": "Skipped: {name}",
    "step.unskipped": "To do again: {name}",
    "step.assigned": "Assigned: {name}",
    "step.claimed": "Yours: {name}",
    "step.undone": "Taken back: {name}",
    "step.overridden": "Going past a rule: {name}",
    "comment.added": "Note added: {name}",
}
UNDOABLE = frozenset(
    {"step.completed", "step.skipped", "step.started", "step.waiting", "step.assigned", "step.claimed"}
)


@dataclass(frozen=True, slots=True)
class Toast:
    """A line about what was done.

    `undo` is the address that takes it back ("" where nothing can), `fields` what is sent there.
    """

    words: str
    more: str = ""
    undo: str = ""
    target: str = ""
    task_id: int = 0
    fields: tuple[tuple[str, str], ...] = ()


def said(verbs: Sequence[str], name: str) -> tuple[str, bool]:
    """What an action did, in words, and whether it can be taken back. The last verb about the step itself counts."""
    known = [verb for verb in verbs if verb in SAID]
    main = next((verb for verb in known if verb in {"step.reopened", "step.unskipped"}), known[-1] if known else "")
    return (SAID[main].format(name=name) if main else "", main in UNDOABLE)
