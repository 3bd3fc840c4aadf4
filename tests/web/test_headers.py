"""Every answer says to browsers what they must not do, whoever asks and whatever comes of it."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from natrium.config.urls import handler429, urlpatterns
from tests.journeys.world import World
from tests.web.conftest import As

__all__ = ["handler429", "urlpatterns"]

POLICY = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
)  # fmt: skip


def breaks(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise RuntimeError(request.path)


urlpatterns = [*urlpatterns, path("breaks/", breaks)]


def guarded(answer: HttpResponse) -> None:
    """The answer carries every header."""
    policy = answer["Content-Security-Policy"].split("; ")
    assert set(POLICY) <= set(policy)
    assert not any("unsafe" in part or "*" in part or "http" in part for part in policy)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/my-work/", 200), ("/", 302), ("/tasks/999999/", 404), ("/nowhere/", 404), ("/sign-out/", 405),
        ("/breaks/", 500), ("/api/v1/me", 200), ("/api/v1/openapi.json", 200), ("/api/v1/tasks/999999", 404),
        ("/api/nowhere", 404), ("/api/v1/tasks?limit=x", 422), ("/static/a.svg", 200), ("/static/nothing.css", 404),
        ("/healthz", 200),
    ],
)  # fmt: skip
def test_every_answer_is_guarded(
    world: World, as_: As, address: str, status: int, settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.svg").write_text("<svg/>")
    browser = as_(world.cast.mark)
    browser.raise_request_exception = False
    answer = browser.get(address)
    assert answer.status_code == status
    guarded(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/link/x/", "/my-work/", "/api/v1/me", "/static/natrium.svg"])
def test_strangers_get_them_too(world: World, address: str) -> None:
    del world
    guarded(Client().get(address))  # type: ignore[arg-type]
    guarded(Client(enforce_csrf_checks=True).post(address))  # type: ignore[arg-type]


def test_no_answer_about_the_practice_is_kept_by_anybody_between(world: World, as_: As) -> None:
    browser = as_(world.cast.mark)
    for address in ("/my-work/", f"/tasks/{world.half_id}/", "/api/v1/me", "/nowhere/"):
        answer = browser.get(address)
        assert answer["Cache-Control"] == "private, no-cache", address
        assert "Cookie" in answer["Vary"], address


def test_a_host_that_is_not_ours_is_not_answered(world: World, as_: As, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["natrium.example"]
    browser = as_(world.cast.mark)
    for host in ("evil.example", "natrium.example.evil.example", "natrium.example@evil.example", "a b", "x\0"):
        answer = browser.post("/tasks/", {"title": "x"}, headers={"host": host})
        assert answer.status_code == 400, host
        guarded(answer)  # type: ignore[arg-type]
