"""Two practices alike: Quercus, whose people are tried, and Betula, whose ids must never get them anywhere.

Each has the same people and things, every name of them with the practice's own word in it. So one glance at an
answer tells whether it says anything of the other practice.
"""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.catalogue import operations as catalogue
from natrium.apps.catalogue.operations import RecurringFacts
from natrium.apps.clients import contacts
from natrium.apps.clients.operations import NewContact
from natrium.apps.database import sql
from natrium.apps.files import operations as files
from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import Action, Complete, Reopen, Skip, Start, Wait
from natrium.domain.workflow.definition import Assign, GroupDefinition, Order, Rule, StepDefinition, Template, WaitsOn
from natrium.domain.workflow.model import Hold
from tests.builders import a_client, a_member, a_practice, signed_in, the_owner

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLES = {
    "viewer": Role.VIEWER,
    "staff": Role.STAFF,
    "task owner": Role.STAFF,
    "assignee": Role.STAFF,
    "manager": Role.MANAGER,
    "partner": Role.PARTNER,
    "leaver": Role.STAFF,
}
NAMES = dict(
    zip([*ROLES, "owner"], ["Vera", "Sam", "Jo", "Ann", "Mark", "Priya", "Lea", "Olive"], strict=True),
)


@dataclass(slots=True)
class Side:
    """A practice: its `word`, its people by part, and the ids of its things by name ("task", "client" and so on)."""

    word: str
    people: dict[str, Member]
    ids: dict[str, int]
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def browser(self, part: str) -> Client:
        """A browser in which somebody is signed in; a new one, since an answer may take its cookie away."""
        client = Client()
        client.cookies["sessionid"] = self.sessions[part]
        return client

    def act(self, by: Member, *actions: Action) -> None:
        """Take actions on the workflow, now."""
        operations.act(by=signed_in(by), at=now(), workflow_id=self.ids["workflow"], actions=actions)

    def a_task(self, title: str, **facts: object) -> int:
        """A further task of Jo's, made by Mark."""
        said = {"client_id": self.ids["client"], "owner_id": self.people["task owner"].pk} | facts
        task = TaskFacts(title=f"{title} {self.word}", **said)  # type: ignore[arg-type]
        return operations.create_task(by=signed_in(self.people["manager"]), at=now(), facts=task)


def now() -> datetime:
    """This moment: undo and idempotency look at the clock."""
    return datetime.now(UTC)


def the_template(word: str) -> Template:
    """Steps of every kind, side by side: nothing waits for anything but what is in the last two groups."""
    manager, partner = Assign(rule=Rule.CLIENT_MANAGER), Assign(rule=Rule.CLIENT_PARTNER)

    def step(key: str, **facts: object) -> StepDefinition:
        return StepDefinition(key=key, name=f"{key.capitalize()} {word}", **facts)  # type: ignore[arg-type]

    def group(key: str, *steps: StepDefinition) -> GroupDefinition[StepDefinition]:
        return GroupDefinition(key=key, name=f"{key.capitalize()} {word}", steps=steps, order=Order.ANY)

    return Template(
        name=f"Accounts {word}",
        description=f"All that {word} does",
        groups=(
            group(
                "work", step("held", guidance=f"As {word} does it"), step("free"), step("started"),
                step("waiting"), step("done"), step("skipped"), step("review", assign=manager),
                step("signing", assign=partner), step("sent-back"), step("stale", after=("sent-back",)),
            ),
            group("chain", step("first"), step("second", after=("first",)), step("approval", approval=True)),
            group(
                "last", step("stop", blocking=True), step("behind"), step("filing", filing=True, after=("approval",))
            ),
        ),
    )  # fmt: skip


def monthly(title: str) -> RecurringFacts:
    """A recurring task of each month."""
    return RecurringFacts(title_pattern=title, schedule={
        "anchor": "calendar", "months": 1, "offset": {"whence": "period_end", "days": 14},
        "create": {"whence": "period_end", "days": 1},
    })  # fmt: skip


def a_file(side: Side, by: Member, name: str = "Ledger") -> int:
    """A file on the task."""
    content = io.BytesIO(f"What {name} of {side.word} says".encode())
    return files.add_file(
        by=signed_in(by), at=now(), task_id=side.ids["task"], name=f"{name} {side.word}.txt", file=content
    ).file_id


def a_side(word: str) -> Side:
    """A practice at work, with a session and a token for each of its people."""
    practice = a_practice(name=word, owner=f"Olive {word}")
    people = {"owner": the_owner(practice)}
    people |= {part: a_member(practice, role=role, name=f"{NAMES[part]} {word}") for part, role in ROLES.items()}
    mark = signed_in(people["manager"])
    client = a_client(practice, name=f"Widget {word}", manager=people["manager"], partner=people["partner"])
    side = Side(word, people, {"client": client.pk})
    for part, member in people.items():
        side.ids[f"member {part}"] = member.pk
    side.ids["template"] = operations.import_template(
        by=mark, at=now(), template=the_template(word), and_publish=True
    )  # fmt: skip
    side.ids["task"] = side.a_task("Accounts 2026")
    done = operations.attach(by=mark, at=now(), task_id=side.ids["task"], template_id=side.ids["template"])
    side.ids["workflow"] = done.workflow_id
    for key, step_id in sql.rows("SELECT key, id FROM workflows_step WHERE workflow_id = %s", (done.workflow_id,)):
        side.ids[f"step {key}"] = step_id
    nothing = operations.SetHold(Hold.NONE)
    side.ids["batch"] = (
        operations.change_many(by=mark, at=now(), task_ids=[side.ids["task"]], deed=nothing).batch_id or 0
    )
    side.ids["view"] = operations.save_view(
        by=signed_in(people["owner"]), at=now(), name=f"Late {word}", page="list", query="due=late", shared=True
    )
    side.ids["contact"] = contacts.add_contact(
        by=mark, at=now(), client_id=side.ids["client"], contact=NewContact(name="Ada Hill")
    )
    for name in ("service", "bare service"):
        side.ids[name] = catalogue.create_service(by=mark, at=now(), name=f"{name.capitalize()} {word}")
    side.ids["free service"] = catalogue.create_service(by=mark, at=now(), name=f"Free service {word}")
    side.ids["free recurring"] = catalogue.add_recurring_task(
        by=mark, at=now(), service_id=side.ids["free service"], facts=monthly(f"Free {word}")
    )
    side.ids["recurring"] = catalogue.add_recurring_task(
        by=mark, at=now(), service_id=side.ids["service"], facts=monthly(f"Books {word}")
    )
    side.ids["engagement"] = catalogue.start_engagement(
        by=mark, at=now(), client_id=side.ids["client"], service_id=side.ids["service"], starts_on=now().date()
    )
    side.ids["simple task"] = side.a_task("Call")
    side.ids["bare task"] = side.a_task("Accounts 2027")
    work_on(side)
    side.ids["file"] = a_file(side, people["owner"])
    sign_in(side)
    return side


def work_on(side: Side) -> None:
    """Bring the workflow's steps into the states that their names say; Ann holds those that are held."""
    ann, mark = side.people["assignee"], side.people["manager"]
    for key in ("held", "started", "waiting", "review", "signing"):
        operations.assign(
            by=signed_in(mark), at=now(), workflow_id=side.ids["workflow"], key=key, to_id=ann.pk
        )  # fmt: skip
    side.act(ann, Start("started"))
    side.act(ann, Wait("waiting", f"Nothing came from {side.word}", WaitsOn.CLIENT))
    side.act(ann, Complete("done"), Complete("sent-back"), Complete("stale"))
    side.act(mark, Skip("skipped", f"Not for {side.word}"))
    side.act(mark, Reopen("sent-back", f"{side.word} found a mistake"))
    operations.comment_on_task(
        by=signed_in(ann), at=now(), task_id=side.ids["task"], text=f"A word about {side.word}"
    )  # fmt: skip


def sign_in(side: Side) -> None:
    """Give everybody a session and a token, then let Lea leave."""
    for part, member in side.people.items():
        client = Client()
        client.force_login(get_user_model().objects.get(email=member.email), backend=BACKEND)
        side.sessions[part] = client.cookies["sessionid"].value
        side.tokens[part], side.ids[f"token {part}"] = a_token(member, "read" if part == "viewer" else "write")
    side.tokens["read only"], _ = a_token(side.people["owner"], "read")
    side.tokens["expired"], expired = a_token(side.people["owner"], "write")
    ago = now() - timedelta(seconds=1)
    sql.execute("UPDATE practices_apitoken SET expires_at = %s WHERE id = %s", (ago, expired))
    sql.execute("UPDATE practices_apitoken SET last_used_at = %s", (now(),))
    leaver = side.people["leaver"].pk
    practices.deactivate_member(by=signed_in(side.people["owner"]), at=now(), member_id=leaver)


def a_token(member: Member, scope: str) -> tuple[str, int]:
    """The text and the id of a token."""
    until = now() + timedelta(days=1)
    made = practices.create_api_token(by=signed_in(member), at=now(), name="test", scope=scope, expires_at=until)
    return made.plain, made.id
