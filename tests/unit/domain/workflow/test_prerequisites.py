"""What waits for what: the five kinds of prerequisite, one after the other."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import Complete, Reopen, Start, Wait
from natrium.domain.workflow.definition import GroupDefinition, Order, StepDefinition, Template, WaitsOn
from natrium.domain.workflow.dependencies import Situation, direct_prerequisites, kinds_of
from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    SKIPPED,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    names,
    row,
    step,
)

STALE = {"status": DONE, "stale": True}

WAITS_FOR = [
    ("no rule, no order", flow(group("g", "a", "b", "c")), "c", ""),
    ("1: after, in another group", flow(group("g", "a"), group("h", step("b", after=["a"]))), "b", "a"),
    ("1: after, pointing forward", flow(group("g", step("a", after=["b"]), "b")), "a", "b"),
    ("1: after, naming nobody known", flow(group("g", step("a", after=["gone"]))), "a", ""),
    ("2: every earlier step of a sequential group", flow(row("g", "a", "b", "c")), "c", "ab"),
    ("2: no later one", flow(row("g", "a", "b", "c")), "a", ""),
    ("2: not those of another group", flow(row("g", "a"), row("h", "b")), "b", ""),
    ("3: every step of every earlier gate", flow(group("g", "a", "b", gate=True), group("h", "c")), "c", "ab"),
    ("3: across a group between", flow(group("g", "a", gate=True), group("h", "b"), group("i", "c")), "c", "a"),
    ("3: not within the gate itself", flow(group("g", "a", "b", gate=True)), "b", ""),
    ("3: not of a later gate", flow(group("g", "a"), group("h", "b", gate=True)), "a", ""),
    ("3: a gate without steps holds nobody", flow(group("g", gate=True), group("h", "a")), "a", ""),
    (
        "4: an earlier blocking step of another group",
        flow(group("g", step("a", blocking=True)), group("h", "b")),
        "b",
        "a",
    ),
    ("4: by position in a group of any order", flow(group("g", "a", step("b", blocking=True), "c")), "c", "b"),
    ("4: nothing that comes before it", flow(group("g", "a", step("b", blocking=True), "c")), "a", ""),
]


@pytest.mark.parametrize(
    ("workflow", "key", "expected"), [each[1:] for each in WAITS_FOR], ids=[w[0] for w in WAITS_FOR]
)
def test_direct_prerequisites(workflow: Workflow, key: str, expected: str) -> None:
    assert direct_prerequisites(workflow.groups)[key] == frozenset(expected)


def test_a_template_has_the_same_prerequisites_as_its_workflow() -> None:
    steps = (StepDefinition(key="a", name="A"), StepDefinition(key="b", name="B"))
    groups = (GroupDefinition(key="g", name="G", order=Order.SEQUENTIAL, steps=steps),)
    assert direct_prerequisites(groups) == {"a": frozenset(), "b": frozenset({"a"})}
    assert Template(name="T", groups=groups).steps == steps


def test_the_kinds_by_which_a_step_is_a_prerequisite() -> None:
    both = flow(row("g", step("a", blocking=True), step("b", after=["a"]), gate=True), group("h", "c"))
    assert kinds_of(both.groups, "b", "a") == ("after", "order", "blocking")
    assert kinds_of(both.groups, "c", "a") == ("gate", "blocking")
    assert kinds_of(both.groups, "c", "b") == ("gate",)
    assert kinds_of(both.groups, "a", "c") == ()
    assert kinds_of(both.groups, "a", "gone") == ()
    assert kinds_of(both.groups, "gone", "a") == ()
    alone = flow(row("g", step("a", blocking=True, after=["a"]), gate=True))
    assert kinds_of(alone.groups, "a", "a") == ("after",)


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, True),
        ({"status": DOING}, True),
        ({"status": WAITING}, True),
        (STALE, True),
        ({"status": DONE}, False),
        ({"status": SKIPPED}, False),
    ],
    ids=["todo", "in progress", "waiting", "done but stale", "done", "skipped"],
)
def test_a_prerequisite_holds_until_it_is_settled(facts: dict[str, object], holds: bool) -> None:  # noqa: FBT001
    situation = Situation(chain(step("a", **facts), "b"))
    assert situation.blocked("b") is holds
    assert situation.ready("b") is not holds


def test_a_group_all_skipped_holds_nobody() -> None:
    workflow = flow(group("g", step("a", status=SKIPPED), step("b", status=SKIPPED), gate=True), group("h", "c"))
    assert Situation(workflow).ready("c")


def test_the_nearest_in_the_way_is_named_first_and_the_earlier_where_equal() -> None:
    job = Job(flow(group("g", "a", "b", step("c", after=["a", "b", "d", "e"]), "d", "e")))
    assert names(job.refuses(Start("c"))) == ["b", "d", "a", "e"]


def test_who_has_the_step_in_the_way_is_named() -> None:
    job = Job(chain(step("review", "Manager review", assignee=MARK), "file"))
    refusal = job.refuses(Start("file"), by=JO)
    assert [str(each) for each in refusal.obstacles] == ["Manager review — Mark"]
    assert "Manager review" in refusal.message


@pytest.mark.parametrize("action", [Start("b"), Wait("b", "Bank", WaitsOn.CLIENT), Complete("b")])
def test_a_blocked_step_is_not_started_set_waiting_or_completed(action: object) -> None:
    job = Job(chain("a", "b"))
    refusal = job.refuses(action)
    assert (refusal.code, names(refusal)) == ("blocked", ["a"])


@pytest.mark.parametrize("status", [DOING, WAITING])
def test_a_step_at_work_keeps_its_status_and_is_not_completed(status: object) -> None:
    """Something unsettled came before it: it shows the obstacle, and waits with its completion."""
    job = Job(chain(step("a", status=DONE, completed_by=None), step("b", status=status)))
    job.do(Reopen("a", "Bank changed"))
    situation = Situation(job.workflow)
    assert job["b"].status is status
    assert not situation.blocked("b")
    assert [each.key for each in situation.in_the_way("b")] == ["a"]
    assert job.refuses(Complete("b")).code == "blocked"
    job.do(Complete("a"))
    job.do(Complete("b"))


class TestFilings:
    """The fifth kind: a filing needs every approval before it, directly or through others."""

    @staticmethod
    def job(**approval: object) -> Job:
        return Job(chain(step("ok", "Client approval", approval=True, **approval), "pack", step("file", filing=True)))

    def test_an_approval_far_before_it_counts(self) -> None:
        job = self.job(status=SKIPPED)
        job.do(Complete("pack"))
        refusal = job.refuses(Start("file"))
        assert (refusal.code, names(refusal)) == ("approval-missing", ["ok"])
        assert Situation(job.workflow).blocked("file")

    def test_skipping_does_not_settle_it(self) -> None:
        situation = Situation(
            Job(
                flow(group("g", step("ok", approval=True, status=SKIPPED), step("file", filing=True, after=["ok"])))
            ).workflow
        )
        assert situation.unsettled("file") == ()
        assert [each.key for each in situation.approvals_missing("file")] == ["ok"]
        assert [each.key for each in situation.in_the_way("file")] == ["ok"]

    def test_a_stale_one_does_not_do(self) -> None:
        job = self.job(status=DONE, stale=True)
        assert [each.key for each in Situation(job.workflow).approvals_missing("file")] == ["ok"]

    def test_done_and_not_stale_does(self) -> None:
        job = self.job(status=DONE)
        job.do(Complete("pack"))
        job.do(Complete("file", filed_on=job.now.date(), reference="CH-1"))
        assert job["file"].status is DONE

    def test_blocked_is_said_before_the_approval(self) -> None:
        assert self.job().refuses(Start("file")).code == "blocked"

    def test_other_steps_need_no_approval(self) -> None:
        assert Situation(loose(step("ok", approval=True), "b")).approvals_missing("b") == ()

    def test_an_approval_elsewhere_does_not_matter(self) -> None:
        assert Situation(loose(step("ok", approval=True), step("file", filing=True))).ready("file")


def test_the_current_step_is_the_first_in_progress_else_the_first_ready() -> None:
    assert Situation(loose("a", step("b", status=DOING))).current.key == "b"
    assert Situation(chain(step("a", status=WAITING), "b")).current is None
    assert Situation(loose(step("a", status=DONE), "b", "c")).current.key == "b"
    assert Situation(flow()).current is None
