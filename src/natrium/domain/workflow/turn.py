"""One action being decided: the state it meets, who asks and when; and the refusals that many actions share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from natrium.domain import text as text_rules
from natrium.domain.errors import Code, Obstacle, Refusal
from natrium.domain.roles import Deed, may, who_may
from natrium.domain.text import short
from natrium.domain.workflow.actions import Change, Event, Reopen, Repetition, Skip, Wait
from natrium.domain.workflow.definition import MAX_TEXT, Rule
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.model import Around, Group, Hold, Member, Person, Status, Step, Workflow

WORK_DEEDS = {Rule.CLIENT_MANAGER: Deed.WORK_MANAGER_STEP, Rule.CLIENT_PARTNER: Deed.WORK_PARTNER_STEP}
REASON_FOR: Mapping[type, str] = {Wait: "waiting", Reopen: "sending a step back", Skip: "skipping"}
STATUS_WORDS = {
    Status.TODO: "not started",
    Status.IN_PROGRESS: "in progress",
    Status.WAITING: "waiting",
    Status.DONE: "done",
    Status.SKIPPED: "skipped",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What every action is decided from. `at` is aware and in the practice's own zone: its date is today."""

    situation: Situation
    around: Around
    by: Member
    at: datetime

    @property
    def owns_task(self) -> bool:
        """Whether the member who asks is the task owner."""
        return self.around.owner is not None and self.around.owner.id == self.by.id

    @property
    def me(self) -> Person:
        """The member who asks, as facts keep a person."""
        return self.by.person

    def step(self, key: str, deed: Deed) -> Step:
        """The step with this key. Refuses `unknown-key`, and before it who may do the deed to no step at all."""
        step = self.situation.steps.get(key)
        if step is None:
            self.allow(deed)
            if deed is not Deed.COMMENT:
                self.not_held()
            raise Refusal(Code.UNKNOWN_KEY, f"This workflow has no step “{short(key)}”.")
        return step

    def holds(self, step: Step) -> bool:
        """Whether the step is assigned to the member who asks."""
        return step.assignee is not None and step.assignee.id == self.by.id

    def own(self, step: Step) -> bool:
        """Whether the step is one's own: assigned to one, or completed last by one."""
        return self.holds(step) or (step.completed_by is not None and step.completed_by.id == self.by.id)

    def allow(self, deed: Deed) -> None:
        """Refuses `not-allowed` unless the member may do the deed on this task."""
        if not may(self.by.role, deed, task_owner=self.owns_task):
            raise Refusal(
                Code.NOT_ALLOWED,
                f"You are {self.by.role.one}. To {deed.value} takes {who_may(deed)}.",
            )

    def may_work(self, step: Step) -> bool:
        """Whether the member may work the step."""
        return may(self.by.role, WORK_DEEDS.get(step.assign.rule, Deed.WORK_STEP), assignee=self.holds(step))

    def allow_work(self, step: Step) -> None:
        """Refuses `not-allowed` unless the member may work the step."""
        deed = WORK_DEEDS.get(step.assign.rule, Deed.WORK_STEP)
        if not self.may_work(step):
            who = "anyone of the practice but viewers" if deed is Deed.WORK_STEP else who_may(deed)
            raise Refusal(Code.NOT_ALLOWED, f"“{step.name}” takes {who}. You are {self.by.role.one}.")

    def not_held(self) -> None:
        """Refuses `task-held` where the task is on hold or cancelled."""
        if self.around.hold is not Hold.NONE:
            word = "on hold" if self.around.hold is Hold.ON_HOLD else "cancelled"
            why = f" ({self.around.hold_reason})" if self.around.hold_reason else ""
            raise Refusal(Code.TASK_HELD, f"The task is {word}{why}. Resume it first; comments still work.")

    def unobstructed(self, step: Step) -> None:
        """Refuses `blocked` or `approval-missing` where a prerequisite stands in the way."""
        unsettled = self.situation.unsettled(step.key)
        if unsettled:
            raise Refusal(Code.BLOCKED, f"“{step.name}” waits for {listed(unsettled)}.", obstacles_of(unsettled))
        missing = self.situation.approvals_missing(step.key)
        if missing:
            raise Refusal(
                Code.APPROVAL_MISSING,
                f"“{step.name}” is a filing and needs {listed(missing)} to be done first. "
                "Skipping or overriding an approval does not count.",
                obstacles_of(missing),
            )

    def unchanged(self, step: Step, by: Person | None, at: datetime | None) -> Change:
        """The answer to a repetition."""
        return Change(self.situation.workflow, repetitions=(Repetition(step.key, by, at),))

    def changed(
        self, verb: str, before: Step, after: Step, data: Mapping[str, object] | None = None
    ) -> tuple[Step, Event]:
        """The step afterwards with its event, whose changes are the facts that differ."""
        return after, Event(verb, before.key, before.name, differences(before, after), data or {})

    def answer(self, *changes: tuple[Step, Event]) -> Change:
        """The change that puts the steps in, in order, each with its event."""
        steps = {step.key: step for step, _ in changes}
        return Change(put(self.situation.workflow, steps), tuple(event for _, event in changes))


def put(workflow: Workflow, steps: Mapping[str, Step]) -> Workflow:
    """The workflow with these steps in place of those of the same keys."""

    def renewed(group: Group) -> Group:
        if not any(step.key in steps for step in group.steps):
            return group
        return replace(group, steps=tuple(steps.get(step.key, step) for step in group.steps))

    return Workflow(tuple(renewed(group) for group in workflow.groups))


FACTS = tuple(Step.__dataclass_fields__)
facts_of = attrgetter(*FACTS)


def differences(before: Step, after: Step) -> dict[str, tuple[object, object]]:
    """The fields in which two states of a step differ, as (before, after)."""
    pairs = zip(FACTS, facts_of(before), facts_of(after), strict=True)
    return {name: (old, new) for name, old, new in pairs if old != new}


def reason_of(text: str, what: str) -> str:
    """A reason, blanks trimmed. Refuses `reason-needed` when empty, `bad-value` when far too long."""
    reason = text.strip()
    if not reason:
        raise Refusal(Code.REASON_NEEDED, f"Say why: {what} needs a reason.", field="reason")
    return bounded(reason, "reason", field="reason")


def bounded(text: str, what: str, *, field: str, most: int = MAX_TEXT) -> str:
    """A text of a task or a template, as domain.text has it. Refuses `bad-value`."""
    return text_rules.bounded(text, what, field=field, most=most)


def wrong_state(step: Step, instead: str) -> Refusal:
    """The refusal of an action that the step's status does not know."""
    stale = ", and stale" if step.stale else ""
    return Refusal(Code.WRONG_STATE, f"“{step.name}” is {STATUS_WORDS[step.status]}{stale}. {instead}")


def obstacles_of(steps: tuple[Step, ...]) -> tuple[Obstacle, ...]:
    """Steps as what stands in the way."""
    return tuple(Obstacle(s.key, s.name, s.assignee.name if s.assignee else "") for s in steps)


def listed(steps: tuple[Step, ...]) -> str:
    """Steps by name and person, the first three and how many more."""
    words = [str(obstacle) for obstacle in obstacles_of(steps)]
    rest = len(words) - 3
    return "; ".join(words[:3]) + (f"; and {rest} more" if rest > 0 else "")
