"""Fixture F for each scenario, and its people at their browsers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.practices.models import Member
from tests.api.conftest import Caller, a_token
from tests.scenarios.acorn import Acorn, the_acorn
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

type SignsIn = Callable[[Member], Client]
type Calls = Callable[[Member], Caller]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each scenario that it needs the database: the fixture asks for it too late for one to be made."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.django_db(transaction=item.get_closest_marker("race") is not None))


@pytest.fixture
def acorn(request: pytest.FixtureRequest) -> Acorn:
    """Return fixture F; committed where the test starts processes."""
    marker: Any = request.node.get_closest_marker("race")
    request.getfixturevalue("transactional_db" if marker else "db")
    return the_acorn()


@pytest.fixture
def signs_in(acorn: Acorn) -> SignsIn:
    """Return a function that signs a member in."""
    del acorn

    def signed_in_browser(member: Member) -> Client:
        client = Client()
        user = get_user_model().objects.get(email=member.email)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in_browser


@pytest.fixture
def calls(acorn: Acorn) -> Calls:
    """Return a function that gives a program a member's token."""
    del acorn
    return lambda member: Caller(a_token(member))
