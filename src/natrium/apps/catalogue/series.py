"""Each recurring task of each engagement, as rows say it, with the periods it has: for the sweep and for what shows it.

Preview, what is ahead and what is made all come from `dates_of`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from natrium.apps.catalogue.clienthood import epochs_of
from natrium.apps.catalogue.facts import Mode, OwnerRule
from natrium.apps.clients.queries import History
from natrium.apps.database import sql
from natrium.domain.errors import Refusal
from natrium.domain.recurrence import codec
from natrium.domain.recurrence.history import Found, occurrences_of
from natrium.domain.recurrence.occurrences import Occurrence, Office
from natrium.domain.recurrence.schedule import Before, Schedule
from natrium.domain.recurrence.sweeping import CatchUp, Runs
from natrium.domain.recurrence.titles import TitleFacts, title

# Who looks after the client, where they can own a task.
PEOPLE = """
    LEFT JOIN practices_member mm ON mm.id = c.manager_id AND mm.active AND mm.role >= 1
    LEFT JOIN practices_member pm ON pm.id = c.partner_id AND pm.active AND pm.role >= 1"""
SELECT = f"""
    SELECT e.id, e.rev, e.starts_on, e.ends_on, e.paused_on, c.id, c.name, c.active, c.ceased_on, s.id, s.name,
        r.id, r.title_pattern, r.schedule, r.rule, r.owner_rule, r.catch_up, r.mode, r.every_days,
        om.id, mm.id, pm.id, xm.id, x.days_before, x.template_ids, CASE WHEN z.id IS NULL THEN 0 ELSE 1 END,
        e.created_at, r.created_at, r.rev
    FROM catalogue_engagement e
    JOIN clients_client c ON c.id = e.client_id
    JOIN catalogue_service s ON s.id = e.service_id
    JOIN catalogue_recurringtask r ON r.service_id = e.service_id AND r.active = {sql.TRUE}
    LEFT JOIN practices_member om ON om.id = r.owner_member_id AND om.active AND om.role >= 1 {PEOPLE}
    LEFT JOIN catalogue_engagementoverride x ON x.engagement_id = e.id AND x.recurring_task_id = r.id
    LEFT JOIN practices_member xm ON xm.id = x.owner_member_id AND xm.active AND xm.role >= 1
    LEFT JOIN catalogue_series z ON z.engagement_id = e.id AND z.recurring_task_id = r.id
    WHERE e.practice_id = %s AND """
ORDER = " ORDER BY e.id, r.position, r.id"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """One recurring task of one engagement, overrides and people resolved. `schedule` is None after completion.

    `event` is the day the engagement began. `owner_id` None: the rule finds nobody who can own a task. `troubled`: it
    failed or waited when it was last looked at. `broken`: why what is stored cannot be read, "" where it can.
    """

    engagement_id: int
    engagement_rev: int
    runs: Runs
    client_id: int
    client: str
    service_id: int
    service: str
    recurring_id: int
    recurring_rev: int
    title_pattern: str
    schedule: Schedule | None
    event: date
    rule: str
    catch_up: CatchUp
    mode: Mode
    every_days: int
    owner_id: int | None
    manager_id: int | None
    partner_id: int | None
    template_ids: tuple[int, ...]
    troubled: bool
    broken: str = ""

    def title_of(self, one: Occurrence) -> str:
        """The title of the task for an occurrence. Refuses bad-value for a pattern that makes no sense."""
        facts = TitleFacts(
            service=self.service, client=self.client, period_start=one.period.start, period_end=one.period.end,
            due=one.due.day, part=one.part,
        )  # fmt: skip
        return title(self.title_pattern, facts)


def series_of(*, practice_id: int, engagement_ids: Sequence[int]) -> tuple[SeriesRow, ...]:
    """The series of some engagements of a practice, in order: two statements."""
    if not engagement_ids:
        return ()
    rows = sql.rows(f"{SELECT}{sql.one_of('e.id', engagement_ids)}{ORDER}", (practice_id, *sql.chosen(engagement_ids)))
    templates = template_ids_of(sorted({row[11] for row in rows}))
    return tuple(_row(row, templates) for row in rows)


def template_ids_of(recurring_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The templates of recurring tasks, in order."""
    if not recurring_ids:
        return {}
    found: dict[int, list[int]] = {}
    for recurring, template_id in sql.rows(
        f"""SELECT recurring_task_id, template_id FROM catalogue_recurringtasktemplate
            WHERE {sql.one_of("recurring_task_id", recurring_ids)} ORDER BY recurring_task_id, position""",
        sql.chosen(recurring_ids),
    ):
        found.setdefault(recurring, []).append(template_id)
    return {recurring: tuple(ids) for recurring, ids in found.items()}


def dates_of(
    series: SeriesRow,
    history: History,
    *,
    first: date,
    last: date,
    office: Office,
    most: int = 600,
    after: date | None = None,
) -> Found:
    """The occurrences of a series on schedule whose periods end in a span of days, by the client's facts.

    `after` is the last day of what the ledger has.
    """
    if series.schedule is None:
        return Found(())
    return occurrences_of(
        series.schedule, epochs_of(history), first=first, last=last, office=office, event=series.event,
        rule=series.rule, most=most, after=after,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def read_schedule(text: str) -> Schedule:
    """A schedule from its stored text. Refuses bad-value where the rules changed and know it no longer."""
    return codec.from_dict(cast("dict[str, Any]", sql.from_json(text)))


@lru_cache(maxsize=1024)
def _schedule(text: str, days_before: int | None) -> Schedule:
    schedule = read_schedule(text)
    return schedule if days_before is None else replace(schedule, target=Before(days_before))


def _readable(text: str, days_before: int | None) -> tuple[Schedule | None, str]:
    """The schedule, None for none; and why it cannot be read, which is a trouble of this series and of no other."""
    try:
        return (_schedule(text, days_before) if text else None), ""
    except (Refusal, AttributeError, LookupError, TypeError, ValueError) as error:
        return None, f"Its schedule cannot be read: {error}"[:500]


def _row(row: Sequence[Any], templates: dict[int, tuple[int, ...]]) -> SeriesRow:
    id_, rev, starts, ends, paused, client_id, client, active, ceased, service_id, service = row[:11]
    recurring, pattern, text, rule, owner_rule, catch_up, mode, every, named, manager, partner = row[11:22]
    overriding, days_before, own_templates, troubled, taken_at, written_at, recurring_rev = row[22:]
    schedule, broken = _readable(text, days_before)
    # What was added to the service later brings nothing of the time before.
    added = cast("datetime", sql.moment(written_at)) if written_at > taken_at else None
    event = cast("date", sql.day(starts))
    by_rule = {
        OwnerRule.CLIENT_MANAGER: manager,
        OwnerRule.CLIENT_PARTNER: partner,
        OwnerRule.MEMBER: named,
        OwnerRule.UNASSIGNED: None,
    }
    chosen = templates.get(recurring, ())
    if own_templates is not None:
        chosen = tuple(cast("list[int]", sql.from_json(own_templates)))
    return SeriesRow(
        engagement_id=id_,
        engagement_rev=rev,
        runs=Runs(
            starts_on=max(event, added.date()) if added else event,
            ends_on=sql.day(ends),
            paused_on=sql.day(paused),
            ceased_on=sql.day(ceased),
            client_active=bool(active),
        ),
        client_id=client_id,
        client=client,
        service_id=service_id,
        service=service,
        recurring_id=recurring,
        recurring_rev=recurring_rev,
        title_pattern=pattern,
        schedule=schedule,
        event=event,
        rule=rule,
        catch_up=CatchUp(catch_up),
        mode=Mode(mode),
        every_days=every or 0,
        owner_id=overriding if overriding is not None else by_rule[OwnerRule(owner_rule)],
        manager_id=manager,
        partner_id=partner,
        template_ids=chosen,
        troubled=bool(troubled),
        broken=broken,
    )
