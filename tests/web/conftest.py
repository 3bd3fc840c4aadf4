"""Pages through the test client, as each of the people."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from natrium.apps.practices.models import Member
from tests.journeys.world import World, the_world
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]

type As = Callable[[Member], Client]


@pytest.fixture
def world(db: None) -> World:
    """Return the practice of the journeys."""
    del db
    return the_world()


@pytest.fixture
def as_(world: World) -> As:
    """Return a function that gives a client signed in as a member."""
    del world

    def client(member: Member) -> Client:
        browser = Client()
        user = get_user_model().objects.get(email=member.email)
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return client
