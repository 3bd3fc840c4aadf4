"""My work, a colleague's, and what is done to a step from there."""

from natrium.domain.roles import Deed
from tests.permissions.entries.steps import ASSIGN, begun, settled
from tests.permissions.entry import Entry, The

STEP = "/my-work/steps/{step_id}/"


def of(key: str) -> dict[str, The]:
    """The step with this key."""
    return {"step_id": The(f"step {key}")}


ENTRIES = [
    Entry("GET /my-work/delegated/", Deed.READ),
    Entry("GET /my-work/of/{member_id}/", Deed.READ, path={"member_id": The("member leaver")}),
    Entry(f"GET {STEP}", Deed.READ, path=of("held"), ok=302),
    Entry(f"POST {STEP}start/", Deed.WORK_STEP, path=of("held")),
    Entry(f"POST {STEP}start/#a manager's step", Deed.WORK_MANAGER_STEP, path=of("review")),
    Entry(f"POST {STEP}wait/", Deed.WORK_STEP, path=of("held"), body={"reason": "No answer", "on": "client"}),
    Entry(f"POST {STEP}resumption/", Deed.WORK_STEP, path=of("waiting")),
    Entry(f"POST {STEP}completion/", Deed.WORK_STEP, path=of("started")),
    Entry(f"POST {STEP}completion/#an approval", Deed.WORK_STEP, path=of("approval"), body={"note": "By e-mail"}),
    Entry(f"POST {STEP}confirmation/", Deed.WORK_STEP, path=of("stale"), before=settled),
    Entry(f"POST {STEP}claim/", Deed.CLAIM_STEP, path=of("free")),
    Entry(f"POST {STEP}assignment/", ASSIGN, path=of("held"), body={"to": The("member staff")}),
    Entry(f"POST {STEP}due/", Deed.EDIT_WORKFLOW, path=of("held"), body={"due_on": "2027-03-01"}),
    Entry(f"POST {STEP}comments/", Deed.COMMENT, path=of("held"), body={"text": "A word"}),
    Entry(f"POST {STEP}undo/", Deed.UNDO_OWN, path=of("free"), before=begun),
]
