"""What members want to be told, in the app and by mail; who has said nothing gets what most would want."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from django.db import transaction

from natrium.apps.activity.operations import NewEvent, record
from natrium.apps.database import sql
from natrium.apps.practices.queries import SignedIn
from natrium.domain.errors import Code, Refusal
from natrium.domain.notices import MAILED, Kind

DIGEST_AT = time(7, 30)
SELECT = """
    SELECT m.id, m.practice_id, w.not_in_app, w.in_mail, w.digest, w.digest_at FROM practices_member m
    LEFT JOIN notifications_wishes w ON w.member_id = m.id"""


@dataclass(frozen=True, slots=True)
class Wish:
    """One member's wishes. `digest_at` is a time of the day in the practice's zone."""

    member_id: int
    practice_id: int
    in_app: frozenset[Kind]
    in_mail: frozenset[Kind]
    digest: bool
    digest_at: time

    @property
    def as_said(self) -> dict[str, object]:
        """The wishes as the record keeps them."""
        return {
            "in_app": sorted(self.in_app),
            "in_mail": sorted(self.in_mail),
            "digest": self.digest,
            "digest_at": f"{self.digest_at:%H:%M}",
        }


def of_members(ids: Collection[int]) -> Mapping[int, Wish]:
    """The wishes of those of some members who have not left."""
    if not ids:
        return {}
    chosen = sorted(ids)
    rows = sql.rows(f"{SELECT} WHERE m.active AND {sql.one_of('m.id', chosen)}", sql.chosen(chosen))
    return {row[0]: wish_of(row) for row in rows}


def wishes(by: SignedIn) -> Wish:
    """The member's own."""
    [row] = sql.rows(f"{SELECT} WHERE m.id = %s", (by.member.id,))
    return wish_of(row)


def wish_of(row: Sequence[Any]) -> Wish:
    """The wishes from the columns of SELECT."""
    member_id, practice_id, not_in_app, in_mail, digest, digest_at = row
    if not_in_app is None:
        return Wish(member_id, practice_id, frozenset(Kind), MAILED, digest=True, digest_at=DIGEST_AT)
    at = time.fromisoformat(digest_at) if isinstance(digest_at, str) else digest_at
    return Wish(
        member_id, practice_id, frozenset(Kind) - _kinds(not_in_app), _kinds(in_mail), digest=bool(digest), digest_at=at
    )


def _kinds(text: str) -> frozenset[Kind]:
    return frozenset(Kind(word) for word in cast("list[str]", sql.from_json(text)))


def wish(
    *,
    by: SignedIn,
    at: datetime,
    in_app: Collection[str],
    in_mail: Collection[str],
    digest: bool,
    digest_at: time,
) -> None:
    """Say what one wants to be told: the kinds in the app and in the mail, and the time of the day's mail.

    The same again writes no event. Raises Refusal bad-value for a word that is no kind.
    """
    after = Wish(
        by.member.id, by.practice_id, _known(in_app, "in_app"), _known(in_mail, "in_mail"),
        digest=digest, digest_at=digest_at.replace(second=0, microsecond=0, tzinfo=None),
    )  # fmt: skip
    with transaction.atomic():
        before = wishes(by).as_said
        changes = {name: [before[name], value] for name, value in after.as_said.items() if before[name] != value}
        if not changes:
            return
        _write(after)
        data = {"member": by.member.id, "changes": changes}
        event = NewEvent(verb="member.wishes_changed", name=by.member.name, data=data)
        record(chain="practice", subject_id=by.practice_id, practice_id=by.practice_id, events=[event], by=by, at=at)


def _write(wish: Wish) -> None:
    sql.execute(
        """INSERT INTO notifications_wishes (member_id, practice_id, not_in_app, in_mail, digest, digest_at)
           VALUES (%s, %s, %s, %s, %s, %s)
           ON CONFLICT (member_id) DO UPDATE SET not_in_app = excluded.not_in_app, in_mail = excluded.in_mail,
           digest = excluded.digest, digest_at = excluded.digest_at""",
        (
            wish.member_id,
            wish.practice_id,
            sql.as_json(sorted(frozenset(Kind) - wish.in_app)),
            sql.as_json(sorted(wish.in_mail)),
            wish.digest,
            f"{wish.digest_at:%H:%M:%S}",
        ),
    )


def _known(words: Collection[str], field: str) -> frozenset[Kind]:
    unknown = sorted(set(words) - set(Kind))
    if unknown:
        raise Refusal(Code.BAD_VALUE, f"There are no notifications called “{unknown[0]}”.", field=field)
    return frozenset(Kind(word) for word in words)
