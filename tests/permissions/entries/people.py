"""Members, one's own tokens, one's own work."""

from natrium.domain.roles import Deed, Role
from tests.permissions.entry import PARTS, Entry, Part, The


def their_own(part: Part) -> bool:
    """Sam's own token, and an owner any."""
    return part is PARTS["staff"] or part.role is Role.OWNER


ENTRIES = [
    Entry("GET /", Deed.READ, ok=302),
    Entry("GET /my-work/", Deed.READ),
    Entry("GET /api/v1/me", Deed.READ),
    Entry("GET /api/v1/members", Deed.READ),
    Entry("GET /api/v1/my-work", Deed.READ),
    Entry("GET /api/v1/tokens", Deed.READ),
    Entry("POST /api/v1/tokens", Deed.READ, body={"name": "Mine"}, ok=201, token=False),
    Entry("POST /api/v1/tokens#to write", Role.STAFF, body={"name": "Mine", "scope": "write"}, ok=201, token=False),
    Entry("DELETE /api/v1/tokens/{token_id}", their_own, path={"token_id": The("token staff")}),
]
