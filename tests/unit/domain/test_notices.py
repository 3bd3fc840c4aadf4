"""Who is told of what: each kind, nobody of their own doing, and nobody whose next action stays the same."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from natrium.domain.notices import BACK, HOLDING, MAILED, OPENING, WORDS, Kind, Line, Notice, StepNow, notices

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
JO, MARK, PRIYA, SAM = 1, 2, 3, 4


def line(verb: str, actor: int | None = JO, *, step: int | None = None, **data: Any) -> Line:
    return Line(verb, NOW, actor, step, 7 if step else None, data)


def step(
    id_: int = 10,
    *,
    holder: int | None = MARK,
    completed_by: int | None = None,
    is_open: bool = True,
    since: datetime | None = None,
    workflow: int | None = 7,
    signs: bool = False,
) -> StepNow:
    return StepNow(id_, workflow, holder, completed_by, is_open, since, signs)


def told(line_: Line, *steps: StepNow, owner: int | None = None) -> set[tuple[int, str, int]]:
    found = notices(line_, steps, owner=owner)
    assert len(found) == len(set(found))
    return {(one.member, one.kind.value, one.step) for one in found}


def handed(before: int | None, after: int | None) -> dict[str, Any]:
    people = [{"id": one, "name": "x"} if one else None for one in (before, after)]
    return {"changes": {"assignee": people}}


@pytest.mark.parametrize("verb", ["step.assigned", "step.followed", "step.edited", "step.undone"])
@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        (None, MARK, {(MARK, "assigned", 10)}),
        (MARK, PRIYA, {(PRIYA, "assigned", 10), (MARK, "lost", 10)}),
        (MARK, None, {(MARK, "lost", 10)}),
        (JO, MARK, {(MARK, "assigned", 10)}),
        (MARK, JO, {(MARK, "lost", 10)}),
        (None, JO, set()),
    ],
)
def test_a_step_that_goes_from_one_to_another(
    verb: str, before: int | None, after: int | None, who: set[tuple[int, str, int]]
) -> None:
    assert told(line(verb, step=10, **handed(before, after))) == who


def test_other_changes_of_a_step_hand_nothing_over() -> None:
    assert told(line("step.edited", step=10, changes={"name": ["a", "b"]}), step()) == set()
    assert told(line("group.edited", **handed(None, MARK))) == set()
    assert told(Line("step.assigned", NOW, JO, None, 7, handed(None, MARK))) == set()


def test_an_added_step_is_told_to_whom_it_found() -> None:
    steps = [step(10, holder=MARK), step(11, holder=PRIYA)]
    assert told(line("step.added", step=10), *steps) == {(MARK, "assigned", 10)}
    assert told(line("step.added", step=10), step(10, holder=None)) == set()
    assert told(line("step.added", MARK, step=10), *steps) == set()


def test_the_task_owner_is_told() -> None:
    assert told(line("task.created", owner_id=MARK)) == {(MARK, "assigned", 0)}
    assert told(line("task.created", owner_id=JO)) == set()
    assert told(line("task.created")) == set()
    changes = {"owner_id": [PRIYA, MARK]}
    assert told(line("task.edited", changes=changes)) == {(MARK, "assigned", 0), (PRIYA, "lost", 0)}
    assert told(line("task.edited", changes={"owner_id": [None, MARK]})) == {(MARK, "assigned", 0)}
    assert told(line("task.edited", changes={"owner_id": [MARK, None]})) == {(MARK, "lost", 0)}
    assert told(line("task.edited", changes={"title": ["a", "b"]}, owner_id=MARK)) == set()


def test_whoever_is_mentioned_is_told() -> None:
    mentions = [{"id": MARK, "name": "Mark"}, {"id": JO, "name": "Jo"}]
    assert told(line("comment.added", step=10, mentions=mentions)) == {(MARK, "mentioned", 10)}
    assert told(line("comment.added", mentions=mentions)) == {(MARK, "mentioned", 0)}
    assert told(line("comment.added", text="x"), step()) == set()


@pytest.mark.parametrize(
    ("verb", "who"),
    [
        ("step.reopened", {(MARK, "sent_back", 10), (PRIYA, "sent_back", 10)}),
        ("step.returned", {(MARK, "sent_back", 10), (PRIYA, "sent_back", 10)}),
        ("step.staled", {(PRIYA, "sent_back", 10)}),
        ("step.confirmed", set()),
    ],
)
def test_what_comes_back_is_told_to_whoever_did_it_and_has_it(verb: str, who: set[tuple[int, str, int]]) -> None:
    mine = step(holder=MARK, completed_by=PRIYA)
    assert told(line(verb, step=10), mine, step(11, holder=SAM, completed_by=SAM)) == who


def test_what_comes_back_from_nobody_is_told_to_nobody() -> None:
    assert told(line("step.reopened", step=10), step(holder=None, completed_by=None)) == set()
    assert told(line("step.reopened", step=10), step(holder=MARK, completed_by=MARK)) == {(MARK, "sent_back", 10)}


def test_a_skipped_step_is_told_to_who_had_it() -> None:
    assert told(line("step.skipped", step=10), step(), step(11, holder=PRIYA)) == {(MARK, "lost", 10)}
    assert told(line("step.skipped", step=10), step(holder=None)) == set()


@pytest.mark.parametrize("verb", sorted(HOLDING))
def test_a_held_task_is_told_to_its_owner_and_all_with_something_open(verb: str) -> None:
    steps = [step(10), step(11, holder=SAM, is_open=False), step(12, holder=None), step(13, holder=JO)]
    assert told(line(verb), *steps, owner=PRIYA) == {(MARK, "held", 0), (PRIYA, "held", 0)}
    assert told(line(verb), *steps) == {(MARK, "held", 0)}


@pytest.mark.parametrize("verb", sorted(OPENING))
def test_a_step_that_can_begin_since_then_is_told_to_who_has_it(verb: str) -> None:
    opened = step(11, holder=MARK, since=NOW)
    others = [
        step(12, holder=PRIYA, since=NOW - timedelta(seconds=1)),
        step(13, holder=PRIYA),
        step(14, holder=None, since=NOW),
        step(15, holder=JO, since=NOW),
        step(16, holder=PRIYA, since=NOW, workflow=8),
    ]
    found = told(Line(verb, NOW, JO, 10, 7), opened, *others)
    assert {one for one in found if one[1] == "ready"} == {(MARK, "ready", 11)}


def test_what_opens_nothing_is_not_told_as_if_it_did() -> None:
    assert told(line("step.started", step=10), step(11, since=NOW)) == set()
    assert told(line("step.waiting", step=10), step(11, since=NOW)) == set()


def test_what_concerns_the_whole_task_opens_the_steps_of_all_its_workflows() -> None:
    found = told(Line("group.removed", NOW, JO), step(10, since=NOW), step(11, holder=SAM, since=NOW, workflow=8))
    assert found == {(MARK, "ready", 10), (SAM, "ready", 11)}


def test_a_review_or_approval_that_can_begin_is_a_kind_of_its_own() -> None:
    found = told(line("step.completed", step=10), step(11, since=NOW, signs=True), step(12, holder=SAM, since=NOW))
    assert found == {(MARK, "review", 11), (SAM, "ready", 12)}


def test_who_is_told_of_a_step_anyway_is_not_told_as_well_that_it_can_begin() -> None:
    both = step(10, since=NOW), step(11, holder=MARK, since=NOW)
    assert told(line("step.added", step=10), *both) == {(MARK, "assigned", 10), (MARK, "ready", 11)}
    assert told(line("task.resumed"), step(10, since=NOW)) == {(MARK, "held", 0)}


def test_the_system_is_nobody() -> None:
    assert told(line("step.skipped", None, step=10), step()) == {(MARK, "lost", 10)}


def test_each_is_told_once() -> None:
    mentions = [{"id": MARK, "name": "Mark"}] * 2
    assert list(notices(line("comment.added", mentions=mentions), (), owner=None)) == [Notice(MARK, Kind.MENTIONED)]


def test_every_kind_has_words() -> None:
    assert set(WORDS) == set(Kind)
    assert {Kind.ASSIGNED, Kind.MENTIONED, Kind.REVIEW, Kind.SENT_BACK} == MAILED
    assert not BACK & HOLDING
