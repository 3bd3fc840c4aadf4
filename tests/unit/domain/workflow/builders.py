"""Short words for the tables of rules: people, steps, groups, and a job that is worked through."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from natrium.domain.errors import Refusal
from natrium.domain.roles import Role
from natrium.domain.workflow import edits, transitions, undo
from natrium.domain.workflow.actions import Change, PastEvent
from natrium.domain.workflow.definition import Assign, Order, Rule
from natrium.domain.workflow.model import Around, Group, Hold, Member, Person, Status, Step, Workflow

OLIVE = Member(id=1, name="Olive", role=Role.OWNER)
PRIYA = Member(id=2, name="Priya", role=Role.PARTNER)
MARK = Member(id=3, name="Mark", role=Role.MANAGER)
JO = Member(id=4, name="Jo", role=Role.STAFF)
SAM = Member(id=5, name="Sam", role=Role.STAFF)
VERA = Member(id=6, name="Vera", role=Role.VIEWER)
LEA = Member(id=7, name="Lea", role=Role.MANAGER, active=False)
CAST = (OLIVE, PRIYA, MARK, JO, SAM, VERA)

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/London"))
DONE, SKIPPED, WAITING, DOING, TODO = Status.DONE, Status.SKIPPED, Status.WAITING, Status.IN_PROGRESS, Status.TODO


def person(member: Member) -> Person:
    return Person(member.id, member.name)


def step(key: str, name: str = "", **facts: Any) -> Step:
    """A step; `rule` is short for its assignment rule, `status` may be given as well."""
    rule = facts.pop("rule", Rule.UNASSIGNED)
    if isinstance(facts.get("assignee"), Member):
        facts["assignee"] = person(facts["assignee"])
    facts["after"] = tuple(facts.get("after", ()))
    return Step(key=key, name=name or key.capitalize(), assign=Assign(rule=rule), **facts)


def group(key: str, *steps: Step | str, order: Order = Order.ANY, **facts: Any) -> Group:
    """A group, its steps in any order unless said otherwise."""
    made = tuple(step(each) if isinstance(each, str) else each for each in steps)
    return Group(key=key, name=key.capitalize(), order=order, steps=made, **facts)


def row(key: str, *steps: Step | str, **facts: Any) -> Group:
    """A group whose steps are done one after the other."""
    return group(key, *steps, order=Order.SEQUENTIAL, **facts)


def flow(*groups: Group) -> Workflow:
    return Workflow(groups)


def chain(*steps: Step | str) -> Workflow:
    """One group, its steps one after the other."""
    return flow(row("only", *steps))


def loose(*steps: Step | str) -> Workflow:
    """One group, its steps in any order."""
    return flow(group("only", *steps))


class Job:
    """A workflow that people work on: it keeps the state, the record and the clock, a minute per action."""

    def __init__(self, workflow: Workflow, *, owner: Person | None = None, hold: Hold = Hold.NONE) -> None:
        self.workflow = workflow
        self.around = Around(
            owner=owner and Person(owner.id, owner.name), hold=hold, hold_reason="Why." if hold else ""
        )
        self.history: list[PastEvent] = []
        self.now = MORNING
        self.last: Change = Change(workflow)

    def __getitem__(self, key: str) -> Step:
        return next(each for each in self.workflow.steps if each.key == key)

    def later(self, **time: int) -> Job:
        self.now += timedelta(**time)
        return self

    def keep(self, change: Change, by: Member) -> Change:
        """Make a change the state, and its events the record."""
        action = f"action-{len(self.history)}"
        for event in change.events:
            self.history.append(PastEvent(action, event.verb, event.key, by.id, self.now, event.changes))
        self.workflow, self.last = change.workflow, change
        self.later(minutes=1)
        return change

    def do(self, *actions: Any, by: Member = PRIYA) -> Change:
        change = transitions.perform(self.workflow, actions, around=self.around, by=by, at=self.now)
        return self.keep(change, by)

    def undo(self, key: str, by: Member = PRIYA) -> Change:
        change = undo.undo(self.workflow, key, self.history, around=self.around, by=by, at=self.now)
        return self.keep(change, by)

    def edit(self, edit: Any, by: Member = PRIYA) -> Change:
        return self.keep(edits.edit(self.workflow, edit, around=self.around, by=by, at=self.now), by)

    def refuses(self, *actions: Any, by: Member = PRIYA) -> Refusal:
        """The refusal of what is asked for; nothing has changed by it."""
        before = self.workflow
        with pytest.raises(Refusal) as caught:
            self.do(*actions, by=by)
        assert self.workflow is before
        return caught.value

    def refuses_undo(self, key: str, by: Member = PRIYA) -> str:
        with pytest.raises(Refusal) as caught:
            self.undo(key, by=by)
        return caught.value.code

    def refuses_edit(self, edit: Any, by: Member = PRIYA) -> Refusal:
        with pytest.raises(Refusal) as caught:
            self.edit(edit, by=by)
        return caught.value

    @property
    def verbs(self) -> list[str]:
        """What happened in the last action, as events say it."""
        return [event.verb for event in self.last.events]

    def statuses(self) -> dict[str, str]:
        """Every step's status, with `stale` where a done one is."""
        return {each.key: "stale" if each.stale else each.status.value for each in self.workflow.steps}


def names(refusal: Refusal) -> list[str]:
    """The keys of the steps in the way."""
    return [obstacle.key for obstacle in refusal.obstacles]
