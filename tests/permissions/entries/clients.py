"""Clients."""

from natrium.apps.clients.models import Client
from natrium.apps.practices.models import Member
from natrium.domain.roles import Deed
from tests.permissions.entry import Entry, The, Upload
from tests.permissions.sides import Side

PEOPLE = {"manager_id": The("member manager"), "partner_id": The("member partner")}

CONTACTS = "/api/v1/clients/{client_id}/contacts"
CONTACT = {"contact_id": The("contact")}
FILE = Upload("clients.csv", b"Name,Kind\nOurs Ltd,ltd\n")

NEW_YEAR_END = {"month": 3, "day": 31, "last": True, "was": "2026-12-31", "now": "2027-03-31"}


def a_year_end(side: Side, _member: Member) -> None:
    """The client's year ends on 31 December."""
    found = Client.objects.filter(pk=side.ids["client"])
    found.update(year_end_month=12, year_end_day=31, year_end_is_last_day=True)


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
    Entry(
        "POST /api/v1/clients/{client_id}/year-end", Deed.EDIT_SERVICE, body=NEW_YEAR_END, before=a_year_end,
    ),
    Entry("GET /api/v1/clients/{client_id}/notes", Deed.READ),
    Entry("POST /api/v1/clients/{client_id}/notes", Deed.COMMENT, body={"text": "Rings before 8."}, ok=201),
    Entry("POST /api/v1/clients/import/preview", Deed.EDIT_CLIENT, body={"file": FILE}),
    Entry("POST /api/v1/clients/import", Deed.EDIT_CLIENT, body={"file": FILE}),
]  # fmt: skip
