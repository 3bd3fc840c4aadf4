"""/healthz says in a word whether pages can be answered; and HEAD is answered wherever GET is."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from natrium.apps.database import health, sql
from natrium.apps.practices import operations as practices
from tests.integration.apps.workflows.jobs import counted
from tests.journeys.world import World
from tests.web.conftest import As

pytestmark = pytest.mark.django_db


def test_it_is_well_whoever_asks_and_by_whatever_name(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["natrium.example"]
    health.ailment()
    with counted() as statements:
        answer = Client(headers={"host": "10.0.0.7"}).get("/healthz", headers={"cookie": "sessionid=nonsense"})
    assert (answer.status_code, answer.content) == (200, b"Natrium is well.\n")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "no-store")
    assert (len(statements), dict(answer.cookies)) == (1, {})
    head = Client().head("/healthz")
    assert (head.status_code, head.content) == (200, b"")
    other = Client().post("/healthz")
    assert (other.status_code, other["Allow"]) == (405, "GET, HEAD")


def test_a_database_that_does_not_answer_is_503_with_words() -> None:
    with patch.object(sql, "rows", side_effect=OperationalError("secret place")):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


def test_a_database_of_another_version_is_503_with_words() -> None:
    sql.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '0999_x', '2030-01-01')")
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database is of a newer version than this program.\n")
    sql.execute("DELETE FROM django_migrations WHERE app = 'tasks' AND name IN ('0999_x', '0003_words')")
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database is behind this program by 1 change.\n")


def test_head_is_answered_like_get_and_has_no_content(world: World, as_: As) -> None:
    mark = as_(world.cast.mark)
    for address in ("/my-work/", f"/clients/{world.client.pk}/edit/", "/api/v1/me", "/tasks/999999/", "/nowhere/"):
        got, head = mark.get(address), mark.head(address)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head["Content-Type"] == got["Content-Type"]
    assert Client().head("/my-work/").status_code == 302
    for method in ("put", "delete", "patch", "options", "trace"):
        assert getattr(mark, method)("/my-work/").status_code == 405
    assert mark.head("/sign-out/").status_code == 405


def test_head_does_not_use_a_sign_in_address_up(world: World) -> None:
    link = practices.create_login_link(email=world.cast.jo.email, at=world.at)
    browser = Client()
    assert browser.head(link.path).status_code == browser.get(link.path).status_code == 200
    assert browser.post(link.path).status_code == 303


def test_a_sign_in_address_is_under_the_name_that_the_settings_give(world: World, as_: As, settings: Settings) -> None:
    olive, address = as_(world.cast.olive), f"/people/{world.cast.jo.pk}/sign-in-address/"
    assert "http://testserver/" in olive.post(address).content.decode()
    settings.PUBLIC_URL, settings.PUBLIC_URL_GIVEN = "https://natrium.example", True
    page = olive.post(address).content.decode()
    assert ("https://natrium.example/" in page, "http://testserver/" in page) == (True, False)
