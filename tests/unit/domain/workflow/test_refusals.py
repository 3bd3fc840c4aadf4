"""Every refusal of an action, whole: its code, the sentence people read, the steps in the way, the field that is wrong.

SPEC section 3: a refusal changes nothing and says which rule and which steps stand in the way, with a stable code.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from natrium.domain.workflow.actions import (
    Complete,
    Confirm,
    Reopen,
    Resume,
    Skip,
    Start,
    Unskip,
    Wait,
)
from natrium.domain.workflow.definition import WaitsOn
from natrium.domain.workflow.model import Evidence, Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    MORNING,
    SKIPPED,
    WAITING,
    Job,
    chain,
    loose,
    step,
)
from tests.unit.domain.workflow.saying import Said, check, idea, one, over

TODAY = MORNING.date()
BANK = Wait("a", "Bank letter", WaitsOn.CLIENT)
NUL = "no\0thing"


def filed(on: date | None = date(2026, 2, 3), reference: str = "CH-1") -> Workflow:
    return one(filing=True, status=DONE, evidence=Evidence(on, reference))


STALE: dict[str, Any] = {"status": DONE, "stale": True}
FILED = "“A” was filed, and stays filed. Add a step for an amended filing instead."

WORKING = [
    Said(one(status=WAITING), Start("a"), "wrong-state", "“A” is waiting. Resume it instead."),
    Said(one(status=DONE), Start("a"), "wrong-state", "“A” is done. Send it back instead."),
    Said(one(**STALE), Start("a"), "wrong-state", "“A” is done, and stale. Confirm it or send it back instead."),
    Said(one(status=SKIPPED), Start("a"), "wrong-state", "“A” is skipped. Take the skip back first."),
    Said(one(status=DONE), BANK, "wrong-state", "“A” is done. Only an open step can wait."),
    Said(one(status=SKIPPED), BANK, "wrong-state", "“A” is skipped. Only an open step can wait."),
    Said(one(), Wait("a", " ", WaitsOn.CLIENT), "reason-needed", "Say why: waiting needs a reason.", field="reason"),
    Said(
        one(),
        Wait("a", "Bank letter"),
        "bad-value",
        "Say whom it waits on: the client, or a third party.",
        field="on",
    ),
    Said(
        one(),
        Wait("a", "Bank letter", WaitsOn.CLIENT, "x" * 201),
        "bad-value",
        "The name of whom it waits on has 201 characters; 200 is the most.",
        field="whom",
    ),
    Said(
        one(),
        Wait("a", "Bank letter", WaitsOn.CLIENT, NUL),
        "bad-value",
        "The name of whom it waits on has a character that cannot be kept.",
        field="whom",
    ),
    Said(one(), Resume("a"), "wrong-state", "“A” is not started. Only a waiting step is resumed."),
    Said(one(status=DONE), Resume("a"), "wrong-state", "“A” is done. Only a waiting step is resumed."),
    Said(one(status=SKIPPED), Complete("a"), "wrong-state", "“A” is skipped. Take the skip back first."),
    Said(
        one(**STALE),
        Complete("a"),
        "stale",
        "“A” was signed off before something it rests on was sent back. "
        "Confirm that it is still right, or send it back.",
    ),
]

EVIDENCE = [
    Said(
        one(filing=True),
        Complete("a", None, "CH-1"),
        "evidence-needed",
        "“A” is a filing: give the date it was filed and its reference.",
        field="filed_on",
    ),
    Said(
        one(filing=True),
        Complete("a", TODAY, " "),
        "evidence-needed",
        "“A” is a filing: give the date it was filed and its reference.",
        field="reference",
    ),
    Said(
        one(approval=True),
        Complete("a", note=" "),
        "evidence-needed",
        "“A” records an approval: say how it was given (a letter, an e-mail, a call and its date).",
        field="note",
    ),
    Said(
        one(filing=True, approval=True),
        Complete("a", TODAY, "CH-1"),
        "evidence-needed",
        "“A” records an approval: say how it was given (a letter, an e-mail, a call and its date).",
        field="note",
    ),
    Said(
        one(filing=True),
        Complete("a", TODAY + timedelta(days=1), "CH-1"),
        "bad-value",
        "The date of filing is in the future.",
        field="filed_on",
    ),
    Said(
        one(filing=True),
        Complete("a", TODAY, "x" * 201),
        "bad-value",
        "The reference has 201 characters; 200 is the most.",
        field="reference",
    ),
    Said(
        one(approval=True),
        Complete("a", note="x" * 20_001),
        "bad-value",
        "The note has 20,001 characters; 20,000 is the most.",
        field="note",
    ),
    Said(
        filed(),
        Complete("a", None, "CH-2"),
        "filed",
        "“A” is already recorded as filed on 3 Feb 2026 with reference CH-1.",
    ),
    Said(
        filed(),
        Complete("a", date(2026, 2, 4)),
        "filed",
        "“A” is already recorded as filed on 3 Feb 2026 with reference CH-1.",
    ),
    Said(
        filed(on=None),
        Complete("a", None, "CH-2"),
        "filed",
        "“A” is already recorded as filed on an unknown day with reference CH-1.",
    ),
]

SIGNING = [
    Said(one(), Reopen("a", "Wrong"), "wrong-state", "“A” is not started. Only a done step is sent back."),
    Said(one(status=SKIPPED), Reopen("a", "Wrong"), "wrong-state", "“A” is skipped. Only a done step is sent back."),
    Said(filed(), Reopen("a", "Wrong"), "filed", FILED),
    Said(
        one(status=DONE),
        Reopen("a", " "),
        "reason-needed",
        "Say why: sending a step back needs a reason.",
        field="reason",
    ),
    Said(
        one(status=DONE),
        Reopen("a", "x" * 20_001),
        "bad-value",
        "The reason has 20,001 characters; 20,000 is the most.",
        field="reason",
    ),
    Said(
        one(status=DONE),
        Reopen("a", NUL),
        "bad-value",
        "The reason has a character that cannot be kept.",
        field="reason",
    ),
    Said(one(), Confirm("a"), "wrong-state", "“A” is not started. Only a stale step is confirmed."),
    Said(one(status=DOING), Confirm("a"), "wrong-state", "“A” is in progress. Only a stale step is confirmed."),
    Said(one(status=DONE), Skip("a", "No"), "wrong-state", "“A” is done. A done step is not skipped."),
    Said(one(required=True), Skip("a", "No"), "required", "“A” is required: it can be done but not skipped."),
    Said(one(), Skip("a", " "), "reason-needed", "Say why: skipping needs a reason.", field="reason"),
    Said(
        one(status=DOING), Unskip("a"), "wrong-state", "“A” is in progress. Only a skipped step can be taken up again."
    ),
    Said(one(status=DONE), Unskip("a"), "wrong-state", "“A” is done. Only a skipped step can be taken up again."),
]

IN_THE_WAY = [
    Said(chain("a", "b"), Start("b"), "blocked", "“B” waits for A.", ("A",)),
    Said(
        chain(step("a", assignee=MARK), step("b", assignee=JO), "c"),
        Complete("c"),
        "blocked",
        "“C” waits for B — Jo; A — Mark.",
        ("B — Jo", "A — Mark"),
    ),
    Said(chain("a", "b", "c", "d"), Start("d"), "blocked", "“D” waits for C; B; A.", ("C", "B", "A")),
    Said(
        chain("a", "b", "c", "d", "e"),
        Start("e"),
        "blocked",
        "“E” waits for D; C; B; and 1 more.",
        ("D", "C", "B", "A"),
    ),
    Said(
        chain("a", "b", "c", "d", "e", "f"),
        Start("f"),
        "blocked",
        "“F” waits for E; D; C; and 2 more.",
        ("E", "D", "C", "B", "A"),
    ),
    Said(chain("a", step("b", **STALE)), Confirm("b"), "blocked", "“B” waits for A.", ("A",)),
    Said(
        chain(step("ok", "Client approval", approval=True, assignee=MARK, status=SKIPPED), step("b", filing=True)),
        Start("b"),
        "approval-missing",
        "“B” is a filing and needs Client approval — Mark to be done first. "
        "Skipping or overriding an approval does not count.",
        ("Client approval — Mark",),
    ),
]

OVERRIDING = [
    Said(
        chain("a", step("b", status=DONE)), over("b", "a"), "wrong-state", "“B” is done. There is nothing to go past."
    ),
    Said(
        chain("a", "b"),
        over("b", "a", reason=" "),
        "reason-needed",
        "Say why: going past a step needs a reason.",
        field="reason",
    ),
    Said(
        chain("a", "b", "c"),
        over("c"),
        "bad-value",
        "Name steps that “C” waits for directly and that are not settled: B; A.",
        ("B", "A"),
        field="covers",
    ),
    Said(
        loose("a", "b"),
        over("b", "a"),
        "bad-value",
        "Name steps that “B” waits for directly and that are not settled: nothing.",
        field="covers",
    ),
    Said(
        chain(step("ok", "Client approval", approval=True, assignee=MARK), step("b", filing=True)),
        over("b", "ok"),
        "approval-missing",
        "“B” is a filing: no override stands in for Client approval — Mark.",
        ("Client approval — Mark",),
    ),
    Said(
        chain(step("ok", "Client approval", approval=True, assignee=MARK), step("b", filing=True)),
        over("b", "ok", then=Complete("b", filed_on=date(2026, 1, 2), reference="SUB-1")),
        "approval-missing",
        "“B” is a filing: no override stands in for Client approval — Mark.",
        ("Client approval — Mark",),
    ),
]

TABLE = [*WORKING, *EVIDENCE, *SIGNING, *IN_THE_WAY, *OVERRIDING]


@pytest.mark.parametrize("said", TABLE, ids=idea)
def test_what_is_refused_is_refused_in_these_words(said: Said) -> None:
    check(said)


def test_a_reason_is_kept_without_its_outer_blanks_up_to_the_longest() -> None:
    job = Job(one())
    job.do(Skip("a", f"  {'x' * 20_000}\n"))
    assert job["a"].skip_reason == "x" * 20_000
