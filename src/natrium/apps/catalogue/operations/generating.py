"""The sweep: every period whose creation day has come becomes a task or is left out with a reason, exactly once.

It asks what is missing in the ledger, so it may be killed, repeated, or run by many at the same moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched

from natrium.apps.activity.operations import Actor, System
from natrium.apps.catalogue import troubles, writing
from natrium.apps.catalogue.planning import Templates, plans
from natrium.apps.catalogue.wishes import LeftOut, Plan, Wish
from natrium.apps.database import sql
from natrium.apps.practices.offices import Office, offices, today_of
from natrium.domain.dates import add_days
from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.sweeping import MOST_A_RUN

PAGE = 500
# An engagement that ended longer ago has nothing left to be made.
SINCE_ENDED = 400
FARTHEST = 3_661


@dataclass(frozen=True, slots=True)
class Made:
    """A task that was made; one that would be (`task_id` None) in a dry run."""

    practice_id: int
    engagement_id: int
    client: str
    service: str
    title: str
    period_start: date
    period_end: date
    due: date | None
    task_id: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a series, or of one of its periods: why it was left out, what it waits for, why it fails."""

    practice_id: int
    engagement_id: int
    client: str
    service: str
    words: str
    period_end: date | None = None


@dataclass(slots=True)
class Swept:
    """What came of a sweep. `more`: how many periods are left for the next one, where a series has very many."""

    created: list[Made] = field(default_factory=list)
    skipped: list[Said] = field(default_factory=list)
    waiting: list[Said] = field(default_factory=list)
    failed: list[Said] = field(default_factory=list)
    more: int = 0


def generate(
    *,
    at: datetime,
    until: date | None = None,
    practice_id: int | None = None,
    engagement_ids: Sequence[int] | None = None,
    dry_run: bool = False,
    actor: Actor | None = None,
    most: int = MOST_A_RUN,
    batch: str = "",
) -> Swept:
    """Make what is to be made up to a day (today, where none is given), for all practices or some engagements.

    A dry run says the same and writes nothing. Raises Refusal bad-value for a day too far away, OperationalError where
    the database itself fails.
    """
    if until is not None and until > add_days(at.date(), FARTHEST):
        raise Refusal(Code.BAD_VALUE, "Tasks are made up to ten years ahead.", field="until")
    swept = Swept()
    for by in offices(actor=actor or System(), practice_id=practice_id):
        templates = Templates(by.practice_id)
        for ids in _pages(by, at, engagement_ids):
            found = list(plans(by=by, at=at, until=until, engagement_ids=ids, templates=templates, most=most))
            _Sweep(by, at, batch, swept).run(found, dry_run=dry_run)
    return swept


def _pages(by: Office, at: datetime, engagement_ids: Sequence[int] | None) -> Iterator[list[int]]:
    """The engagements that run, some at once, in the order of their ids."""
    chosen = "" if engagement_ids is None else f"AND {sql.one_of('id', engagement_ids)}"
    params = () if engagement_ids is None else sql.chosen(engagement_ids)
    if engagement_ids is not None and not engagement_ids:
        return
    last = 0
    while True:
        rows = sql.rows(
            f"""SELECT id FROM catalogue_engagement
                WHERE practice_id = %s AND id > %s AND paused_on IS NULL AND (ends_on IS NULL OR ends_on >= %s) {chosen}
                ORDER BY id LIMIT {PAGE}""",
            (by.practice_id, last, add_days(today_of(by, at), -SINCE_ENDED), *params),
        )
        if rows:
            yield [id_ for (id_,) in rows]
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


@dataclass(slots=True)
class _Sweep:
    """One page of series, written."""

    by: Office
    at: datetime
    batch: str
    swept: Swept
    failing: dict[tuple[int, int], str] = field(default_factory=dict)

    def run(self, found: Sequence[Plan], *, dry_run: bool) -> None:
        """Leave out, create, and say what fails or waits."""
        self.failing = {_key(plan): plan.error for plan in found if plan.error}
        left_out = [one for plan in found for one in plan.left_out]
        wishes = [wish for plan in found for wish in plan.wishes]
        self.swept.more += sum(plan.more for plan in found)
        self.swept.waiting += [self._said(plan, plan.waiting) for plan in found if plan.waiting and not plan.error]
        if dry_run:
            self.swept.skipped += [self._left(one) for one in left_out]
            self.swept.created += [self._made(wish, None) for wish in wishes]
        else:
            self._leave_out(left_out)
            self._create(wishes)
            self._keep_troubles(found)
        self.swept.failed += [
            self._said(plan, self.failing[_key(plan)]) for plan in found if _key(plan) in self.failing
        ]

    def _leave_out(self, left_out: Sequence[LeftOut]) -> None:
        def write(many: Sequence[LeftOut]) -> None:
            written = writing.leave_out(many, by=self.by, at=self.at, batch=self.batch)
            done.extend(one for one in many if one.place in written)

        for chunk in batched(left_out, writing.CHUNK):
            done: list[LeftOut] = []
            failed: writing.Failed[LeftOut] = []
            writing.in_halves(chunk, write, failed)
            self.swept.skipped += [self._left(one) for one in done]
            self.failing |= {one.place[:2]: error for one, error in failed}

    def _create(self, wishes: Sequence[Wish]) -> None:
        def write(many: Sequence[Wish]) -> None:
            made = writing.create(many, by=self.by, at=self.at, batch=self.batch)
            done.extend((wish, made[wish.place]) for wish in many if wish.place in made)

        for chunk in batched(wishes, writing.CHUNK):
            done: list[tuple[Wish, int]] = []
            failed: writing.Failed[Wish] = []
            writing.in_halves(chunk, write, failed)
            self.swept.created += [self._made(wish, task_id) for wish, task_id in done]
            self.failing |= {wish.place[:2]: error for wish, error in failed}

    def _keep_troubles(self, found: Sequence[Plan]) -> None:
        waiting = {_key(plan): plan.waiting for plan in found if plan.waiting and _key(plan) not in self.failing}
        well = [
            _key(plan)
            for plan in found
            if plan.series.troubled and _key(plan) not in self.failing and _key(plan) not in waiting
        ]
        troubles.keep(practice_id=self.by.practice_id, failing=self.failing, waiting=waiting, well=well, at=self.at)

    def _made(self, wish: Wish, task_id: int | None) -> Made:
        series, one = wish.series, wish.occurrence
        return Made(
            self.by.practice_id, series.engagement_id, series.client, series.service, wish.title, one.period.start,
            one.period.end, one.due.day, task_id,
        )  # fmt: skip

    def _said(self, plan: Plan, words: str) -> Said:
        series = plan.series
        return Said(self.by.practice_id, series.engagement_id, series.client, series.service, words)

    def _left(self, one: LeftOut) -> Said:
        series = one.series
        return Said(
            self.by.practice_id, series.engagement_id, series.client, series.service, one.reason,
            one.occurrence.period.end,
        )  # fmt: skip


def _key(plan: Plan) -> tuple[int, int]:
    return (plan.series.engagement_id, plan.series.recurring_id)
