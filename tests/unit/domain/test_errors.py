"""Refusals: stable codes, a sentence, and the steps in the way."""

from __future__ import annotations

from natrium.domain.errors import OF_WHAT_WAS_SENT, Code, Obstacle, Refusal, StaleEdit

IN_ORDER = (
    "not-allowed task-held stale filed wrong-state settled required reason-needed evidence-needed bad-value blocked"
    " approval-missing unknown-key duplicate-key cycle cannot-clear template-step worked-on in-use taken"
    " nothing-to-undo too-late built-on has-workflows bad-template"
)


def test_the_codes_and_their_order() -> None:
    assert [code.value for code in Code][: len(IN_ORDER.split())] == IN_ORDER.split()


def test_those_that_are_about_what_was_sent() -> None:
    """A page answers these with 422 and its form again; the others are about what there is, and are a 409."""
    sent = "reason-needed evidence-needed bad-value unknown-key duplicate-key cycle bad-template"
    assert sorted(OF_WHAT_WAS_SENT) == sorted(sent.split())


def test_an_obstacle_is_read_as_a_step_and_its_person() -> None:
    assert str(Obstacle("review", "Manager review", "Mark")) == "Manager review — Mark"
    assert str(Obstacle("review", "Manager review")) == "Manager review"


def test_a_refusal_says_which_rule_and_what_stands_in_the_way() -> None:
    obstacle = Obstacle("review", "Manager review")
    refusal = Refusal(Code.BLOCKED, "Not yet.", (obstacle,), field="key")
    assert (refusal.code, str(refusal), refusal.obstacles, refusal.field) == ("blocked", "Not yet.", (obstacle,), "key")
    assert Refusal(Code.BLOCKED, "Not yet.").obstacles == ()


def test_a_stale_edit_says_what_is_there_now() -> None:
    stale = StaleEdit("Changed since.", {"name": "New"})
    assert (stale.message, str(stale), stale.current) == ("Changed since.", "Changed since.", {"name": "New"})
    assert StaleEdit("Changed since.").current == {}
