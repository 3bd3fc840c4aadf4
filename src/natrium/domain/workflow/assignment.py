"""Who a step goes to: resolving a rule when a template is attached, and following the rule afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from natrium.domain.workflow.actions import Change, Event
from natrium.domain.workflow.definition import Assign, Rule
from natrium.domain.workflow.holding import can_hold
from natrium.domain.workflow.model import Member, Person, Step, Workflow
from natrium.domain.workflow.turn import differences, put


@dataclass(frozen=True, slots=True)
class People:
    """The people a task's rules can find. `by_email` has the practice's members, keyed in lower case."""

    owner: Member | None = None
    manager: Member | None = None
    partner: Member | None = None
    has_client: bool = True
    by_email: Mapping[str, Member] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a rule found. `unresolved` says in words why it found nobody; "" where it found one or asked for none."""

    person: Person | None
    unresolved: str = ""


def resolve(assign: Assign, people: People) -> Resolution:
    """The person a rule finds; only an active member of role staff or above holds a step."""
    if assign.rule is Rule.UNASSIGNED:
        return Resolution(None)
    found = {
        Rule.TASK_OWNER: people.owner,
        Rule.CLIENT_MANAGER: people.manager,
        Rule.CLIENT_PARTNER: people.partner,
        Rule.MEMBER: people.by_email.get(assign.email.lower()),
    }[assign.rule]
    if found is None:
        return Resolution(None, _nobody(assign, people))
    if not can_hold(found):
        why = "has left" if not found.active else f"is {found.role.one}"
        return Resolution(
            None,
            f"The {assign.rule.words} is {found.name}, who {why}."
            if assign.rule is not Rule.MEMBER
            else f"{found.name} {why}.",
        )
    return Resolution(found.person)


def _nobody(assign: Assign, people: People) -> str:
    if assign.rule is Rule.MEMBER:
        return f"Nobody in the practice has the address {assign.email}."
    if assign.rule is Rule.TASK_OWNER:
        return "The task has no owner."
    if not people.has_client:
        return f"The task has no client, so it has no {assign.rule.words}."
    return f"The client has no {assign.rule.words.removeprefix('client ')}."


def unresolved(step: Step) -> bool:
    """Whether a step's rule found nobody: open, still bound to a rule that asks for somebody, held by none."""
    return step.assignee is None and step.bound and not step.settled and step.assign.rule is not Rule.UNASSIGNED


def follow(workflow: Workflow, rule: Rule, to: Member | None) -> Change:
    """Gives every unsettled step still bound to the rule to the one who holds the role now.

    Nobody, or one who cannot hold a step, leaves the steps unassigned. Each step that changes gets an event.
    """
    person = to.person if to is not None and can_hold(to) else None
    moved: dict[str, Step] = {}
    events: list[Event] = []
    for step in workflow.steps:
        if step.settled or not step.bound or step.assign.rule is not rule or step.assignee == person:
            continue
        after = replace(step, assignee=person)
        moved[step.key] = after
        events.append(Event("step.followed", step.key, step.name, differences(step, after), {"rule": rule.value}))
    return Change(put(workflow, moved), tuple(events))


def hand_over(workflow: Workflow, giver: Person, to: Member | None) -> Change:
    """Gives every unsettled step that somebody holds to another, by hand: it follows its rule no longer.

    To nobody, or one who cannot hold a step: it is left unassigned, still bound to the rule it was bound to, so that
    it says so and is filled when somebody appears. On a held task as well: nothing stays with one who has left.
    """
    person = to.person if to is not None and can_hold(to) else None
    moved: dict[str, Step] = {}
    events: list[Event] = []
    for step in workflow.steps:
        if step.settled or step.assignee is None or step.assignee.id != giver.id:
            continue
        after = replace(step, assignee=person, bound=step.bound and person is None)
        moved[step.key] = after
        changes = differences(step, after)
        events.append(Event("step.handed_over", step.key, step.name, changes, {"from": giver.name}))
    return Change(put(workflow, moved), tuple(events))
