"""The guide to services does what it says: its commands print what stands beneath them, its request has its answer."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from natrium.apps.catalogue import operations
from natrium.apps.clients import operations as clients
from natrium.cli.main import main
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sentences import sentence
from tests.builders import signed_in
from tests.journeys.world import World, the_world

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "services.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return the practice on the day of the guide."""
    del db
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return the_world()


def test_the_commands_print_what_the_guide_shows(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    by = signed_in(world.cast.mark)
    clients.set_fact(
        by=by, at=NOW, client_id=world.client.pk, field="vat_stagger", value="2", from_date=date(2020, 1, 1)
    )
    service = operations.take_ready_service(by=by, at=NOW, key="VAT Return")
    operations.start_engagement(
        by=by, at=NOW, client_id=world.client.pk, service_id=service, starts_on=date(2026, 10, 1)
    )
    pairs = re.findall(r"```sh\nnatrium (.*?)\n```\n\n```text\n(.*?)```", GUIDE, re.DOTALL)
    assert len(pairs) == 3
    for command, printed in pairs:
        assert main(command.split()) == 0
        assert capsys.readouterr().out == printed


def test_the_request_has_the_answer(world: World) -> None:
    by = signed_in(world.cast.mark)
    service = operations.create_service(by=by, at=NOW, name="Books")
    asked, answered = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))
    browser = Client()
    browser.force_login(world.cast.mark.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(
        f"/api/v1/services/{service}/dates", asked | {"client_id": world.client.pk}, "application/json"
    )
    [found] = answer.json()["dates"]
    assert answered == {
        "title": found["title"], "create_on": found["create_on"], "target": found["target"],
        "due": found["due"]["day"], "why": found["due"]["why"],
    }  # fmt: skip


def test_the_sentence_is_the_one_of_the_page() -> None:
    [vat] = [one for one in SCHEDULES if one.service == "VAT Return"]
    quoted = " ".join(re.sub(r"[*>]", "", GUIDE).split())
    assert sentence(vat) in quoted
    assert f"{len(SCHEDULES)} services come with Natrium" in GUIDE
