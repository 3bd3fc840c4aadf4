"""Lists of proposals."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.apps.proposals.rows import STUCK
from natrium.apps.proposals.shapes import ProposalRow
from natrium.domain.proposals import money, states
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.states import OPEN, Status

MOST = 100
LIST_SQL = """
    SELECT p.id, p.number, p.version, p.title, p.client_id, c.name, p.to_name, p.status, p.expires_on, p.sent_at,
           p.viewed_at, p.closed_at, s.error, s.sha256,
           (SELECT COUNT(*) FROM proposals_proposalmail m
            WHERE m.proposal_id = p.id
              AND (m.state IN ('failed', 'unknown') OR (m.state = 'sending' AND m.changed_at <= %s))),
           p.trouble,
           (SELECT COALESCE(SUM(l.fee * CASE l.per WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'year' THEN 1
                                                   ELSE 0 END), 0)
            FROM proposals_proposalline l WHERE l.proposal_id = p.id),
           (SELECT COALESCE(SUM(l.fee), 0) FROM proposals_proposalline l WHERE l.proposal_id = p.id AND l.per = 'once')
    FROM proposals_proposal p JOIN clients_client c ON c.id = p.client_id
    LEFT JOIN proposals_sealedcopy s ON s.proposal_id = p.id
    WHERE p.practice_id = %s AND p.replaced_by_id IS NULL AND p.id < %s {more} ORDER BY p.id DESC LIMIT %s"""
END = 2**62


def proposals(
    *, by: SignedIn, at: datetime, client_id: int | None = None, before: int | None = None, most: int = MOST
) -> list[ProposalRow]:
    """The newest version of each proposal of the practice, or of one client, newest first; `before` continues."""
    more, ids = ("AND p.client_id = %s", [client_id]) if client_id is not None else ("", [])
    rows = sql.rows(LIST_SQL.format(more=more), (at - STUCK, by.practice_id, before or END, *ids, most))
    today = at.astimezone(by.zone).date()
    return [_row(row, today) for row in rows]


def count_open(*, by: SignedIn, at: datetime) -> int:
    """How many are with clients."""
    today = at.astimezone(by.zone).date()
    return int(
        sql.value(
            """SELECT COUNT(*) FROM proposals_proposal
               WHERE practice_id = %s AND status IN ('sent', 'viewed') AND expires_on >= %s""",
            (by.practice_id, today),
        )
    )


def _row(row: tuple[object, ...], today: date) -> ProposalRow:
    (id_, number, version, title, client_id, client, to_name, status, expires_on, sent_at, viewed_at, closed_at,
     copy_error, sha256, mails, trouble, yearly, once) = row  # fmt: skip
    last = cast("date", sql.day(cast("date", expires_on)))
    moments = [sql.moment(cast("datetime | None", one)) for one in (sent_at, viewed_at, closed_at)]
    return ProposalRow(
        id=cast("int", id_), number=cast("int", number), version=cast("int", version), title=cast("str", title),
        client_id=cast("int", client_id), client=cast("str", client), to_name=cast("str", to_name),
        status=states.standing(Status(cast("str", status)), expires_on=last, today=today),
        monthly=money.each_month([(int(cast("int", yearly)), Per.YEAR)], 0).net, once=int(cast("int", once)),
        expires_on=last, sent_at=moments[0], viewed_at=moments[1], closed_at=moments[2],
        open_trouble=bool(mails) or bool(copy_error and not sha256) or bool(trouble and status in OPEN),
    )  # fmt: skip
