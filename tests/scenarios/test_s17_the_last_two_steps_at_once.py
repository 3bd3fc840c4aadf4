"""S17: two people finish the last two steps at the same instant; the workflow finishes once, and so does the task."""

import pytest

from natrium.apps.database import sql
from natrium.domain.workflow.actions import Complete
from natrium.domain.workflow.definition import Order, Template
from tests.concurrency.racing import Runner, race
from tests.scenarios.acorn import Acorn, a_group, a_step, all_well
from tests.scenarios.conftest import SignsIn

PAIR = Template(name="Pair", groups=(a_group("only", a_step("a"), a_step("b"), order=Order.ANY),))


def finished(verb: str, workflow_or_task: int, *, task: bool = False) -> int:
    column = "subject_id" if task else "workflow_id"
    found = sql.value(
        f"SELECT COUNT(*) FROM activity_event WHERE verb = %s AND {column} = %s", (verb, workflow_or_task)
    )
    return int(found)


@pytest.mark.race
def test_both_are_done_and_the_end_comes_once(acorn: Acorn, process_env: dict[str, str], rounds: int) -> None:
    template = acorn.publish(PAIR)
    jobs = [acorn.attached_by_id(template) for _ in range(max(rounds, 200 if rounds > 3 else 0))]

    def deeds(key: str) -> list[dict[str, object]]:
        return [{"do": "Complete", "workflow": job.workflow_id, "with": [key]} for job in jobs]

    answers = race(process_env, Runner(acorn.cast.jo.pk, deeds("a")), Runner(acorn.cast.mark.pk, deeds("b")))
    assert {word for runner in answers for word, _ in runner} == {"done"}
    for job in jobs:
        assert finished("workflow.finished", job.workflow_id) == 1
        assert finished("task.done", job.task_id, task=True) == 1
        assert acorn.panel(job.workflow_id).progress.percent == 100
    all_well()


def test_one_after_the_other_through_pages(acorn: Acorn, signs_in: SignsIn) -> None:
    job = acorn.attached(PAIR)
    for member, key in ((acorn.cast.jo, "a"), (acorn.cast.mark, "b")):
        answer = signs_in(member).post(f"/workflows/{job.workflow_id}/steps/{key}/completion/")
        assert answer.status_code == 303
    assert finished("workflow.finished", job.workflow_id) == finished("task.done", job.task_id, task=True) == 1
    all_well()


def test_a_task_with_two_workflows_is_done_with_the_last_of_them(acorn: Acorn) -> None:
    first = acorn.attached(PAIR)
    other = Template(name="Other", groups=PAIR.groups)
    second = acorn.attached(other, task_id=first.task_id)
    acorn.act(acorn.cast.jo, first.workflow_id, Complete("a"), Complete("b"))
    assert finished("task.done", first.task_id, task=True) == 0
    acorn.act(acorn.cast.jo, second.workflow_id, Complete("a"), Complete("b"))
    assert finished("task.done", first.task_id, task=True) == 1
    all_well()
