"""Making one job different."""

from typing import Any

from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.domain.roles import Deed, Role
from natrium.domain.workflow.actions import AddGroup, AddStep
from natrium.domain.workflow.definition import StepDefinition
from tests.builders import signed_in
from tests.permissions.entry import Entry, The
from tests.permissions.sides import Side, now

API = "/api/v1/workflows/{workflow_id}"
FREE: dict[str, Any] = {"key": "free"}
MORE: dict[str, Any] = {"key": "more"}


def added(side: Side, _: Member) -> None:
    """A step and an empty group that were added here."""
    by = signed_in(side.people["manager"])
    edits = (AddStep("work", StepDefinition(key="extra", name="Extra")), AddGroup("more", "More"))
    for edit in edits:
        operations.edit(by=by, at=now(), workflow_id=side.ids["workflow"], edit=edit)


def edited(side: Side, by: Member) -> None:
    """An edit by whoever is about to call; Mark makes it for those who may not."""
    owner = side.people["task owner"]
    by = by if by == owner or by.role >= Role.MANAGER else side.people["manager"]
    edit = AddGroup("more", "More")
    done = operations.edit(by=signed_in(by), at=now(), workflow_id=side.ids["workflow"], edit=edit)
    side.ids["edit"] = done.seq


ENTRIES = [
    Entry(f"POST {API}/steps", Deed.EDIT_WORKFLOW, body={"group": "work", "key": "extra", "name": "Extra"}),
    Entry(f"POST {API}/groups", Deed.EDIT_WORKFLOW, body={"key": "more", "name": "More"}),
    Entry(f"PATCH {API}/steps/{{key}}", Deed.EDIT_WORKFLOW, path=FREE, body={"due_on": "2026-12-01"}),
    Entry(
        f"PATCH {API}/steps/{{key}}#loosening", Deed.LOOSEN_WORKFLOW, path={"key": "stop"},
        body={"blocking": False, "reason": "Not for this client"},
    ),
    Entry(f"PATCH {API}/groups/{{key}}", Deed.EDIT_WORKFLOW, path={"key": "last"}, body={"name": "At the end"}),
    Entry(f"POST {API}/steps/{{key}}/move", Deed.EDIT_WORKFLOW, path=FREE, body={"group": "work", "position": 0}),
    Entry(f"POST {API}/groups/{{key}}/move", Deed.EDIT_WORKFLOW, path=MORE, body={"position": 0}, before=added),
    Entry(f"DELETE {API}/steps/{{key}}", Deed.EDIT_WORKFLOW, path={"key": "extra"}, before=added),
    Entry(f"DELETE {API}/groups/{{key}}", Deed.EDIT_WORKFLOW, path=MORE, before=added),
    Entry(
        f"POST {API}/edits/{{line}}/undo", Deed.EDIT_WORKFLOW, path={"line": The("edit", within=True)}, before=edited
    ),
]  # fmt: skip
