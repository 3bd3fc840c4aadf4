"""One job of Acorn's to work on: people, a client, a template that has every kind of step; and ways to look at rows."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from natrium.apps.activity import verify
from natrium.apps.clients.models import Client
from natrium.apps.database import sql
from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member
from natrium.apps.workflows import doctor, operations, queries
from natrium.apps.workflows.operations import Acted, TaskFacts
from natrium.apps.workflows.panels import StepLine
from natrium.domain.errors import Code, Refusal
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import Action, Complete, Edit
from natrium.domain.workflow.definition import Assign, Due, GroupDefinition, Order, Rule, StepDefinition, Template
from tests.builders import NOW, a_client, a_member, signed_in
from tests.cast import Cast, the_cast

OWNER, MANAGER, PARTNER = (
    Assign(rule=rule) for rule in (Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER)
)  # fmt: skip
TARGET = date(2027, 9, 30)


def step(key: str, **facts: Any) -> StepDefinition:
    """A step, called like its key."""
    return StepDefinition(key=key, **({"name": key.capitalize()} | facts))


def group(key: str, *steps: StepDefinition, **facts: Any) -> GroupDefinition[StepDefinition]:
    """A group, called like its key."""
    return GroupDefinition(key=key, **({"name": key.capitalize(), "steps": steps} | facts))


# Gather is in order and a gate; in Prepare the check blocks what follows; Finish has an approval and a filing.
ACCOUNTS = Template(
    name="Accounts",
    description="Everything that a step can be",
    groups=(
        group(
            "gather",
            step("ask", assign=OWNER, due=Due(days=-60), estimate=15),
            step("receive", due=Due(days=-30), estimate=30),
            gate=True,
        ),
        group(
            "prepare",
            step("draft", assign=OWNER, due=Due(days=-7), guidance="From **last year**."),
            step("notes"),
            step("check", assign=MANAGER, blocking=True, review=True, after=("draft",)),
            order=Order.ANY,
        ),
        group(
            "finish",
            step("sign", assign=PARTNER, required=True),
            step("approve", assign=OWNER, approval=True),
            step("file", filing=True, after=("approve",)),
            order=Order.ANY,
        ),
    ),
)
KEYS = tuple(one.key for one in ACCOUNTS.steps)
TABLES = (
    "tasks_task", "clients_client", "workflows_workflow", "workflows_stepgroup", "workflows_step",
    "workflows_comment", "workflows_template", "workflows_templateversion", "workflows_stepgrouptemplate",
    "workflows_steptemplate", "activity_event",
)  # fmt: skip
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that operations write, with all its columns."""
    return {table: list(sql.rows(f'SELECT * FROM "{table}" ORDER BY id')) for table in TABLES}


def events_after(number: int) -> list[dict[str, Any]]:
    """The record since an event: verb, key, data, who."""
    rows = sql.rows(
        "SELECT verb, step_key, data, member_name, chain, batch, name FROM activity_event WHERE id > %s ORDER BY id",
        (number,),
    )
    names = ("verb", "key", "data", "by", "chain", "batch", "name")
    return [dict(zip(names, row, strict=True)) | {"data": json.loads(row[2])} for row in rows]


def last_event() -> int:
    """The number of the newest event."""
    return int(sql.value("SELECT COALESCE(MAX(id), 0) FROM activity_event"))


def written(by: Callable[[], object]) -> list[tuple[str, str]]:
    """Verb and key of every event that a call writes, in order."""
    before = last_event()
    by()
    return [(event["verb"], event["key"]) for event in events_after(before)]


def refused(by: Callable[[], object]) -> Refusal:
    """The refusal of a call that must leave every row as it was."""
    before = everything()
    with pytest.raises(Refusal) as caught:
        by()
    assert everything() == before
    return caught.value


def code_of(by: Callable[[], object]) -> Code:
    """The code of the refusal, with every row left as it was."""
    return refused(by).code


def column(statement: str, params: Sequence[Any] = ()) -> list[Any]:
    """The first column of a query."""
    return [row[0] for row in sql.rows(statement, tuple(params))]


def all_well() -> None:
    """What is stored is what the rules say, and the record is whole."""
    assert list(doctor.examine()) == []
    assert verify.verify() == []


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements of the block, transaction control aside."""
    seen: list[str] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's
        if not statement.lstrip().upper().startswith(CONTROL):
            seen.append(statement)
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def done(key: str) -> Complete:
    """A completion with whatever evidence could be asked for."""
    return Complete(key, filed_on=NOW.date(), reference="CH-1", note="By e-mail")


@dataclass(slots=True)
class Job:
    """Acorn with a client of Mark's and Priya's, and the template Accounts on a task of Jo's."""

    cast: Cast
    client: Client
    template_id: int
    task_id: int
    workflow_id: int

    def task(self, title: str = "Accounts 2027", *, owner: Member | None = None, **facts: Any) -> int:
        """A further task, Jo's for the client where nothing else is said."""
        said = {"client_id": self.client.pk, "owner_id": (owner or self.cast.jo).pk, "target_date": TARGET} | facts
        return operations.create_task(by=signed_in(self.cast.mark), at=NOW, facts=TaskFacts(title=title, **said))

    def attach(self, task_id: int, template_id: int | None = None, **words: Any) -> operations.Attached:
        """A template on a task, by Mark."""
        return operations.attach(
            by=signed_in(self.cast.mark), at=NOW, task_id=task_id, template_id=template_id or self.template_id, **words
        )

    def publish(self, template: Template) -> int:
        """A further published template."""
        return operations.import_template(by=signed_in(self.cast.mark), at=NOW, template=template, and_publish=True)

    def act(self, by: Member, *actions: Action, after: int = 0, workflow_id: int | None = None) -> Acted:
        """Take actions on the workflow, so many minutes after its beginning."""
        at = NOW + timedelta(minutes=after)
        return operations.act(by=signed_in(by), at=at, workflow_id=workflow_id or self.workflow_id, actions=actions)

    def edit(self, by: Member, edit: Edit, **words: Any) -> Acted:
        """Edit the workflow."""
        return operations.edit(by=signed_in(by), at=NOW, workflow_id=self.workflow_id, edit=edit, **words)

    def work(self, *keys: str) -> None:
        """Priya completes steps, one after the other."""
        for key in keys:
            self.act(self.cast.priya, done(key))

    def line(self, key: str, at: datetime = NOW) -> StepLine:
        """A step as Mark sees it."""
        panel = queries.workflow(by=signed_in(self.cast.mark), at=at, workflow_id=self.workflow_id)
        return next(line for part in panel.groups for line in part.steps if line.key == key)

    def state(self, key: str) -> str:
        """The state of a step in a word."""
        return self.line(key).state

    def holder(self, key: str) -> str:
        """Who has a step, "" for nobody."""
        assignee = self.line(key).assignee
        return assignee.name if assignee else ""

    def leaver(self, role: Role = Role.MANAGER) -> tuple[Member, Callable[[], None]]:
        """A member, and what makes them leave."""
        member = a_member(self.cast.acorn, role=role, name="Gail Moss")

        def leave() -> None:
            practices.deactivate_member(by=signed_in(self.cast.olive), at=NOW, member_id=member.pk)

        return member, leave


def a_job() -> Job:
    """Everything, in the database."""
    cast = the_cast()
    client = a_client(cast.acorn, name="Widget Ltd", manager=cast.mark, partner=cast.priya)
    job = Job(cast, client, 0, 0, 0)
    job.template_id = job.publish(ACCOUNTS)
    job.task_id = job.task()
    job.workflow_id = job.attach(job.task_id).workflow_id
    return job
