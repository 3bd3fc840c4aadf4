"""How a job went: who did which step when, by the firm's own habits, as far as today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations
from natrium.demo.clients import DemoClient
from natrium.demo.months import working_day
from natrium.domain.workflow.actions import Action, Comment, Complete, Skip, Start, Wait
from natrium.domain.workflow.definition import Rule, StepDefinition, WaitsOn

ZONE = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17, 20)
BETWEEN_SITTINGS = timedelta(minutes=20)
NOTES = (
    "Bank statements for the last two months still missing; asked again by e-mail.",
    "Spoke to the client, figures agree with the ledger now.",
    "Same treatment as last year, see the permanent file.",
    "Client is away until Monday.",
    "Posted the depreciation journal; please check the van.",
    "Director’s loan was repaid in full before the year end.",
    "They changed banks half-way through, so there are two sets of statements.",
    "Mileage log is on paper again. Scanned and saved.",
    "Invoice 2291 is in twice; took one out.",
    "Rang at ten, will send the loan statement this afternoon.",
    "Rounded to whole pounds as they asked.",
    "New starter in the second week, details came late.",
)
WAITS = {
    WaitsOn.CLIENT: (
        "Bank statements and invoices asked for",
        "Approval asked for by e-mail",
        "Answers to our queries",
        "Chased by phone, promised for Friday",
    ),
    WaitsOn.THIRD_PARTY: ("Letter sent, no answer yet", "On the phone queue twice"),
}


@dataclass(slots=True)
class Firm:
    """Everybody who acts, by first name, the moment the story ends, the dice, and who left on what day."""

    by: Mapping[str, SignedIn]
    now: datetime
    dice: Random
    left: Mapping[str, date]

    def at(self, day: date) -> datetime:
        """A moment of office hours on that day, or on the next working day."""
        minutes = self.dice.randrange(9 * 60 + 10, 17 * 60 + 20)
        return datetime.combine(working_day(day), time(minutes // 60, minutes % 60), ZONE)

    def who(self, step: StepDefinition, client: DemoClient, owner: str, day: date) -> str:
        """Who does the step: whom its rule means, or who stands in for somebody who has left or is not there."""
        meant = {Rule.CLIENT_MANAGER: client.manager, Rule.CLIENT_PARTNER: client.partner}.get(step.assign.rule, owner)
        if meant == "-" or self.left.get(meant, date.max) <= day:
            return "Priya" if step.assign.rule is Rule.CLIENT_PARTNER else "Tom"
        return meant


@dataclass(frozen=True, slots=True)
class Work:
    """A job on the firm's desk: its workflow, steps, client and owner, the day it begins, and its pace."""

    workflow_id: int
    steps: tuple[StepDefinition, ...]
    client: DemoClient
    owner: str
    begins: date
    days_a_step: float


@dataclass(slots=True)
class Sitting:
    """Steps that one person does in one go, and when."""

    name: str
    at: datetime
    steps: list[StepDefinition]


def work(firm: Firm, job: Work) -> None:
    """Works a job in order, from its first day on, until the story ends or the steps do."""
    last = datetime.combine(working_day(job.begins), OPENS, ZONE)
    for sitting in _sittings(firm, job):
        if sitting.at >= firm.now:
            _under_way(firm, job, sitting, last)
            return
        last = sitting.at
        _act(firm, job, sitting)


def _sittings(firm: Firm, job: Work) -> Iterator[Sitting]:
    """Who sits down to what: most often to several steps, as far as they are the same person's."""
    going = Sitting("", datetime.combine(working_day(job.begins), OPENS, ZONE), [])
    day = job.begins
    for step in job.steps:
        at = _after(going.at, firm.at(day))
        name = firm.who(step, job.client, job.owner, at.date())
        # What waits for others is done on a day of its own more often.
        goes_on = firm.dice.random() < (0.5 if step.waits_on else 0.85)
        if going.name == name and goes_on:
            going.steps.append(step)
            going.at = at
        else:
            if going.steps:
                yield going
            going = Sitting(name, at, [step])
        day += timedelta(days=round(job.days_a_step * firm.dice.uniform(0.2, 1.5)))
    yield going


def _after(last: datetime, at: datetime) -> datetime:
    """A moment of office hours some time after the last."""
    at = max(at, last + BETWEEN_SITTINGS)
    if at.time() <= CLOSES:
        return at
    return datetime.combine(working_day(at.date() + timedelta(1)), time(9, 12), ZONE)


def _act(firm: Firm, job: Work, sitting: Sitting) -> None:
    """Does the steps, and leaves a note now and then."""
    actions: list[Action] = []
    for step in sitting.steps:
        if not step.required and "Skip" in step.guidance and firm.dice.random() < 0.4:
            actions.append(Skip(step.key, "Does not apply this time."))
        else:
            actions.append(completion(firm, step, sitting.at))
    if firm.dice.random() < 0.12:
        actions.append(Comment(sitting.steps[-1].key, firm.dice.choice(NOTES)))
    operations.act(by=firm.by[sitting.name], at=sitting.at, workflow_id=job.workflow_id, actions=actions)


def completion(firm: Firm, step: StepDefinition, at: datetime) -> Complete:
    """Done, with the evidence that filings and approvals ask for."""
    filed_on = at.date() if step.filing else None
    reference = f"{firm.dice.choice('ABCDEFGH')}{firm.dice.randrange(10**7, 10**8)}" if step.filing else ""
    note = f"E-mail of {at.day} {at:%B}, on file." if step.approval else ""
    return Complete(step.key, filed_on, reference, note)


def _under_way(firm: Firm, job: Work, sitting: Sitting, last: datetime) -> None:
    """Where the story ends: the next step may have been begun, or set waiting, some time after the one before."""
    begun = firm.at(last.date() + timedelta(days=1))
    if begun >= firm.now:
        return
    step, chance = sitting.steps[0], firm.dice.random()
    by = firm.by[firm.who(step, job.client, job.owner, begun.date())]
    if step.waits_on and chance < 0.6:
        on = WaitsOn(step.waits_on)
        wait = Wait(step.key, firm.dice.choice(WAITS[on]), on, "HMRC" if on is WaitsOn.THIRD_PARTY else "")
        operations.act(by=by, at=begun, workflow_id=job.workflow_id, actions=[wait])
    elif chance < 0.45:
        operations.act(by=by, at=begun, workflow_id=job.workflow_id, actions=[Start(step.key)])
