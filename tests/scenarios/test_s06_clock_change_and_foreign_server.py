"""S06: what is due tomorrow, today or late is so by the practice's day, on whichever server, as the clocks change."""

import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from natrium.apps.catalogue.operations import generate
from natrium.apps.notifications import digests
from natrium.apps.notifications.letters import Letter
from tests.scenarios.acorn import Acorn
from tests.scenarios.conftest import SignsIn
from tests.scenarios.series import a_service, starts, sweep

LONDON = ZoneInfo("Europe/London")
# What my work and the task say of a task due on Sunday 29 March, and what the practice's table does.
WHEN = {
    datetime(2026, 3, 28, 23, 30, tzinfo=LONDON): ("Sun 29 Mar", "29 Mar"),
    datetime(2026, 3, 29, 0, 30, tzinfo=LONDON): ("Today", "Today"),
    datetime(2026, 3, 29, 23, 30, tzinfo=LONDON): ("Today", "Today"),
    datetime(2026, 3, 30, 0, 30, tzinfo=LONDON): ("1 day late", "1d late"),
}
DUE = re.compile(r'<span class="due num [a-z]+">(?:<span class="vh">due </span>)?([^<]+)</span>')
IN_TABLE = re.compile(r'<span class="of">Other</span><span class="num">([^<]+)</span>')


@pytest.fixture(params=["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server whose own clock is set to another part of the world."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_lists_and_my_work_say_the_practices_day(acorn: Acorn, signs_in: SignsIn, server: str) -> None:
    task = acorn.task(target_date=date(2026, 3, 29), title="Accounts")
    browser = signs_in(acorn.cast.jo)
    for now, (words, in_table) in WHEN.items():
        with patch.object(timezone, "now", lambda now=now: now.astimezone(ZoneInfo("UTC"))):
            pages = {
                address: browser.get(address).content.decode()
                for address in ("/my-work/", f"/tasks/{task}/", "/practice/")
            }
        table = pages.pop("/practice/")
        assert {address: set(DUE.findall(page)) for address, page in pages.items()} == {
            address: {words} for address in pages
        }, (now, server)
        assert IN_TABLE.findall(table) == [in_table], (now, server)


def test_the_mail_says_the_practices_day(acorn: Acorn, server: str) -> None:
    acorn.task(target_date=date(2026, 3, 30), title="Accounts")
    for now, words in (
        (datetime(2026, 3, 30, 8, 0, tzinfo=LONDON), "1 due today"),
        (datetime(2026, 3, 31, 8, 0, tzinfo=LONDON), "1 late"),
    ):
        letters: list[Letter] = []
        digests.send_due(at=now, send=letters.append)
        [letter] = [one for one in letters if one.to == acorn.cast.jo.email]
        assert words in letter.subject, server


def test_a_task_appears_on_the_practices_day(acorn: Acorn, server: str) -> None:
    del server
    service = a_service(acorn, "Bookkeeping")
    starts(acorn, service, date(2026, 3, 1))
    before = datetime(2026, 3, 31, 23, 30, tzinfo=LONDON)
    assert generate(at=before).created == []
    assert len(generate(at=datetime(2026, 4, 1, 0, 30, tzinfo=LONDON)).created) == 1
    assert sweep(date(2026, 4, 1)).created == []
