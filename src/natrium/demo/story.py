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
from natrium.domain.workflow.actions import Action, Comment, Complete, Skip, Start, Wait
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
    """Everybody who acts, by first name, the moment the story ends, the dice, and who has left by now."""

    by: Mapping[str, SignedIn]
    now: datetime
    dice: Random
    names: dict[int, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def at(self, day: date) -> datetime:
        """A moment of office hours on a working day."""
        while day.weekday() > 4:
            day += timedelta(1)
        minutes = self.dice.randrange(9 * 60, 17 * 60 + 20)
        return datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)

    def who(self, step: StepLine, owner: str) -> SignedIn:
        """Who would do the step: its holder, else somebody who may."""
        if step.assignee is not None and self.names[step.assignee.id] not in self.gone:
            return self.by[self.names[step.assignee.id]]
        return self.by["Priya" if step.rule == "client partner" else "Tom" if step.rule == "client manager" else owner]


def work(firm: Firm, task_id: int, owner: str, begins: date, days_a_step: float) -> None:
    """Works a task's first workflow in order, from a day on, until the story ends or the steps do.

    What one person does on one day is done in one go.
    """
    day, last = begins, firm.at(begins) - timedelta(hours=1)
    page = queries.task_page(by=firm.by["Rosalind"], at=firm.now, task_id=task_id)
    workflow = page.workflows[0]
    going: list[Action] = []
    doing: SignedIn | None = None
    for step in [step for group in workflow.groups for step in group.steps]:
        at = max(firm.at(day), last + timedelta(minutes=20))
        by = firm.who(step, owner)
        if going and (by is not doing or at.date() != last.date()):
            _act(firm, workflow.id, doing, last, going)
            going = []
        if at >= firm.now:
            _under_way(firm, workflow.id, step, owner, last)
            return
        if _applies(firm, step):
            doing, last = by, last if going else at
            going.append(completion(firm, step, at))
        else:
            skip = Skip(step.key, "Does not apply this time.")
            _act(firm, workflow.id, doing, last, going)
            going, last = [], at
            _act(firm, workflow.id, firm.by["Tom"], at, [skip])
        day += timedelta(days=max(0, round(days_a_step * firm.dice.uniform(0.2, 1.5))))
    _act(firm, workflow.id, doing, last, going)


def _applies(firm: Firm, step: StepLine) -> bool:
    """Whether the step is done; one that may be left out is, more often than not."""
    return step.required or "Skip" not in step.guidance or firm.dice.random() > 0.6


def _act(firm: Firm, workflow_id: int, by: SignedIn | None, at: datetime, actions: list[Action]) -> None:
    """Takes the actions, and leaves a note now and then."""
    if by is None or not actions:
        return
    if firm.dice.random() < 0.08:
        actions = [*actions, Comment(actions[-1].key, firm.dice.choice(NOTES))]
    operations.act(by=by, at=at, workflow_id=workflow_id, actions=actions)


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
