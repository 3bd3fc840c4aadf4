"""What can be done to many at once, and what is said before and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from natrium.apps.workflows.batches import Kept, Refused
from natrium.web.dates import short


@dataclass(frozen=True, slots=True)
class Way:
    """Something to do to many. `asks` is what it needs to be told: a person, a day, a template, a reason and so on."""

    key: str
    noun: str
    title: str
    button: str
    asks: str = ""


WAYS = {
    way.key: way
    for way in (
        Way("owner", "task", "Give {} to another task owner", "Reassign {}", "person"),
        Way("target", "task", "Move the target of {}", "Move {}", "target"),
        Way("attach", "task", "Attach a workflow to {}", "Attach to {}", "template"),
        Way("hold", "task", "Put {} on hold", "Hold {}", "reason"),
        Way("resume", "task", "Resume {}", "Resume {}"),
        Way("cancel", "task", "Cancel {}", "Cancel {}", "reason"),
        Way("assign", "step", "Give {} to somebody", "Reassign {}", "person"),
        Way("start", "step", "Start {}", "Start {}"),
        Way("wait", "step", "Set {} waiting", "Set {} waiting", "wait"),
        Way("due", "step", "Set the due day of {}", "Set it for {}", "due"),
        Way("complete", "step", "Complete {}", "Complete {}"),
        Way("skip", "step", "Skip {}", "Skip {}", "reason"),
        Way("claim", "step", "Take {}", "Take {}"),
    )
}
# What a deed did to so many, by the word it is kept under; the API has some that the page does not offer.
DID = {
    "task-owner": "{} now {belong} to {to}.",
    "task-target": "{} {have} another target{where}.",
    "task-attach": "{template} was attached to {}.",
    "task-hold": "{} {are} on hold.",
    "task-resume": "{} {are} resumed.",
    "task-cancel": "{} {are} cancelled.",
    "step-assign": "{} {belong} to {to} now.",
    "step-start": "{} {are} started.",
    "step-wait": "{} {are} waiting.",
    "step-due": "{} {have} another due day{where}.",
    "step-complete": "{} {are} completed.",
    "step-skip": "{} {are} skipped.",
    "step-claim": "{} {are} yours now.",
    "undo": "Taken back for {}: {what}.",
}
# What an undo took back, by the word of the deed that was done.
UNDONE = {
    "task-owner": "another task owner",
    "task-target": "another target",
    "task-attach": "{template} attached",
    "task-hold": "on hold",
    "task-cancel": "cancelled",
    "task-resume": "resumed",
    "step-assign": "given to somebody",
    "step-start": "started",
    "step-wait": "set waiting",
    "step-due": "another due day",
    "step-complete": "completed",
    "step-skip": "skipped",
    "step-claim": "taken",
}


# Why some are left as they are, in a word or two, by the code of the refusal.
WHY = {
    "not-allowed": "not yours to change",
    "task-held": "on hold or cancelled",
    "stale": "to be confirmed first",
    "filed": "filed",
    "wrong-state": "not at that point",
    "settled": "settled already",
    "required": "required",
    "evidence-needed": "in need of evidence",
    "blocked": "waiting for other steps",
    "approval-missing": "without their approval",
    "taken": "somebody else’s",
    "has-workflows": "worked through workflows",
    "nothing-to-undo": "with nothing to take back",
    "too-late": "too long ago",
    "built-on": "built on since",
    "not-found": "not there",
}


def reasons(refused: Iterable[Refused]) -> str:
    """Why some are left as they are, counted: "38 required, 2 somebody else’s"."""
    counts = Counter(WHY.get(one.code, "refused for another reason") for one in refused)
    return ", ".join(f"{count:,} {words}" for words, count in counts.most_common())


def counted(count: int, noun: str) -> str:
    """So many, in words: "1 step", "193 steps"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def did(kept: Kept, count: int, today: date, *, template: str = "") -> str:
    """What was done, in a sentence."""
    template = template or "The workflow"
    noun = "task" if kept.deed.startswith("task-") or str(kept.said.get("deed", "")).startswith("task-") else "step"
    one = count == 1
    words = {"are": "is" if one else "are", "have": "has" if one else "have", "belong": "belongs" if one else "belong"}
    sentence = DID.get(kept.deed, "{} {are} changed.")
    what = UNDONE.get(str(kept.said.get("deed", "")), "what was changed").format(template=template)
    return sentence.format(
        counted(count, noun), to=_to(kept.said), where=_where(kept.said, today), what=what, template=template, **words
    )


def _to(said: Mapping[str, Any]) -> str:
    person = said.get("to")
    return str(person["name"]) if isinstance(person, dict) else "nobody"


def _where(said: Mapping[str, Any], today: date) -> str:
    if isinstance(said.get("to"), str):
        return f": {short(date.fromisoformat(said['to']), today)}"
    days = int(said.get("days", 0))
    return f", {abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}" if days else ""
