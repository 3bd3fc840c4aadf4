"""Pausing, resuming and ending for many clients at once: one that is refused stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from natrium.apps.catalogue.operations.engagements import (
    OpenWork,
    end_engagement,
    need_manager,
    pause_engagement,
    resume_engagement,
)
from natrium.apps.database import sql
from natrium.apps.practices.people import SignedIn
from natrium.domain.errors import Code, NotFound, Refusal

MOST = 2_000
CHUNK = 50  # clients in one transaction


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is made any more, since today or an earlier day."""

    on: date


@dataclass(frozen=True, slots=True)
class Resume:
    """Tasks are made again."""


@dataclass(frozen=True, slots=True)
class End:
    """A last day, and what becomes of open work."""

    on: date
    open_work: OpenWork


type EngagementDeed = Pause | Resume | End


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one client: `changed`, or it was so already; or why it is refused (`refused`, "" where it is not).

    `cancelled`: how many tasks went with it. An unknown one has no client.
    """

    client_id: int | None
    client: str
    engagement_id: int
    changed: bool
    refused: str = ""
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Many:
    """What came of many, in the order of the ids; `batch` is on every event, "" for a preview."""

    lines: tuple[Line, ...]
    batch: str = ""

    @property
    def changed(self) -> int:
        """How many changed."""
        return sum(line.changed for line in self.lines)

    @property
    def refused(self) -> tuple[Line, ...]:
        """Those that were refused."""
        return tuple(line for line in self.lines if line.refused)


def change_engagements(
    *, by: SignedIn, at: datetime, engagement_ids: Sequence[int], deed: EngagementDeed, dry_run: bool = False
) -> Many:
    """Pause, resume or end many engagements. A dry run says what would come of each, and writes nothing.

    Raises Refusal (not-allowed; bad-value where none or too many are chosen).
    """
    wanted = _checked(by, engagement_ids)
    rows = sql.rows(
        f"""SELECT e.id, c.id, c.name FROM catalogue_engagement e JOIN clients_client c ON c.id = e.client_id
            WHERE e.practice_id = %s AND {sql.one_of("e.id", wanted)}""",
        (by.practice_id, *sql.chosen(wanted)),
    )
    of = {row[0]: (row[1], row[2]) for row in rows}

    def change(engagement_id: int, batch: str) -> Line:
        cancelled = 0
        match deed:
            case Pause(on=on):
                changed = pause_engagement(by=by, at=at, engagement_id=engagement_id, on=on, batch=batch)
            case Resume():
                changed = resume_engagement(by=by, at=at, engagement_id=engagement_id, batch=batch)
            case End(on=on, open_work=open_work):
                before = _ends_on(engagement_id)
                cancelled = end_engagement(
                    by=by, at=at, engagement_id=engagement_id, on=on, open_work=open_work, batch=batch
                )
                changed = before != on
        return Line(*of[engagement_id], engagement_id, changed, cancelled=cancelled)

    def refuse(engagement_id: int, words: str) -> Line:
        return Line(*of.get(engagement_id, (None, "")), engagement_id, changed=False, refused=words)

    # Clients are locked in the order of the sweep, so that neither waits for the other for ever.
    wanted.sort(key=lambda id_: (of.get(id_, (0, ""))[0], id_))
    return _each(wanted, change, refuse, dry_run=dry_run)


def _each(
    wanted: Sequence[int], do: Callable[[int, str], Line], refuse: Callable[[int, str], Line], *, dry_run: bool
) -> Many:
    """Does it to each in this order, some in one transaction; a dry run takes each of these back."""
    batch = "" if dry_run else uuid4().hex
    lines: list[Line] = []
    for start in range(0, len(wanted), CHUNK):
        with transaction.atomic():
            for id_ in wanted[start : start + CHUNK]:
                try:
                    with transaction.atomic():
                        line = do(id_, batch)
                except (Refusal, NotFound) as refusal:
                    line = refuse(id_, str(refusal))
                lines.append(line)
            if dry_run:
                transaction.set_rollback(True)
    return Many(tuple(sorted(lines, key=lambda line: line.engagement_id)), batch)


def _checked(by: SignedIn, ids: Sequence[int]) -> list[int]:
    need_manager(by)
    wanted = sorted(set(ids))
    if not wanted:
        raise Refusal(Code.BAD_VALUE, "Nothing is chosen.", field="selection")
    if len(wanted) > MOST:
        words = f"{len(wanted):,} are chosen; {MOST:,} is the most at once. Choose fewer."
        raise Refusal(Code.BAD_VALUE, words, field="selection")
    return wanted


def _ends_on(engagement_id: int) -> date | None:
    return sql.day(sql.value("SELECT ends_on FROM catalogue_engagement WHERE id = %s", (engagement_id,)))
