"""What a client sees by the link: the document that was sent, and nothing else of the practice."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from natrium.apps.database import sql
from natrium.apps.proposals import links
from natrium.apps.proposals.queries.one import _bytes
from natrium.apps.proposals.shapes import ClientView
from natrium.domain.proposals import states
from natrium.domain.proposals.states import Status

VIEW_SQL = """
    SELECT p.document, p.content_hash, p.status, p.expires_on, p.to_name, p.closed_at, p.reason, r.time_zone,
           a.name, a.at, s.sha256
    FROM proposals_proposal p JOIN practices_practice r ON r.id = p.practice_id
    LEFT JOIN proposals_acceptance a ON a.proposal_id = p.id
    LEFT JOIN proposals_sealedcopy s ON s.proposal_id = p.id
    WHERE p.id = %s"""


def client_view(*, token: str, at: datetime) -> ClientView:
    """The proposal that a link leads to, as it stands. Raises NotFound."""
    here, first = links.find(token)
    row = sql.row(VIEW_SQL, (here,))
    assert row is not None  # noqa: S101 - proposals are never deleted
    document, digest, status, expires_on, to_name, closed_at, reason, zone, name, accepted_at, sha256 = row
    last = sql.day(expires_on)
    assert last is not None  # noqa: S101 - for the type checker
    return ClientView(
        document=cast("dict[str, Any]", sql.from_json(document)), content_hash=digest,
        status=states.standing(Status(status), expires_on=last, today=at.astimezone(ZoneInfo(zone)).date()),
        newer=here != first, answered_by=name or to_name, answered_at=sql.moment(accepted_at or closed_at),
        reason=reason, time_zone=zone, has_copy=bool(sha256),
    )  # fmt: skip


def client_copy(*, token: str) -> bytes:
    """The sealed copy, for the client. Raises NotFound while there is none."""
    here, _ = links.find(token)
    return _bytes(sql.value("SELECT pdf FROM proposals_sealedcopy WHERE proposal_id = %s", (here,)))
