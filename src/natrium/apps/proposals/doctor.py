"""Has everything been done that follows an answer? For `natrium doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from natrium.apps.database import sql
from natrium.apps.database.found import Finding
from natrium.apps.proposals.rows import STUCK

SOON = timedelta(minutes=15)
WHY = {
    "failed": "could not be sent: {error}",
    "unknown": "may have been sent or not: the process or the connection ended on the way",
    "sending": "may have been sent or not: the process ended on the way",
}


def examine(*, at: datetime) -> Iterator[Finding]:
    """Acceptances whose copy is not sealed a quarter of an hour later, whatever became of the job; mails not sent."""
    rows = sql.rows(
        """SELECT a.proposal_id, s.error FROM proposals_acceptance a
           LEFT JOIN proposals_sealedcopy s ON s.proposal_id = a.proposal_id
           WHERE a.at <= %s AND (s.sha256 IS NULL OR s.sha256 = '') ORDER BY a.proposal_id""",
        (at - SOON,),
    )
    for proposal_id, error in rows:
        why = f": {error}" if error else ""
        yield Finding(f"proposal {proposal_id}", f"its copy is not sealed{why}. Retry at /proposals/{proposal_id}/")
    mails = sql.rows(
        """SELECT m.proposal_id, CASE m.kind WHEN 'stopped' THEN 'whoever sent it' ELSE p.to_email END, m.state, m.error
           FROM proposals_proposalmail m
           JOIN proposals_proposal p ON p.id = m.proposal_id
           WHERE m.state IN ('failed', 'unknown') OR (m.state = 'sending' AND m.changed_at <= %s) ORDER BY m.id""",
        (at - STUCK,),
    )
    for proposal_id, to, state, error in mails:
        yield Finding(f"proposal {proposal_id}", f"a mail to {to} {WHY[state].format(error=error)}")
    stopped = sql.rows(
        "SELECT id, trouble FROM proposals_proposal WHERE trouble <> '' AND status IN ('sent', 'viewed') ORDER BY id"
    )
    for proposal_id, trouble in stopped:
        yield Finding(f"proposal {proposal_id}", f"the client tried to accept it and could not: {trouble}")
