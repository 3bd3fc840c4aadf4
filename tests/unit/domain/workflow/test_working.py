"""Start, wait, resume, complete: what each writes, what each refuses, and what is only said again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from natrium.domain.workflow.actions import Comment, Complete, Reopen, Resume, Skip, Start, Unskip, Wait
from natrium.domain.workflow.definition import Rule, WaitsOn
from natrium.domain.workflow.model import Evidence, Hold
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    MORNING,
    OLIVE,
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

BANK = Wait("a", "Bank letter", WaitsOn.THIRD_PARTY, "HSBC")


class TestStart:
    def test_it_is_in_progress(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), by=JO)
        assert (it["a"].status, it["a"].started_by, it["a"].started_at) == (DOING, person(JO), MORNING)
        assert it.verbs == ["step.started"]

    def test_nobody_is_made_its_holder_by_it(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), by=JO)
        assert it["a"].assignee is None

    def test_again_is_a_repetition_that_says_who_did_and_when(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), by=JO)
        [repetition] = it.do(Start("a"), by=MARK).repetitions
        assert (repetition.key, repetition.by, repetition.at) == ("a", person(JO), MORNING)
        assert it.verbs == []

    @pytest.mark.parametrize("status", [WAITING, DONE, SKIPPED])
    def test_not_from_elsewhere(self, status: object) -> None:
        assert Job(loose(step("a", status=status))).refuses(Start("a")).code == "wrong-state"


class TestWait:
    def test_it_says_why_on_whom_and_since_when(self) -> None:
        it = Job(loose("a"))
        it.do(BANK)
        waiting = it["a"].waiting
        assert it["a"].status is WAITING
        assert (waiting.reason, waiting.on, waiting.whom) == ("Bank letter", WaitsOn.THIRD_PARTY, "HSBC")
        assert waiting.since == MORNING

    def test_it_waits_on_whom_the_step_does_by_nature(self) -> None:
        it = Job(loose(step("a", waits_on=WaitsOn.CLIENT)))
        it.do(Wait("a", "Signature"))
        assert it["a"].waiting.on is WaitsOn.CLIENT

    def test_somebody_must_be_said(self) -> None:
        assert Job(loose("a")).refuses(Wait("a", "Signature")).code == "bad-value"

    def test_it_needs_a_reason(self) -> None:
        assert Job(loose("a")).refuses(Wait("a", " ", WaitsOn.CLIENT)).code == "reason-needed"

    def test_in_the_same_words_is_a_repetition(self) -> None:
        it = Job(loose(step("a", waits_on=WaitsOn.THIRD_PARTY)))
        it.do(BANK)
        assert it.do(BANK).events == ()
        assert it.do(Wait("a", "Bank letter", None, "HSBC")).events == ()

    def test_in_other_words_it_keeps_since(self) -> None:
        it = Job(loose("a"))
        it.do(BANK)
        it.do(Wait("a", "Second letter", WaitsOn.THIRD_PARTY, "HSBC"))
        assert (it["a"].waiting.reason, it["a"].waiting.since) == ("Second letter", MORNING)

    @pytest.mark.parametrize("status", [DONE, SKIPPED])
    def test_not_on_what_is_over(self, status: object) -> None:
        assert Job(loose(step("a", status=status))).refuses(BANK).code == "wrong-state"


class TestResume:
    def test_it_goes_on(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), by=JO)
        it.do(BANK)
        it.do(Resume("a"), by=SAM)
        assert (it["a"].status, it["a"].waiting, it["a"].started_by) == (DOING, None, person(JO))

    def test_also_where_something_came_before_it(self) -> None:
        it = Job(chain(step("a", status=DONE), "b"))
        it.do(Wait("b", "Signature", WaitsOn.CLIENT))
        it.do(Reopen("a", "Bank changed"))
        it.do(Resume("b"))
        assert it.refuses(Complete("b")).code == "blocked"

    def test_again_is_a_repetition(self) -> None:
        assert Job(loose(step("a", status=DOING))).do(Resume("a")).events == ()

    @pytest.mark.parametrize("status", [TODO, DONE, SKIPPED])
    def test_only_what_waits(self, status: object) -> None:
        assert Job(loose(step("a", status=status))).refuses(Resume("a")).code == "wrong-state"


class TestComplete:
    def test_straight_from_todo_records_the_start_as_well(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"), by=JO)
        assert it.verbs == ["step.started", "step.completed"]
        assert (it["a"].started_by, it["a"].completed_by, it["a"].completed_at) == (person(JO), person(JO), MORNING)

    def test_from_in_progress(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"), by=JO)
        it.do(Complete("a"), by=SAM)
        assert it.verbs == ["step.completed"]
        assert (it["a"].started_by, it["a"].completed_by) == (person(JO), person(SAM))

    def test_from_waiting_it_is_resumed_first(self) -> None:
        it = Job(loose("a"))
        it.do(Start("a"))
        it.do(BANK)
        it.do(Complete("a"))
        assert it.verbs == ["step.resumed", "step.completed"]
        assert it["a"].waiting is None

    def test_from_waiting_where_it_was_never_started(self) -> None:
        it = Job(loose("a"))
        it.do(BANK)
        it.do(Complete("a"))
        assert it.verbs == ["step.started", "step.completed"]

    def test_again_by_whomever_is_a_repetition(self) -> None:
        it = Job(loose("a"))
        it.do(Complete("a"), by=JO)
        [repetition] = it.do(Complete("a"), by=MARK).repetitions
        assert (repetition.by, repetition.at) == (person(JO), MORNING)

    def test_not_what_is_skipped(self) -> None:
        assert Job(loose(step("a", status=SKIPPED))).refuses(Complete("a")).code == "wrong-state"

    def test_an_approval_needs_its_evidence(self) -> None:
        it = Job(loose(step("a", approval=True)))
        assert it.refuses(Complete("a", note=" ")).code == "evidence-needed"
        it.do(Complete("a", note="E-mail of 1 March"))
        assert it["a"].evidence.note == "E-mail of 1 March"


class TestFiling:
    TODAY = MORNING.date()

    def filing(self) -> Job:
        return Job(loose(step("a", filing=True)))

    @pytest.mark.parametrize(("on", "reference"), [(None, "CH-1"), (TODAY, " "), (None, "")])
    def test_it_asks_for_date_and_reference(self, on: date | None, reference: str) -> None:
        assert self.filing().refuses(Complete("a", on, reference)).code == "evidence-needed"

    def test_nothing_is_filed_tomorrow(self) -> None:
        assert self.filing().refuses(Complete("a", self.TODAY + timedelta(days=1), "CH-1")).code == "bad-value"

    def test_it_is_recorded(self) -> None:
        it = self.filing()
        it.do(Complete("a", self.TODAY, "CH-1"))
        assert it["a"].evidence == Evidence(on=self.TODAY, reference="CH-1")

    @pytest.mark.parametrize(("on", "reference"), [(None, ""), (TODAY, "CH-1"), (TODAY, ""), (None, "CH-1")])
    def test_the_same_again_is_a_repetition(self, on: date | None, reference: str) -> None:
        it = self.filing()
        it.do(Complete("a", self.TODAY, "CH-1"))
        assert it.do(Complete("a", on, reference)).events == ()

    @pytest.mark.parametrize(
        ("on", "reference"), [(TODAY, "CH-2"), (TODAY - timedelta(days=1), "CH-1"), (None, "CH-2")]
    )
    def test_another_is_refused_with_the_recorded_one(self, on: date | None, reference: str) -> None:
        it = self.filing()
        it.do(Complete("a", self.TODAY, "CH-1"))
        refusal = it.refuses(Complete("a", on, reference))
        assert refusal.code == "filed"
        assert "CH-1" in refusal.message


class TestWho:
    ACTIONS = (Start("a"), BANK, Complete("a"))

    @pytest.mark.parametrize("action", ACTIONS)
    def test_staff_any_step_of_the_practice(self, action: object) -> None:
        Job(loose(step("a", assignee=SAM))).do(action, by=JO)
        assert Job(loose("a"), owner=VERA).refuses(action, by=VERA).code == "not-allowed"

    @pytest.mark.parametrize("action", ACTIONS)
    @pytest.mark.parametrize(
        ("rule", "may", "may_not"),
        [(Rule.CLIENT_MANAGER, [MARK, PRIYA, OLIVE], [JO]), (Rule.CLIENT_PARTNER, [PRIYA, OLIVE], [JO, MARK])],
    )
    def test_the_managers_and_the_partners_steps(self, action: object, rule: Rule, may: list, may_not: list) -> None:
        for by in may:
            Job(loose(step("a", rule=rule))).do(action, by=by)
        for by in may_not:
            assert Job(loose(step("a", rule=rule)), owner=by).refuses(action, by=by).code == "not-allowed"
            Job(loose(step("a", rule=rule, assignee=by))).do(action, by=by)


class TestHeldTask:
    @pytest.mark.parametrize("hold", [Hold.ON_HOLD, Hold.CANCELLED])
    @pytest.mark.parametrize("action", [Start("a"), BANK, Complete("a"), Skip("a", "No"), Unskip("a"), Start("b")])
    def test_it_accepts_only_comments(self, hold: Hold, action: object) -> None:
        it = Job(loose("a", step("b", status=DOING)), hold=hold)
        assert it.refuses(action).code == "task-held"
        it.do(Comment("a", "Client is away."))

    def test_permission_is_checked_first(self) -> None:
        assert Job(loose("a"), hold=Hold.ON_HOLD).refuses(Start("a"), by=VERA).code == "not-allowed"


class TestComment:
    def test_on_a_step_or_on_the_whole(self) -> None:
        it = Job(loose("a"))
        before = it.workflow
        for key in ("a", ""):
            it.do(Comment(key, "Called."), by=JO)
            assert len(it.last.events) == 1
        assert it.workflow == before

    def test_staff_or_above(self) -> None:
        assert Job(loose("a")).refuses(Comment("a", "Hello"), by=VERA).code == "not-allowed"

    def test_it_says_something(self) -> None:
        assert Job(loose("a")).refuses(Comment("a", " ")).code == "bad-value"

    def test_whom_it_mentions_stands_in_the_event(self) -> None:
        it = Job(loose("a"))
        it.do(Comment("a", "@Mark", (MARK.person,)))
        assert it.last.events[0].data == {"text": "@Mark", "mentions": [{"id": MARK.id, "name": MARK.name}]}
        it.do(Comment("a", "Called."))
        assert it.last.events[0].data == {"text": "Called."}

    def test_on_a_step_that_is_there(self) -> None:
        assert Job(loose("a")).refuses(Comment("gone", "Hello")).code == "unknown-key"


@pytest.mark.parametrize("words", ["x" * 20_001, "no\0thing"], ids=["too long", "a character no text has"])
def test_words_that_cannot_be_kept(words: str) -> None:
    it = Job(loose("a", step("b", status=DONE), step("c", approval=True), step("d", filing=True)))
    wrong = (
        Wait("a", words, WaitsOn.CLIENT),
        Wait("a", "Bank", WaitsOn.CLIENT, words),
        Skip("a", words),
        Reopen("b", words),
        Comment("a", words),
        Complete("c", note=words),
        Complete("d", MORNING.date(), words),
    )
    for action in wrong:
        assert it.refuses(action).code == "bad-value"


class TestSeveral:
    def test_in_workflow_order_whatever_order_they_come_in(self) -> None:
        it = Job(chain("a", "b", "c"))
        it.do(Complete("c"), Complete("a"), Complete("b"))
        assert set(it.statuses().values()) == {"done"}
        assert [event.key for event in it.last.events if event.verb == "step.completed"] == ["a", "b", "c"]

    def test_all_or_nothing(self) -> None:
        it = Job(loose("a", step("b", approval=True)))
        assert it.refuses(Complete("a"), Complete("b")).code == "evidence-needed"
        assert it["a"].status is TODO

    def test_what_is_so_already_does_not_stop_the_others(self) -> None:
        it = Job(loose(step("a", status=DONE), "b"))
        change = it.do(Complete("a"), Complete("b"))
        assert [each.key for each in change.repetitions] == ["a"]
        assert it["b"].status is DONE

    def test_none_at_all_changes_nothing(self) -> None:
        it = Job(loose("a"))
        assert it.do().events == ()


def test_a_step_that_is_not_there() -> None:
    assert Job(loose("a")).refuses(Start("gone")).code == "unknown-key"
