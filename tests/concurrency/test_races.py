"""Two people at the same instant never both win, and never bring a workflow into a state that the rules forbid."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from natrium.apps.activity import verify
from natrium.apps.database import sql
from natrium.apps.workflows import doctor, operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import Complete
from natrium.domain.workflow.definition import Assign, GroupDefinition, Order, Rule, StepDefinition, Template
from tests.builders import a_client, signed_in
from tests.cast import Cast, the_cast
from tests.concurrency.racing import Runner, race
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

MANAGERS = Assign(rule=Rule.CLIENT_MANAGER)
PAIR = Template(
    name="Pair",
    groups=(
        GroupDefinition(
            key="only", name="Only", order=Order.ANY,
            steps=(StepDefinition(key="a", name="A"), StepDefinition(key="b", name="B", assign=MANAGERS)),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """Acorn, a client of Mark's, and the template Pair."""

    cast: Cast
    client: int
    template: int

    def task(self) -> int:
        """A new task of Jo's for the client."""
        facts = TaskFacts(title="Race", client_id=self.client, owner_id=self.cast.jo.pk)
        return operations.create_task(by=signed_in(self.cast.mark), at=datetime.now(UTC), facts=facts)

    def workflow(self) -> int:
        """Pair on a new task."""
        attached = operations.attach(
            by=signed_in(self.cast.mark), at=datetime.now(UTC), task_id=self.task(), template_id=self.template
        )
        return attached.workflow_id


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Return the scene, committed."""
    del transactional_db
    cast = the_cast()
    client = a_client(cast.acorn, name="Widget Ltd", manager=cast.mark, partner=cast.priya)
    template = operations.import_template(
        by=signed_in(cast.mark), at=datetime.now(UTC), template=PAIR, and_publish=True
    )
    return Scene(cast, client.pk, template)


def all_well() -> None:
    """What is stored is what the rules say, and the record is whole."""
    assert list(doctor.examine()) == []
    assert verify.verify() == []


def deed(workflow: int, do: str, *with_: object) -> dict[str, object]:
    """One action on a workflow."""
    return {"do": do, "workflow": workflow, "with": with_}


@pytest.mark.race
def test_the_last_two_steps_at_once_finish_workflow_and_task_once(
    scene: Scene, process_env: dict[str, str], rounds: int
) -> None:
    """Scenario S17."""
    workflows = [scene.workflow() for _ in range(rounds * 10)]
    answers = race(
        process_env,
        Runner(scene.cast.jo.pk, [deed(workflow, "Complete", "a") for workflow in workflows]),
        Runner(scene.cast.mark.pk, [deed(workflow, "Complete", "b") for workflow in workflows]),
    )
    assert {word for answer in answers for word, _ in answer} == {"done"}
    counts = dict(sql.rows("SELECT verb, COUNT(*) FROM activity_event GROUP BY verb"))
    assert counts["workflow.finished"] == counts["task.done"] == len(workflows)
    assert sql.value("SELECT COUNT(*) FROM tasks_task WHERE status = 'done'") == len(workflows)
    all_well()


@pytest.mark.race
def test_of_two_claims_one_wins_and_the_other_is_told(scene: Scene, process_env: dict[str, str], rounds: int) -> None:
    workflows = [scene.workflow() for _ in range(rounds * 10)]
    deeds = [deed(workflow, "Claim", "a") for workflow in workflows]
    first, second = race(process_env, Runner(scene.cast.jo.pk, deeds), Runner(scene.cast.priya.pk, deeds))
    for mine, theirs in zip(first, second, strict=True):
        assert {mine[0], theirs[0]} == {"done", "taken"}
    all_well()


@pytest.mark.race
def test_a_double_completion_is_one(scene: Scene, process_env: dict[str, str], rounds: int) -> None:
    """Scenario S18."""
    workflows = [scene.workflow() for _ in range(rounds * 10)]
    deeds = [deed(workflow, "Complete", "a") for workflow in workflows]
    first, second = race(process_env, Runner(scene.cast.jo.pk, deeds), Runner(scene.cast.jo.pk, deeds))
    for mine, theirs in zip(first, second, strict=True):
        assert {mine[0], theirs[0]} == {"done", "repeated"}
    assert sql.value("SELECT COUNT(*) FROM activity_event WHERE verb = 'step.completed'") == len(workflows)
    all_well()


@pytest.mark.race
def test_a_double_attach_gives_one_workflow(scene: Scene, process_env: dict[str, str], rounds: int) -> None:
    """Scenario S18."""
    tasks = [scene.task() for _ in range(rounds * 10)]
    deeds = [{"do": "attach", "task": task, "template": scene.template} for task in tasks]
    first, second = race(process_env, Runner(scene.cast.mark.pk, deeds), Runner(scene.cast.mark.pk, deeds))
    assert [one[1] for one in first] == [one[1] for one in second]
    assert sql.value("SELECT COUNT(*) FROM workflows_workflow") == len(tasks)
    all_well()


@pytest.mark.race
def test_a_client_changing_hands_while_templates_are_attached_leaves_no_step_behind(
    scene: Scene, process_env: dict[str, str], rounds: int
) -> None:
    tasks = [scene.task() for _ in range(rounds * 6)]
    attaching = [{"do": "attach", "task": task, "template": scene.template} for task in tasks]
    people = {"do": "people", "client": scene.client, "partner": scene.cast.priya.pk}
    changing = [people | {"manager": (scene.cast.priya if n % 2 else scene.cast.mark).pk} for n in range(9)]
    race(process_env, Runner(scene.cast.mark.pk, attaching), Runner(scene.cast.olive.pk, changing))
    manager = sql.value("SELECT manager_id FROM clients_client WHERE id = %s", (scene.client,))
    holders = {row[0] for row in sql.rows("SELECT DISTINCT assignee_id FROM workflows_step WHERE key = 'b'")}
    assert holders == {manager}
    all_well()


@pytest.mark.race
def test_completing_while_sending_back_never_leaves_a_step_signed_off_over_an_open_one(
    scene: Scene, process_env: dict[str, str], rounds: int
) -> None:
    chain = Template(
        name="Chain",
        groups=(
            GroupDefinition(
                key="only", name="Only", steps=(StepDefinition(key="a", name="A"), StepDefinition(key="b", name="B"))
            ),
        ),
    )
    now = datetime.now(UTC)
    template = operations.import_template(by=signed_in(scene.cast.mark), at=now, template=chain, and_publish=True)
    workflows = []
    for _ in range(rounds * 10):
        task = scene.task()
        made = operations.attach(by=signed_in(scene.cast.mark), at=now, task_id=task, template_id=template)
        operations.act(by=signed_in(scene.cast.jo), at=now, workflow_id=made.workflow_id, actions=[Complete("a")])
        workflows.append(made.workflow_id)
    race(
        process_env,
        Runner(scene.cast.jo.pk, [deed(workflow, "Complete", "b") for workflow in workflows]),
        Runner(scene.cast.mark.pk, [deed(workflow, "Reopen", "a", "again") for workflow in workflows]),
    )
    wrong = """SELECT COUNT(*) FROM workflows_step b JOIN workflows_step a ON a.workflow_id = b.workflow_id
               WHERE a.key = 'a' AND b.key = 'b' AND a.status = 'in_progress' AND b.status = 'done' AND NOT b.stale"""
    assert sql.value("SELECT COUNT(*) FROM workflows_step WHERE key = 'a' AND status = 'in_progress'") == len(workflows)
    assert sql.value(wrong) == 0
    all_well()
