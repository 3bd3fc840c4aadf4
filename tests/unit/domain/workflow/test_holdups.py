"""Whom a step holds up."""

import pytest

from natrium.domain.workflow.dependencies import Situation
from natrium.domain.workflow.holdups import held_up
from natrium.domain.workflow.model import Workflow
from tests.unit.domain.workflow.builders import (
    DOING,
    DONE,
    JO,
    MARK,
    SAM,
    SKIPPED,
    chain,
    flow,
    group,
    loose,
    row,
    step,
)

JOS, MARKS, SAMS = {"assignee": JO}, {"assignee": MARK}, {"assignee": SAM}
DONE_BY_JO = {"status": DONE, "assignee": JO}


def who(workflow: Workflow) -> dict[str, str]:
    return {key: person.name for key, person in held_up(Situation(workflow)).items()}


@pytest.mark.parametrize(
    ("workflow", "expected"),
    [
        (chain(step("a", **JOS), step("b", **MARKS)), {"a": "Mark"}),
        (chain(step("a"), step("b", **MARKS)), {"a": "Mark"}),
        (chain(step("a", status=DOING, **JOS), step("b", **MARKS)), {"a": "Mark"}),
        (chain(step("a", **JOS), step("b", **JOS)), {}),
        (chain(step("a", **JOS), step("b")), {}),
        (chain(step("a", **DONE_BY_JO), step("b", **MARKS)), {}),
        (loose(step("a", **JOS), step("b", **JOS), step("c", after=("a", "b"), **MARKS)), {}),
        (loose(step("a", **JOS), step("b", **DONE_BY_JO), step("c", after=("a", "b"), **MARKS)), {"a": "Mark"}),
        (chain(step("a", **JOS), step("b", **MARKS), step("c", **SAMS)), {"a": "Mark"}),
        (loose(step("a", **JOS), step("b", after=("a",), **JOS), step("c", after=("a",), **SAMS)), {"a": "Sam"}),
        (loose(step("a", **JOS), step("b", after=("a",)), step("c", after=("b",), **MARKS)), {}),
        (flow(group("g", step("a", **JOS), gate=True), row("h", step("b", **MARKS))), {"a": "Mark"}),
        (flow(group("g", step("a", blocking=True, **JOS)), row("h", step("b", **MARKS))), {"a": "Mark"}),
        (chain(step("a", stale=True, **DONE_BY_JO), step("b", status=DOING, **MARKS)), {"a": "Mark"}),
        (loose(step("ok", approval=True, **JOS), step("f", filing=True, after=("ok",), **MARKS)), {"ok": "Mark"}),
        (
            loose(
                step("ok", approval=True, status=SKIPPED, **JOS), step("f", filing=True, after=("ok",), **MARKS)
            ),
            {},
        ),
        (chain(step("a", **JOS), step("b", status=DONE, **MARKS)), {}),
        (loose(step("b", **JOS), step("f", filing=True, after=("b",), **MARKS)), {"b": "Mark"}),
        (
            loose(
                step("ok", approval=True, **JOS),
                step("b", after=("ok",), **JOS),
                step("f", filing=True, after=("b",), **MARKS),
            ),
            {},
        ),
        (
            loose(
                step("ok", approval=True, status=SKIPPED, **JOS),
                step("b", after=("ok",), **JOS),
                step("f", filing=True, after=("b",), **MARKS),
            ),
            {},
        ),
    ],
    ids=[
        "the next is another's", "nobody's step", "in progress", "the next is one's own", "the next is nobody's",
        "done", "not alone", "alone by now", "only the next", "the first that is another's", "not through another",
        "a gate", "a blocking step", "a stale sign-off", "an approval", "a skipped approval is nobody's to do",
        "done anyway", "a filing after other work", "a filing after other work and its approval",
        "a filing after other work and an approval that was skipped",
    ],
)  # fmt: skip
def test_a_step_holds_up_who_waits_for_it_alone(workflow: Workflow, expected: dict[str, str]) -> None:
    assert who(workflow) == expected
