"""What holds of every state that can be reached, whatever was done; and what is derived, derived again."""

from __future__ import annotations

from natrium.domain.workflow import progress
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.holdups import held_up
from natrium.domain.workflow.model import Hold, Step, Workflow
from tests.unit.domain.workflow import oracle


def check_state(workflow: Workflow, newer: frozenset[tuple[str, str]] = frozenset()) -> None:
    """No rule is broken. `newer` has the pairs (step, prerequisite) that came after the step was settled.

    A step that is done and not stale has only settled prerequisites, but for

    * those that were overridden for it: covered for ever, also when they become unsettled again;
    * a filing: it is never stale, so what stands before it may have been sent back since;
    * prerequisites newer than its settling: a step added or moved before it, a flag, `after`, order or gate changed
      since. Such a change never stales a settled step, and binds the next action only.

    A filing that is done had every approval before it done when it was filed; that is checked as it happens, since
    an approval may be sent back later. Skipped steps may have any prerequisites: a skip has none.
    """
    flow = oracle.plain(workflow)
    for step in workflow.steps:
        check_facts(step)
        if step.status == "done" and not step.stale and not step.filing:
            open_before = [key for key in oracle.unsettled(flow, step.key) if (step.key, key) not in newer]
            assert open_before == [], f"{step.key} is done, but {open_before} are not settled"
    assert not oracle.has_cycle(flow)


def check_facts(step: Step) -> None:
    """The facts of one step do not contradict one another."""
    assert not step.stale or (step.status == "done" and not step.filing)
    assert (step.waiting is not None) == (step.status == "waiting")
    if step.status == "done":
        assert step.completed_by is not None
        assert step.completed_at is not None
        assert step.started_at is not None
        assert step.started_at <= step.completed_at
        assert not step.filing or (step.evidence is not None and step.evidence.on and step.evidence.reference.strip())
        assert not step.approval or (step.evidence is not None and step.evidence.note.strip())
    if step.status == "skipped":
        assert step.skip_reason.strip()
        assert step.skipped_by is not None
        assert step.skipped_at is not None
        assert not step.required
    if step.status == "in_progress":
        assert step.started_by is not None
    assert step.key not in step.covered
    assert len(step.overrides) == len(step.covered)


def check_derived(workflow: Workflow) -> None:
    """Blocked, ready, why, whom it holds up, the current step, progress and the task's status are as computed anew."""
    flow, situation = oracle.plain(workflow), Situation(workflow)
    graph = oracle.graph_of(flow)
    before = {key: oracle.reached(graph, key) for key in graph}
    for key in graph:
        assert [step.key for step in situation.unsettled(key)] == oracle.unsettled(flow, key)
        missing = oracle.approvals_missing(flow, key)
        assert sorted(step.key for step in situation.approvals_missing(key)) == sorted(missing)
        assert situation.held(key) == oracle.held(flow, key)
        assert situation.blocked(key) == oracle.blocked(flow, key)
        assert situation.ready(key) == oracle.ready(flow, key)
        assert situation.closure(key) == before[key]
        assert [step.key for step in situation.dependents(key)] == [other for other in graph if key in before[other]]
        in_the_way = {step.key for step in situation.in_the_way(key)}
        assert in_the_way == {*oracle.unsettled(flow, key), *missing}
    current = situation.current
    assert (current and current.key) == oracle.current(flow)
    assert {key: person.name for key, person in held_up(situation).items()} == oracle.held_up(flow)
    check_progress(workflow, flow)


def check_progress(workflow: Workflow, flow: oracle.Flow) -> None:
    for weighted in (False, True):
        measured = progress.progress_of(workflow.steps, weighted=weighted)
        assert measured.percent == oracle.percent(oracle.steps_of(flow), weighted=weighted)
        for group, plain in zip(workflow.groups, flow["groups"], strict=True):
            percent = progress.progress_of(group.steps, weighted=weighted).percent
            assert percent == oracle.percent(plain["steps"], weighted=weighted)
    statuses = [step.status.value for step in workflow.steps]
    counts = progress.counts_of(Situation(workflow))
    assert counts.total == len(statuses)
    assert counts.done == statuses.count("done")
    assert counts.skipped == statuses.count("skipped")
    assert counts.in_progress == statuses.count("in_progress")
    assert counts.waiting == statuses.count("waiting")
    assert counts.stale == sum(step.stale for step in workflow.steps)
    assert counts.ready == sum(oracle.ready(flow, key) for key in oracle.keys_of(flow))
    assert (counts.workflows, counts.finished) == (1, int(oracle.finished(flow)))
    assert progress.is_finished(workflow) == oracle.finished(flow)
    for hold in Hold:
        assert progress.task_status(counts, hold).value == oracle.task_status([flow], hold.value)
