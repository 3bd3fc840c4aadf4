"""A task's facts changed in part where a colleague was quicker, and taken back; what follows is counted."""

from datetime import date, timedelta
from typing import Any

import pytest

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskEdited
from natrium.apps.workflows.panels import TaskPage
from natrium.domain.errors import Code, NotFound, StaleEdit
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import TARGET, Job, all_well, code_of, everything, written


def edit(job: Job, by: Any = None, **changes: Any) -> TaskEdited:
    who = signed_in(by or job.cast.mark)
    return operations.edit_task(by=who, at=NOW, task_id=job.task_id, changes=changes)


def partly(job: Job, by: Any, shown: dict[str, Any], **changes: Any) -> TaskEdited:
    who = signed_in(by)
    return operations.edit_task(by=who, at=NOW, task_id=job.task_id, changes=changes, shown=shown, partly=True)


def back(job: Job, seq: int, by: Any = None, minutes: int = 0) -> TaskEdited:
    who, at = signed_in(by or job.cast.mark), NOW + timedelta(minutes=minutes)
    return operations.take_task_edit_back(by=who, at=at, task_id=job.task_id, seq=seq)


def page(job: Job) -> TaskPage:
    return queries.task_page(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id)


def shape(job: Job) -> Any:
    """The task's facts, and of each step who has it and when it is due."""
    found = page(job)
    steps = [(s.key, s.assignee, s.due_on) for g in found.workflows[0].groups for s in g.steps]
    head = found.task
    facts = ("title", "service", "client_id", "owner", "target_date", "statutory_date", "other_dates", "status")
    rest = ("period_start", "period_end", "hold", "hold_reason")
    return [*(getattr(head, name) for name in (*facts, *rest)), steps]


class TestWhatFollows:
    def test_steps_for_the_task_owner_and_due_dates_are_counted(self, job: Job) -> None:
        done = edit(job, owner_id=job.cast.priya.pk)
        assert done.followed == sum(1 for s in page(job).workflows[0].groups for _ in s.steps if _.rule == "task owner")
        moved = edit(job, target_date=TARGET + timedelta(days=7))
        assert (moved.followed, moved.redated) == (
            0,
            sum(1 for g in page(job).workflows[0].groups for s in g.steps if s.due_on),
        )
        assert edit(job, target_date=TARGET + timedelta(days=7)).seq == 0


CHANGES: list[dict[str, Any]] = [
    {"title": "Other", "service": "Advice"},
    {"target_date": date(2027, 12, 1), "statutory_date": date(2028, 1, 1)},
    {"target_date": None},
    {"period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31)},
    {"other_dates": (("Tax to pay by", date(2027, 1, 31)), ("Board meets", date(2027, 2, 1)))},
    {"client_id": None},
]


class TestTakingBack:
    @pytest.mark.parametrize("changes", CHANGES, ids="-".join)
    def test_the_task_is_as_it_was_with_all_that_followed(self, job: Job, changes: dict[str, Any]) -> None:
        before = shape(job)
        done = edit(job, **changes)
        assert shape(job) != before
        back(job, done.seq)
        assert shape(job) == before
        all_well()

    def test_an_owner_and_who_gave_the_task_away(self, job: Job) -> None:
        before = shape(job)
        done = edit(job, job.cast.jo, owner_id=job.cast.priya.pk)
        assert code_of(lambda: edit(job, job.cast.jo, title="Mine")) is Code.NOT_ALLOWED
        back(job, done.seq, job.cast.jo)
        assert shape(job) == before
        all_well()

    @pytest.mark.parametrize("to", [Hold.ON_HOLD, Hold.CANCELLED])
    def test_a_hold_and_its_end(self, job: Job, to: Hold) -> None:
        by = signed_in(job.cast.mark)
        fresh, since = shape(job), job.line("ask").since

        def hold(to: Hold, reason: str = "") -> int:
            operations.hold(by=by, at=NOW + timedelta(minutes=1), task_id=job.task_id, to=to, reason=reason)
            return page(job).activity[0].id

        seq = hold(to, "They moved")
        held = shape(job)
        back(job, seq, minutes=2)
        assert shape(job) == fresh
        assert job.line("ask").since == since
        seq = hold(to, "They moved")
        resumed = hold(Hold.NONE)
        assert job.line("ask").since == NOW + timedelta(minutes=1)
        assert code_of(lambda: back(job, seq)) is Code.BUILT_ON
        back(job, resumed)
        assert shape(job) == held
        all_well()

    def test_both_events_stay(self, job: Job) -> None:
        done = edit(job, title="Other")
        assert written(lambda: back(job, done.seq)) == [("task.edited", "")]

    def test_refusals_change_nothing(self, job: Job) -> None:
        done = edit(job, title="Other")
        assert code_of(lambda: back(job, done.seq, job.cast.priya)) is Code.NOT_ALLOWED
        assert code_of(lambda: back(job, done.seq, minutes=11)) is Code.TOO_LATE
        assert code_of(lambda: back(job, done.seq + 1)) is Code.NOTHING_TO_UNDO
        assert code_of(lambda: back(job, 1)) is Code.NOTHING_TO_UNDO
        with pytest.raises(NotFound):
            back(job, done.seq, job.cast.ben)
        edit(job, job.cast.priya, title="Third")
        assert code_of(lambda: back(job, done.seq)) is Code.BUILT_ON
        other = edit(job, service="Advice")
        operations.hold(by=signed_in(job.cast.mark), at=NOW, task_id=job.task_id, to=Hold.ON_HOLD, reason="x")
        assert code_of(lambda: back(job, other.seq)) is Code.TASK_HELD

    def test_once(self, job: Job) -> None:
        done = edit(job, title="Other")
        undone = back(job, done.seq)
        assert code_of(lambda: back(job, done.seq)) is Code.NOTHING_TO_UNDO
        assert code_of(lambda: back(job, undone.seq)) is Code.NOTHING_TO_UNDO


class TestInPart:
    def test_only_what_somebody_else_changed_is_left(self, job: Job) -> None:
        shown = {"target_date": TARGET, "title": page(job).task.title}
        edit(job, target_date=date(2027, 8, 1))
        done = partly(job, job.cast.priya, shown, target_date=date(2027, 8, 9), title="Priya’s")
        assert [(one.field, one.value, one.by) for one in done.clashes] == [
            ("target_date", date(2027, 8, 1), "Mark Reed")
        ]
        assert (page(job).task.target_date, page(job).task.title) == (date(2027, 8, 1), "Priya’s")
        all_well()

    def test_where_all_clash_nothing_is_written(self, job: Job) -> None:
        shown = {"title": page(job).task.title}
        edit(job, title="Mark’s")
        before = everything()
        assert partly(job, job.cast.priya, shown, title="Priya’s").clashes[0].value == "Mark’s"
        assert everything() == before

    def test_a_whole_change_is_refused_whole(self, job: Job) -> None:
        edit(job, title="Mark’s")
        by = signed_in(job.cast.priya)
        with pytest.raises(StaleEdit, match="Mark Reed"):
            operations.edit_task(
                by=by, at=NOW, task_id=job.task_id, changes={"title": "Priya’s"}, shown={"title": "Old"}
            )

    def test_who_may_not_is_told_so_first(self, job: Job) -> None:
        edit(job, title="Mark’s")
        assert code_of(lambda: partly(job, job.cast.vera, {"title": "Old"}, title="V")) is Code.NOT_ALLOWED
