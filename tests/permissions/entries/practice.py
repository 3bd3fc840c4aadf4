"""The practice overview, and what is done from it to many at once."""

from natrium.domain.roles import Deed
from tests.permissions.entries.bulk import ASSIGN, KEPT, done
from tests.permissions.entry import Entry, The

BULK, BATCH = "/practice/bulk/", "/practice/bulk/{batch_id}/"
START = {"do": "start", "step": The("step free")}
GIVEN = {"do": "assign", "step": The("step held"), "person": The("member manager")}
MOVED = {"do": "target", "task": The("task"), "on": "2026-12-01"}
OWNED = {"do": "owner", "task": The("task"), "person": The("member staff")}
ATTACHED = {"do": "attach", "task": The("bare task"), "template": The("template")}
VIEW = {"name": "Late", "page": "list", "query": "due=late"}
DONE = {"batch_id": The("batch")}

ENTRIES = [
    Entry("GET /api/v1/practice/tasks", Deed.READ, query={"-status": "done"}),
    Entry("GET /api/v1/practice/steps", Deed.READ, query={"person": "me"}),
    Entry("GET /api/v1/views", Deed.READ),
    Entry("POST /api/v1/views", Deed.READ, body=VIEW, ok=201),
    Entry("POST /api/v1/views#shared", Deed.SHARE_VIEW, body=VIEW | {"shared": True}, ok=201),
    Entry("DELETE /api/v1/views/{view_id}", Deed.SHARE_VIEW, path={"view_id": The("view")}),
    Entry("GET /practice/", Deed.READ),
    Entry("GET /practice/stages/", Deed.READ),
    Entry("GET /practice/list/", Deed.READ),
    Entry("GET /practice/list/#of steps", Deed.READ, query={"rows": "steps"}),
    Entry("POST /practice/views/", Deed.READ, body=VIEW),
    Entry("POST /practice/views/#shared", Deed.SHARE_VIEW, body=VIEW | {"shared": "1"}),
    Entry("POST /practice/views/{view_id}/removal/", Deed.SHARE_VIEW, path={"view_id": The("view")}),
    Entry(f"GET {BULK}", Deed.UNDO_OWN, query=START),
    Entry(f"POST {BULK}", Deed.WORK_STEP, body=START, keeps=KEPT),
    Entry(f"POST {BULK}#assign", ASSIGN, body=GIVEN, keeps=KEPT),
    Entry(f"POST {BULK}#target", Deed.EDIT_TASK, body=MOVED, keeps=KEPT),
    Entry(f"POST {BULK}#owner", Deed.EDIT_TASK, body=OWNED, keeps=KEPT),
    Entry(f"POST {BULK}#attach", Deed.EDIT_TASK, body=ATTACHED, keeps=KEPT),
    Entry(f"GET {BATCH}", Deed.READ, path=DONE, before=done),
    Entry(f"POST {BATCH}undo/", Deed.UNDO_OWN, path=DONE, before=done),
]
