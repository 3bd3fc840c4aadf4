"""A schedule is a sentence that people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from natrium.domain.deadlines.targets import Adjust
from natrium.domain.recurrence.schedule import Offset, Schedule, Whence
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.domain.recurrence.sentences import Phrase, Word, phrases, sentence

BY_NAME = {one.service: one for one in SCHEDULES}


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("Annual Accounts",
         ("Every 12 months, by the client’s year end. Due by law: Accounts to Companies House. Target 60 "
         "days before. Appears 1 day after the period ends.")),
        ("CT instalments", ("Every 12 months, by the client’s year end. Due by law: Corporation tax "
         "instalments, large "
         "company. Tasks: one for each instalment. Target 7 working days before. Appears 30 days before it is due.")),
        ("VAT Return (monthly)", ("Every month, by the end of each month, for VAT. Due by law: VAT return and "
         "payment. "
         "Target 5 working days before. Appears 1 day after the period ends.")),
        ("Payroll Monthly",
         ("Every pay period, by the client’s pay dates. Due by law: Full payment submission. EPS: by law, "
         "Employer payment summary. Pay PAYE: by law, PAYE and National Insurance, paid electronically. Target "
         "2 working "
         "days before. Appears 7 working days before it is due.")),
        ("Bookkeeping Monthly",
         ("Every month, by the end of the month. Due 14 days after the period ends; the working day "
         "before where it is none. Target 3 working days before. Appears 1 day after the period ends.")),
        ("AML Annual Review",
         ("Every 12 months, by the last AML review. Due 12 months after the period starts; the working "
         "day before where it is none. Target 7 days before. Appears 30 days before it is due.")),
        ("Client Onboarding",
         ("Once. Due 14 days after it happens; the working day after where it is none. Appears when it "
         "happens.")),
    ],
)  # fmt: skip
def test_a_schedule_is_a_sentence(service: str, words: str) -> None:
    assert sentence(BY_NAME[service]) == words


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda one: one.service)
def test_the_stretches_of_a_sentence_are_the_sentence(schedule: Schedule) -> None:
    found = phrases(schedule)
    assert "".join(phrase.text for phrase in found) == sentence(schedule)
    assert all(phrase.text == phrase.text.strip() for phrase in found if phrase.word)


def test_each_word_says_what_it_stands_for() -> None:
    pressed = [(phrase.text, phrase.word) for phrase in phrases(BY_NAME["VAT Return"]) if phrase.word]
    assert pressed == [
        ("3 months", Word.OFTEN),
        ("the client’s VAT stagger", Word.ANCHOR),
        ("VAT return and payment", Word.DUE),
        ("Pay VAT", Word.DATES),
        ("5 working days before", Word.TARGET),
        ("1 day after the period ends", Word.CREATE),
    ]


def test_a_day_that_is_not_moved_has_no_word_for_moving_it() -> None:
    plain = replace(BY_NAME["Bookkeeping Monthly"], offset=Offset(Whence.PERIOD_END, adjust=Adjust.NONE))
    assert Word.ADJUST not in {phrase.word for phrase in phrases(plain)}
    assert Phrase("when the period ends", Word.DUE) in phrases(plain)
