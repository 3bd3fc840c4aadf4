"""A loaded workflow as the panel a page shows: every row's state, words' material, and what the member may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from natrium.apps.workflows.definitions import version_of
from natrium.apps.workflows.panels import (
    GroupPanel,
    InTheWay,
    OverrideLine,
    ProgressLine,
    StepLine,
    StepState,
    Who,
    WorkflowPanel,
)
from natrium.apps.workflows.queries.by_law import Reasons
from natrium.apps.workflows.snapshots import Loaded
from natrium.domain.workflow.available import available
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.differing import counted, departures
from natrium.domain.workflow.model import Around, Group, Member, Person, Status, Step
from natrium.domain.workflow.progress import Progress, is_finished, progress_of


@dataclass(frozen=True, slots=True)
class Seen:
    """By whom and when a panel is seen. `undoable`: keys of steps whose last action this member may take back.

    `reasons`: by step's key, how the date of a rule of law was found, or what is missing.
    """

    member: Member
    zone: ZoneInfo
    today: date
    weighted: bool
    undoable: frozenset[str] = frozenset()
    reasons: Reasons = ()

    def local(self, at: datetime | None) -> datetime | None:
        """A moment in the practice's zone."""
        return at.astimezone(self.zone) if at is not None else None


UNRESOLVED = {
    Rule.TASK_OWNER: "The task has no owner who can hold a step.",
    Rule.CLIENT_MANAGER: "The client has no manager who can hold a step.",
    Rule.CLIENT_PARTNER: "The client has no partner who can hold a step.",
    Rule.MEMBER: "The member whom the template names has left, or cannot hold a step.",
    Rule.UNASSIGNED: "",
}
STATES: dict[Status, StepState] = {
    Status.IN_PROGRESS: "in_progress",
    Status.WAITING: "waiting",
    Status.DONE: "done",
    Status.SKIPPED: "skipped",
}


def workflow_panel(loaded: Loaded, seen: Seen, *, newest: int | None, version: int | None) -> WorkflowPanel:
    """The panel of a workflow on a task. `version`: the number it was attached from; `newest`: the newest there is."""
    situation = Situation(loaded.workflow)
    around = loaded.task.around
    groups = tuple(group_panel(group, situation, loaded, around, seen) for group in loaded.workflow.groups)
    hold_up, opens = _hold_up(loaded.workflow.groups)
    current = situation.current
    return WorkflowPanel(
        id=cast("int", loaded.id),
        name=loaded.name,
        template_id=loaded.template_id,
        version=version,
        newer=newest if newest is not None and version is not None and newest > version else None,
        rev=loaded.rev,
        progress=progress_line(progress_of(loaded.workflow.steps, weighted=seen.weighted)),
        finished=is_finished(loaded.workflow),
        current=current.key if current else "",
        groups=groups,
        differs=_differs(loaded),
        hold_up=hold_up,
        opens=opens,
        filings_to_amend=_filings_to_amend(situation),
    )


def progress_line(progress: Progress) -> ProgressLine:
    """Progress as pages show it."""
    return ProgressLine(progress.done, progress.skipped, progress.total, progress.percent, progress.words)


def group_panel(group: Group, situation: Situation, loaded: Loaded, around: Around, seen: Seen) -> GroupPanel:
    """One group with its steps."""
    settled = all(step.settled for step in group.steps)
    # A confirmation settles a step anew, as completing and skipping do.
    moments = [loaded.extras[step.key].status_since for step in group.steps] if settled else []
    return GroupPanel(
        key=group.key,
        name=group.name,
        order=group.order.value,
        gate=group.gate,
        added=group.added,
        progress=progress_line(progress_of(group.steps, weighted=seen.weighted)),
        settled=settled,
        left=sum(not step.settled for step in group.steps),
        settled_on=seen.local(max(moments, default=None)),
        steps=tuple(step_line(step, situation, loaded, around, seen) for step in group.steps),
    )


def step_line(step: Step, situation: Situation, loaded: Loaded, around: Around, seen: Seen) -> StepLine:
    """One step as its row shows it."""
    extra = loaded.extras[step.key]
    in_the_way = situation.in_the_way(step.key) if not step.settled else ()
    state = _state(step, blocked=bool(in_the_way))
    can = available(situation, step, around=around, by=seen.member)
    waiting, evidence = step.waiting, step.evidence
    return StepLine(
        id=extra.id,
        key=step.key,
        name=step.name,
        state=state,
        guidance=step.guidance,
        assignee=who(step.assignee),
        rule=step.assign.rule.words,
        unresolved=UNRESOLVED[step.assign.rule] if extra.unresolved else "",
        blocking=step.blocking,
        required=step.required,
        review=step.review,
        approval=step.approval,
        filing=step.filing,
        added=step.added,
        waits_on=step.waits_on.value if step.waits_on else "",
        estimate=step.estimate,
        due_on=step.due_on,
        due_by_hand=step.due_by_hand,
        due_rule=step.due.rule if step.due else "",
        due_why=next((words for key, words in seen.reasons if key == step.key), ""),
        late_days=late_days(step.due_on, seen.today) if not step.settled else 0,
        since=seen.local(extra.ready_since if state == "ready" else extra.status_since),
        completed_by=step.completed_by.name if step.completed_by else "",
        completed_at=seen.local(step.completed_at),
        skipped_by=step.skipped_by.name if step.skipped_by else "",
        skipped_at=seen.local(step.skipped_at),
        skip_reason=step.skip_reason,
        waiting_reason=waiting.reason if waiting else "",
        waiting_on=waiting.on.value if waiting else "",
        waiting_whom=waiting.whom if waiting else "",
        evidence_on=evidence.on if evidence else None,
        evidence_reference=evidence.reference if evidence else "",
        evidence_note=evidence.note if evidence else "",
        overrides=_overrides(step, situation, seen) if step.overrides else (),
        in_the_way=obstacles(in_the_way),
        after=step.after,
        can=tuple(sorted(can | {"undo"} if step.key in seen.undoable else can)),
        rev=extra.rev,
    )


def who(person: Person | None) -> Who | None:
    """A person to show."""
    return Who(person.id, person.name) if person else None


def late_days(due: date | None, today: date) -> int:
    """By how many days a date has passed; 0 where it has not."""
    return max((today - due).days, 0) if due is not None else 0


def obstacles(steps: Sequence[Step]) -> tuple[InTheWay, ...]:
    """Steps as what stands in the way."""
    return tuple(InTheWay(s.key, s.name, s.assignee.name if s.assignee else "", s.due_on) for s in steps)


def _state(step: Step, *, blocked: bool) -> StepState:
    if step.status is Status.TODO:
        return "blocked" if blocked else "ready"
    return "stale" if step.stale else STATES[step.status]


def _overrides(step: Step, situation: Situation, seen: Seen) -> tuple[OverrideLine, ...]:
    names: Mapping[str, str] = {key: other.name for key, other in situation.steps.items()}
    return tuple(
        OverrideLine(names.get(one.key, one.key), one.by.name, one.at.astimezone(seen.zone), one.reason)
        for one in step.overrides
    )


def _hold_up(groups: Sequence[Group]) -> tuple[tuple[InTheWay, ...], str]:
    """What stands between now and the next gate, and the group that opens after it."""
    for place, group in enumerate(groups):
        left = [step for step in group.steps if not step.settled]
        later = [other for other in groups[place + 1 :] if any(not step.settled for step in other.steps)]
        if group.gate and left and later:
            return obstacles(left), later[0].name
    return (), ""


def _differs(loaded: Loaded) -> tuple[str, ...]:
    if loaded.version_id is None:
        return ()
    found = counted(departures(loaded.workflow, version_of(loaded.version_id).template))
    return tuple(f"{count} {kind}" for kind, count in found.items())


def _filings_to_amend(situation: Situation) -> tuple[str, ...]:
    """Done filings before which something was sent back: an amended filing may be needed."""
    return tuple(
        step.name
        for key, step in situation.steps.items()
        if step.filing and step.status is Status.DONE and _reopened_before(situation, key)
    )


def _reopened_before(situation: Situation, key: str) -> bool:
    """Whether a step before this one was done once and is not settled now."""
    before = (situation.steps[other] for other in situation.closure(key))
    return any(step.completed_at is not None and not step.settled for step in before)
