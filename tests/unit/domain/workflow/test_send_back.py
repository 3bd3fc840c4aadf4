"""Send back, stale, confirm: what happens to what was signed off after a step that is opened again."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import AssignTo, Complete, Confirm, Reopen, Start, Unskip
from natrium.domain.workflow.definition import Rule
from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.progress import progress_of
from natrium.domain.workflow.signing import amendable_filings
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    PRIYA,
    SAM,
    SKIPPED,
    TODO,
    VERA,
    WAITING,
    Job,
    chain,
    flow,
    group,
    loose,
    names,
    person,
    step,
)

SIGNED = {"status": DONE, "completed_by": person(JO)}


def job() -> Job:
    """Prepare, then a review, then the partner's, then letters; all done by Jo but the last."""
    return Job(chain(step("prepare", **SIGNED), step("review", **SIGNED), step("partner", **SIGNED), "letters"))


def test_the_step_is_at_work_again_and_its_done_dependents_are_stale() -> None:
    it = job()
    it.do(Reopen("prepare", "Bank changed"))
    assert it.statuses() == {"prepare": "in_progress", "review": "stale", "partner": "stale", "letters": "todo"}


def test_the_completions_stay_in_the_record() -> None:
    it = job()
    it.do(Reopen("prepare", "Bank changed"))
    assert it["prepare"].completed_by == person(JO)
    assert it["review"].completed_by == person(JO)


def test_it_needs_a_reason() -> None:
    assert job().refuses(Reopen("prepare", "  ")).code == "reason-needed"


def test_with_cascade_they_return_to_todo() -> None:
    it = job()
    it.do(Reopen("prepare", "Bank changed", cascade=True))
    assert it.statuses() == {"prepare": "in_progress", "review": "todo", "partner": "todo", "letters": "todo"}
    assert it["partner"].completed_by == person(JO)


@pytest.mark.parametrize("cascade", [False, True])
@pytest.mark.parametrize("status", [DOING, WAITING, SKIPPED, TODO])
def test_dependents_that_are_not_done_stay_as_they_are(status: object, cascade: bool) -> None:  # noqa: FBT001
    it = Job(chain(step("a", **SIGNED), step("b", status=status)))
    it.do(Reopen("a", "Bank changed", cascade=cascade))
    assert it["b"].status is status
    assert not it["b"].stale


def test_it_reaches_through_skipped_steps() -> None:
    it = Job(loose(step("a", **SIGNED), step("b", after=["a"], status=SKIPPED), step("c", after=["b"], **SIGNED)))
    it.do(Reopen("a", "Bank changed"))
    assert it.statuses() == {"a": "in_progress", "b": "skipped", "c": "stale"}


@pytest.mark.parametrize(
    "workflow",
    [
        flow(group("g", step("a", **SIGNED), step("b", after=["a"], **SIGNED))),
        chain(step("a", **SIGNED), step("b", **SIGNED)),
        flow(group("g", step("a", **SIGNED), gate=True), group("h", step("b", **SIGNED))),
        loose(step("a", blocking=True, **SIGNED), step("b", **SIGNED)),
    ],
    ids=["after", "order", "gate", "blocking"],
)
def test_it_reaches_by_every_kind(workflow: object) -> None:
    it = Job(workflow)
    it.do(Reopen("a", "Bank changed"))
    assert it["b"].stale


def test_what_does_not_depend_on_it_stays() -> None:
    it = Job(loose(step("a", **SIGNED), step("b", **SIGNED)))
    it.do(Reopen("a", "Bank changed"))
    assert not it["b"].stale


class TestConfirm:
    def stale(self) -> Job:
        it = job()
        it.do(Reopen("prepare", "Bank changed"))
        return it

    def test_a_stale_step_is_confirmed_when_what_comes_before_is_settled(self) -> None:
        it = self.stale()
        assert names(it.refuses(Confirm("review"))) == ["prepare"]
        it.do(Complete("prepare"))
        assert names(it.refuses(Confirm("partner"))) == ["review"]
        it.do(Confirm("review"))
        it.do(Confirm("partner"))
        assert it["partner"].settled
        assert it["partner"].completed_by == person(JO)

    def test_or_opened_again_itself(self) -> None:
        it = self.stale()
        it.do(Reopen("review", "Look again"))
        assert (it["review"].status, it["review"].stale) == (DOING, False)

    def test_completing_it_says_confirm_or_reopen(self) -> None:
        refusal = self.stale().refuses(Complete("review"))
        assert refusal.code == "stale"
        assert "onfirm" in refusal.message
        assert "reopen" in refusal.message or "send" in refusal.message

    def test_it_holds_what_comes_after(self) -> None:
        it = self.stale()
        it.do(Complete("prepare"))
        assert Situation(it.workflow).blocked("letters")

    def test_it_counts_as_done_in_the_progress(self) -> None:
        assert progress_of(self.stale().workflow.steps).done == 2

    def test_only_somebody_who_could_complete_it_confirms(self) -> None:
        it = Job(loose(step("a", rule=Rule.CLIENT_PARTNER, stale=True, **SIGNED)))
        assert it.refuses(Confirm("a"), by=MARK).code == "not-allowed"
        it.do(Confirm("a"), by=PRIYA)

    def test_confirming_what_is_not_stale_is_a_repetition(self) -> None:
        it = Job(loose(step("a", **SIGNED)))
        assert it.do(Confirm("a")).events == ()

    def test_only_what_is_done_is_confirmed(self) -> None:
        for status in (TODO, DOING, WAITING, SKIPPED):
            assert Job(loose(step("a", status=status))).refuses(Confirm("a")).code == "wrong-state"


class TestWhoSendsBack:
    def test_staff_their_own(self) -> None:
        it = job()
        it.do(Reopen("prepare", "Bank changed"), by=JO)
        held = Job(loose(step("a", status=DONE, completed_by=person(SAM), assignee=JO)))
        held.do(Reopen("a", "Bank changed"), by=JO)

    def test_not_another_members(self) -> None:
        assert job().refuses(Reopen("prepare", "Bank changed"), by=SAM).code == "not-allowed"
        assert job().refuses(Reopen("prepare", "Bank changed"), by=VERA).code == "not-allowed"

    def test_the_task_owner_any(self) -> None:
        it = job()
        it.around = type(it.around)(owner=person(SAM))
        it.do(Reopen("prepare", "Bank changed", cascade=True), by=SAM)

    def test_a_cascade_over_others_steps_takes_a_manager(self) -> None:
        it = Job(chain(step("a", **SIGNED), step("b", status=DONE, completed_by=person(SAM))))
        assert it.refuses(Reopen("a", "Bank changed", cascade=True), by=JO).code == "not-allowed"
        it.do(Reopen("a", "Bank changed", cascade=True), by=MARK)

    def test_a_cascade_over_ones_own_does_not(self) -> None:
        it = job()
        it.do(Reopen("prepare", "Bank changed", cascade=True), by=JO)

    def test_one_completed_it_but_not_last(self) -> None:
        it = job()
        it.do(Reopen("prepare", "Bank changed"), AssignTo("prepare", SAM))
        it.do(Complete("prepare"), by=SAM)
        assert it.refuses(Reopen("prepare", "Bank changed"), by=JO).code == "not-allowed"


class TestFilings:
    """What was filed was filed."""

    def filed(self) -> Job:
        it = Job(chain(step("a", **SIGNED), step("file", filing=True), "after"))
        it.do(Complete("file", it.now.date(), "CH-1"))
        it.do(Complete("after"))
        return it

    def test_a_done_filing_is_not_opened_again(self) -> None:
        assert self.filed().refuses(Reopen("file", "Wrong figures")).code == "filed"

    @pytest.mark.parametrize(("cascade", "after"), [(False, "stale"), (True, "todo")])
    def test_it_never_becomes_stale_but_what_comes_after_it_does(self, cascade: bool, after: str) -> None:  # noqa: FBT001
        it = self.filed()
        it.do(Reopen("a", "Bank changed", cascade=cascade))
        assert it.statuses() == {"a": "in_progress", "file": "done", "after": after}

    def test_an_amended_filing_is_offered(self) -> None:
        it = self.filed()
        it.do(Reopen("a", "Bank changed"))
        dependents = Situation(it.workflow).dependents("a")
        assert [each.key for each in amendable_filings(it.workflow, dependents)] == ["file"]
        assert amendable_filings(it.workflow, [it["after"]]) == ()

    def test_an_open_filing_is_not_there_to_send_back(self) -> None:
        assert Job(loose(step("file", filing=True))).refuses(Reopen("file", "Wrong")).code == "wrong-state"


@pytest.mark.parametrize("status", [TODO, WAITING, SKIPPED])
def test_only_what_is_done_is_sent_back(status: object) -> None:
    assert Job(loose(step("a", status=status))).refuses(Reopen("a", "Bank changed")).code == "wrong-state"


def test_sending_back_what_is_in_progress_is_a_repetition() -> None:
    it = Job(loose("a"))
    it.do(Start("a"), by=JO)
    change = it.do(Reopen("a"))
    assert change.events == ()
    assert [each.key for each in change.repetitions] == ["a"]


def test_taking_a_skip_back_makes_done_dependents_stale() -> None:
    it = Job(
        chain(step("a", status=SKIPPED, skip_reason="None"), step("b", **SIGNED), step("c", filing=True, **SIGNED))
    )
    it.do(Unskip("a"))
    assert it.statuses() == {"a": "todo", "b": "stale", "c": "done"}
