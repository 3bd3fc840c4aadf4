"""The practice of the journeys: Annual Accounts as the library has it in spirit, and tasks in every state."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from natrium.apps.clients.models import Client
from natrium.apps.practices.models import Member
from natrium.apps.practices.queries import SignedIn
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.apps.workflows.operations.templates import import_template
from natrium.domain.workflow.actions import Claim, Complete, Reopen, Skip, Start, Wait
from natrium.domain.workflow.definition import (
    Assign,
    Due,
    GroupDefinition,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)
from tests.builders import a_client, signed_in
from tests.cast import Cast, the_cast

OWNER = Assign(rule=Rule.TASK_OWNER)
MANAGER = Assign(rule=Rule.CLIENT_MANAGER)
PARTNER = Assign(rule=Rule.CLIENT_PARTNER)

ACCOUNTS = Template(
    name="Annual Accounts",
    description="Year-end accounts of a small limited company",
    groups=(
        GroupDefinition(
            key="gathering",
            name="Information Gathering",
            gate=True,
            steps=(
                StepDefinition(key="request", name="Request records", assign=OWNER, estimate=15, due=Due(days=-30)),
                StepDefinition(key="receive", name="Receive records", estimate=30, waits_on=WaitsOn.CLIENT),
            ),
        ),
        GroupDefinition(
            key="preparation",
            name="Draft Preparation",
            order=Order.ANY,
            gate=True,
            steps=(
                StepDefinition(
                    key="draft",
                    name="Prepare draft",
                    assign=OWNER,
                    estimate=240,
                    due=Due(days=-14),
                    guidance="Start from **last year's** file.\n\n- agree the bank\n- agree the loans",
                ),
                StepDefinition(key="tax", name="Compute corporation tax", estimate=90, due=Due(days=-10)),
            ),
        ),
        GroupDefinition(
            key="review",
            name="Internal Review",
            gate=True,
            steps=(
                StepDefinition(key="manager-review", name="Manager review", assign=MANAGER, blocking=True, review=True),
                StepDefinition(key="partner-review", name="Partner review", assign=PARTNER, required=True, review=True),
            ),
        ),
        GroupDefinition(
            key="approval",
            name="Approval and Filing",
            order=Order.ANY,
            steps=(
                StepDefinition(key="approve", name="Client approval", assign=OWNER, approval=True, required=True),
                StepDefinition(
                    key="file", name="File at Companies House", assign=OWNER, filing=True, after=("approve",)
                ),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class World:
    """The people, the client, the template and three tasks: to begin, half done with a stale sign-off, and bare."""

    cast: Cast
    client: Client
    template_id: int
    fresh_id: int
    half_id: int
    bare_id: int
    at: datetime


def the_world() -> World:
    """Everything, in the database."""
    cast = the_cast()
    at = datetime.now(UTC)
    client = a_client(cast.acorn, name="Hartwell Joinery Ltd", manager=cast.mark, partner=cast.priya)
    priya = signed_in(cast.priya)
    template_id = import_template(by=priya, at=at - timedelta(days=40), template=ACCOUNTS, and_publish=True)
    fresh = _task(priya, cast.jo, client, at, "Annual Accounts 2026", ())
    half = _task(priya, cast.jo, client, at, "Annual Accounts 2025", (template_id,))
    bare = _task(priya, cast.mark, client, at, "Year-end planning call", ())
    _work(cast, half, at)
    return World(cast, client, template_id, fresh, half, bare, at)


def _task(by: SignedIn, owner: Member, client: Client, at: datetime, title: str, templates: tuple[int, ...]) -> int:
    facts = TaskFacts(
        title=title,
        client_id=client.id,
        service="Annual accounts",
        owner_id=owner.id,
        target_date=(at + timedelta(days=9)).date(),
        statutory_date=(at + timedelta(days=40)).date(),
    )
    return operations.create_task(by=by, at=at - timedelta(days=30), facts=facts, template_ids=templates)


def workflow_of(by: SignedIn, task_id: int, at: datetime) -> int:
    """The first workflow on a task."""
    return queries.task_page(by=by, at=at, task_id=task_id).workflows[0].id


def _work(cast: Cast, task_id: int, at: datetime) -> None:
    """One step in each state: done, stale, in progress, waiting, skipped, blocked, ready."""
    jo, mark, priya = signed_in(cast.jo), signed_in(cast.mark), signed_in(cast.priya)
    workflow = workflow_of(priya, task_id, at)

    def act(by: SignedIn, days: int, *actions: Complete | Claim | Reopen | Skip | Start | Wait) -> None:
        operations.act(by=by, at=at - timedelta(days=days), workflow_id=workflow, actions=actions)

    act(jo, 20, Complete("request"))
    act(jo, 19, Claim("receive"), Complete("receive"))
    act(jo, 18, Complete("draft"))
    act(mark, 17, Skip("tax", "Dormant for the year"))
    act(mark, 16, Complete("manager-review"))
    act(jo, 15, Reopen("receive", "A bank statement was missing"))
    act(jo, 14, Complete("receive"))
