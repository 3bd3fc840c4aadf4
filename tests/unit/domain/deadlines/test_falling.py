"""The day on which a piece of work is due by law, with its reason; or why it cannot be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from natrium.domain.deadlines.falling import Falls, falls
from natrium.domain.deadlines.known import Known
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

YEAR = Known(
    kind="limited_company", name="Widget Ltd", facts={"incorporated": "2010-05-04"}, period_start=date(2026, 1, 1),
    period_end=date(2026, 12, 31),
)  # fmt: skip
FIRST_YEAR = replace(YEAR, facts={"incorporated": "2026-01-01"}, period_end=date(2027, 1, 31))


def asked(name: str, known: Known = YEAR, version: int | None = None) -> Falls:
    return falls(name, known, holidays=is_bank_holiday, version=version)


def test_a_rule_gives_a_day_its_reason_and_its_version() -> None:
    found = asked("ch.accounts.annual")
    assert (found.on, found.version) == (date(2027, 9, 30), 1)
    assert found.why.startswith("30 Sep 2027: 9 months after the year end, 31 Dec 2026")


def test_what_is_missing_is_said_in_place_of_a_day() -> None:
    found = asked("hmrc.paye.payment_post")
    assert (found.on, found.version) == (None, None)
    assert found.why.startswith("Missing: the task’s other date “Payday”; the client’s fact “paye_frequency”")


@pytest.mark.parametrize("version", [None, 1])
def test_a_rule_that_there_is_not_gives_no_day(version: int | None) -> None:
    found = asked("hmrc.vat", version=version)
    assert (found.on, found.version) == (None, None)
    assert "no rule" in found.why


@pytest.mark.parametrize(
    ("statutory", "day"),
    [(date(2026, 7, 14), "14 Jul 2026"), (date(2027, 4, 14), "14 Apr 2027")],
)
def test_of_several_dates_it_is_the_one_that_the_task_says(statutory: date, day: str) -> None:
    found = asked("hmrc.ct.qip.large", replace(YEAR, statutory=statutory))
    assert (found.on, found.version) == (statutory, 1)
    assert found.why.startswith(f"{day}: ")


@pytest.mark.parametrize("statutory", [None, date(2026, 7, 15)])
def test_of_several_dates_none_is_guessed(statutory: date | None) -> None:
    found = asked("hmrc.ct.qip.large", replace(YEAR, statutory=statutory))
    assert (found.on, found.version) == (None, None)
    assert "gives several dates (14 Jul 2026, 14 Oct 2026, 14 Jan 2027, 14 Apr 2027)" in found.why
    assert found.why.endswith("the task’s statutory date is to say which.")


def test_work_goes_by_the_version_that_it_was_made_with() -> None:
    quarter = replace(YEAR, period_start=date(2027, 4, 6), period_end=date(2027, 7, 5))
    assert asked("hmrc.mtd_it.quarterly", quarter, 1).version == 1


def test_a_rule_that_takes_the_others_place_goes_by_its_own_version() -> None:
    """The work was made by a version of the annual rule that the rule of first accounts never had."""
    found = asked("ch.accounts.annual", FIRST_YEAR, 7)
    assert (found.on, found.version) == (asked("ch.accounts.annual", FIRST_YEAR).on, 1)
    assert found.on == date(2027, 10, 1)
