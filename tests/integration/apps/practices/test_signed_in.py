"""Who a session signs in: one statement, and nobody who should not be."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from natrium.apps.practices import operations, queries
from natrium.apps.practices.models import Member, Session
from natrium.apps.practices.sessions import MEMBER_KEY
from natrium.domain.roles import Role
from tests.builders import a_member, a_practice, signed_in, the_owner

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def who(request: HttpRequest) -> HttpResponse:
    """Say who is asking."""
    member = getattr(request, "member", None)
    return HttpResponse(f"{member.practice}: {member.member.name}" if member else str(request.user))


def touch(request: HttpRequest) -> HttpResponse:
    """Write something into the session."""
    request.session["seen"] = True
    return HttpResponse()


urlpatterns = [path("who/", who), path("touch/", touch)]


@pytest.fixture(autouse=True)
def only_the_middleware(settings: Settings) -> None:
    """Leave the rest of the house out."""
    settings.MIDDLEWARE = ["natrium.web.middleware.MemberMiddleware"]


def browser_of(member: Member) -> Client:
    """A signed-in browser."""
    client = Client()
    assert member.user is not None
    client.force_login(member.user)
    return client


def key_of(client: Client) -> str:
    """The key of a browser's session."""
    return client.cookies["sessionid"].value


def test_one_statement_reads_it_all(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    member = a_member(role=Role.MANAGER, name="Mark Reed")
    key = key_of(browser_of(member))
    with django_assert_num_queries(1):
        found = queries.signed_in(key, timezone.now())
    assert found == signed_in(member)


def test_a_page_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    member = a_member(name="Jo Evans")
    client = browser_of(member)
    with django_assert_num_queries(1):
        answer = client.get("/who/")
    assert answer.content.decode() == f"{member.practice.name}: Jo Evans"
    assert answer["Vary"] == "Cookie"
    with django_assert_num_queries(0):
        assert Client().get("/who/").content == b"AnonymousUser"


def test_signing_in_writes_who_it_is_beside_the_data() -> None:
    member = a_member()
    row = Session.objects.get(pk=key_of(browser_of(member)))
    assert (row.user_id, row.member_id) == (member.user_id, None)


def test_a_session_remembers_the_practice_chosen() -> None:
    first = a_member(name="Jo Evans")
    birch = a_practice(name="Birch")
    second_id = operations.add_member(
        by=signed_in(the_owner(birch)), at=timezone.now(), name="Jo", email=first.email, role=Role.VIEWER
    )
    client = browser_of(first)
    assert client.get("/who/").content.decode() == f"{first.practice.name}: Jo Evans"
    session: Any = client.session
    session[MEMBER_KEY] = second_id
    session.save()
    assert client.get("/who/").content == b"Birch: Jo"
    session[MEMBER_KEY] = the_owner(birch).id
    session.save()
    assert client.get("/who/").content.decode() == first.email


def test_a_session_for_one_practice_opens_no_other_of_the_same_user() -> None:
    first, birch = a_member(name="Jo Evans"), a_practice(name="Birch")
    by = signed_in(the_owner(birch))
    operations.add_member(by=by, at=timezone.now(), name="Jo", email=first.email, role=Role.VIEWER)
    client = browser_of(first)
    session: Any = client.session
    session[MEMBER_KEY] = first.pk
    session.save()
    assert client.get("/who/").content.decode() == f"{first.practice.name}: Jo Evans"
    Member.objects.filter(pk=first.pk).update(active=False)
    assert client.get("/who/").content.decode() == first.email


def test_nobody_is_signed_in_by_an_expired_session() -> None:
    client = browser_of(a_member())
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/who/").content == b"AnonymousUser"
    assert queries.read_session(key_of(client), timezone.now()) is None


def test_nobody_is_signed_in_who_is_switched_off() -> None:
    member = a_member()
    client = browser_of(member)
    get_user_model().objects.filter(pk=member.user_id).update(is_active=False)
    assert client.get("/who/").content == b"AnonymousUser"


def test_who_has_left_every_practice_is_a_user_without_a_member() -> None:
    member = a_member()
    client = browser_of(member)
    Member.objects.filter(pk=member.pk).update(active=False)
    assert client.get("/who/").content.decode() == member.email


def test_a_changed_password_ends_other_sessions() -> None:
    member = a_member()
    client = browser_of(member)
    assert member.user is not None
    member.user.set_password("another")
    member.user.save()
    assert client.get("/who/").content == b"AnonymousUser"


def test_a_forged_or_mixed_up_session_signs_nobody_in() -> None:
    member, other = a_member(), a_member()
    client = browser_of(member)
    Session.objects.update(user_id=other.user_id)
    assert client.get("/who/").content == b"AnonymousUser"
    Session.objects.update(user_id=member.user_id, session_data="forged")
    assert client.get("/who/").content == b"AnonymousUser"


def test_signing_out_ends_the_session() -> None:
    client = browser_of(a_member())
    client.logout()
    assert not Session.objects.exists()
    assert client.get("/who/").content == b"AnonymousUser"


def test_a_cookie_without_a_session_is_taken_away() -> None:
    client = Client()
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/who/")
    assert answer.cookies["sessionid"]["max-age"] == 0


def test_only_a_changed_session_is_written(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser_of(a_member())
    assert "sessionid" not in client.get("/who/").cookies
    answer = client.get("/touch/")
    assert answer.cookies["sessionid"]["httponly"]
    assert answer.cookies["sessionid"]["samesite"] == "Lax"
    with django_assert_num_queries(1):
        client.get("/who/")


def test_a_session_in_use_lives_on(settings: Settings) -> None:
    client = browser_of(a_member())
    soon = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE * 0.4)
    Session.objects.update(expire_date=soon)
    assert "sessionid" in client.get("/who/").cookies
    assert Session.objects.get().expire_date > soon
    assert "sessionid" not in client.get("/who/").cookies


def test_a_strangers_session_keeps_what_was_put_in() -> None:
    client = Client()
    client.get("/touch/")
    assert Session.objects.get().user_id is None
    assert client.session["seen"]
