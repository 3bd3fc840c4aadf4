"""Where every refusal is met: Acorn's job with its people at their browsers, their programs, and one clock for all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from natrium.domain.workflow.definition import Template
from natrium.domain.workflow.model import Hold
from tests.builders import NOW, signed_in
from tests.integration.apps.workflows.jobs import ACCOUNTS, Job, a_job, group, step

ACCOUNT_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(slots=True)
class Clock:
    """The moment that every way in reads."""

    at: datetime = NOW

    def later(self, minutes: int) -> None:
        """Let time pass."""
        self.at += timedelta(minutes=minutes)


@dataclass(slots=True)
class Stage:
    """The job of `jobs`, and beside it a task without a workflow, a draft, an archived template, and who asks how."""

    job: Job
    clock: Clock
    simple_id: int
    draft_id: int
    archived_id: int
    library_id: int
    browsers: dict[str, Client] = field(default_factory=dict)
    programs: dict[str, Client] = field(default_factory=dict)

    def member(self, name: str) -> Member:
        """Somebody of the cast."""
        found: Member = getattr(self.job.cast, name)
        return found

    def hold(self, to: Hold = Hold.ON_HOLD, reason: str = "Fees are unpaid") -> None:
        """Both tasks are on hold."""
        for task_id in (self.job.task_id, self.simple_id):
            operations.hold(by=signed_in(self.job.cast.mark), at=self.clock.at, task_id=task_id, to=to, reason=reason)


type Situation = Callable[[Stage], object]

ALL = ("olive", "priya", "mark", "jo", "vera")


def the_stage(clock: Clock) -> Stage:
    """Everything, in the database."""
    job = a_job()
    mark = signed_in(job.cast.mark)
    simple = job.task("Call the bank")
    draft = operations.create_template(by=mark, at=NOW, name="Only a draft")
    archived = job.publish(named("Long gone"))
    operations.archive(by=mark, at=NOW, template_id=archived)
    library = operations.take_from_library(by=mark, at=NOW, slug="vat-return")
    stage = Stage(job, clock, simple, draft, archived, library)
    for name in ALL:
        member = stage.member(name)
        stage.browsers[name] = browser_of(member)
        stage.programs[name] = program_of(member) if name != "vera" else stage.browsers[name]
    return stage


def named(name: str) -> Template:
    """A template of one step."""
    return replace(ACCOUNTS, name=name, groups=(group("only", step("one")),))


def browser_of(member: Member) -> Client:
    """A member signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(email=member.email), backend=ACCOUNT_BACKEND)
    return client


def program_of(member: Member) -> Client:
    """A program with a member's token. A viewer has none that writes: theirs calls the API from the browser."""
    made = practices.create_api_token(
        by=signed_in(member), at=NOW, name="test", scope="write", expires_at=NOW + timedelta(days=1)
    )
    return Client(headers={"authorization": f"Bearer {made.plain}"})


def a_task(stage: Stage, **facts: Any) -> int:
    """A further task of Jo's."""
    said = TaskFacts(**({"title": "Another", "owner_id": stage.job.cast.jo.pk} | facts))
    return operations.create_task(by=signed_in(stage.job.cast.mark), at=stage.clock.at, facts=said)
