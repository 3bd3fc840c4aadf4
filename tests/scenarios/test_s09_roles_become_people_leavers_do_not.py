"""S09: a rule that finds nobody leaves the step unassigned and says so; nothing goes to somebody who has left."""

from datetime import UTC, datetime

import pytest

from natrium.apps.clients.models import Client
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.definition import Assign, GroupDefinition, Rule, StepDefinition, Template
from tests.builders import a_client, signed_in
from tests.cast import the_cast

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
RULES = (Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
STEPS = tuple(
    StepDefinition(key=rule.value.replace("_", "-"), name=rule.words, assign=Assign(rule=rule)) for rule in RULES
)
AA = Template(name="AA", groups=(GroupDefinition(key="only", name="Only", steps=STEPS),))


@pytest.mark.django_db
def test_roles_become_people_and_leavers_do_not() -> None:
    cast = the_cast()
    mark = signed_in(cast.mark)
    gone = a_client(cast.acorn, name="Gone Ltd")
    Client.objects.filter(pk=gone.pk).update(manager=cast.lea)
    template = operations.import_template(by=mark, at=NOW, template=AA, and_publish=True)
    facts = TaskFacts(title="Accounts", client_id=gone.pk, owner_id=cast.jo.pk)
    task = operations.create_task(by=mark, at=NOW, facts=facts)
    answer = operations.attach(by=mark, at=NOW, task_id=task, template_id=template)

    assert len(answer.warnings) == 2
    page = queries.task_page(by=mark, at=NOW, task_id=task)
    owner, manager, partner = page.workflows[0].groups[0].steps
    assert (owner.assignee and owner.assignee.name) == cast.jo.name
    assert (manager.assignee, partner.assignee) == (None, None)
    assert "manager" in manager.unresolved
    assert "partner" in partner.unresolved
    assert len(page.warnings) == 2

    assert (
        operations.change_client_people(
            by=mark, at=NOW, client_id=gone.pk, manager_id=cast.mark.pk, partner_id=cast.priya.pk
        )
        == 2
    )
    page = queries.task_page(by=mark, at=NOW, task_id=task)
    assert page.warnings == ()
    assert [s.assignee.name for s in page.workflows[0].groups[0].steps if s.assignee] == [
        cast.jo.name, cast.mark.name, cast.priya.name,
    ]  # fmt: skip
