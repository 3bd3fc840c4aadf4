"""The one door out: proposals for the practice, and the one page that a client sees."""

from natrium.apps.proposals.queries.for_clients import client_copy, client_view
from natrium.apps.proposals.queries.lists import count_open, proposals
from natrium.apps.proposals.queries.one import copy_of, document_of, parties_of, proposal_page
from natrium.apps.proposals.shapes import ClientView, MadeTask, ProposalPage, ProposalRow

__all__ = [
    "ClientView",
    "MadeTask",
    "ProposalPage",
    "ProposalRow",
    "client_copy",
    "client_view",
    "copy_of",
    "count_open",
    "document_of",
    "parties_of",
    "proposal_page",
    "proposals",
]
