"""Making one job different, on its page."""

from natrium.domain.roles import Deed, Role
from tests.permissions.entries.shape import FREE, MORE, added, edited
from tests.permissions.entry import Entry, The

PAGE = "/workflows/{workflow_id}"
EXTRA = {"key": "extra"}
BLOCKING = {"key": "stop"}
UNBLOCKED = {"was_blocking": "1", "reason": "Not for this client"}

ENTRIES = [
    Entry(f"POST {PAGE}/steps/", Deed.EDIT_WORKFLOW, body={"group": "work", "name": "Extra"}),
    Entry(f"GET {PAGE}/steps/{{key}}/menu/", Role.STAFF, path=FREE),
    Entry(f"GET {PAGE}/steps/{{key}}/edit/", Deed.EDIT_WORKFLOW, path=FREE),
    Entry(
        f"POST {PAGE}/steps/{{key}}/edit/", Deed.EDIT_WORKFLOW, path=FREE, body={"estimate": "1h", "was_estimate": ""}
    ),
    Entry(f"POST {PAGE}/steps/{{key}}/edit/#loosening", Deed.LOOSEN_WORKFLOW, path=BLOCKING, body=UNBLOCKED),
    Entry(f"GET {PAGE}/steps/{{key}}/move/", Deed.EDIT_WORKFLOW, path=FREE),
    Entry(f"POST {PAGE}/steps/{{key}}/move/", Deed.EDIT_WORKFLOW, path=FREE, body={"to": "up"}),
    Entry(f"POST {PAGE}/steps/{{key}}/removal/", Deed.EDIT_WORKFLOW, path=EXTRA, before=added),
    Entry(f"POST {PAGE}/groups/", Deed.EDIT_WORKFLOW, body={"name": "More"}),
    Entry(f"GET {PAGE}/groups/{{key}}/menu/", Deed.EDIT_WORKFLOW, path={"key": "last"}),
    Entry(f"GET {PAGE}/groups/{{key}}/edit/", Deed.EDIT_WORKFLOW, path={"key": "last"}),
    Entry(
        f"POST {PAGE}/groups/{{key}}/edit/",
        Deed.EDIT_WORKFLOW,
        path={"key": "last"},
        body={"gate": "1", "was_gate": ""},
    ),
    Entry(f"GET {PAGE}/groups/{{key}}/move/", Deed.EDIT_WORKFLOW, path={"key": "last"}),
    Entry(f"POST {PAGE}/groups/{{key}}/move/", Deed.EDIT_WORKFLOW, path=MORE, body={"to": "up"}, before=added),
    Entry(f"POST {PAGE}/groups/{{key}}/removal/", Deed.EDIT_WORKFLOW, path=MORE, before=added),
    Entry(
        f"POST {PAGE}/edits/{{seq}}/undo/", Deed.EDIT_WORKFLOW, path={"seq": The("edit", within=True)}, before=edited
    ),
]
