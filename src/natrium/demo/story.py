"""How a job went: who did which step when, by the firm's own habits, as far as today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.panels import StepLine
from natrium.domain.workflow.actions import Comment, Complete, Skip, Start, Wait
from natrium.domain.workflow.definition import WaitsOn

ZONE = ZoneInfo("Europe/London")
NOTES = (
    "Bank statements for the last two months still missing; asked again by e-mail.",
    "Spoke to the client, figures agree with the ledger now.",
    "Lease moved in May: use the new rent from 1 June, and disclose.",
    "Same treatment as last year, see the permanent file.",
    "Client is away until Monday.",
    "Posted the depreciation journal; please check the van.",
    "Director’s loan was repaid in full before the year end.",
    "They changed bank in September, so there are two sets of statements.",
)
WAITS = {
    WaitsOn.CLIENT: (
        "Bank statements and invoices asked for",
        "Approval asked for by e-mail",
        "Answers to our queries",
    ),
    WaitsOn.THIRD_PARTY: ("Letter sent, no answer yet", "On the phone queue twice"),
}


@dataclass(slots=True)
class Firm:
    """Everybody who acts, by first name, the moment the story ends, and the dice."""

    by: Mapping[str, SignedIn]
    now: datetime
    dice: Random
    names: dict[int, str] = field(default_factory=dict)

    def at(self, day: date) -> datetime:
        """A moment of office hours on a working day."""
        while day.weekday() > 4:
            day += timedelta(1)
        minutes = self.dice.randrange(9 * 60, 17 * 60 + 20)
        return datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)

    def who(self, step: StepLine, owner: str) -> SignedIn:
        """Who would do the step: its holder, else somebody who may."""
        if step.assignee is not None:
            return self.by[self.names[step.assignee.id]]
        return self.by["Priya" if step.rule == "client partner" else "Tom" if step.rule == "client manager" else owner]


def work(firm: Firm, task_id: int, owner: str, begins: date, days_a_step: float) -> None:
    """Works a task's first workflow in order, from a day on, until the story ends or the steps do."""
    day, last = begins, firm.at(begins) - timedelta(hours=1)
    page = queries.task_page(by=firm.by["Rosalind"], at=firm.now, task_id=task_id)
    workflow = page.workflows[0]
    for group in workflow.groups:
        for step in group.steps:
            at = max(firm.at(day), last + timedelta(minutes=20))
            if at >= firm.now:
                _under_way(firm, workflow.id, step, owner, last)
                return
            _settle(firm, workflow.id, step, owner, at)
            last = at
            day += timedelta(days=max(0, round(days_a_step * firm.dice.uniform(0.2, 1.5))))


def _settle(firm: Firm, workflow_id: int, step: StepLine, owner: str, at: datetime) -> None:
    """The step is done; one that does not apply is skipped now and then; some get a note."""
    by = firm.who(step, owner)
    optional = "Skip this where" in step.guidance and not step.required
    if optional and firm.dice.random() < 0.6:
        reason = "Does not apply this time."
        operations.act(by=firm.by["Tom"], at=at, workflow_id=workflow_id, actions=[Skip(step.key, reason)])
        return
    operations.act(by=by, at=at, workflow_id=workflow_id, actions=[completion(firm, step, at)])
    if firm.dice.random() < 0.06:
        note = Comment(step.key, firm.dice.choice(NOTES))
        operations.act(by=by, at=at + timedelta(minutes=4), workflow_id=workflow_id, actions=[note])


def completion(firm: Firm, step: StepLine, at: datetime) -> Complete:
    """Done, with the evidence that filings and approvals ask for."""
    filed_on = at.date() if step.filing else None
    reference = f"{firm.dice.choice('ABCDEFGH')}{firm.dice.randrange(10**7, 10**8)}" if step.filing else ""
    note = f"E-mail of {at.day} {at:%B}, on file." if step.approval else ""
    return Complete(step.key, filed_on, reference, note)


def _under_way(firm: Firm, workflow_id: int, step: StepLine, owner: str, last: datetime) -> None:
    """Where the story ends: the step may have been begun, or set waiting, some time after the one before."""
    begun = firm.at((last + timedelta(days=1)).date())
    if begun >= firm.now:
        return
    by, chance = firm.who(step, owner), firm.dice.random()
    if step.waits_on and chance < 0.6:
        on = WaitsOn(step.waits_on)
        wait = Wait(step.key, firm.dice.choice(WAITS[on]), on, "HMRC" if on is WaitsOn.THIRD_PARTY else "")
        operations.act(by=by, at=begun, workflow_id=workflow_id, actions=[wait])
    elif chance < 0.45:
        operations.act(by=by, at=begun, workflow_id=workflow_id, actions=[Start(step.key)])
