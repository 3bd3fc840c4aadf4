"""The link by which a client opens a proposal: unguessable, and nowhere kept; its hash leads back to the row."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from natrium.apps.database import sql
from natrium.apps.practices.access import hash_of
from natrium.domain.errors import NotFound

PURPOSE = "natrium.proposals.link"
# More versions than anybody makes; a loop of rows could not keep a page waiting for ever.
MOST_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is kept of a new link."""

    salt: str
    hash: str


def new_link(proposal_id: int) -> NewLink:
    """A link for a proposal that is sent now."""
    salt = secrets.token_hex(32)
    return NewLink(salt, hash_of(token_of(proposal_id, salt)))


def token_of(proposal_id: int, salt: str) -> str:
    """The link's own text: 256 bits that follow from the installation's key, which no database holds."""
    digest = salted_hmac(PURPOSE, f"{proposal_id}:{salt}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def path_of(proposal_id: int, salt: str) -> str:
    """The address of the client's page, without the site's."""
    return f"/p/{token_of(proposal_id, salt)}/"


def leads_to(proposal_id: int, salt: str, kept: str) -> bool:
    """Whether the link as it is reckoned now is the one whose hash is kept: with another key it is not."""
    return hash_of(token_of(proposal_id, salt)) == kept


def find(token: str) -> tuple[int, int]:
    """The proposal that a link leads to now, and the one it was sent for: an old link points to the newest version.

    Raises NotFound.
    """
    first = sql.value("SELECT id FROM proposals_proposal WHERE link_hash = %s", (hash_of(token),))
    if first is None:
        raise NotFound("There is no proposal at this address.")
    here = int(first)
    for _ in range(MOST_VERSIONS):
        following = sql.value("SELECT replaced_by_id FROM proposals_proposal WHERE id = %s", (here,))
        if following is None:
            break
        here = int(following)
    return here, int(first)
