"""Who a step goes to, who follows a rule, and what is given or taken by hand."""

from __future__ import annotations

import pytest

from natrium.domain.workflow.actions import AssignTo, Claim, Complete, Event
from natrium.domain.workflow.assignment import People, Resolution, follow, hand_over, resolve, unresolved
from natrium.domain.workflow.definition import Assign, Rule
from natrium.domain.workflow.model import Member
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    LEA,
    MARK,
    PRIYA,
    SAM,
    SKIPPED,
    VERA,
    WAITING,
    Job,
    loose,
    person,
    step,
)


def test_rules_in_words() -> None:
    words = ["task owner", "client manager", "client partner", "anyone", "a named person"]
    assert [rule.words for rule in Rule] == words
    assert [str(Assign(rule=rule, email="jo@firm.example")) for rule in Rule] == [
        "task_owner",
        "client_manager",
        "client_partner",
        "unassigned",
        "member:jo@firm.example",
    ]


OWNERS, MANAGERS, PARTNERS = Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER
EVERYBODY = People(owner=JO, manager=MARK, partner=PRIYA, by_email={"sam@example.com": SAM, "lea@example.com": LEA})


class TestResolve:
    @pytest.mark.parametrize(
        ("assign", "expected"),
        [
            (Assign(rule=OWNERS), JO),
            (Assign(rule=MANAGERS), MARK),
            (Assign(rule=PARTNERS), PRIYA),
            (Assign(rule=Rule.MEMBER, email="sam@example.com"), SAM),
            (Assign(rule=Rule.MEMBER, email="Sam@Example.com"), SAM),
        ],
        ids=str,
    )
    def test_a_rule_finds_its_person(self, assign: Assign, expected: Member) -> None:
        found = resolve(assign, EVERYBODY)
        assert (found.person, found.unresolved) == (person(expected), "")

    def test_nobody_was_asked_for(self) -> None:
        found = resolve(Assign(), EVERYBODY)
        assert (found.person, found.unresolved) == (None, "")

    @pytest.mark.parametrize(
        ("assign", "people", "words"),
        [
            (Assign(rule=OWNERS), People(), "The task has no owner."),
            (Assign(rule=MANAGERS), People(owner=JO), "The client has no manager."),
            (
                Assign(rule=PARTNERS),
                People(owner=JO, has_client=False),
                "The task has no client, so it has no client partner.",
            ),
            (
                Assign(rule=Rule.MEMBER, email="gone@example.com"),
                EVERYBODY,
                "Nobody in the practice has the address gone@example.com.",
            ),
            (Assign(rule=Rule.MEMBER, email="lea@example.com"), EVERYBODY, "Lea has left."),
            (Assign(rule=MANAGERS), People(manager=LEA), "The client manager is Lea, who has left."),
            (Assign(rule=OWNERS), People(owner=VERA), "The task owner is Vera, who is a viewer."),
        ],
        ids=["no owner", "no manager", "no client", "no such member", "has left", "manager has left", "only reads"],
    )
    def test_it_finds_nobody_and_says_so(self, assign: Assign, people: People, words: str) -> None:
        found = resolve(assign, people)
        assert found == Resolution(None, words)


class TestFollow:
    @pytest.mark.parametrize("facts", [{}, {"status": DOING}, {"status": WAITING}, {"status": DONE, "stale": True}])
    def test_every_unsettled_step_bound_to_the_rule(self, facts: dict[str, object]) -> None:
        change = follow(loose(step("a", rule=MANAGERS, assignee=MARK, **facts)), MANAGERS, PRIYA)
        [after] = change.workflow.steps
        assert (after.assignee, after.bound) == (person(PRIYA), True)
        [event] = change.events
        assert event.changes["assignee"] == (person(MARK), person(PRIYA))

    @pytest.mark.parametrize(
        "facts",
        [
            {"rule": MANAGERS, "status": DONE},
            {"rule": MANAGERS, "status": SKIPPED},
            {"rule": MANAGERS, "bound": False},
            {"rule": PARTNERS},
            {"rule": OWNERS},
            {},
        ],
        ids=["done", "skipped", "given by hand", "another rule", "the owner's", "anyone's"],
    )
    def test_and_no_other(self, facts: dict[str, object]) -> None:
        workflow = loose(step("a", assignee=MARK, **facts))
        change = follow(workflow, MANAGERS, PRIYA)
        assert (change.workflow, change.events) == (workflow, ())

    @pytest.mark.parametrize("to", [None, LEA, VERA], ids=["nobody", "left", "only reads"])
    def test_a_holder_who_cannot_be_one_leaves_it_unassigned(self, to: Member | None) -> None:
        change = follow(loose(step("a", rule=MANAGERS, assignee=MARK)), MANAGERS, to)
        assert change.workflow.steps[0].assignee is None
        assert change.workflow.steps[0].bound
        assert len(change.events) == 1

    def test_who_has_it_already_gets_no_event(self) -> None:
        assert follow(loose(step("a", rule=MANAGERS, assignee=MARK)), MANAGERS, MARK).events == ()

    def test_one_who_appears_fills_what_nobody_had(self) -> None:
        change = follow(loose(step("a", rule=MANAGERS)), MANAGERS, MARK)
        assert change.workflow.steps[0].assignee == person(MARK)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"rule": MANAGERS}, True),
        ({"rule": MANAGERS, "status": DOING}, True),
        ({"rule": MANAGERS, "assignee": MARK}, False),
        ({"rule": MANAGERS, "bound": False}, False),
        ({"rule": MANAGERS, "status": DONE}, False),
        ({}, False),
    ],
    ids=["nobody found", "at work", "somebody found", "taken away by hand", "done", "nobody asked for"],
)
def test_a_step_says_that_its_rule_found_nobody(facts: dict[str, object], expected: bool) -> None:  # noqa: FBT001
    assert unresolved(step("a", **facts)) is expected


class TestByHand:
    @pytest.mark.parametrize("action", [AssignTo("a", SAM), Claim("a")])
    def test_a_step_given_or_claimed_by_hand_stays_with_that_person(self, action: object) -> None:
        it = Job(loose(step("a", rule=OWNERS)))
        it.do(action)
        assert not it["a"].bound
        assert follow(it.workflow, OWNERS, JO).events == ()

    def test_the_fact_is_a_person_and_nothing_more(self) -> None:
        it = Job(loose("a", "b"))
        it.do(AssignTo("a", SAM), Claim("b"))
        assert [type(each.assignee) for each in it.workflow.steps] == [type(person(SAM))] * 2

    def test_to_the_one_who_has_it_is_a_repetition(self) -> None:
        it = Job(loose(step("a", rule=OWNERS, assignee=SAM)))
        assert it.do(AssignTo("a", SAM)).events == ()
        assert it["a"].bound

    def test_to_nobody(self) -> None:
        it = Job(loose(step("a", assignee=SAM)))
        it.do(AssignTo("a", None))
        assert it["a"].assignee is None
        assert it.do(AssignTo("a", None)).events == ()

    @pytest.mark.parametrize("to", [LEA, VERA], ids=["left", "only reads"])
    def test_only_an_active_member_of_staff_or_above_holds_a_step(self, to: Member) -> None:
        assert Job(loose("a")).refuses(AssignTo("a", to)).code == "bad-value"

    @pytest.mark.parametrize("status", [DONE, SKIPPED])
    def test_settled_steps_keep_their_history(self, status: object) -> None:
        it = Job(loose(step("a", status=status)))
        assert it.refuses(AssignTo("a", SAM)).code == "settled"
        assert it.refuses(Claim("a")).code == "settled"


class TestWho:
    def test_staff_give_away_their_own(self) -> None:
        it = Job(loose(step("a", assignee=JO)))
        it.do(AssignTo("a", SAM), by=JO)
        assert it.refuses(AssignTo("a", JO), by=JO).code == "not-allowed"

    def test_or_one_they_completed_last(self) -> None:
        it = Job(loose(step("a", assignee=SAM, status=DONE, stale=True, completed_by=person(JO))))
        it.do(AssignTo("a", MARK), by=JO)

    def test_not_one_that_nobody_has(self) -> None:
        assert Job(loose("a")).refuses(AssignTo("a", SAM), by=JO).code == "not-allowed"

    def test_the_task_owner_and_managers_any(self) -> None:
        Job(loose(step("a", assignee=SAM)), owner=JO).do(AssignTo("a", JO), by=JO)
        Job(loose(step("a", assignee=SAM))).do(AssignTo("a", JO), by=MARK)
        assert Job(loose(step("a", assignee=SAM)), owner=VERA).refuses(AssignTo("a", JO), by=VERA).code == "not-allowed"

    def test_to_themselves_as_to_anybody(self) -> None:
        """Who may assign the steps of others may assign them to anybody who can hold one, themselves included."""
        Job(loose(step("a", rule=PARTNERS))).do(AssignTo("a", SAM), by=MARK)
        Job(loose(step("a", rule=PARTNERS))).do(AssignTo("a", MARK), by=MARK)
        Job(loose(step("a", rule=MANAGERS)), owner=JO).do(AssignTo("a", JO), by=JO)


class TestClaim:
    def test_who_may_work_an_unassigned_step(self) -> None:
        it = Job(loose("a"))
        it.do(Claim("a"), by=JO)
        assert it["a"].assignee == person(JO)

    def test_two_claims_one_wins_and_the_other_is_told(self) -> None:
        it = Job(loose("a"))
        it.do(Claim("a"), by=JO)
        refusal = it.refuses(Claim("a"), by=SAM)
        assert refusal.code == "taken"
        assert "Jo" in refusal.message

    def test_by_the_holder_is_a_repetition(self) -> None:
        assert Job(loose(step("a", assignee=JO))).do(Claim("a"), by=JO).events == ()

    @pytest.mark.parametrize(("rule", "by"), [(MANAGERS, JO), (PARTNERS, MARK)])
    def test_not_who_may_not_work_it(self, rule: Rule, by: Member) -> None:
        assert Job(loose(step("a", rule=rule)), owner=by).refuses(Claim("a"), by=by).code == "not-allowed"

    def test_settled_goes_before_taken(self) -> None:
        it = Job(loose(step("a", assignee=SAM)))
        it.do(Complete("a"))
        assert it.refuses(Claim("a"), by=JO).code == "settled"


class TestHandOver:
    def test_every_unsettled_step_somebody_holds_goes_by_hand(self) -> None:
        job = loose(
            step("a", assignee=JO, status=DONE),
            step("b", assignee=JO, status=DOING),
            step("c", assignee=JO, rule=OWNERS),
            step("d", assignee=MARK),
            step("e"),
            step("f", assignee=JO, status=SKIPPED),
        )
        change = hand_over(job, person(JO), SAM)
        found = {one.key: one for one in change.workflow.steps}
        assert [event.key for event in change.events] == ["b", "c"]
        assert {event.verb for event in change.events} == {"step.handed_over"}
        assert (found["b"].assignee, found["c"].assignee, found["c"].bound) == (person(SAM), person(SAM), False)
        assert (found["a"].assignee, found["d"].assignee, found["e"].assignee) == (person(JO), person(MARK), None)
        changes = {"assignee": (person(JO), person(SAM)), "bound": (True, False)}
        assert change.events[0] == Event("step.handed_over", "b", "B", changes, {"from": "Jo"})

    @pytest.mark.parametrize("to", [None, VERA, LEA], ids=["nobody", "a viewer", "a leaver"])
    def test_to_one_who_cannot_hold_it_leaves_it_bound_and_unassigned(self, to: Member | None) -> None:
        job = loose(step("a", assignee=JO, rule=OWNERS), step("b", assignee=JO, bound=False))
        change = hand_over(job, person(JO), to)
        a, b = change.workflow.steps
        assert (a.assignee, a.bound, unresolved(a)) == (None, True, True)
        assert (b.assignee, b.bound, unresolved(b)) == (None, False, False)
