"""The fixture F of the scenarios: Acorn, Widget Ltd and the template AA; and short words to act and to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natrium.apps.activity.verify import verify
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.practices.models import Member
from natrium.apps.workflows import doctor, operations, queries
from natrium.apps.workflows.operations import Acted, Attached, TaskFacts
from natrium.apps.workflows.panels import StepLine, WorkflowPanel
from natrium.domain.workflow.actions import Action, Complete
from natrium.domain.workflow.definition import Assign, GroupDefinition, Rule, StepDefinition, Template
from tests.builders import NOW, a_client, signed_in
from tests.cast import Cast, the_cast

TABLES = (
    "tasks_task", "workflows_workflow", "workflows_stepgroup", "workflows_step", "workflows_comment",
    "workflows_template", "workflows_templateversion", "workflows_stepgrouptemplate", "workflows_steptemplate",
    "clients_client", "practices_member", "activity_event",
)  # fmt: skip
OWNER = Assign(rule=Rule.TASK_OWNER)
MANAGER = Assign(rule=Rule.CLIENT_MANAGER)
PARTNER = Assign(rule=Rule.CLIENT_PARTNER)


def a_step(key: str, name: str = "", **facts: Any) -> StepDefinition:
    """A step, called like its key where nothing else is said."""
    return StepDefinition(key=key, name=name or key.capitalize(), **facts)


def a_group(key: str, *steps: StepDefinition, **facts: Any) -> GroupDefinition[StepDefinition]:
    """A group, called like its key."""
    return GroupDefinition(key=key, name=key.capitalize(), steps=steps, **facts)


AA = Template(
    name="Annual Accounts",
    groups=(
        a_group("info", a_step("request", "Request info", assign=OWNER), a_step("receive", "Receive info"), gate=True),
        a_group("prepare", a_step("draft", "Draft accounts"), gate=True),
        a_group(
            "review",
            a_step("manager-review", "Manager review", assign=MANAGER, review=True),
            a_step("partner-review", "Partner review", assign=PARTNER, required=True, review=True),
            gate=True,
        ),
        a_group(
            "finish",
            a_step("approve", "Client approval"),
            a_step("companies-house", "File at Companies House", required=True, filing=True),
            a_step("hmrc", "File with HMRC", required=True, filing=True),
        ),
    ),
)


@dataclass(slots=True)
class Acorn:
    """Everybody of the cast, Widget Ltd, and AA v1 published."""

    cast: Cast
    client: Client
    template_id: int

    def publish(self, template: Template) -> int:
        """A further template, published."""
        by = signed_in(self.cast.mark)
        return operations.import_template(by=by, at=NOW, template=template, and_publish=True)

    def task(self, owner: Member | None = None, title: str = "Accounts 2026", **facts: Any) -> int:
        """A new task for Widget Ltd, Jo's where nobody else is named."""
        owner = owner or self.cast.jo
        said = TaskFacts(**({"title": title, "client_id": self.client.pk, "owner_id": owner.pk} | facts))
        return operations.create_task(by=signed_in(self.cast.mark), at=NOW, facts=said)

    def attached(self, template: Template | None = None, task_id: int = 0, **facts: Any) -> Attached:
        """A template (AA where none is given) on a task, a new one where none is named."""
        template_id = self.publish(template) if template else self.template_id
        by, task_id = signed_in(self.cast.mark), task_id or self.task(**facts)
        return operations.attach(by=by, at=NOW, task_id=task_id, template_id=template_id)

    def attached_by_id(self, template_id: int) -> Attached:
        """A published template on a new task."""
        by = signed_in(self.cast.mark)
        return operations.attach(by=by, at=NOW, task_id=self.task(), template_id=template_id)

    def act(self, by: Member, workflow_id: int, *actions: Action, minutes: int = 0) -> Acted:
        """A member's actions on a workflow, some minutes after the beginning."""
        at = NOW + timedelta(minutes=minutes)
        return operations.act(by=signed_in(by), at=at, workflow_id=workflow_id, actions=actions)

    def panel(self, workflow_id: int, by: Member | None = None) -> WorkflowPanel:
        """The workflow as a member sees it (Mark where nobody is named)."""
        return queries.workflow(by=signed_in(by or self.cast.mark), at=NOW, workflow_id=workflow_id)

    def step(self, workflow_id: int, key: str, by: Member | None = None) -> StepLine:
        """One step of it."""
        groups = self.panel(workflow_id, by).groups
        return next(line for group in groups for line in group.steps if line.key == key)

    def work_to(self, workflow_id: int, key: str) -> None:
        """Priya completes every step before `key`."""
        for group in self.panel(workflow_id).groups:
            for line in group.steps:
                if line.key == key:
                    return
                self.act(self.cast.priya, workflow_id, done(line.key))


def done(key: str) -> Complete:
    """Completing with whatever evidence could be asked for."""
    return Complete(key, filed_on=date(2026, 11, 1), reference="ACC-1", note="Signed")


def the_acorn() -> Acorn:
    """Fixture F in the database."""
    cast = the_cast()
    client = a_client(cast.acorn, name="Widget Ltd", manager=cast.mark, partner=cast.priya)
    template_id = operations.import_template(by=signed_in(cast.mark), at=NOW, template=AA, and_publish=True)
    return Acorn(cast, client, template_id)


def rows_of(table: str, where: str = "1 = 1", params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """A table's rows with all their columns."""
    return list(sql.rows(f'SELECT * FROM "{table}" WHERE {where} ORDER BY id', tuple(params)))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables that operations write."""
    return {table: rows_of(table) for table in TABLES}


def all_well() -> None:
    """What is stored is what the rules say, and the record is whole."""
    assert list(doctor.examine()) == []
    assert verify() == []
