"""A practice with nothing in it: every list says what it is for, and offers the first step to whoever may take it."""

import re

import pytest
from django.test import Client as Browser

from natrium.apps.practices.models import Member
from natrium.domain.roles import Role
from tests.builders import a_client, a_member, a_practice, the_owner

pytestmark = pytest.mark.django_db

# Each list, with the first step that it offers, and to whom.
LISTS = {
    "/my-work/": ("/tasks/new/", Role.STAFF),
    "/practice/": ("/tasks/new/", Role.STAFF),
    "/practice/stages/": ("/tasks/new/", Role.STAFF),
    "/practice/list/": ("/tasks/new/", Role.STAFF),
    "/clients/": ("/clients/import/", Role.MANAGER),
    "/templates/": ("/templates/new/", Role.MANAGER),
}
ROLES = (Role.VIEWER, Role.STAFF, Role.MANAGER, Role.OWNER)


@pytest.fixture
def people() -> dict[Role, Browser]:
    """Somebody of each role, signed in."""
    practice = a_practice()
    members = {role: a_member(practice, role=role) for role in ROLES if role is not Role.OWNER}
    members[Role.OWNER] = the_owner(practice)
    return {role: signed_in(member) for role, member in members.items()}


def signed_in(member: Member) -> Browser:
    """Somebody's browser."""
    browser = Browser()
    browser.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    return browser


def empty_part(browser: Browser, address: str) -> str:
    """What a page says in the place of its list."""
    html = browser.get(address).content.decode()
    found = re.search(r'<div class="empty">.*?</div>\s*(?=</?(?:div|section|aside|main|nav|script))', html, re.DOTALL)
    assert found is not None, address
    return found[0]


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_what_it_is_for_and_offers_the_first_step(people: dict[Role, Browser], address: str) -> None:
    first, lowest = LISTS[address]
    for role, browser in people.items():
        said = empty_part(browser, address)
        words = re.sub(r"<[^>]+>", " ", said)
        assert len(words.split()) >= 8, (role, words)
        offered = re.findall(r'<a class="btn[^"]*" href="([^"]+)"', said)
        assert (first in offered) == (role >= lowest), (role, offered)
        for href in offered:
            assert browser.get(href).status_code == 200, (role, href)


def test_a_client_with_nothing_open_offers_a_task_to_those_who_may() -> None:
    practice = a_practice()
    client = a_client(practice)
    link = f'<a class="link" href="/tasks/new/?client_id={client.pk}">'
    for role, offered in ((Role.STAFF, True), (Role.VIEWER, False)):
        html = signed_in(a_member(practice, role=role)).get(f"/clients/{client.pk}/").content.decode()
        assert "Nothing is open for this client." in html
        assert (link in html) == offered
