"""S18: what is sent twice is done once, and answered with the same ids."""

from natrium.apps.database import sql
from natrium.domain.workflow.actions import Complete
from tests.scenarios.acorn import Acorn, all_well, everything
from tests.scenarios.conftest import Calls, SignsIn


def lines(verb: str) -> int:
    return int(sql.value("SELECT COUNT(*) FROM activity_event WHERE verb = %s", (verb,)))


def workflows(task: int) -> list[int]:
    return [row[0] for row in sql.rows("SELECT id FROM workflows_workflow WHERE task_id = %s", (task,))]


def test_completing_twice_is_a_repetition_that_names_who_and_when(acorn: Acorn) -> None:
    job = acorn.attached().workflow_id
    acorn.act(acorn.cast.jo, job, Complete("request"))
    before = everything()
    again = acorn.act(acorn.cast.jo, job, Complete("request"), minutes=1)
    assert again.verbs == ()
    [repetition] = again.repetitions
    assert repetition.by is not None
    assert (repetition.key, repetition.by.name) == ("request", "Jo Evans")
    assert everything() == before


def test_attaching_twice_gives_the_same_workflow(acorn: Acorn) -> None:
    first = acorn.attached()
    before = everything()
    again = acorn.attached(task_id=first.task_id)
    assert (again.workflow_id, again.created) == (first.workflow_id, False)
    assert everything() == before


def test_the_pages_buttons_pressed_twice_do_it_once(acorn: Acorn, signs_in: SignsIn) -> None:
    task, mark = acorn.task(), signs_in(acorn.cast.mark)
    where = {mark.post(f"/tasks/{task}/workflows/", {"template_id": acorn.template_id})["Location"] for _ in range(3)}
    assert len(where) == 1
    [job] = workflows(task)
    answers = [mark.post(f"/workflows/{job}/steps/request/completion/") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert (lines("workflow.attached"), lines("step.completed")) == (1, 1)
    all_well()


def test_the_api_answers_the_same_key_the_same(acorn: Acorn, calls: Calls) -> None:
    task, program = acorn.task(), calls(acorn.cast.mark)
    body = {"template_id": acorn.template_id}
    attached = [program("post", f"/tasks/{task}/workflows", body, idempotency_key="one") for _ in range(3)]
    assert {answer.content for answer in attached} == {attached[0].content}
    assert {answer.status_code for answer in attached} == {201}
    job = attached[0].json()["workflow_id"]
    assert workflows(task) == [job]
    address = f"/workflows/{job}/steps/request/complete"
    done = [program("post", address, {}, idempotency_key="two") for _ in range(3)]
    assert {answer.content for answer in done} == {done[0].content}
    without = program("post", address, {}).json()
    assert [one["step"] for one in without["repetitions"]] == ["request"]
    assert lines("step.completed") == 1
    all_well()
