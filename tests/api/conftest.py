"""Calls to the API, with a token of each of the people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from natrium.apps.practices import operations as practices
from natrium.apps.practices.models import Member
from natrium.apps.workflows import operations
from natrium.apps.workflows.operations import TaskFacts
from tests.builders import a_client, signed_in
from tests.cast import Cast, the_cast
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]


class Caller:
    """A program with a token: `get`, `post` and so on give the answer; bodies are JSON."""

    def __init__(self, token: str) -> None:
        self.browser = Client(headers={"authorization": f"Bearer {token}"})

    def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """Send a request to /api/v1."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        call = getattr(self.browser, method)
        if method == "get":
            return call(f"/api/v1{address}", headers=sent)
        return call(f"/api/v1{address}", body if body is not None else {}, "application/json", headers=sent)


@dataclass(frozen=True, slots=True)
class ApiWorld:
    """Acorn with Annual Accounts on a task of Jo's; Birch with a task of its own."""

    cast: Cast
    client_id: int
    template_id: int
    task_id: int
    workflow_id: int
    simple_id: int
    birch_task_id: int
    birch_workflow_id: int


type As = Callable[[Member], Caller]


@pytest.fixture
def world(db: None) -> ApiWorld:
    """Return Acorn and Birch at work."""
    del db
    return the_api_world()


def the_api_world() -> ApiWorld:
    """Both practices, in the database."""
    cast, now = the_cast(), datetime.now(UTC)
    mark, ben = signed_in(cast.mark), signed_in(cast.ben)
    client = a_client(cast.acorn, name="Widget Ltd", manager=cast.mark, partner=cast.priya)
    template_id = operations.take_from_library(by=mark, at=now, slug="annual-accounts")
    facts = TaskFacts(title="Accounts 2026", client_id=client.pk, owner_id=cast.jo.pk)
    task_id = operations.create_task(by=mark, at=now, facts=facts)
    attached = operations.attach(by=mark, at=now, task_id=task_id, template_id=template_id)
    simple = operations.create_task(by=mark, at=now, facts=TaskFacts(title="Call", owner_id=cast.jo.pk))
    theirs = operations.take_from_library(by=ben, at=now, slug="annual-accounts")
    birch_task = operations.create_task(by=ben, at=now, facts=TaskFacts(title="Secret of Birch"))
    birch = operations.attach(by=ben, at=now, task_id=birch_task, template_id=theirs)
    return ApiWorld(cast, client.pk, template_id, task_id, attached.workflow_id, simple, birch_task, birch.workflow_id)


@pytest.fixture
def as_(world: ApiWorld) -> As:
    """Return a function that gives a caller with a member's token."""
    del world
    return lambda member: Caller(a_token(member))


def a_token(member: Member, scope: str = "write", days: int = 1) -> str:
    """A token of a member's."""
    now = datetime.now(UTC)
    scope = "read" if member.role == 0 else scope
    made = practices.create_api_token(
        by=signed_in(member), at=now, name="test", scope=scope, expires_at=now + timedelta(days=days)
    )
    return made.plain
