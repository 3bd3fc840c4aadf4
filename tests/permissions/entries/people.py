"""Members, handing over, the practice's settings, one's own tokens, one's own work."""

from natrium.apps.practices.models import Member
from natrium.apps.practices.sessions import BY_LINK_KEY, SessionStore
from natrium.domain.roles import Deed, Role
from tests.permissions.entry import PARTS, Entry, Part, The
from tests.permissions.sides import Side, now

ONE = "/api/v1/members/{member_id}"
PAGE = "/people/{member_id}"
ANN = {"member_id": The("member assignee")}
LEA = {"member_id": The("member leaver")}
TAKERS = {
    "managed": The("member manager"), "partnered": The("member partner"), "tasks": The("member staff"),
    "steps": The("member task owner"), "templates": The("member owner"),
}  # fmt: skip
NEW = {"name": "Nell Ash", "email": "nell@example.org", "role": "staff"}
SETTINGS = {"name": "New name", "time_zone": "Europe/Dublin", "calendar": "scotland"}


SECRET = "a long enough secret"


def by_address(side: Side, by: Member) -> None:
    """Whoever is about to call came in by a sign-in address just now."""
    part = next(part for part, member in side.people.items() if member == by)
    session = SessionStore(side.sessions[part])
    session[BY_LINK_KEY] = now().timestamp()
    session.save()


def their_own(part: Part) -> bool:
    """Sam's own token, and an owner any."""
    return part is PARTS["staff"] or part.role is Role.OWNER


ENTRIES = [
    Entry("GET /more/", Deed.READ),
    Entry("GET /", Deed.READ, ok=302),
    Entry("GET /my-work/", Deed.READ),
    Entry("GET /api/v1/me", Deed.READ),
    Entry("GET /api/v1/members", Deed.READ),
    Entry("POST /api/v1/members", Deed.EDIT_PRACTICE, body=NEW, ok=201),
    Entry(f"PATCH {ONE}", Deed.EDIT_PRACTICE, path=ANN, body={"role": "manager"}),
    Entry(f"GET {ONE}/holdings", Deed.READ, path=ANN),
    Entry(f"POST {ONE}/hand-over", Deed.HAND_OVER, path=ANN, body=TAKERS),
    Entry(f"POST {ONE}/hand-over#on leaving", Deed.EDIT_PRACTICE, path=ANN, body={**TAKERS, "leaves": True}),
    Entry(f"POST {ONE}/return", Deed.EDIT_PRACTICE, path=LEA),
    Entry(f"POST {ONE}/sign-in-link", Deed.EDIT_PRACTICE, path=ANN, ok=201, token=False),
    Entry("GET /api/v1/practice", Deed.READ),
    Entry("PATCH /api/v1/practice", Deed.EDIT_PRACTICE, body=SETTINGS),
    Entry("GET /people/", Deed.READ),
    Entry("GET /people/new/", Deed.EDIT_PRACTICE),
    Entry("POST /people/new/", Deed.EDIT_PRACTICE, body=NEW),
    Entry(f"GET {PAGE}/", Deed.READ, path=ANN),
    Entry(f"POST {PAGE}/", Deed.EDIT_PRACTICE, path=ANN, body={"name": "Ann Ash", "role": "manager"}),
    Entry(f"GET {PAGE}/hand-over/", Deed.HAND_OVER, path=ANN),
    Entry(f"POST {PAGE}/hand-over/", Deed.HAND_OVER, path=ANN, body={**TAKERS, "sure": "1"}),
    Entry(
        f"POST {PAGE}/hand-over/#on leaving", Deed.EDIT_PRACTICE, path=ANN, body={**TAKERS, "sure": "1", "leaves": "1"}
    ),
    Entry(f"POST {PAGE}/sign-in-address/", Deed.EDIT_PRACTICE, path=ANN, ok=200),
    Entry(f"POST {PAGE}/return/", Deed.EDIT_PRACTICE, path=LEA),
    Entry("GET /settings/", Deed.READ),
    Entry("POST /settings/", Deed.EDIT_PRACTICE, body=SETTINGS),
    Entry("GET /settings/password/", Deed.READ),
    Entry("POST /settings/password/later/", Deed.READ),
    Entry("POST /settings/password/", Deed.READ, body={"new": SECRET, "again": SECRET}, before=by_address),
    Entry("GET /settings/tokens/", Deed.READ),
    Entry("POST /settings/tokens/", Deed.READ, body={"name": "Mine", "days": "90", "scope": "read"}, ok=200),
    Entry("POST /settings/tokens/{token_id}/revocation/", their_own, path={"token_id": The("token staff")}),
    Entry("GET /api/v1/my-work", Deed.READ),
    Entry("GET /api/v1/tokens", Deed.READ),
    Entry("POST /api/v1/tokens", Deed.READ, body={"name": "Mine"}, ok=201, token=False),
    Entry("POST /api/v1/tokens#to write", Role.STAFF, body={"name": "Mine", "scope": "write"}, ok=201, token=False),
    Entry("DELETE /api/v1/tokens/{token_id}", their_own, path={"token_id": The("token staff")}),
]
