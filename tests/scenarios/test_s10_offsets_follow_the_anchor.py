"""S10: when the task's date moves, open steps that nobody dated by hand move with it; the others stay."""

from datetime import UTC, date, datetime

import pytest

from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.actions import Complete, EditStep
from natrium.domain.workflow.definition import Due, GroupDefinition, Order, StepDefinition, Template
from tests.builders import signed_in
from tests.cast import the_cast

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
STEPS = tuple(
    StepDefinition(key=f"s{n}", name=f"Step {n}", due=Due(days=-days)) for n, days in ((1, 60), (2, 30), (3, 7))
)
T = Template(name="T", groups=(GroupDefinition(key="only", name="Only", order=Order.ANY, steps=STEPS),))


@pytest.mark.django_db
def test_offsets_follow_the_anchor_only_where_nobody_decided_otherwise() -> None:
    cast = the_cast()
    mark = signed_in(cast.mark)
    template = operations.import_template(by=mark, at=NOW, template=T, and_publish=True)
    facts = TaskFacts(title="Job", target_date=date(2027, 9, 30))
    task = operations.create_task(by=mark, at=NOW, facts=facts, template_ids=[template])
    workflow = queries.task_page(by=mark, at=NOW, task_id=task).workflows[0].id
    operations.act(by=mark, at=NOW, workflow_id=workflow, actions=[Complete("s1")])
    operations.edit(by=mark, at=NOW, workflow_id=workflow, edit=EditStep("s2", {"due_on": date(2027, 8, 1)}))

    operations.edit_task(by=mark, at=NOW, task_id=task, changes={"target_date": date(2027, 10, 10)})

    page = queries.task_page(by=mark, at=NOW, task_id=task)
    dues = [step.due_on for step in page.workflows[0].groups[0].steps]
    assert dues == [date(2027, 8, 1), date(2027, 8, 1), date(2027, 10, 3)]
    [said] = [line.words for line in page.activity if line.verb == "step.redated"]
    assert "Step 3" in said
    assert "target date moved" in said
