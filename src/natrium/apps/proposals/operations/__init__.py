"""The one door in: proposals written, sent, answered; what follows them tried again."""

from natrium.apps.proposals.operations.answering import (
    Signature,
    accept_proposal,
    decline_proposal,
    record_acceptance,
    view_proposal,
)
from natrium.apps.proposals.operations.drafts import create_proposal, need_writer, revise_proposal, save_proposal
from natrium.apps.proposals.operations.following import remind, seal, send_mail, try_again
from natrium.apps.proposals.operations.sending import need_sender, send_proposal, withdraw_proposal

__all__ = [
    "Signature",
    "accept_proposal",
    "create_proposal",
    "decline_proposal",
    "need_sender",
    "need_writer",
    "record_acceptance",
    "remind",
    "revise_proposal",
    "save_proposal",
    "seal",
    "send_mail",
    "send_proposal",
    "try_again",
    "view_proposal",
    "withdraw_proposal",
]
