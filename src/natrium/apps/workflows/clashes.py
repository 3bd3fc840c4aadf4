"""Two people edited the same field: the later one is told what the field says now, and by whom (scenario S19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from natrium.apps.activity import queries as activity
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import facts
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import StaleEdit
from natrium.domain.workflow.model import Group, Step


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed meanwhile: its value now, in the model's own form, and who set it."""

    field: str
    value: object
    by: str


def stale(clashes: Sequence[Clash], name: str) -> StaleEdit:
    """The answer to an edit that is refused as a whole; `name` is the step's or group's."""
    who = clashes[0].by
    words = ", ".join(clash.field.replace("_", " ") for clash in clashes)
    current = {clash.field: facts.plain(clash.value) for clash in clashes}
    return StaleEdit(f"{who} changed the {words} of “{name}” meanwhile.", {"fields": current, "by": who})


def find(
    loaded: Loaded, part: Step | Group, changes: Mapping[str, object], shown: Mapping[str, object], *, by: SignedIn
) -> tuple[Clash, ...]:
    """The fields to change that are not what the person saw, unless they are what they want anyway."""
    clashing = {
        name: getattr(part, name)
        for name, wanted in changes.items()
        if name in shown and hasattr(part, name) and _plain(getattr(part, name)) not in (_plain(shown[name]), wanted)
    }
    if not clashing:
        return ()
    entries = _entries(loaded, part.key, by=by)
    return tuple(Clash(name, value, _who(entries, name)) for name, value in clashing.items())


def _plain(value: object) -> object:
    """A value as a form sends it back: line ends are one character."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _entries(loaded: Loaded, key: str, *, by: SignedIn) -> list[activity.Entry]:
    """What happened to the step or group, newest first."""
    page = activity.timeline(
        practice_id=by.practice_id, chain="task", subject_id=loaded.task.id, step_key=key, limit=100
    )
    return [entry for entry in page.entries if entry.workflow_id == loaded.id]


def _who(entries: Sequence[activity.Entry], field: str) -> str:
    """Who changed a field last, by the record."""
    return next((entry.member_name for entry in entries if field in entry.data.get("changes", {})), "Somebody")
