"""`natrium generate`, the job behind it, and what the doctor says of a series that fails."""

import argparse
import json
from datetime import date

import pytest

from natrium.apps.catalogue import doctor
from natrium.apps.workflows import operations as workflows
from natrium.cli import generate
from natrium.cli.errors import CliError
from natrium.config import settings as configured
from natrium.jobs import recurring
from tests.builders import NOW
from tests.integration.apps.catalogue.firm import Firm, tasks, the_firm
from tests.integration.apps.workflows.jobs import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Firm:
    """Acorn with Widget Ltd, who takes bookkeeping since 1 September 2026."""
    firm = the_firm()
    service, _ = firm.service()
    firm.start(service, date(2026, 9, 1))
    return firm


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 2 November 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def run(*words: str) -> int:
    """The verb with these words."""
    parser = argparse.ArgumentParser()
    generate.add_arguments(parser)
    return generate.run(parser.parse_args(words))


def test_it_says_what_it_made(firm: Firm, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--dry-run") == 0
    said = capsys.readouterr().out
    assert said == (
        "Widget Ltd: Bookkeeping to 30 Sep 2026, due 2026-10-14\n"
        "Widget Ltd: Bookkeeping to 31 Oct 2026, due 2026-11-13\n"
        "2 tasks would be made.\n"
    )
    assert tasks() == []
    assert run() == 0
    assert capsys.readouterr().out == said.replace("would be ", "")
    assert run("--until", "2026-12-01", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [made["title"] for made in answer["created"]] == ["Bookkeeping to 30 Nov 2026"]
    assert (answer["ok"], answer["failed"], answer["more"]) == (True, [], 0)
    assert firm


def test_a_day_that_is_none_is_refused(firm: Firm) -> None:
    assert firm
    with pytest.raises(CliError) as refused:
        run("--until", "31/12/2026")
    assert str(refused.value) == "--until takes a day like 2027-03-31, and “31/12/2026” is none."


def test_a_series_that_fails_is_an_answer_of_no_and_the_doctor_says_it(
    firm: Firm, capsys: pytest.CaptureFixture[str]
) -> None:
    template = firm.template(ACCOUNTS)
    service, _ = firm.service("Accounts", template_ids=(template,))
    firm.start(service, date(2026, 9, 1))
    assert list(doctor.examine()) == []
    workflows.archive(by=firm.mark, at=NOW, template_id=template)
    assert run() == 1
    out = capsys.readouterr().out
    assert "Widget Ltd: Accounts fails: “Accounts” is archived. Take it out of the archive to attach it.\n" in out
    assert out.endswith("2 tasks made.\n")
    [finding] = doctor.examine()
    assert finding.what == (
        "“Accounts” for Widget Ltd fails since 2026-11-02 09:30 UTC, 1 attempt: “Accounts” is archived. "
        "Take it out of the archive to attach it"
    )


def test_the_job_makes_them_and_comes_round_by_itself(firm: Firm) -> None:
    assert firm
    assert recurring.sweep.call() == 2
    assert recurring.sweep.call() == 0
    schedules = configured.TASKS["default"]["OPTIONS"]["SCHEDULES"]
    assert recurring.sweep.module_path in {one["task"] for one in schedules.values()}
