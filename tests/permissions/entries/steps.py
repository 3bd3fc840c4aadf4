"""Every action on a step of a workflow: on the pages, in the API, and in the API's list of actions."""

from collections.abc import Callable
from typing import Any

from natrium.apps.practices.models import Member
from natrium.domain.roles import Deed, Role
from natrium.domain.workflow.actions import Complete, Start
from tests.permissions.entry import Entry, Rule, The, own_or
from tests.permissions.sides import Side

API = "POST /api/v1/workflows/{workflow_id}/steps/{key}"
PAGE = "POST /workflows/{workflow_id}/steps/{key}"
MANY = "POST /api/v1/workflows/{workflow_id}/actions#"
ASSIGN = own_or(Deed.GIVE_AWAY_OWN_STEP, Deed.ASSIGN_OTHERS_STEP)
REOPEN = own_or(Deed.REOPEN_OWN_STEP, Deed.REOPEN_OTHERS_STEP)
NOUNS = {
    "resume": "resumption", "complete": "completion", "reopen": "reopening", "confirm": "confirmation",
    "comment": "comments", "assign": "assignment",
}  # fmt: skip


def settled(side: Side, _: Member) -> None:
    """The step that was sent back is done again, so that the stale one can be confirmed."""
    side.act(side.people["assignee"], Complete("sent-back"))


def begun(side: Side, by: Member) -> None:
    """A step begun by whoever is about to call; a viewer leaves it to Sam."""
    side.act(by if by.role >= Role.STAFF else side.people["staff"], Start("free"))


def everywhere(
    action: str,
    who: Deed | Rule,
    key: str,
    body: dict[str, Any] | None = None,
    before: Callable[[Side, Member], None] | None = None,
) -> list[Entry]:
    """The same action in the three ways in. A # tells two entries of one address apart."""
    body, path = body or {}, {"key": key}
    name, _, more = action.partition("#")
    more = f"#{more}" if more else ""
    noun = NOUNS.get(name, name)
    entries = [
        Entry(f"{API}/{'comments' if name == 'comment' else name}{more}", who, path=path, body=body, before=before),
        Entry(f"{PAGE}/{noun}/{more}", who, path=path, before=before, body=_as_form(body)),
    ]
    if name != "undo":
        one = {"action": name, "step": key} | body
        entries.append(Entry(f"{MANY}{name}{more}", who, body={"actions": [one]}, before=before))
    return entries


def _as_form(body: dict[str, Any]) -> dict[str, Any]:
    """The same as a form sends it."""
    return {
        name: {"complete": "completion"}.get(value, value) if name == "then" else value for name, value in body.items()
    }


FILED = {"filed_on": "2026-11-01", "reference": "CH-1"}
ENTRIES = [
    Entry("GET /api/v1/workflows/{workflow_id}", Deed.READ),
    Entry("GET /api/v1/workflows/{workflow_id}/differences", Deed.READ),
    Entry("GET /workflows/{workflow_id}/differences/", Deed.READ),
    *everywhere("start", Deed.WORK_STEP, "held"),
    *everywhere("start#a manager's step", Deed.WORK_MANAGER_STEP, "review"),
    *everywhere("start#a partner's step", Deed.WORK_PARTNER_STEP, "signing"),
    *everywhere("wait", Deed.WORK_STEP, "held", {"reason": "No answer", "on": "client", "whom": "Ada"}),
    *everywhere("wait#a manager's step", Deed.WORK_MANAGER_STEP, "review", {"reason": "No answer", "on": "client"}),
    *everywhere("resume", Deed.WORK_STEP, "waiting"),
    *everywhere("complete", Deed.WORK_STEP, "started"),
    *everywhere("complete#a manager's step", Deed.WORK_MANAGER_STEP, "review"),
    *everywhere("complete#a partner's step", Deed.WORK_PARTNER_STEP, "signing"),
    *everywhere("complete#an approval", Deed.WORK_STEP, "approval", {"note": "By e-mail"}),
    *everywhere("reopen", REOPEN, "done", {"reason": "A figure is wrong"}),
    *everywhere("confirm", Deed.WORK_STEP, "stale", before=settled),
    *everywhere("skip", Deed.SKIP_STEP, "free", {"reason": "Not this year"}),
    *everywhere("unskip", Deed.SKIP_STEP, "skipped"),
    *everywhere("override", Deed.OVERRIDE, "second", {"covers": ["first"], "reason": "It can go first"}),
    *everywhere(
        "override#past a blocking step", Deed.OVERRIDE_BLOCKING, "behind",
        {"covers": ["stop"], "reason": "It can go first", "then": "complete"},
    ),
    *everywhere("claim", Deed.CLAIM_STEP, "free"),
    *everywhere("comment", Deed.COMMENT, "held", {"text": "A word"}),
    *everywhere("assign", ASSIGN, "held", {"to": The("member staff")}),
    *everywhere("undo", Deed.UNDO_OWN, "free", before=begun),
]  # fmt: skip
