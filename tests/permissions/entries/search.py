"""Finding, and one's own keys."""

from natrium.domain.roles import Deed
from tests.permissions.entry import Entry

ENTRIES = [
    Entry("GET /search/", Deed.READ, query={"q": "accounts"}),
    Entry("POST /set-up/dismissal/", Deed.EDIT_PRACTICE),
    Entry("GET /keys/", Deed.READ),
    Entry("GET /settings/keys/", Deed.READ),
    Entry("POST /settings/keys/", Deed.READ, body={"single_keys": "0"}),
]
