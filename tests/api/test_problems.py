"""Whatever the API says no to, and however early: always a problem document with a stable code."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, get_origin, get_type_hints

import pytest
from django.conf import settings
from django.test import Client

from natrium.api.api import api
from natrium.apps.workflows import operations
from tests.api.conftest import ApiWorld, As, a_token

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def operations_of_routes() -> Iterator[tuple[str, Any]]:
    """Every address of the API, ids and keys filled in, with each thing it does."""
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            address = re.sub(r"{int:\w+}", "1", path)
            for name in ("{job_id}", "{key}", "{slug}"):
                address = address.replace(name, "a")
            yield from ((address, operation) for operation in view.operations)


ROUTES: dict[str, set[str]] = defaultdict(set)
for path, operation in operations_of_routes():
    ROUTES[path].update(operation.methods)
# What takes a body, with its method.
WRITTEN = [
    (path, operation.methods[0])
    for path, operation in operations_of_routes()
    if any(model.__ninja_param_source__ == "body" for model in operation.models)
]


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document that an answer is."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    said: dict[str, Any] = answer.json()
    assert (said["status"], said["code"]) == (status, code)
    assert said["title"]
    assert said["detail"]
    return said


def test_the_walk_is_over_the_whole_api() -> None:
    assert (len(ROUTES) > 40, len(WRITTEN) > 40) == (True, True)
    assert all("{" not in path for path in ROUTES)


def test_a_method_that_a_route_does_not_know_is_a_problem(world: ApiWorld, as_: As) -> None:
    browser = as_(world.cast.mark).browser
    for path, known in ROUTES.items():
        for method in [one for one in METHODS if one not in known]:
            answer = browser.generic(method, f"/api/v1{path}", b"{}", "application/json")
            said = problem(answer, 405, "method-not-allowed")
            assert set(answer["Allow"].split(", ")) == known, path
            assert all(method in said["detail"] for method in known), path


def test_so_it_is_under_a_key_and_answered_again(world: ApiWorld, as_: As) -> None:
    call = as_(world.cast.mark)
    for _ in range(2):
        problem(call("put", "/tasks", {}, Idempotency_Key="k-405"), 405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/", "/api/v1/nothing", "/api/v1/tasks/x", "/api/v2/tasks"])
def test_an_address_that_there_is_not_is_a_problem(world: ApiWorld, as_: As, path: str) -> None:
    for method in METHODS:
        problem(as_(world.cast.mark).browser.generic(method, path), 404, "not-found")


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_a_problem(world: ApiWorld, as_: As, body: bytes) -> None:
    browser = as_(world.cast.olive).browser
    for path, method in WRITTEN:
        problem(browser.generic(method, f"/api/v1{path}", body, "application/json"), 400, "bad-json")


@pytest.mark.parametrize("headers", [{}, {"idempotency-key": "k-413"}])
def test_a_body_beyond_what_is_read_is_a_problem(world: ApiWorld, as_: As, headers: dict[str, str]) -> None:
    browser, body = as_(world.cast.mark).browser, b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    for path, method in WRITTEN[:: len(WRITTEN) // 4]:
        answer = browser.generic(method, f"/api/v1{path}", body, "application/json", headers=headers)
        assert f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,}" in problem(answer, 413, "too-large")["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind_is_read_as_json_or_is_a_problem(world: ApiWorld, as_: As, kind: str) -> None:
    browser = as_(world.cast.mark).browser
    assert browser.generic("POST", "/api/v1/tasks", b'{"title": "Call"}', kind).status_code == 201
    problem(browser.generic("POST", "/api/v1/tasks", b"title=Call", kind), 400, "bad-json")


def test_nobody_is_a_problem_on_every_route(world: ApiWorld) -> None:
    del world
    for path, known in ROUTES.items():
        for method in known:
            answer = Client().generic(method, f"/api/v1{path}", b"{}", "application/json")
            problem(answer, 401, "not-signed-in")
            assert answer["WWW-Authenticate"] == "Bearer"


def test_a_write_from_a_browser_without_the_pages_token_is_a_problem(world: ApiWorld) -> None:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - models exist once Django is set up

    browser = Client(enforce_csrf_checks=True)
    user = get_user_model().objects.get(email=world.cast.mark.email)
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    problem(browser.post("/api/v1/tasks", {"title": "Call"}, "application/json"), 403, "not-allowed")


def broken(**_: object) -> None:
    """A door that falls down."""
    msg = "Out of order"
    raise RuntimeError(msg)


@pytest.mark.parametrize("headers", [{}, {"idempotency-key": "k-500"}])
def test_a_fault_of_ours_is_a_problem(
    world: ApiWorld, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    whole: Callable[..., int] = operations.create_task
    browser = Client(
        raise_request_exception=False, headers={"authorization": f"Bearer {a_token(world.cast.mark)}"} | headers
    )
    monkeypatch.setattr(operations, "create_task", broken)
    said = problem(browser.post("/api/v1/tasks", {"title": "Call"}, "application/json"), 500, "server-error")
    assert "Out of order" not in str(said)
    monkeypatch.setattr(operations, "create_task", whole)
    assert browser.post("/api/v1/tasks", {"title": "Call"}, "application/json").status_code == 201


def test_pages_keep_their_own_words(world: ApiWorld) -> None:
    del world
    answer = Client().get("/nothing/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_no_route_answers_with_a_tuple() -> None:
    """Two rows in one would be taken for a status and its body."""
    told = {operation.view_func.__name__: get_type_hints(operation.view_func).get("return")
            for _, operation in operations_of_routes()}  # fmt: skip
    assert len(told) > 50
    assert [name for name, kind in told.items() if get_origin(kind) is tuple or kind is tuple] == []
