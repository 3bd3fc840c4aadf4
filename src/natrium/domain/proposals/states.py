"""What may happen to a proposal, and how it stands: draft, sent, viewed; accepted, declined, expired, withdrawn."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from natrium.domain.errors import Code, Refusal


class Status(StrEnum):
    """How a proposal stands."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What happens to it."""

    EDIT = "edit"
    SEND = "send"
    VIEW = "view"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REVISE = "revise"


# With the client, who may still answer.
OPEN = frozenset({Status.SENT, Status.VIEWED})

# From how it stands to how it stands afterwards. What is not here is refused; viewing never is.
LEADS: dict[Act, dict[Status, Status]] = {
    Act.EDIT: {Status.DRAFT: Status.DRAFT},
    Act.SEND: {Status.DRAFT: Status.SENT, Status.SENT: Status.SENT, Status.VIEWED: Status.VIEWED},
    Act.VIEW: {status: status for status in Status} | {Status.SENT: Status.VIEWED},
    Act.ACCEPT: dict.fromkeys((*OPEN, Status.ACCEPTED), Status.ACCEPTED),
    Act.DECLINE: dict.fromkeys((*OPEN, Status.DECLINED), Status.DECLINED),
    Act.WITHDRAW: dict.fromkeys((Status.DRAFT, *OPEN, Status.EXPIRED, Status.WITHDRAWN), Status.WITHDRAWN),
    Act.REVISE: {status: status for status in (*OPEN, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN)},
}
SAYS = {
    Status.DRAFT: "The proposal has not been sent yet.",
    Status.SENT: "The proposal is with the client. What was sent does not change: make a new version of it.",
    Status.VIEWED: "The proposal is with the client. What was sent does not change: make a new version of it.",
    Status.ACCEPTED: "The proposal was accepted already.",
    Status.DECLINED: "The proposal was declined already.",
    Status.EXPIRED: "The proposal is open no longer: its last day has passed.",
    Status.WITHDRAWN: "The proposal was withdrawn.",
}


def standing(status: Status, *, expires_on: date, today: date) -> Status:
    """How a proposal stands on a day: one that is with the client expires by itself after its last day."""
    return Status.EXPIRED if status in OPEN and today > expires_on else status


def after(act: Act, status: Status, *, expires_on: date, today: date) -> Status:
    """How a proposal stands after something happened to it; the same as before where that is a repetition.

    Refuses `too-late` for an answer after the last day, and `wrong-state`.
    """
    stands = standing(status, expires_on=expires_on, today=today)
    leads = LEADS[act]
    if stands not in leads:
        late = stands is Status.EXPIRED and act in {Act.ACCEPT, Act.DECLINE}
        raise Refusal(Code.TOO_LATE if late else Code.WRONG_STATE, SAYS[stands])
    return leads[stands]
