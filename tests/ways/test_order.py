"""Where two refusals apply, the earlier one of SPEC section 3's list is given, by every way."""

from dataclasses import replace
from typing import Any, get_args

import pytest
from django.db import transaction
from django.urls import resolve

from natrium.apps.database import sql
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow import actions
from natrium.web.refused import STATUS
from tests.ways import answers, by_api, by_operation, by_page, deeds, on_pairs
from tests.ways.cases import table
from tests.ways.every_way import WAYS
from tests.ways.stage import Stage
from tests.ways.test_every_refusal import CASES

# One way of each kind: the others carry the same requests in other clothes.
KINDS = ("page", "API")
HOLDABLE = (
    *(set(get_args(actions.Action)) - {actions.Comment}), *get_args(actions.Edit), deeds.Undo, deeds.Own, deeds.UndoOwn,
    deeds.Attach, deeds.ChangeTask, deeds.ChangeOwn, deeds.TakeEditBack,
    deeds.TakeTaskEditBack,
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


def test_who_may_not_is_told_so_whatever_they_typed(stage: Stage) -> None:
    """Every form of every page, each of its fields filled with what makes no sense."""
    told: dict[tuple[str, str], int] = {}
    kinds: set[tuple[Any, ...]] = set()
    for case in CASES.values():
        deed = case.asked(stage)
        kind = (type(deed), type(getattr(deed, "action", None)), repr(getattr(deed, "change", "")))
        if kind in kinds:
            continue
        kinds.add(kind)
        with transaction.atomic():
            case.before(stage)
            for way in (by_page.page, by_page.my_work, by_page.template_page):
                asked = way.asks(stage, case.asked(stage))
                form = (str(resolve(asked.address).url_name), asked.address.split("/")[-2]) if asked else ("", "")
                if asked is not None and form not in told:
                    fields = {field: value if field in CHOSEN_BEFORE else "%?%" for field, value in asked.body.items()}
                    told[form] = by_page.send(stage.browsers["vera"], replace(asked, body=fields)).status_code
            transaction.set_rollback(True)
    assert len(told) > 60
    assert {form: status for form, status in told.items() if status != STATUS[Code.NOT_ALLOWED]} == {}


# What is asked for, not what is said of it.
CHOSEN_BEFORE = ("do", "sure", "shared")
TOLD_BEFORE_IT = (Code.NOT_ALLOWED, Code.TASK_HELD)


ASKED_OF_A_HELD_TASK = [
    name
    for name, case in CASES.items()
    if case.code not in TOLD_BEFORE_IT and not isinstance(case.deed, deeds.HoldTask) and "undo hold" not in name
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


# What the API answers 412 to where it was read from an older state.
READ_BEFORE = (*get_args(actions.Action), *get_args(actions.Edit), deeds.ChangeTask, deeds.SaveDraft)
# A version long gone, and what was never one.
OLD = ('"987654321"', "none")
# What is not there has no version; whether a draft can be kept at all is seen before it is compared.
NOT_COMPARED = {(kind, Code.UNKNOWN_KEY) for kind in READ_BEFORE} | {(deeds.SaveDraft, Code.BAD_VALUE)}


@pytest.mark.parametrize("kind", READ_BEFORE)
def test_that_it_was_read_before_a_change_is_told_after_who_may_and_what_is_held(stage: Stage, kind: type) -> None:
    cases: dict[str, str] = {}
    for name, case in CASES.items():
        deed = case.asked(stage)
        if type(deed) is kind and by_api.asks(stage, deed) and (kind, case.code) not in NOT_COMPARED:
            cases.setdefault(case.code.value if case.code in TOLD_BEFORE_IT else "stale-edit", name)
    assert "not-allowed" in cases
    assert "stale-edit" in cases
    for code, name in cases.items():
        with transaction.atomic():
            case = CASES[name]
            case.before(stage)
            asked = by_api.asks(stage, case.asked(stage))
            assert asked is not None
            for old in OLD:
                sent = replace(asked, headers={"If-Match": old})
                told = answers.of_problem(by_api.send(stage.programs[case.who], sent)).code
                assert (name, old, told) == (name, old, code)
            transaction.set_rollback(True)


# A field that is chosen from two is not changed where it was the other.
CHOSEN = ("sequential", "any", "1", "")


@pytest.mark.parametrize("kind", [actions.EditStep, actions.EditGroup])
@pytest.mark.parametrize("code", TOLD_BEFORE_IT)
def test_on_the_page_as_well(stage: Stage, kind: type, code: Code) -> None:
    """Each field that is typed with another value than the one that it shows."""
    met = 0
    for name, case in CASES.items():
        deed = case.asked(stage)
        if type(deed) is not kind or case.code is not code:
            continue
        with transaction.atomic():
            case.before(stage)
            asked = by_page.asks(stage, case.asked(stage))
            if asked is not None:
                was = {
                    field: "7" for field, was in asked.body.items() if field.startswith("was_") and was not in CHOSEN
                }
                answer = by_page.send(stage.browsers[case.who], replace(asked, body={**asked.body, **was}))
                assert (name, answers.of_page(answer).code) == (name, code)
                met += len(was)
            transaction.set_rollback(True)
    assert met
