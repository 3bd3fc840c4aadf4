"""Start or complete anyway: who may let a step go on before its time, and what that lasts for."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import Complete, OverridePrerequisites, Reopen, Start
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.dependencies import Situation
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    PRIYA,
    SAM,
    SKIPPED,
    TODO,
    Job,
    chain,
    loose,
    person,
    step,
)

WHY = "Client is abroad until June"


def over(key: str, *covers: str, reason: str = WHY, then: Start | Complete | None = None) -> OverridePrerequisites:
    return OverridePrerequisites(key, covers, reason, then)


def test_a_covered_prerequisite_counts_as_settled() -> None:
    it = Job(chain("a", "b"))
    it.do(over("b", "a"), by=MARK)
    assert Situation(it.workflow).ready("b")
    it.do(Start("b"), by=JO)


def test_the_step_says_so_for_ever() -> None:
    it = Job(chain("a", "b"))
    it.do(over("b", "a", then=Complete("b")), by=MARK)
    it.do(Reopen("b", "Look again"), by=MARK)
    [override] = it["b"].overrides
    assert (override.key, override.by, override.reason) == ("a", person(MARK), WHY)


def test_also_when_it_becomes_unsettled_again() -> None:
    it = Job(chain("a", "b"))
    it.do(over("b", "a"))
    it.do(Complete("a"))
    it.do(Reopen("a", "Bank changed"))
    assert Situation(it.workflow).ready("b")


def test_and_for_no_other_step() -> None:
    it = Job(chain("a", "b", "c"))
    it.do(over("b", "a", then=Complete("b")))
    assert [each.key for each in Situation(it.workflow).unsettled("c")] == ["a"]


def test_sending_back_reaches_the_step_as_any_other() -> None:
    it = Job(chain("a", "b"))
    it.do(over("b", "a", then=Complete("b")))
    it.do(Complete("a"))
    it.do(Reopen("a", "Bank changed"))
    assert it["b"].stale


class TestTogether:
    def test_complete_anyway_is_an_override_and_a_completion(self) -> None:
        it = Job(chain("a", "b"))
        it.do(over("b", "a", then=Complete("b")), by=MARK)
        assert it.verbs == ["step.overridden", "step.started", "step.completed"]

    def test_start_anyway_is_an_override_and_a_start(self) -> None:
        it = Job(chain("a", "b"))
        it.do(over("b", "a", then=Start("b")), by=MARK)
        assert it.verbs == ["step.overridden", "step.started"]

    def test_both_or_neither(self) -> None:
        it = Job(chain("a", step("ok", approval=True)))
        assert it.refuses(over("ok", "a", then=Complete("ok"))).code == "evidence-needed"
        assert it["ok"].overrides == ()

    def test_who_may_not_complete_the_step_may_not_complete_it_anyway(self) -> None:
        it = Job(chain("a", step("b", rule=Rule.CLIENT_PARTNER)))
        assert it.refuses(over("b", "a", then=Complete("b")), by=MARK).code == "not-allowed"
        it.do(over("b", "a"), by=MARK)

    def test_it_still_needs_the_others(self) -> None:
        it = Job(loose("a", "b", step("c", after=["a", "b"])))
        assert it.refuses(over("c", "a", then=Start("c"))).code == "blocked"

    def test_covered_already_it_goes_on_with_the_rest(self) -> None:
        it = Job(chain("a", "b"))
        it.do(over("b", "a"))
        it.do(over("b", "a", then=Start("b")))
        assert it.verbs == ["step.started"]
        assert len(it["b"].overrides) == 1


class TestWho:
    def test_a_manager_or_above(self) -> None:
        assert Job(chain("a", "b"), owner=JO).refuses(over("b", "a"), by=JO).code == "not-allowed"

    def test_a_blocking_one_takes_a_partner(self) -> None:
        it = Job(loose(step("a", blocking=True), "b"))
        assert it.refuses(over("b", "a"), by=MARK).code == "not-allowed"
        it.do(over("b", "a"), by=PRIYA)

    def test_one_of_several_that_is_blocking_takes_a_partner(self) -> None:
        it = Job(chain("a", step("b", blocking=True), "c"))
        assert it.refuses(over("c", "a", "b"), by=MARK).code == "not-allowed"


class TestWhat:
    @pytest.mark.parametrize(
        "covers",
        [(), ("a",), ("c",), ("b", "a"), ("gone",)],
        ids=["nothing", "settled", "not before it", "one of them settled", "unknown"],
    )
    def test_it_names_unsettled_direct_prerequisites(self, covers: tuple[str, ...]) -> None:
        it = Job(loose(step("a", status=DONE), "b", step("x", after=["a", "b"]), "c"))
        assert it.refuses(over("x", *covers)).code == "bad-value"

    def test_not_indirect_ones(self) -> None:
        it = Job(loose("a", step("b", after=["a"]), step("c", after=["b"])))
        assert it.refuses(over("c", "a")).code == "bad-value"

    def test_a_stale_one_is_unsettled(self) -> None:
        it = Job(chain(step("a", status=DONE, stale=True), "b"))
        it.do(over("b", "a", then=Start("b")))

    def test_what_is_covered_already_is_a_repetition(self) -> None:
        it = Job(chain("a", "b"))
        it.do(over("b", "a"), by=MARK)
        change = it.do(over("b", "a", reason="Other words"))
        assert change.events == ()
        assert change.repetitions[0].by == person(MARK)

    def test_one_covered_and_one_new(self) -> None:
        it = Job(chain("a", "b", "c"))
        it.do(over("c", "a"), by=MARK)
        it.do(over("c", "a", "b"))
        assert [(each.key, each.by) for each in it["c"].overrides] == [("a", person(MARK)), ("b", person(PRIYA))]

    def test_it_needs_a_reason(self) -> None:
        assert Job(chain("a", "b")).refuses(over("b", "a", reason=" ")).code == "reason-needed"

    @pytest.mark.parametrize("status", [DONE, SKIPPED])
    def test_not_where_nothing_is_to_be_done(self, status: object) -> None:
        it = Job(chain("a", step("b", status=status)))
        assert it.refuses(over("b", "a")).code == "wrong-state"

    @pytest.mark.parametrize("facts", [{"status": TODO}, {"status": DOING}, {"status": DONE, "stale": True}])
    def test_but_wherever_something_is(self, facts: dict[str, object]) -> None:
        it = Job(chain("a", step("b", **facts)))
        it.do(over("b", "a"))
        assert it["b"].covered == {"a"}


def test_no_override_covers_the_approval_of_a_filing() -> None:
    it = Job(chain(step("ok", approval=True), step("file", filing=True)))
    assert it.refuses(over("file", "ok")).code == "approval-missing"
    stale = Job(chain(step("ok", approval=True, status=DONE, stale=True), step("file", filing=True)))
    assert stale.refuses(over("file", "ok")).code == "approval-missing"


def test_nor_an_override_of_another_step_between_them() -> None:
    it = Job(chain(step("ok", approval=True), "pack", step("file", filing=True, after=["pack"])))
    it.do(over("pack", "ok", then=Complete("pack")))
    assert it.refuses(over("file", "ok")).code == "approval-missing"


def test_the_person_who_has_the_step_does_not_matter() -> None:
    it = Job(chain("a", step("b", assignee=SAM)))
    it.do(over("b", "a", then=Start("b")), by=MARK)
