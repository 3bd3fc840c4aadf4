"""Clients."""

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The, Upload

PEOPLE = {"manager_id": The("member manager"), "partner_id": The("member partner")}

CONTACTS = "/api/v1/clients/{client_id}/contacts"
CONTACT = {"contact_id": The("contact")}
FILE = Upload("clients.csv", b"Name,Kind\nOurs Ltd,ltd\n")

ENTRIES = [
    Entry("GET /api/v1/clients", Deed.READ),
    Entry(
        "POST /api/v1/clients", Deed.EDIT_CLIENT, body={"name": "New", "kind": "limited_company", **PEOPLE}, ok=201
    ),
    Entry("GET /api/v1/clients/{client_id}", Deed.READ),
    Entry("PATCH /api/v1/clients/{client_id}", Deed.EDIT_CLIENT, body={"notes": "Mind the lease."}),
    Entry(
        "PUT /api/v1/clients/{client_id}/people", Deed.EDIT_CLIENT,
        body={"manager_id": The("member staff"), "partner_id": The("member owner")},
    ),
    Entry(
        "PUT /api/v1/clients/{client_id}/facts", Deed.EDIT_CLIENT,
        body={"field": "vat_stagger", "value": "2", "from_date": "2026-04-01"},
    ),
    Entry(f"GET {CONTACTS}", Deed.READ),
    Entry(f"POST {CONTACTS}", Deed.EDIT_CLIENT, body={"name": "Sam Hill"}, ok=201),
    Entry(f"PUT {CONTACTS}/{{contact_id}}", Deed.EDIT_CLIENT, path=CONTACT, body={"name": "Sam Hill"}),
    Entry(f"DELETE {CONTACTS}/{{contact_id}}", Deed.EDIT_CLIENT, path=CONTACT),
    Entry("GET /api/v1/clients/{client_id}/notes", Deed.READ),
    Entry("POST /api/v1/clients/{client_id}/notes", Deed.COMMENT, body={"text": "Rings before 8."}, ok=201),
    Entry("POST /api/v1/clients/import/preview", Deed.EDIT_CLIENT, body={"file": FILE}),
    Entry("POST /api/v1/clients/import", Deed.EDIT_CLIENT, body={"file": FILE}),
]  # fmt: skip
