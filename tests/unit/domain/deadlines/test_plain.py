"""The plain form: what `natrium due` takes and gives."""

from __future__ import annotations

from typing import Any

import pytest

from natrium.domain.deadlines import plain
from natrium.domain.errors import Code, Refusal
from tests.unit.domain.deadlines.uk_holidays import is_bank_holiday

INTERNAL = {"offset": -7, "unit": "days", "adjust": "previous", "calendar": "england-and-wales"}
ROW: dict[str, Any] = {"id": "a", "rule": "hmrc.vat.return", "inputs": {"period_end": "2026-06-30"}}


def answered(row: object, *, explain: bool = False) -> dict[str, object]:
    return plain.answer(plain.question(row), holidays=is_bank_holiday, explain=explain)


def refused(row: object) -> tuple[Code, str, str]:
    with pytest.raises(Refusal) as caught:
        answered(row)
    return caught.value.code, caught.value.field, caught.value.message


def test_an_answer_has_no_more_than_was_asked_for() -> None:
    assert answered(ROW) == {"id": "a", "due": "2026-08-07"}
    assert answered({**ROW, "note": 1, "inputs": {**ROW["inputs"], "internal": None}}) == {
        "id": "a",
        "due": "2026-08-07",
    }


def test_an_explained_answer() -> None:
    assert answered({**ROW, "inputs": {**ROW["inputs"], "internal": INTERNAL}}, explain=True) == {
        "id": "a",
        "due": "2026-08-07",
        "internal": "2026-07-31",
        "pay_by": "2026-08-07",
        "why": "7 Aug 2026: 1 month after the end of the VAT period, 30 Jun 2026; the 30th is the last day of "
        "June, so the "
        "last day of July: 31 Jul 2026; 7 days after that.",
        "version": 1,
        "source": "VAT Regulations 1995 (SI 1995/2518) regs 25, 25A, 40; HMRC VATAC1300, VDSOG400",
        "internal_why": "31 Jul 2026: 7 days before 7 Aug 2026.",
    }


def test_an_explained_answer_with_parts() -> None:
    inputs = {"stagger": 2, "from": "2026-01-15", "count": 1}
    found = answered({"id": "b", "rule": "hmrc.vat.return.sequence", "inputs": inputs}, explain=True)
    assert found["note"] == "The periods that end on the first day given or later."
    assert found["sequence"] == [
        {
            "n": 1,
            "period_end": "2026-01-31",
            "due": "2026-03-07",
            "pay_by": "2026-03-06",
            "why": "1 month after the end of the VAT period, 31 Jan 2026; the 31st is the last day of January, so "
            "the last "
            "day of February: 28 Feb 2026; 7 days after that",
        }
    ]


def test_an_explained_answer_without_payment() -> None:
    found = answered({"id": "c", "rule": "hmrc.p11d", "inputs": {"tax_year_end": "2026-04-05"}}, explain=True)
    assert set(found) == {"id", "due", "why", "version", "source"}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key != name}


def with_internal(**changed: object) -> dict[str, Any]:
    return {**ROW, "inputs": {**ROW["inputs"], "internal": {**INTERNAL, **changed}}}


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ([], "", "A row is a set of fields with id, rule and inputs, and here is a list."),
        (without("id"), "id", "“id” is text that names the row, and here is nothing."),
        ({**ROW, "id": 7}, "id", "“id” is text that names the row, and here is the number 7."),
        ({**ROW, "id": "\ud800"}, "id", "“id” is text that names the row, and here is the text “\ud800”."),
        ({**ROW, "rule": None}, "rule",
         "“rule” is the name of a rule, like ch.accounts.annual, and here is nothing."),
        (without("inputs"), "inputs", "“inputs” is a set of fields, the rule's inputs by name, and here is nothing."),
        ({**ROW, "inputs": []}, "inputs",
         "“inputs” is a set of fields, the rule's inputs by name, and here is a list."),
        ({**ROW, "inputs": {"period_end": "soon"}}, "inputs.period_end",
         "The end of the VAT period is a date like 2026-03-31, and here is the text “soon”."),
        ({**ROW, "inputs": {**ROW["inputs"], "internal": 3}}, "inputs.internal",
         "“internal” is a set of fields, and here is the number 3."),
        (with_internal(offset=1), "inputs.internal.offset",
         ("The offset of the target, in days before the due date, is a whole number from -3660 to 0, and here is the "
         "number 1.")),
        (with_internal(unit="weeks"), "inputs.internal.unit",
         "The unit of the target is “days” or “working_days”, and here is the text “weeks”."),
        (with_internal(adjust="skip"), "inputs.internal.adjust",
         "The adjustment of the target is “none”, “previous” or “next”, and here is the text “skip”."),
        (with_internal(calendar="practice"), "inputs.internal.calendar",
         ("The calendar of the target is “england-and-wales”, “scotland” or “northern-ireland”, and here is the text "
         "“practice”.")),
    ],
)  # fmt: skip
def test_a_row_that_is_none(row: object, field: str, message: str) -> None:
    assert refused(row) == (Code.BAD_VALUE, field, message)


def test_a_rule_that_is_not_there_is_at_its_field() -> None:
    assert refused({**ROW, "rule": "hmrc.vat.retrun"}) == (
        Code.UNKNOWN_KEY, "rule", "There is no rule “hmrc.vat.retrun”. Did you mean “hmrc.vat.return”?",
    )  # fmt: skip
