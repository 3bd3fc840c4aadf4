"""A schedule is a sentence that people read."""

from __future__ import annotations

import pytest

from natrium.domain.recurrence.schedule import sentence
from natrium.domain.recurrence.schedules import SCHEDULES

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
