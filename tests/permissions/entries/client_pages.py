"""Pages of clients."""

import json

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The

ONE = "/clients/{client_id}"
EDIT, SERVICE = Deed.EDIT_CLIENT, Deed.EDIT_SERVICE
ENGAGED = f"{ONE}/engagements/{{engagement_id}}"

TABLE = json.dumps({"header": ["Name"], "rows": [["Ours Ltd"]], "lines": [2]})
CHOSEN = {"table": TABLE, "column-0": "name", "default_kind": "limited_company"}

CONTACT = {"contact_id": The("contact")}

ENTRIES = [
    Entry("GET /clients/import/", EDIT),
    Entry("POST /clients/import/", EDIT, body=CHOSEN | {"sure": "1"}),
    Entry("POST /clients/import/faults/", EDIT, body=CHOSEN, ok=200),
    Entry("GET /clients/export/", Deed.READ),
    Entry("GET /clients/", Deed.READ),
    Entry("GET /clients/new/", EDIT),
    Entry("POST /clients/new/", EDIT, body={
        "name": "Ours Ltd", "kind": "limited_company", "manager_id": The("member manager"),
        "partner_id": The("member partner"),
    }),
    Entry(f"GET {ONE}/", Deed.READ),
    Entry(f"GET {ONE}/edit/", EDIT),
    Entry(f"POST {ONE}/edit/", EDIT, body={"name": "Ours Ltd", "kind": "llp"}),
    Entry(f"GET {ONE}/people/", EDIT),
    Entry(f"POST {ONE}/people/", EDIT, body={
        "manager_id": The("member partner"), "partner_id": The("member partner"), "sure": "1",
    }),
    Entry(f"POST {ONE}/contacts/", EDIT, body={"name": "Sam Hill"}),
    Entry(f"POST {ONE}/contacts/{{contact_id}}/", EDIT, path=CONTACT, body={"name": "Sam Hill"}),
    Entry(f"POST {ONE}/contacts/{{contact_id}}/removal/", EDIT, path=CONTACT),
    Entry(f"POST {ONE}/notes/", Deed.COMMENT, body={"text": "Rings before 8."}),
    Entry(f"GET {ONE}/facts/", Deed.READ),
    Entry(f"POST {ONE}/facts/", EDIT, body={"field": "payroll", "value": "monthly", "from_date": "2026-01-01"}),
    Entry(f"POST {ONE}/engagements/", SERVICE, body={"service_id": The("bare service"), "starts_on": "2026-11-01"}),
    Entry(f"POST {ENGAGED}/pause/", SERVICE, body={"on": "2026-11-01"}),
    Entry(f"POST {ENGAGED}/resumption/", SERVICE),
    Entry(f"GET {ENGAGED}/end/", SERVICE),
    Entry(f"POST {ENGAGED}/end/", SERVICE, body={"on": "2199-11-01", "open_work": "keep"}),
    Entry(f"GET {ENGAGED}/differences/", SERVICE),
    Entry(f"POST {ENGAGED}/differences/", SERVICE),
    Entry(f"GET {ONE}/record/", Deed.READ),
]  # fmt: skip
