"""What may happen to a proposal: the whole table written out by hand, and what holds of any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.errors import Code, Refusal
from natrium.domain.proposals.states import OPEN, SAYS, Act, Status, after, standing

LAST = date(2026, 12, 18)
DRAFT, SENT, VIEWED, ACCEPTED, DECLINED, EXPIRED, WITHDRAWN = Status
# After each act, from each state in the order above; None is refused.
TABLE = {
    Act.EDIT: (DRAFT, None, None, None, None, None, None),
    Act.SEND: (SENT, SENT, VIEWED, None, None, None, None),
    Act.VIEW: (DRAFT, VIEWED, VIEWED, ACCEPTED, DECLINED, EXPIRED, WITHDRAWN),
    Act.ACCEPT: (None, ACCEPTED, ACCEPTED, ACCEPTED, None, None, None),
    Act.DECLINE: (None, DECLINED, DECLINED, None, DECLINED, None, None),
    Act.WITHDRAW: (WITHDRAWN, WITHDRAWN, WITHDRAWN, None, None, WITHDRAWN, WITHDRAWN),
    Act.REVISE: (None, SENT, VIEWED, None, DECLINED, EXPIRED, WITHDRAWN),
}
CASES = [(act, status, to) for act, row in TABLE.items() for status, to in zip(Status, row, strict=True)]


@pytest.mark.parametrize(("act", "status", "to"), CASES)
def test_each_act_leads_where_the_table_says(act: Act, status: Status, to: Status | None) -> None:
    if to is not None:
        assert after(act, status, expires_on=LAST, today=LAST) is to
        return
    with pytest.raises(Refusal) as refused:
        after(act, status, expires_on=LAST, today=LAST)
    late = status is EXPIRED and act in {Act.ACCEPT, Act.DECLINE}
    assert refused.value.code is (Code.TOO_LATE if late else Code.WRONG_STATE)
    assert refused.value.message == SAYS[status]


def test_its_last_day_is_still_open_and_the_next_is_not() -> None:
    next_day = LAST + timedelta(days=1)
    assert standing(SENT, expires_on=LAST, today=LAST) is SENT
    assert [standing(one, expires_on=LAST, today=next_day) for one in Status] == [
        DRAFT, EXPIRED, EXPIRED, ACCEPTED, DECLINED, EXPIRED, WITHDRAWN,
    ]  # fmt: skip
    with pytest.raises(Refusal, match="its last day has passed") as refused:
        after(Act.ACCEPT, VIEWED, expires_on=LAST, today=next_day)
    assert refused.value.code is Code.TOO_LATE


def test_the_words_of_every_state() -> None:
    assert SAYS == {
        DRAFT: "The proposal has not been sent yet.",
        SENT: "The proposal is with the client. What was sent does not change: make a new version of it.",
        VIEWED: "The proposal is with the client. What was sent does not change: make a new version of it.",
        ACCEPTED: "The proposal was accepted already.",
        DECLINED: "The proposal was declined already.",
        EXPIRED: "The proposal is open no longer: its last day has passed.",
        WITHDRAWN: "The proposal was withdrawn.",
    }


@given(st.lists(st.tuples(st.sampled_from(Act), st.integers(0, 60))))
def test_whatever_happens_an_answer_stands_and_came_while_it_was_open(history: list[tuple[Act, int]]) -> None:
    status, today = DRAFT, LAST - timedelta(days=30)
    answered: Status | None = None
    for act, days in history:
        today += timedelta(days=days)
        if act is Act.SEND and today > LAST:
            continue  # what can be sent has its last day before it
        before = standing(status, expires_on=LAST, today=today)
        try:
            status = after(act, status, expires_on=LAST, today=today)
        except Refusal:
            continue
        if act is not Act.VIEW:
            assert after(act, status, expires_on=LAST, today=today) is status, "again is harmless"
        if answered is None and status in {ACCEPTED, DECLINED}:
            assert before in OPEN
            assert today <= LAST
            answered = status
        assert answered in {None, status}
