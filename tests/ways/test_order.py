"""Where two refusals apply, the earlier one of SPEC section 3's list is given, by every way."""

from typing import Any, get_args

import pytest

from natrium.apps.database import sql
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import actions
from tests.ways import by_operation, deeds, on_pairs
from tests.ways.cases import table
from tests.ways.every_way import WAYS
from tests.ways.stage import Stage
from tests.ways.test_every_refusal import CASES

# One way of each kind: the others carry the same requests in other clothes.
KINDS = ("page", "API")
HOLDABLE = (
    *(set(get_args(actions.Action)) - {actions.Comment}), *get_args(actions.Edit), deeds.Undo, deeds.Own, deeds.UndoOwn,
    deeds.Attach, deeds.ChangeTask, deeds.TakeEditBack,
)  # fmt: skip


def given(stage: Stage, who: str, deed: Any, but: dict[str, str]) -> set[str]:
    """The codes that a deed is refused with, by each kind of way."""
    found = {by_operation.one(stage, who, deed).code}
    for name in KINDS:
        answer = WAYS[name](stage, who, deed) if name not in but else None
        found |= {answer.code} if answer else set()
    return found


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.who != "vera"])
def test_who_may_not_is_told_so_first(stage: Stage, name: str) -> None:
    case = CASES[name]
    case.before(stage)
    assert given(stage, "vera", case.asked(stage), dict(case.but)) == {Code.NOT_ALLOWED}


TOLD_BEFORE_IT = (Code.NOT_ALLOWED, Code.TASK_HELD)


ASKED_OF_A_HELD_TASK = [
    name
    for name, case in CASES.items()
    if case.code not in TOLD_BEFORE_IT and not isinstance(case.deed, deeds.HoldTask)
]


@pytest.mark.parametrize("name", ASKED_OF_A_HELD_TASK)
def test_that_the_task_is_held_is_told_next(stage: Stage, name: str) -> None:
    case = CASES[name]
    case.before(stage)
    deed = case.asked(stage)
    if is_done(stage):
        with pytest.raises(Refusal, match="The task is done"):
            stage.hold()
        return
    stage.hold()
    told = Code.TASK_HELD if isinstance(deed, HOLDABLE) else case.code
    assert given(stage, case.who, deed, dict(case.but)) == {told}


def is_done(stage: Stage) -> bool:
    """Whether one of the stage's tasks is done: such a task is not held."""
    rows = sql.rows("SELECT status FROM tasks_task WHERE id IN (%s, %s)", (stage.job.task_id, stage.simple_id))
    return ("done",) in rows


# Two things wrong at once, in the order of the list: the first code is given.
PAIRS = table(on_pairs.CASES)


@pytest.mark.parametrize("name", PAIRS)
def test_the_earlier_of_two_is_told(stage: Stage, name: str) -> None:
    case = PAIRS[name]
    case.before(stage)
    assert given(stage, case.who, case.asked(stage), dict(case.but)) == {case.code}


ORDER = list(Code)


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_of_two_that_apply(name: str) -> None:
    """The name says both codes, the earlier one first."""
    first, second = (Code(code) for code in name.split(":", maxsplit=1)[0].split(" before "))
    assert PAIRS[name].code is first
    assert ORDER.index(first) < ORDER.index(second)
