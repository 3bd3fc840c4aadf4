"""Two people edited the same field: the later one is told what the field says now, and by whom (scenario S19)."""

from __future__ import annotations

from collections.abc import Mapping

from natrium.apps.activity import queries as activity
from natrium.apps.practices.people import SignedIn
from natrium.apps.workflows import facts
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.errors import StaleEdit
from natrium.domain.workflow.actions import EditGroup, EditStep


def check(loaded: Loaded, edit: EditStep | EditGroup, shown: Mapping[str, object], *, by: SignedIn) -> None:
    """Raises StaleEdit where a field to change is not what the person saw, unless it is what they want anyway."""
    parts = loaded.workflow.steps if isinstance(edit, EditStep) else loaded.workflow.groups
    part = next((one for one in parts if one.key == edit.key), None)
    if part is None:
        return
    clashing = {
        name: getattr(part, name)
        for name, wanted in edit.changes.items()
        if name in shown and hasattr(part, name) and getattr(part, name) not in (shown[name], wanted)
    }
    if clashing:
        who = _who(loaded, edit.key, clashing, by=by)
        words = ", ".join(name.replace("_", " ") for name in clashing)
        current = {name: facts.plain(value) for name, value in clashing.items()}
        raise StaleEdit(f"{who} changed the {words} of “{part.name}” meanwhile.", {"fields": current, "by": who})


def _who(loaded: Loaded, key: str, fields: Mapping[str, object], *, by: SignedIn) -> str:
    """Who changed one of the fields last, by the record."""
    page = activity.timeline(
        practice_id=by.practice_id, chain="task", subject_id=loaded.task.id, step_key=key, limit=100
    )
    for entry in page.entries:
        if entry.workflow_id == loaded.id and fields.keys() & entry.data.get("changes", {}).keys():
            return entry.member_name
    return "Somebody"
