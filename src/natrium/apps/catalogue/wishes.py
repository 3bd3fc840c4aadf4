"""From a series and its dates to what is to be written: the task, its line in the ledger, or the period left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from natrium.apps.catalogue.series import SeriesRow
from natrium.apps.clients.queries import History
from natrium.apps.workflows.making import NewTask
from natrium.apps.workflows.taskfacts import TaskFacts, sound
from natrium.domain.recurrence.occurrences import Occurrence
from natrium.domain.recurrence.schedule import Anchor
from natrium.domain.recurrence.sweeping import Decision, Key, key_of
from natrium.domain.workflow.definition import Rule

PAYDAY = "Payday"


@dataclass(frozen=True, slots=True)
class Wish:
    """A task to make, by its key in the ledger, and what was known of the client when it was reckoned."""

    series: SeriesRow
    key: Key
    occurrence: Occurrence
    title: str
    known: History

    @property
    def place(self) -> tuple[int, int, str, int]:
        """What the ledger's unique key is over."""
        return (self.series.engagement_id, self.series.recurring_id, self.key.period, self.key.part)

    def task(self) -> NewTask:
        """The task as it is made."""
        series, one = self.series, self.occurrence
        said: dict[str, Any] = {"engagement": series.engagement_id, "recurring_task": series.recurring_id}
        if one.due.rule:
            said |= {"rule": one.due.rule, "rule_version": one.due.version}
        people: Mapping[Rule, int | None] = {
            Rule.TASK_OWNER: series.owner_id,
            Rule.CLIENT_MANAGER: series.manager_id,
            Rule.CLIENT_PARTNER: series.partner_id,
        }
        return NewTask(facts_of(series, one, self.title), series.template_ids, people, said)

    def line(self) -> tuple[Any, ...]:
        """The columns of its line in the ledger that do not depend on what is written: see `ledger.COLUMNS`."""
        one = self.occurrence
        return (*self.place, one.period.start, one.period.end, one.due.rule, one.due.version)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A period to leave out, and why."""

    series: SeriesRow
    key: Key
    occurrence: Occurrence
    reason: str

    @property
    def place(self) -> tuple[int, int, str, int]:
        """What the ledger's unique key is over."""
        return (self.series.engagement_id, self.series.recurring_id, self.key.period, self.key.part)

    def line(self) -> tuple[Any, ...]:
        """As a wish's."""
        one = self.occurrence
        return (*self.place, one.period.start, one.period.end, one.due.rule, one.due.version)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sweep found for one series."""

    series: SeriesRow
    wishes: tuple[Wish, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    more: int = 0
    waiting: str = ""
    error: str = ""


def plan_of(series: SeriesRow, decision: Decision, known: History) -> Plan:
    """The plan for a decision. Refuses bad-value for a senseless title."""
    return Plan(
        series,
        tuple(Wish(series, key_of(one), one, series.title_of(one), known) for one in decision.create),
        tuple(LeftOut(series, key_of(one.occurrence), one.occurrence, one.reason) for one in decision.skip),
        decision.more,
        " ".join(decision.waiting),
    )


def facts_of(series: SeriesRow, one: Occurrence, title: str) -> TaskFacts:
    """What the task says. A due date that is none of law is among its other dates, where there is a target before it.

    A payment's last day for cleared funds stands beside its date: "Pay VAT, by".
    """
    statutory = series.schedule is not None and series.schedule.statutory
    due, target = one.due.day, one.target or one.due.day
    others: list[tuple[str, date]] = []
    if not statutory and due is not None and due != target:
        others.append(("Due", due))
    if statutory and one.due.pay_by and one.due.pay_by != due:
        others.append(("Pay by", one.due.pay_by))
    for label, mark in one.milestones:
        if mark.day is not None:
            others.append((label, mark.day))
            if mark.pay_by and mark.pay_by != mark.day:
                others.append((f"{label}, by", mark.pay_by))
    if series.schedule is not None and series.schedule.anchor is Anchor.PAY_DATES:
        others.append((PAYDAY, one.period.end))
    return sound(
        TaskFacts(
            title=title,
            client_id=series.client_id,
            service=series.service,
            owner_id=series.owner_id,
            period_start=one.period.start,
            period_end=one.period.end,
            target_date=target,
            statutory_date=due if statutory else None,
            other_dates=tuple(others),
        )
    )
