"""What the forms of a schedule say, and what they refuse at which field."""

from __future__ import annotations

import pytest

from natrium.domain.errors import Refusal
from natrium.domain.recurrence.schedule import Anchor, Before, Create, Milestone, Parts, Schedule, Whence
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sentences import Word, sentence
from natrium.domain.workflow.definition import DueUnit
from natrium.web.services.schedules import FIELDS, read, said

BY_NAME = {one.service: one for one in SCHEDULES}
VAT, BOOKS, ONBOARDING = BY_NAME["VAT Return"], BY_NAME["Bookkeeping Monthly"], BY_NAME["Client Onboarding"]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.service)
def test_what_the_forms_show_is_what_they_say(schedule: Schedule) -> None:
    assert read(said(schedule), schedule) == schedule


def test_each_field_belongs_to_a_word_and_each_word_has_fields() -> None:
    assert set(FIELDS) == set(Word)
    assert {field for fields in FIELDS.values() for field in fields} == set(said(VAT))


def test_a_word_changes_what_it_says_and_nothing_else() -> None:
    changed = read(said(VAT) | {"target": "10", "target_unit": "days"}, VAT)
    assert changed.target == Before(10, DueUnit.DAYS)
    assert sentence(changed) == sentence(VAT).replace("Target 5 working days", "Target 10 days")


def test_no_target_and_no_other_dates_are_choices() -> None:
    changed = read(said(VAT) | {"target": "", "label1": "", "law1": ""}, VAT)
    assert (changed.target, changed.milestones) == (None, ())


def test_further_dates_come_in_order() -> None:
    changed = read(said(VAT) | {"label2": "Pay by Direct Debit", "law2": "hmrc.vat.poa"}, VAT)
    assert changed.milestones == (*VAT.milestones, Milestone("Pay by Direct Debit", "hmrc.vat.poa"))


def test_an_anchor_that_says_how_often_is_not_asked() -> None:
    assert read(said(BOOKS) | {"anchor": "tax_year", "months": "7"}, BOOKS).months == 12
    assert read(said(BOOKS) | {"months": "7"}, BOOKS).months == 7


def test_what_happens_once_counts_from_the_day_it_happens_and_what_recurs_does_not() -> None:
    once = read(said(BOOKS) | {"anchor": "event"}, BOOKS)
    assert once.offset
    assert (once.anchor, once.months, once.offset.whence) == (Anchor.EVENT, 0, Whence.EVENT)
    assert once.create == Create(Whence.EVENT, 1)
    again = read(said(ONBOARDING) | {"anchor": "calendar", "months": "1"}, ONBOARDING)
    assert again.offset
    assert (again.offset.whence, again.create) == (Whence.PERIOD_END, Create(Whence.PERIOD_END, 0))


def test_another_rule_drops_the_choices_of_the_one_before() -> None:
    charity = BY_NAME["Charity Accounts"]
    assert read(said(charity) | {"rule": "ch.cs01"}, charity).others == ()
    assert read(said(charity) | {"target": "9"}, charity).others == charity.others


def test_a_date_of_the_practices_own_has_one_task_a_period() -> None:
    instalments = BY_NAME["CT instalments"]
    assert read(said(instalments) | {"rule": ""}, instalments).parts is Parts.ONE


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("anchor", "moon", "from the list"),
        ("months", "0", "from 1 to 120"),
        ("months", "1.5", "from 1 to 120"),
        ("months", "٣", "from 1 to 120"),
        ("rule", "hmrc.nothing", "from the list"),
        ("rule", "internal.target", "from the list"),
        ("after_days", "-1", "from 0 to 3,660"),
        ("after_days", "99999999999999999999", "from 0 to 3,660"),
        ("after_months", "x", "from 0 to 120"),
        ("after", "", "from the list"),
        ("adjust", "sideways", "from the list"),
        ("parts", "many", "from the list"),
        ("label1", "Pay", "gives this date"),
        ("law1", "ch.cs01", "Name the date"),
        ("target", "-3", "from 0 to 3,660"),
        ("target_unit", "weeks", "working days"),
        ("create", "many", "from 0 to 3,660"),
        ("create_unit", "", "working days"),
        ("create_side", "", "before or after"),
        ("create_from", "period_start", "from the list"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(field: str, value: str, words: str) -> None:
    with pytest.raises(Refusal) as no:
        read(said(BOOKS) | {field: value}, BOOKS)
    assert words in no.value.message
    assert no.value.field == {"label1": "law1", "law1": "label1"}.get(field, field)


def test_two_dates_of_one_name_are_refused() -> None:
    with pytest.raises(Refusal) as no:
        read(said(VAT) | {"label2": "Pay VAT", "law2": "hmrc.vat.poa"}, VAT)
    assert no.value.field == "label2"
