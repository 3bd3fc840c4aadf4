"""Services and engagements by the API."""

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The

ONE = "/api/v1/services/{service_id}"
RECURRING = "/api/v1/recurring-tasks/{recurring_task_id}"
ENGAGED = "/api/v1/engagements/{engagement_id}"
CLIENT = "/api/v1/clients/{client_id}"
EDIT, READ = Deed.EDIT_SERVICE, Deed.READ
BARE = {"service_id": The("bare service")}
TASK = {"recurring_task_id": The("recurring")}
MONTHLY = {
    "title_pattern": "Ours {period_end:%Y}", "template_ids": [The("template")],
    "owner_rule": "member", "owner_member_id": The("member manager"),
    "schedule": {
        "anchor": "calendar", "months": 1, "offset": {"whence": "period_end", "days": 14},
        "create": {"whence": "period_end", "days": 1},
    },
}  # fmt: skip
DIFFERENT = {"owner_member_id": The("member manager"), "template_ids": [The("template")]}
OVERRIDES = [{"recurring_task_id": The("recurring"), **DIFFERENT}]
FREE = [{"recurring_task_id": The("free recurring"), **DIFFERENT}]

ENTRIES = [
    Entry("GET /api/v1/services", READ),
    Entry("POST /api/v1/services", EDIT, body={"name": "Ours"}, ok=201),
    Entry("GET /api/v1/ready-services", READ),
    Entry("POST /api/v1/ready-services", EDIT, body={"key": "AML Annual Review"}, ok=201),
    Entry(f"GET {ONE}", READ),
    Entry(f"PATCH {ONE}", EDIT, body={"name": "Ours"}),
    Entry(f"POST {ONE}/archive", EDIT, path=BARE),
    Entry(f"POST {ONE}/unarchive", EDIT, path=BARE),
    Entry(f"POST {ONE}/recurring-tasks", EDIT, body=MONTHLY, ok=201),
    Entry(f"POST {ONE}/dates", READ, body=MONTHLY | {"client_id": The("client")}),
    Entry(f"GET {ONE}/engagements", READ),
    Entry(f"POST {ONE}/engagements", EDIT, path=BARE, body={"client_ids": [The("client")], "starts_on": "2026-11-01"}),
    Entry(f"PATCH {RECURRING}", EDIT, path=TASK, body=MONTHLY),
    Entry(f"DELETE {RECURRING}", EDIT, path=TASK),
    Entry(f"GET {CLIENT}/engagements", READ),
    Entry(f"POST {CLIENT}/engagements", EDIT, ok=201, body={
        "service_id": The("free service"), "starts_on": "2026-11-01", "overrides": FREE,
    }),
    Entry(f"GET {CLIENT}/upcoming", READ),
    Entry(f"GET {ENGAGED}/ledger", READ),
    Entry(f"GET {ENGAGED}/ending", READ),
    Entry(f"PUT {ENGAGED}/overrides", EDIT, body={"overrides": OVERRIDES}),
    Entry(f"POST {ENGAGED}/pause", EDIT, body={"on": "2026-11-01"}),
    Entry(f"POST {ENGAGED}/resume", EDIT),
    Entry(f"POST {ENGAGED}/end", EDIT, body={"on": "2199-11-01", "open_work": "keep"}),
    Entry("GET /api/v1/troubles", READ),
]  # fmt: skip
