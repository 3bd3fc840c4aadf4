"""Pages of clients."""

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The

ONE = "/clients/{client_id}"
EDIT = Deed.EDIT_CLIENT

ENTRIES = [
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
    Entry(f"POST {ONE}/facts/", EDIT, body={"field": "payroll", "value": "monthly", "from_date": "2026-01-01"}),
    Entry(f"GET {ONE}/record/", Deed.READ),
]  # fmt: skip
