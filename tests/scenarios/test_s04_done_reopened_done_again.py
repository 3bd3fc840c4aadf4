"""S04: work that follows itself has one successor, by its first completion, however often it is reopened."""

from datetime import date

from natrium.apps.database import sql
from natrium.apps.workflows import operations as workflows
from natrium.domain.workflow.actions import Complete, Reopen
from tests.builders import signed_in
from tests.scenarios.acorn import Acorn, all_well
from tests.scenarios.series import a_service, noon, starts, sweep


def test_one_successor_due_thirty_days_after_the_first_completion(acorn: Acorn) -> None:
    service = a_service(acorn, "Chase", mode="after_completion", every_days=30, schedule=None, title_pattern="Chase")
    starts(acorn, service, date(2026, 5, 1))
    [first] = sweep(date(2026, 5, 1)).created
    assert (first.due, sweep(date(2026, 6, 9)).created) == (date(2026, 5, 31), [])
    assert first.task_id is not None
    for day, action in (
        (date(2026, 6, 10), Complete("task")), (date(2026, 6, 11), Reopen("task", "Something was missing")),
        (date(2026, 6, 12), Complete("task")),
    ):  # fmt: skip
        workflows.act_on_task(by=signed_in(acorn.cast.mark), at=noon(day), task_id=first.task_id, action=action)
    [second] = sweep(date(2026, 6, 12)).created
    assert second.due == date(2026, 7, 10)
    assert sweep(date(2026, 8, 1)).created == []
    lines = sql.rows(
        """SELECT verb FROM activity_event WHERE chain = 'task' AND subject_id = %s
           AND verb IN ('task.done', 'task.reopened') ORDER BY id""",
        (first.task_id,),
    )
    assert [verb for (verb,) in lines] == ["task.done", "task.reopened", "task.done"]
    all_well()
