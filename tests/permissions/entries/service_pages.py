"""Pages of services."""

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The

ONE = "/services/{service_id}"
TASK = f"{ONE}/tasks/{{task_id}}"
EDIT = Deed.EDIT_SERVICE
RECURRING = {"task_id": The("recurring")}
BARE = {"service_id": The("bare service")}

ENTRIES = [
    Entry("GET /services/", Deed.READ),
    Entry("GET /services/new/", EDIT),
    Entry("POST /services/new/", EDIT, body={"name": "Ours"}),
    Entry("POST /services/ready/", EDIT, body={"key": "AML Annual Review"}),
    Entry(f"GET {ONE}/", Deed.READ),
    Entry(f"GET {ONE}/#client", Deed.READ, query={"client": The("client"), "task": The("recurring")}),
    Entry(f"POST {ONE}/details/", EDIT, body={"name": "Ours", "description": "What it is"}),
    Entry(f"POST {ONE}/archive/", EDIT, path=BARE),
    Entry(f"GET {ONE}/clients/", EDIT),
    Entry(f"GET {ONE}/clients/#preview", EDIT, path=BARE, query={"preview": "1", "client_ids": The("client")}),
    Entry(f"POST {ONE}/clients/", EDIT, path=BARE, body={"client_ids": The("client"), "starts_on": "2026-11-01"}),
    Entry(f"POST {ONE}/tasks/", EDIT, body={"title": "Ours {period_end:%Y}", "template1": The("template")}),
    Entry(f"POST {TASK}/", EDIT, path=RECURRING, body={"title": "Ours {period_end:%Y}", "template1": The("template")}),
    Entry(f"POST {TASK}/removal/", EDIT, path=RECURRING),
]
