"""Signing in by password and by a one-time address, and out again."""

from datetime import UTC, datetime

from django.test import Client

from natrium.apps.practices import operations as practices
from natrium.apps.practices.access import create_login_link
from tests.builders import signed_in
from tests.journeys.world import World


def test_a_password_signs_in_and_a_wrong_one_is_said(world: World) -> None:
    by = signed_in(world.cast.mark)
    practices.set_password(by=by, at=datetime.now(UTC), new="a long enough secret", came_by_link=True)
    browser = Client()
    wrong = browser.post("/sign-in/", {"login": world.cast.mark.email, "password": "guess"})
    assert wrong.status_code == 422
    assert 'role="alert"' in wrong.content.decode()
    assert world.cast.mark.email in wrong.content.decode()
    right = browser.post(
        f"/sign-in/?next=/tasks/{world.half_id}/", {"login": world.cast.mark.email, "password": "a long enough secret"}
    )
    assert right["Location"] == f"/tasks/{world.half_id}/"
    assert browser.get("/my-work/").status_code == 200


def test_an_address_works_once_and_only_when_pressed(world: World) -> None:
    path = create_login_link(email=world.cast.jo.email, at=datetime.now(UTC)).path
    browser = Client()
    for _ in range(2):
        assert browser.get(path).status_code == 200
    assert browser.post(path)["Location"] == "/my-work/"
    assert "Jo Evans" in browser.get("/my-work/").content.decode()
    again = Client().post(path)
    assert again.status_code == 409
    assert "no longer works" in again.content.decode()
    assert Client().post("/sign-in/link/nonsense/").status_code == 404


def test_an_address_says_whose_session_it_would_end(world: World) -> None:
    browser = Client()
    browser.post(create_login_link(email=world.cast.jo.email, at=datetime.now(UTC)).path)
    marks = create_login_link(email=world.cast.mark.email, at=datetime.now(UTC)).path
    said = "You are signed in as Jo Evans here; signing in as Mark Reed ends that."
    assert said in browser.get(marks).content.decode()
    assert "You are signed in" not in Client().get(marks).content.decode()
    jos = create_login_link(email=world.cast.jo.email, at=datetime.now(UTC)).path
    assert "You are signed in" not in browser.get(jos).content.decode()


def test_signing_out_ends_it(world: World) -> None:
    browser = Client()
    browser.post(create_login_link(email=world.cast.jo.email, at=datetime.now(UTC)).path)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/my-work/").status_code == 302


def test_a_form_from_an_old_page_is_not_accepted(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(f"/tasks/{world.fresh_id}/comments/", {"text": "A long thought"})
    assert answer.status_code == 403
    assert "too old to send" in answer.content.decode()
