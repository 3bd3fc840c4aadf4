"""A firm worth a picture: Lisle Marsh, with Hartwell's accounts half way through and a manager's list."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from natrium.apps.clients.models import Client
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations, queries
from natrium.apps.workflows.operations import TaskFacts
from natrium.apps.workflows.operations.templates import import_template
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import Action, Claim, Comment, Complete, Reopen, Skip, Start, Wait
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
from tests.builders import a_client, a_member, a_practice, signed_in, the_owner

LONDON = ZoneInfo("Europe/London")


def _step(key: str, name: str, rule: str, estimate: int, days: int, *flags: str, after: str = "") -> StepDefinition:
    return StepDefinition(
        key=key,
        name=name,
        assign=Assign(rule=Rule(rule)),
        estimate=estimate,
        due=Due(days=days),
        waits_on=WaitsOn.CLIENT if "client" in flags else None,
        after=(after,) if after else (),
        guidance=GUIDANCE.get(key, ""),
        blocking="blocking" in flags,
        required="required" in flags,
        review="review" in flags,
        approval="approval" in flags,
        filing="filing" in flags,
    )


GUIDANCE = {
    "check": "Use the **records checklist**. Look for:\n\n- bank statements to the year end\n- hire purchase and loans",
    "accounts": "Start from last year's file, and agree the lease note with the client before anything else.",
}
ACCOUNTS = Template(
    name="Annual Accounts",
    description="Limited companies, FRS 102 Section 1A or FRS 105, with corporation tax.",
    groups=(
        GroupDefinition(
            key="gathering",
            name="Information Gathering",
            gate=True,
            steps=(
                _step("request", "Request records from client", "task_owner", 10, -60),
                _step("receive", "Receive and log records", "unassigned", 20, -50),
                _step("check", "Check records are complete", "task_owner", 45, -45, "blocking"),
                _step("visit", "Visit premises for stock count", "task_owner", 120, -44),
                _step("concern", "Confirm going concern with directors", "client_manager", 30, -40),
            ),
        ),
        GroupDefinition(
            key="draft",
            name="Draft Preparation",
            order=Order.ANY,
            gate=True,
            steps=(
                _step("import", "Import trial balance and map codes", "unassigned", 60, -35),
                _step("journals", "Post year-end journals", "task_owner", 120, -28),
                _step("loans", "Reconcile directors' loan accounts", "task_owner", 90, -20, "required"),
                _step("accounts", "Draft statutory accounts, FRS 102 Section 1A", "task_owner", 240, -15),
                _step("tax", "Prepare corporation tax computation", "unassigned", 90, -14),
                _step("stock", "Confirm stock valuation at 31 March", "task_owner", 30, -14, "client"),
            ),
        ),
        GroupDefinition(
            key="review",
            name="Internal Review",
            gate=True,
            steps=(
                _step("manager", "Manager review", "client_manager", 75, -9, "blocking", "review"),
                _step("points", "Clear review points", "task_owner", 60, -7),
                _step("partner", "Partner review", "client_partner", 30, -3, "review", "required"),
            ),
        ),
        GroupDefinition(
            key="filing",
            name="Client Approval and Filing",
            steps=(
                _step("send", "Send accounts to client for approval", "task_owner", 15, -2),
                _step("approve", "Client approves and signs", "task_owner", 15, 0, "approval", "required", "client"),
                _step("house", "File with Companies House", "task_owner", 20, 3, "filing", after="approve"),
                _step("hmrc", "File with HMRC (CT600)", "task_owner", 30, 4, "filing", after="approve"),
            ),
        ),
    ),
)
VAT = Template(
    name="VAT Return",
    description="A quarterly return under Making Tax Digital.",
    groups=(
        GroupDefinition(
            key="vat",
            name="VAT return",
            steps=(
                _step("records", "Records in", "unassigned", 20, -10, "client"),
                _step("reconcile", "Reconcile and review", "task_owner", 60, -5),
                _step("manager", "Manager review", "client_manager", 40, -3, "review"),
                _step("submit", "Submit through MTD", "task_owner", 10, 0, "filing"),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Firm:
    """The manager who looks, and what there is to look at."""

    tom: Member
    accounts_id: int
    stale_id: int
    bare_id: int
    template_id: int


class _Making:
    """The firm in the making: its people, its moment, and short ways to do things."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC).astimezone(LONDON)
        practice = a_practice(name="Lisle Marsh LLP", owner="Priya Raman", at=self.ago(70))
        self.practice, self.priya = practice, the_owner(practice)
        self.tom = a_member(practice, role=Role.MANAGER, name="Tom Adeyemi", at=self.ago(70))
        self.megan, self.jack = (
            a_member(practice, name=name, at=self.ago(70)) for name in ("Megan Doyle", "Jack Whitby")
        )
        self.templates = [
            import_template(by=signed_in(self.priya), at=self.ago(65), template=one, and_publish=True)
            for one in (ACCOUNTS, VAT)
        ]

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        day = self.at - timedelta(days=days)
        return day.replace(hour=hour, minute=minute) if days else self.at

    def client(self, name: str) -> Client:
        return a_client(self.practice, name=name, manager=self.tom, partner=self.priya, at=self.ago(66))

    def task(self, title: str, client: Client, owner: Member, days: int, *templates: int, **more: date | str) -> int:
        facts = TaskFacts(
            title=title,
            client_id=client.id,
            owner_id=owner.id,
            target_date=self.at.date() + timedelta(days=days),
            statutory_date=self.at.date() + timedelta(days=days + 20),
            **more,  # type: ignore[arg-type]  # a day or a word, as the field wants
        )
        return operations.create_task(by=signed_in(self.priya), at=self.ago(55), facts=facts, template_ids=templates)

    def act(self, task_id: int, *acts: tuple[Member, datetime, Action]) -> None:
        page = queries.task_page(by=signed_in(self.priya), at=self.at, task_id=task_id)
        for member, at, action in acts:
            operations.act(by=signed_in(member), at=at, workflow_id=page.workflows[0].id, actions=[action])


def the_firm() -> Firm:
    """Everything, in the database."""
    making = _Making()
    accounts = _hartwell(making)
    stale = _kestrel(making)
    for name, days in (
        ("Tidewater Marine Services Ltd", -17),
        ("Moorside Pharmacy Ltd", 4),
        ("Juniper Nurseries Ltd", 3),
    ):
        task = making.task(
            "VAT return, quarter to 31 October", making.client(name), making.tom, days, making.templates[1]
        )
        making.act(task, (making.jack, making.ago(20), Complete("records")))
        if name.startswith("Juniper"):
            waiting = Wait("reconcile", "The October bank statements", WaitsOn.CLIENT)
            making.act(task, (making.tom, making.ago(3), waiting))
    bare = making.task("Year-end planning call", making.client("Linnet Studio Ltd"), making.tom, 2)
    return Firm(making.tom, accounts, stale, bare, making.templates[0])


def _hartwell(making: _Making) -> int:
    year: dict[str, date | str] = {
        "period_start": date(2025, 4, 1),
        "period_end": date(2026, 3, 31),
        "service": "Annual accounts",
    }
    client = making.client("Hartwell Joinery Ltd")
    task = making.task("Annual accounts", client, making.megan, 17, making.templates[0], **year)
    tom, megan, jack = making.tom, making.megan, making.jack
    lease = "Lease moved to the directors' pension in May. Use the new rent from 1 June, and disclose."
    making.act(
        task,
        (megan, making.ago(48, 9, 12), Complete("request")),
        (jack, making.ago(38, 11, 40), Claim("receive")),
        (jack, making.ago(38, 11, 41), Complete("receive")),
        (jack, making.ago(35, 15, 5), Complete("check")),
        (tom, making.ago(34, 16, 31), Skip("visit", "Stock below £20k, count not needed this year.")),
        (tom, making.ago(31, 10, 20), Complete("concern")),
        (jack, making.ago(21, 16, 40), Complete("import")),
        (jack, making.ago(11, 14, 12), Complete("journals")),
        (megan, making.ago(5, 17, 3), Complete("loans")),
        (megan, making.ago(7, 9, 30), Wait("stock", "Directors' valuation of stock")),
        (megan, making.ago(3, 14, 2), Start("accounts")),
        (megan, making.ago(3, 14, 5), Comment("accounts", lease)),
    )
    return task


def _kestrel(making: _Making) -> int:
    client = making.client("Kestrel Haulage Ltd")
    task = making.task("Annual accounts", client, making.megan, -3, making.templates[0])
    settled = (
        "request",
        "receive",
        "check",
        "visit",
        "concern",
        "import",
        "journals",
        "loans",
        "accounts",
        "tax",
        "stock",
    )
    making.act(
        task,
        *((making.priya, making.ago(20, 10, place), Complete(key)) for place, key in enumerate(settled)),
        (making.tom, making.ago(10), Complete("manager")),
        (making.megan, making.ago(9), Complete("points")),
        (making.priya, making.ago(4), Reopen("accounts", "The lease note is wrong")),
    )
    return task
