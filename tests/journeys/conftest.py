"""A browser that fails its test on any console error, 404 or breach of the content policy; and people signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from pytest_django.live_server_helper import LiveServer

from natrium.apps.practices.access import create_login_link
from natrium.apps.practices.models import Member
from tests.journeys.world import World, the_world
from tests.unguarded import guards_let_tests_be_emptied

__all__ = ["guards_let_tests_be_emptied"]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Return the practice of the journeys."""
    del transactional_db
    return the_world()


@dataclass
class Watch:
    """What went wrong in a browser. `expected` are the statuses that a test provokes.

    `away`: a tool of the tests is at work in the page, and what it does there is not the page's fault.
    """

    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    away: bool = False

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep what the console calls an error; a refused form is no surprise to the test that sent it."""
        if (
            message.type == "error"
            and not self.away
            and not any(f"status of {status}" in message.text for status in self.expected)
        ):
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def on_response(self, response: Response) -> None:
        """Keep answers that nobody expected."""
        if response.status >= 400 and not self.away and response.status not in self.expected:
            self.problems.append(f"{response.status}: {response.url}")

    def follow(self, page: Page) -> None:
        """Watch a page."""
        page.on("console", self.on_console)
        page.on("response", self.on_response)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Yield the watch, and fail the test where it saw something."""
    watch = Watch()
    yield watch
    assert watch.problems == []


type OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[OpenAs]:
    """Yield a function that opens a browser signed in as a member, by a one-time address."""
    opened: list[BrowserContext] = []

    def open_as(member: Member, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        context.set_default_timeout(8_000)
        opened.append(context)
        page = context.new_page()
        watch.follow(page)
        page.goto(create_login_link(email=member.email, at=datetime.now(UTC)).path)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/my-work/")
        return page

    yield open_as
    for context in opened:
        context.close()
