"""No page asks the database once a row: as many statements at 1,000 rows as at 10; docs/performance.md says how many.

`REFRESH_SNAPSHOT=1 .venv/bin/pytest tests/web/test_statements_of_pages.py` writes the table there.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser

from natrium.apps.activity.models import Event
from natrium.apps.catalogue import operations as catalogue
from natrium.apps.catalogue.models import Engagement, Service
from natrium.apps.clients.models import Client, Contact
from natrium.apps.notifications.models import Notification
from natrium.apps.practices.models import Member
from natrium.apps.tasks.models import Task
from natrium.apps.workflows import operations
from natrium.apps.workflows.models import Template as TemplateRow
from natrium.apps.workflows.models import TemplateVersion
from natrium.apps.workflows.operations import attach_many, import_template
from natrium.domain.roles import Role
from natrium.domain.workflow.actions import Complete
from tests.builders import signed_in
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World, workflow_of
from tests.web.conftest import As
from tests.web.test_statements import a_task, a_template

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- statements: begin -->", "<!-- statements: end -->"
SIZES = (10, 1000)
MOST = 20

# A page's name, what there are ten and a thousand of, and its address. {few} is the task or template of that size.
PAGES = (
    ("My work", "steps held", "/my-work/"),
    ("My work, delegated", "steps of others", "/my-work/delegated/"),
    ("A colleague's work", "steps held", "/my-work/of/{jo}/"),
    ("New task", "clients and templates", "/tasks/new/"),
    ("Task", "steps", "/tasks/{task}/"),
    ("Task, a step opened", "steps", "/tasks/{task}/?open=s5"),
    ("Task, edit", "clients and members", "/tasks/{task}/edit/"),
    ("Task, activity", "entries", "/tasks/{task}/activity/"),
    ("Practice, clients by service", "clients with tasks", "/practice/"),
    ("Practice, stages", "tasks", "/practice/stages/"),
    ("Practice, list of tasks", "tasks", "/practice/list/"),
    ("Practice, list of steps", "steps", "/practice/list/?rows=steps"),
    ("Practice, preview of a change", "tasks, of which 4 and 400 change",
     "/practice/bulk/?do=target&every=1&from=/practice/list/%3Fservice=Service%2B0&preview=1&days=7"),
    ("Clients", "clients", "/clients/"),
    ("Clients, searched", "clients", "/clients/?q=client"),
    ("Client", "tasks and contacts", "/clients/{client}/"),
    ("Client, edit", "clients", "/clients/{client}/edit/"),
    ("Client, manager and partner", "tasks", "/clients/{client}/people/"),
    ("Client, record", "contacts", "/clients/{client}/record/"),
    ("Client, new", "members", "/clients/new/"),
    ("Templates", "templates", "/templates/"),
    ("Template", "steps, half as many", "/templates/{template}/"),
    ("Template, draft", "steps, half as many", "/templates/{template}/draft/"),
    ("Template, publishing", "steps, half as many", "/templates/{template}/publication/"),
    ("Template, versions compared", "steps, half as many", "/templates/{template}/versions/"),
    ("Template, new", "templates", "/templates/new/"),
    ("Template, suggested", "templates", "/templates/suggestion/?name=VAT+return"),
    ("Services", "services, clients who take them", "/services/"),
    ("Service", "clients who take it", "/services/{service}/"),
    ("Service, new", "services", "/services/new/"),
    ("Service, started for clients", "clients", "/services/{service}/clients/"),
    ("People", "members", "/people/"),
    ("Person", "steps and tasks held", "/people/{jo}/"),
    ("Person, handing over", "steps and tasks held", "/people/{jo}/hand-over/?leaves=1"),
    ("Search", "clients, tasks, templates and members", "/search/?q=1"),
    ("Notifications", "things told", "/notifications/"),
    ("Settings", "members", "/settings/"),
    ("Settings, notifications", "members", "/settings/notifications/"),
    ("Settings, keys", "members", "/settings/keys/"),
    ("All keys", "members", "/keys/"),
    ("API tokens", "members", "/settings/tokens/"),
    ("Password", "members", "/settings/password/"),
    ("More", "members", "/more/"),
)  # fmt: skip


class Filled:
    """The practice with `SIZES[0]` and then `SIZES[1]` of everything, put in as rows, not through the rules."""

    def __init__(self, world: World) -> None:
        self.world, self.have = world, 0
        self.by = signed_in(world.cast.olive)
        self.template_id = import_template(by=self.by, at=world.at, template=a_template("Two", 2), and_publish=True)
        self.service_id = catalogue.take_ready_service(by=self.by, at=world.at, key="Annual Accounts")
        self.sized = {size: self._sized(size) for size in SIZES}

    def _sized(self, size: int) -> dict[str, int]:
        """A task of so many steps, half of them done, and a template of half as many: 500 is the most."""
        parts = [a_template(f"Of {size}, {half}", size // 2) for half in "ab"]
        task = a_task(self.world, *parts)
        jo = signed_in(self.world.cast.jo)
        done = [Complete("begin"), *(Complete(f"s{number}") for number in range(size // 2 - 1))]
        operations.act(by=jo, at=self.world.at, workflow_id=workflow_of(jo, task, self.world.at), actions=done)
        whole = import_template(
            by=self.by, at=self.world.at, template=a_template(f"{size}", size // 2), and_publish=True
        )
        return {"task": task, "template": whole}

    def up_to(self, count: int) -> None:
        """Bring in what is missing: clients each with a task, one client with as many, members, templates."""
        numbers, self.have = range(self.have, count), count
        world, cast = self.world, self.world.cast
        acorn, at, day = cast.acorn, world.at, world.at.date()
        clients = Client.objects.bulk_create(
            Client(practice=acorn, name=f"Client {n:04}", kind="llp", manager=cast.mark, created_at=at) for n in numbers
        )
        Contact.objects.bulk_create(
            Contact(practice=acorn, client=world.client, name=f"Contact {n}") for n in numbers
        )  # fmt: skip
        tasks = Task.objects.bulk_create(
            Task(practice=acorn, client=client, title=f"Job {place}", service=f"Service {place % 5}", owner=cast.jo,
                 target_date=day + timedelta(days=place % 90 - 10), created_at=at)
            for place, client in enumerate([*clients, *[world.client for _ in numbers]])
        )  # fmt: skip
        attach_many(by=self.by, at=at, task_ids=[task.pk for task in tasks], template_id=self.template_id)
        Member.objects.bulk_create(
            Member(practice=acorn, name=f"Member {n}", email=f"m{n}@acorn.example", role=Role.STAFF) for n in numbers
        )
        self._templates(numbers)
        self._services(numbers, clients)
        told = Event.objects.filter(chain="task", practice=acorn).order_by("id")[numbers.start : numbers.stop]
        Notification.objects.bulk_create(
            Notification(practice=acorn, member=cast.olive, event=event, task_id=event.subject_id, step_id=0,
                         kind="assigned", gathering=f"g{event.pk}", at=at, shown=True)
            for event in told
        )  # fmt: skip

    def _templates(self, numbers: range) -> None:
        acorn, at = self.world.cast.acorn, self.world.at
        made = TemplateRow.objects.bulk_create(
            TemplateRow(practice=acorn, name=f"Template {n}", latest_version=1, created_at=at) for n in numbers
        )
        TemplateVersion.objects.bulk_create(
            TemplateVersion(
                practice=acorn, template=one, number=1, name=one.name, published_at=at, steps_count=1, sha256="0" * 64
            )
            for one in made
        )  # fmt: skip

    def _services(self, numbers: range, clients: list[Client]) -> None:
        acorn, at = self.world.cast.acorn, self.world.at
        Service.objects.bulk_create(Service(practice=acorn, name=f"Service {n}", created_at=at) for n in numbers)
        Engagement.objects.bulk_create(
            Engagement(practice=acorn, client=one, service_id=self.service_id, starts_on=at.date(), created_at=at)
            for one in clients
        )

    def counts(self, browser: Browser, size: int) -> dict[str, int]:
        """How many statements each page takes, the session's included, once it was seen."""
        cast = self.world.cast
        ids = {"jo": cast.jo.pk, "client": self.world.client.pk, "service": self.service_id, **self.sized[size]}
        found = {}
        for name, _, address in PAGES:
            where = address.format(**ids)
            answer = browser.get(where)
            assert answer.status_code == 200, where
            with counted() as seen:
                browser.get(where)
            found[name] = len(seen)
        return found


def table(few: dict[str, int], many: dict[str, int]) -> str:
    """The table as the page of the documents has it."""
    lines = ["| page | of which there are 10, then 1,000 | at 10 | at 1,000 |", "|---|---|---|---|"]
    lines += [f"| {name} | {rows} | {few[name]} | {many[name]} |" for name, rows, _ in PAGES]
    return "\n".join(lines)


@pytest.mark.sqlite_only  # the statements are the same ones; the rest of tests/web runs them on both
def test_a_page_takes_as_many_statements_for_a_thousand_rows_as_for_ten(world: World, as_: As) -> None:
    browser, filled, found = as_(world.cast.olive), Filled(world), {}
    for size in SIZES:
        filled.up_to(size)
        found[size] = filled.counts(browser, size)
    few, many = (found[size] for size in SIZES)
    assert few == many
    assert max(many.values()) <= MOST
    text = PAGE.read_text(encoding="utf-8")
    new = re.sub(f"(?s)(?<={BEGIN}\n).*?(?=\n{END})", lambda _: table(few, many), text)
    if os.environ.get("REFRESH_SNAPSHOT"):
        PAGE.write_text(new, encoding="utf-8")
    assert new == PAGE.read_text(encoding="utf-8"), "docs/performance.md says another count"
