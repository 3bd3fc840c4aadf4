"""Taking back one's last action on a step, for ten minutes."""

from __future__ import annotations

import pytest

from natrium.domain.errors import Refusal
from natrium.domain.workflow.actions import (
    AssignTo,
    Claim,
    Comment,
    Complete,
    Confirm,
    EditStep,
    OverridePrerequisites,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Around, Hold, Member
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
    loose,
    person,
    step,
)


def told(job: Job, key: str, by: Member = PRIYA) -> tuple[str, str]:
    """The code and the sentence of a refused undo."""
    with pytest.raises(Refusal) as caught:
        job.undo(key, by=by)
    assert caught.value.obstacles == ()
    return caught.value.code.value, caught.value.message


class TestWords:
    """Each refusal, whole."""

    def test_not_allowed(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"), by=JO)
        others = "Only the member who did it takes the last action on “A” back."
        assert told(it, "a", by=MARK) == ("not-allowed", others)
        viewers = "You are a viewer. To undo one's own last action takes staff or above."
        assert told(it, "a", by=VERA) == ("not-allowed", viewers)

    def test_nothing_to_undo(self) -> None:
        nothing = ("nothing-to-undo", "There is nothing of yours to take back on “A”.")
        it = Job(loose("a"))
        assert told(it, "a") == nothing
        it.do(Comment("a", "Hello"))
        assert told(it, "a") == nothing
        it.do(Start("a"))
        it.undo("a")
        assert told(it, "a") == nothing
        assert told(it, "a", by=JO) == nothing

    def test_filed(self) -> None:
        it = Job(loose(step("a", filing=True)))
        it.do(Complete("a", it.now.date(), "CH-1"))
        words = "“A” was filed, and stays filed. Add a step for an amended filing instead."
        assert told(it, "a") == ("filed", words)
        assert told(it.later(minutes=20), "a") == ("filed", words)

    def test_too_late(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"))
        words = "Ten minutes have passed since “A” was changed. Send it back instead."
        assert told(it.later(minutes=10), "a") == ("too-late", words)

    def test_built_on(self) -> None:
        it = Job(chain("a", "b"))
        it.do(Complete("a"))
        it.do(Start("b"), by=JO)
        assert told(it, "a") == ("built-on", "“B” has gone on since “A” was settled.")
        it.do(Wait("b", "Bank", WaitsOn.CLIENT), by=JO)
        it.do(Resume("b"), by=JO)
        assert told(it, "b", by=JO) == ("built-on", "“B” has changed again since.")


def test_it_is_the_last_of_ones_own_that_is_taken_back() -> None:
    it = Job(loose("a"))
    it.do(Claim("a"))
    it.do(Start("a"))
    it.undo("a")
    assert (it["a"].status, it["a"].assignee) == (TODO, person(PRIYA))


@pytest.mark.parametrize(
    "action",
    [Start("a"), Complete("a"), Skip("a", "Not needed"), AssignTo("a", JO), AssignTo("a", None), Claim("a")],
    ids=["start", "complete", "skip", "assign", "take away", "claim"],
)
def test_the_step_is_as_it_was_and_both_events_stay(action: object) -> None:
    it = Job(loose(step("a", assignee=None if isinstance(action, Claim) else SAM)))
    before = it.workflow
    it.do(action, by=MARK)
    assert it.workflow != before
    it.undo("a", by=MARK)
    assert it.workflow == before
    assert it.verbs == ["step.undone"]


def test_completed_from_in_progress_it_is_in_progress_again() -> None:
    it = Job(loose("a"))
    it.do(Start("a"), by=JO)
    it.do(Complete("a"), by=JO)
    it.undo("a", by=JO)
    assert it["a"].status is DOING
    assert it["a"].started_by == person(JO)


def test_completed_from_waiting_it_waits_again() -> None:
    it = Job(loose("a"))
    it.do(Wait("a", "Bank letter", WaitsOn.THIRD_PARTY, "HSBC"))
    waiting = it["a"].waiting
    it.do(Complete("a"))
    it.undo("a")
    assert (it["a"].status, it["a"].waiting) == (WAITING, waiting)


def test_completed_from_waiting_after_a_start_it_waits_again() -> None:
    it = Job(loose("a"))
    it.do(Start("a"))
    it.do(Wait("a", "Bank letter", WaitsOn.THIRD_PARTY, "HSBC"))
    before = it.workflow
    it.do(Complete("a"))
    it.undo("a")
    assert it.workflow == before


class TestTenMinutes:
    @pytest.mark.parametrize(("seconds", "allowed"), [(0, True), (600, True), (601, False)])
    def test_it_lasts_ten_minutes(self, seconds: int, allowed: bool) -> None:  # noqa: FBT001
        it = Job(loose("a"))
        it.do(Complete("a"))
        it.later(minutes=-1, seconds=seconds)
        if allowed:
            it.undo("a")
        else:
            assert it.refuses_undo("a") == "too-late"


class TestWho:
    def test_only_the_member_who_did_it(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"), by=JO)
        assert it.refuses_undo("a", by=PRIYA) == "not-allowed"

    def test_not_a_viewer(self) -> None:
        it = Job(loose("a"))
        assert it.refuses_undo("a", by=VERA) == "not-allowed"

    def test_not_on_a_held_task(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"))
        it.around = Around(hold=Hold.ON_HOLD, hold_reason="Client is away")
        assert it.refuses_undo("a") == "task-held"


class TestBuiltOn:
    @pytest.mark.parametrize("later", [Start("b"), Wait("b", "Bank", WaitsOn.CLIENT), Complete("b")])
    @pytest.mark.parametrize("action", [Complete("a"), Skip("a", "Not needed")])
    def test_a_dependent_was_worked_on_since(self, action: object, later: object) -> None:
        it = Job(chain("a", "b"))
        it.do(action)
        it.do(later, by=JO)
        assert it.refuses_undo("a") == "built-on"

    def test_a_dependent_was_confirmed_since(self) -> None:
        it = Job(chain(step("a", status=DONE), step("b", status=DONE)))
        it.do(Reopen("a", "Bank changed"))
        it.do(Complete("a"))
        it.do(Confirm("b"))
        assert it.refuses_undo("a") == "built-on"

    def test_it_reaches_indirect_dependents(self) -> None:
        it = Job(loose("a", step("b", after=["a"]), step("c", after=["b"])))
        it.do(Complete("a"))
        it.do(OverridePrerequisites("c", ("b",), "Hurry", Start("c")))
        assert it.refuses_undo("a") == "built-on"

    def test_in_the_same_action_too(self) -> None:
        it = Job(chain("a", "b"))
        it.do(Complete("a"), Complete("b"))
        assert it.refuses_undo("a") == "built-on"
        it.undo("b")

    def test_what_a_dependent_did_before_does_not_matter(self) -> None:
        it = Job(chain("a", "b"))
        it.do(Start("a"))
        it.do(OverridePrerequisites("b", ("a",), "Hurry", Start("b")))
        it.do(Complete("a"))
        it.undo("a")
        assert it["a"].status is DOING

    def test_other_steps_and_other_actions_do_not_matter(self) -> None:
        it = Job(loose("a", step("b", after=["a"]), "c"))
        it.do(Complete("a"))
        it.do(Complete("c"), AssignTo("b", JO), Comment("b", "Soon."))
        it.undo("a")

    def test_a_start_is_taken_back_whatever_dependents_do(self) -> None:
        it = Job(chain("a", "b"))
        it.do(Start("a"))
        it.do(OverridePrerequisites("b", ("a",), "Hurry", Start("b")))
        it.undo("a")

    @pytest.mark.parametrize("later", [Resume("a"), EditStep("a", {"name": "Other"})])
    def test_a_later_event_of_the_step(self, later: object) -> None:
        it = Job(loose("a"))
        it.do(Wait("a", "Bank", WaitsOn.CLIENT))
        if isinstance(later, Resume):
            it.do(later)
        else:
            it.edit(later)
        assert it.refuses_undo("a") == "built-on"

    def test_but_not_a_comment(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"))
        it.do(Comment("a", "Looks fine."), by=JO)
        it.undo("a")
        assert it["a"].status is TODO


class TestNever:
    def test_the_completion_of_a_filing(self) -> None:
        it = Job(loose(step("a", filing=True)))
        it.do(Complete("a", it.now.date(), "CH-1"))
        assert it.refuses_undo("a") == "filed"

    def test_another_members_filing_is_refused_as_another_members(self) -> None:
        """It was no filing when it was oneself who completed it, and that was taken back since."""
        it = Job(loose("a"))
        it.do(Complete("a"), by=MARK)
        it.undo("a", by=MARK)
        it.edit(EditStep("a", {"filing": True}))
        it.do(Complete("a", it.now.date(), "CH-1"), by=JO)
        assert it.refuses_undo("a", by=MARK) in {"not-allowed", "built-on"}

    def test_but_the_start_of_one(self) -> None:
        it = Job(loose(step("a", filing=True)))
        it.do(Start("a"))
        it.undo("a")

    @pytest.mark.parametrize("action", [Reopen("a", "Bank changed"), Unskip("b"), Resume("c")])
    def test_what_is_not_among_the_five(self, action: object) -> None:
        it = Job(loose(step("a", status=DONE), step("b", status=SKIPPED), "c"))
        it.do(Wait("c", "Bank", WaitsOn.CLIENT), by=JO)
        it.do(action)
        assert it.refuses_undo(action.key) == "nothing-to-undo"

    def test_what_never_happened(self) -> None:
        assert Job(loose("a")).refuses_undo("a") == "nothing-to-undo"

    def test_a_step_that_is_not_there(self) -> None:
        assert Job(loose("a")).refuses_undo("gone") == "unknown-key"

    def test_twice(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"))
        it.undo("a")
        assert it.refuses_undo("a") in {"nothing-to-undo", "built-on"}


class TestWhatWasDoneTogether:
    """Only one's own deed is taken back, not what another deed in the same action did to the step."""

    @pytest.mark.parametrize(("cascade", "left"), [(False, "stale"), (True, "todo")])
    def test_a_send_back_stays(self, cascade: bool, left: str) -> None:  # noqa: FBT001
        it = Job(chain(step("a", status=DONE), step("b", status=DONE)))
        it.do(Reopen("a", "Bank changed", cascade=cascade), AssignTo("b", JO))
        it.undo("b")
        assert it["b"].assignee is None
        assert it.statuses() == {"a": "in_progress", "b": left}

    def test_a_send_back_stays_when_a_skip_is_taken_back(self) -> None:
        it = Job(chain(step("a", status=DONE), step("b", status=DONE)))
        it.do(Reopen("a", "Bank changed", cascade=True), Skip("b", "Not needed"))
        it.undo("b")
        assert it.statuses() == {"a": "in_progress", "b": "todo"}

    def test_an_override_stays_for_ever(self) -> None:
        it = Job(chain("a", "b"))
        it.do(OverridePrerequisites("b", ("a",), "Hurry", Complete("b")))
        it.undo("b")
        assert it["b"].status is TODO
        assert it["b"].covered == {"a"}

    def test_a_start_given_with_the_completion_goes_with_it(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), Complete("a"))
        it.undo("a")
        assert it["a"].status is TODO
