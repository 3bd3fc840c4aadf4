"""The page of one's own password."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from natrium.apps.practices import operations as practices
from natrium.apps.practices.access import create_login_link
from natrium.apps.practices.models import Member
from natrium.apps.practices.sessions import BY_LINK_KEY
from tests.builders import signed_in
from tests.journeys.world import World
from tests.web.conftest import As

SECRET, OTHER = "a long enough secret", "another secret, as long"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> Iterator[None]:
    """Forget the attempts of other tests."""
    cache.clear()
    yield
    cache.clear()


def by_address(member: Member) -> Client:
    """A browser that came in by a sign-in address."""
    browser = Client()
    browser.post(create_login_link(email=member.email, at=datetime.now(UTC)).path)
    return browser


def sends(browser: Client, new: str = OTHER, again: str | None = None, **more: str) -> Any:
    """The form, sent."""
    return browser.post("/settings/password/", {"new": new, "again": new if again is None else again} | more)


def test_the_first_password_after_coming_in_by_an_address(world: World) -> None:
    mark = world.cast.mark
    browser, other = by_address(mark), by_address(mark)
    page = browser.get("/settings/password/").content.decode()
    assert 'name="new"' in page
    assert 'name="current"' not in page
    key = browser.cookies["sessionid"].value
    assert sends(browser, SECRET)["Location"] == "/settings/password/?saved=1"
    assert browser.cookies["sessionid"].value != key
    assert browser.get("/settings/password/?saved=1").status_code == 200
    assert other.get("/my-work/").status_code == 302
    fresh = Client()
    assert fresh.post("/sign-in/", {"login": mark.email, "password": SECRET}).status_code == 302
    assert "Mark Reed" in fresh.get("/my-work/").content.decode()


def test_a_change_takes_the_one_there_is(world: World) -> None:
    mark = world.cast.mark
    practices.set_password(by=signed_in(mark), at=datetime.now(UTC), new=SECRET, came_by_link=True)
    browser = Client()
    browser.post("/sign-in/", {"login": mark.email, "password": SECRET})
    none, wrong = sends(browser), sends(browser, current="a guess")
    assert (none.status_code, wrong.status_code) == (422, 422)
    assert "Type the password you have now" in none.content.decode()
    assert "That is not your password now" in wrong.content.decode()
    assert "a guess" not in wrong.content.decode()
    assert OTHER not in wrong.content.decode()
    assert sends(browser, current=SECRET).status_code == 303
    assert Client().post("/sign-in/", {"login": mark.email, "password": OTHER}).status_code == 302


def test_a_lost_one_is_replaced_within_the_hour_of_an_address_and_once(world: World) -> None:
    mark = world.cast.mark
    practices.set_password(by=signed_in(mark), at=datetime.now(UTC), new=SECRET, came_by_link=True)
    late = by_address(mark)
    session: Any = late.session
    session[BY_LINK_KEY] -= 3_601
    session.save()
    assert sends(late).status_code == 422
    browser = by_address(mark)
    assert "Leave it empty if it is lost" in browser.get("/settings/password/").content.decode()
    assert sends(browser).status_code == 303
    assert sends(browser, SECRET).status_code == 422


def test_without_one_and_without_an_address_the_page_says_what_to_do(world: World, as_: As) -> None:
    page = as_(world.cast.jo).get("/settings/password/").content.decode()
    assert "ask an owner of your practice for a new address" in page
    assert 'name="new"' not in page


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [(OTHER, "something else", "not what you typed above"), ("short", "short", "at least 8"), ("", "", "at least 8")],
)
def test_what_is_wrong_is_said_at_its_field(world: World, new: str, again: str, words: str) -> None:
    answer = sends(by_address(world.cast.mark), new, again)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_guessing_the_present_one_is_stopped(world: World) -> None:
    browser = by_address(world.cast.mark)
    answers = [sends(browser, current=f"guess {number}").status_code for number in range(6)]
    assert answers == [422] * 5 + [429]
