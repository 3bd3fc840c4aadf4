"""However much there is, the pages that everybody uses all day take the same few statements, session included."""

from collections.abc import Callable

import pytest

from natrium.apps.clients.models import Client
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts, attach_many, import_template
from natrium.domain.workflow.definition import Assign, GroupDefinition, Order, Rule, StepDefinition, Template
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted, group, step
from tests.journeys.world import World, workflow_of
from tests.web.conftest import As

OWNER = Assign(rule=Rule.TASK_OWNER)


def a_template(name: str, steps: int) -> Template:
    """A step that all others wait for."""
    others: list[StepDefinition] = [step(f"s{number}", assign=OWNER) for number in range(steps - 1)]
    groups: tuple[GroupDefinition[StepDefinition], ...] = (
        group("first", step("begin", assign=OWNER, blocking=True)),
        group("rest", *others, order=Order.ANY),
    )
    return Template(name=name, groups=groups)


def a_task(world: World, *templates: Template) -> int:
    """A task of Jo's with a workflow of each."""
    priya = signed_in(world.cast.priya)
    ids = tuple(import_template(by=priya, at=world.at, template=one, and_publish=True) for one in templates)
    facts = TaskFacts(title=templates[0].name, owner_id=world.cast.jo.id)
    return operations.create_task(by=priya, at=world.at, facts=facts, template_ids=ids)


def taken(by: Callable[[], object]) -> int:
    """How many statements a request takes."""
    with counted() as seen:
        by()
    return len(seen)


@pytest.fixture
def tasks(world: World) -> tuple[int, int]:
    """One task with ten steps, and one with a thousand."""
    few = a_task(world, a_template("Ten", 10))
    many = a_task(world, a_template("Five hundred", 500), a_template("Five hundred more", 500))
    return few, many


def test_a_task_page_of_ten_and_of_a_thousand_steps(world: World, as_: As, tasks: tuple[int, int]) -> None:
    jo = as_(world.cast.jo)
    for task_id in tasks:
        jo.get(f"/tasks/{task_id}/")  # a version is read once by each process
    few, many = (taken(lambda task_id=task_id: jo.get(f"/tasks/{task_id}/")) for task_id in tasks)
    assert few == many <= 10


def test_a_completion_among_ten_and_among_a_thousand_steps(world: World, as_: As, tasks: tuple[int, int]) -> None:
    jo = as_(world.cast.jo)
    workflows = [workflow_of(signed_in(world.cast.jo), task_id, world.at) for task_id in tasks]
    for key in ("begin", "s1"):
        few, many = (
            taken(lambda id_=id_, key=key: jo.post(f"/workflows/{id_}/steps/{key}/completion/")) for id_ in workflows
        )
        assert few == many <= 8


def test_my_work_of_ten_and_of_a_thousand_tasks(world: World, as_: As) -> None:
    priya, jo = signed_in(world.cast.priya), as_(world.cast.jo)
    template_id = import_template(by=priya, at=world.at, template=a_template("Ten", 10), and_publish=True)

    def more(count: int) -> int:
        facts = [TaskFacts(title=f"Task {number}", owner_id=world.cast.jo.id) for number in range(count)]
        ids = [operations.create_task(by=priya, at=world.at, facts=one) for one in facts]
        attach_many(by=priya, at=world.at, task_ids=ids, template_id=template_id)
        return taken(lambda: jo.get("/my-work/"))

    assert more(10) == more(990) <= 8


def test_the_lists_of_clients_and_people_of_ten_and_of_a_thousand(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)

    def more(count: int) -> tuple[int, ...]:
        firm = world.cast.acorn
        Member.objects.bulk_create(
            Member(practice=firm, name=f"Person {n}", email=f"p{n}.{count}@acorn.example", role=1) for n in range(count)
        )
        Client.objects.bulk_create(
            Client(
                practice=firm, name=f"Client {n}", kind="limited_company", manager=world.cast.mark, created_at=world.at
            )
            for n in range(count)
        )
        pages = ("/clients/", "/clients/?q=client", "/clients/?mine=1&all=1", "/people/")
        return tuple(taken(lambda page=page: mark.get(page)) for page in pages)

    assert more(10) == more(990)
    assert max(more(1)) <= 5


def test_what_one_delegated_of_ten_and_of_a_thousand_tasks(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)

    def more(count: int) -> int:
        facts = [
            TaskFacts(title=f"Call {number}", client_id=world.client.id, owner_id=world.cast.jo.id)
            for number in range(count)
        ]
        for one in facts:
            operations.create_task(by=signed_in(world.cast.mark), at=world.at, facts=one)
        return taken(lambda: mark.get("/my-work/delegated/"))

    assert more(10) == more(990) <= 5
