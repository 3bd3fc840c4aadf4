"""Every refusal by every way in: the same code, the same sentence, and every row as it was."""

from typing import Any

import pytest

from tests.integration.apps.workflows.jobs import everything
from tests.ways import (
    by_operation,
    on_clients,
    on_drafts,
    on_many,
    on_notifications,
    on_people,
    on_proposals,
    on_services,
    on_shape,
    on_steps,
    on_tasks,
)
from tests.ways.answers import Answer
from tests.ways.cases import Case, Table, table
from tests.ways.every_way import WAYS
from tests.ways.stage import Stage

CASES: Table = table(
    *on_steps.CASES,
    *on_people.CASES,
    *on_shape.CASES,
    *on_tasks.CASES,
    *on_many.CASES,
    *on_drafts.CASES,
    *on_clients.CASES,
    *on_notifications.CASES,
    *on_services.CASES,
    *on_proposals.CASES,
)


def meet(stage: Stage, case: Case, deed: Any, expected: Answer) -> list[str]:
    """Ask by every way; the names of those that offer it."""
    excused = dict(case.but)
    asked = []
    before = everything()
    for name, way in WAYS.items():
        if name in excused:
            continue
        answer = way(stage, case.who, deed)
        if answer is None:
            continue
        asked.append(name)
        assert (name, answer.code, answer.words) == (name, expected.code, expected.words)
        for fact in ("field", "obstacles"):
            told = getattr(answer, fact)
            assert told is None or (name, fact, told) == (name, fact, getattr(expected, fact))
        assert everything() == before, f"{name} left a trace"
    return asked


@pytest.mark.parametrize("name", CASES)
def test_a_refusal_is_the_same_by_every_way_and_leaves_no_trace(stage: Stage, name: str) -> None:
    case = CASES[name]
    case.before(stage)
    deed = case.asked(stage)
    expected = by_operation.one(stage, case.who, deed)
    assert expected.code == case.code, expected
    assert case.words in expected.words
    meet(stage, case, deed, expected)
