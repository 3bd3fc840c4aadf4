"""What a proposal says: bounds, what keeps it from being sent, and the one document of it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.errors import Code, Refusal
from natrium.domain.proposals import money, offer
from natrium.domain.proposals.money import Per, Total
from natrium.domain.proposals.offer import Line, Offer, Parties

TODAY = date(2026, 11, 24)
ACCOUNTS = Line(name="Accounts", description="Each year", fee=165_000, per=Per.YEAR, service_id=1)
VAT = Line(name="VAT returns", fee=12_000, per=Per.QUARTER, service_id=2)
PAYROLL = Line(name="Payroll", fee=4_800, per=Per.MONTH, service_id=3, starts_on=date(2027, 1, 1))
SET_UP = Line(name="Getting you set up", fee=25_000, per=Per.ONCE, template_id=9)
GOOD = Offer(
    title="Accounts and tax", to_name="Nia Bowen", to_email="nia@fernhill.example", note="Dear Nia", terms="One month.",
    expires_on=TODAY + timedelta(days=24), lines=(ACCOUNTS, VAT, PAYROLL, SET_UP),
)  # fmt: skip


def test_what_it_comes_to() -> None:
    assert GOOD.monthly == Total(22_550, 4_510)
    assert (GOOD.first, GOOD.first.gross) == (Total(25_000, 5_000), 30_000)
    assert money.each_month([(100, Per.YEAR)], 0) == Total(8, 0)
    assert money.each_month([(6, Per.YEAR)], 0) == Total(1, 0), "half a penny is one"
    assert money.once([(5, Per.MONTH)], 20) == Total(0, 0)


@pytest.mark.parametrize(
    ("text", "pence"),
    [("48", 4_800), (" £1,650.00 ", 165_000), ("0", 0), ("0.5", 50), ("1000000", money.MOST), ("12.05", 1_205)],
)
def test_fees_are_read_as_people_type_them(text: str, pence: int) -> None:
    assert money.pence_of(text, field="fee") == pence


@pytest.mark.parametrize("text", ["", "x", "-1", "1.234", "1,65", "٤", "1e3", "£", "1.", "10 000"])
def test_what_is_no_fee_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"^Give a fee in pounds, such as 48 or 1,650\.00\.$") as refused:
        money.pence_of(text, field="fee")
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "fee")


@pytest.mark.parametrize("text", ["1000000.01", "9" * 5_000])
def test_too_high_a_fee_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"^A fee is £0 to £1,000,000\.$") as refused:
        money.pence_of(text, field="fee")
    assert refused.value.field == "fee"


@given(st.integers(0, money.MOST))
def test_what_is_written_is_read_again(pence: int) -> None:
    assert money.pence_of(money.written(pence), field="") == pence
    assert money.pence_of(money.exactly(pence), field="") == pence


def test_a_monthly_sum_is_called_so_only_where_each_fee_is_billed_by_month() -> None:
    assert money.monthly_words([(4_800, Per.MONTH), (100, Per.ONCE)]) == "Each month"
    for per in (Per.QUARTER, Per.YEAR):
        assert money.monthly_words([(4_800, Per.MONTH), (100, per)]) == "Each month, spread over the year"


def test_amounts_and_times_in_words() -> None:
    assert (money.written(165_000), money.written(4_850), money.exactly(5)) == ("£1,650", "£48.50", "£0.05")
    assert [per.words for per in Per] == ["once", "a month", "a quarter", "a year"]


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(Per)), max_size=8), st.integers(0, 100))
def test_a_year_of_months_is_within_twelve_half_pennies_of_the_fees(fees: list[tuple[int, Per]], vat: int) -> None:
    year = sum(pence * per.in_a_year for pence, per in fees)
    monthly = money.each_month(fees, vat)
    assert abs(monthly.net * 12 - year) <= 6
    assert abs(monthly.vat * 100 - monthly.net * vat) <= 50


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"title": " "}, "title", "A proposal needs a title."),
    ({"title": "x" * 201}, "title", "The title has 201 characters; 200 is the most."),
    ({"to_name": "x" * 201}, "to_name", "The name has 201 characters; 200 is the most."),
    ({"to_email": "x" * 255}, "to_email", "The e-mail has 255 characters; 254 is the most."),
    ({"note": "a\0"}, "note", "The opening note has a character that cannot be kept."),
    ({"note": "x" * 20_001}, "note", "The opening note has 20,001 characters; 20,000 is the most."),
    ({"terms": "x" * 20_001}, "terms", "The terms has 20,001 characters; 20,000 is the most."),
    ({"vat_percent": 101}, "vat_percent", "VAT is 0 to 100 per cent."),
    ({"vat_percent": -1}, "vat_percent", "VAT is 0 to 100 per cent."),
    ({"lines": (VAT,) * 41}, "lines", "A proposal has at most 40 lines."),
    ({"lines": (VAT, replace(VAT, name=" "))}, "lines.1.name", "Each line needs a name."),
    ({"lines": (replace(VAT, name="x" * 201),)}, "lines.0.name", "The name has 201 characters; 200 is the most."),
    (
        {"lines": (replace(VAT, description="x" * 2_001),)}, "lines.0.description",
        "The description has 2,001 characters; 2,000 is the most.",
    ),
    ({"lines": (replace(VAT, fee=-1),)}, "lines.0.fee", "A fee is £0 to £1,000,000."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "words"), BAD)
def test_what_is_out_of_bounds_is_refused_at_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        offer.sound(replace(GOOD, **changes))
    assert (refused.value.code, refused.value.field, refused.value.message) == (Code.BAD_VALUE, field, words)


def test_outer_blanks_go() -> None:
    spaced = replace(
        GOOD, title=" Accounts and tax ", lines=(replace(ACCOUNTS, name=" Accounts\n", description=" Each year "),)
    )
    assert offer.sound(spaced) == replace(GOOD, lines=(ACCOUNTS,))
    broken = replace(GOOD, title="Accounts\r\nand\u2028tax", to_name="Nia\nBowen", note="Dear Nia")
    assert offer.sound(broken) == GOOD, "a subject and a name are one line"
    full = replace(GOOD, lines=(VAT,) * 40, vat_percent=100, title="x" * 200)
    assert offer.sound(full) == full
    assert offer.sound(replace(GOOD, vat_percent=0)).vat_percent == 0


UNTIL = "It is open until a day from today to a year from now."
NOT_YET: list[tuple[dict[str, Any], str, str]] = [
    ({"lines": ()}, "lines", "There is nothing in it yet: add a service or a fee."),
    (
        {"lines": (SET_UP, replace(VAT, service_id=None))}, "lines.1.service_id",
        "“VAT returns” recurs, so it needs the service that it starts.",
    ),
    (
        {"lines": (replace(SET_UP, service_id=3),)}, "lines.0.service_id",
        "“Getting you set up” is billed once, so it starts no service: bill it by month, quarter or year.",
    ),
    (
        {"lines": (SET_UP, replace(VAT, template_id=9))}, "lines.1.template_id",
        "“VAT returns” recurs, so it starts a service and no workflow that is done once.",
    ),
    ({"lines": (replace(VAT, starts_on=date(1899, 12, 31)),)}, "lines.0.starts_on", "Give a day from 1900 to 2200."),
    ({"lines": (replace(VAT, starts_on=date(2201, 1, 1)),)}, "lines.0.starts_on", "Give a day from 1900 to 2200."),
    ({"to_name": ""}, "to_name", "Say who at the client is to answer."),
    ({"to_email": "nia"}, "to_email", "Give the e-mail that the proposal goes to."),
    ({"to_email": "@x"}, "to_email", "Give the e-mail that the proposal goes to."),
    ({"to_email": "x@"}, "to_email", "Give the e-mail that the proposal goes to."),
    ({"expires_on": TODAY - timedelta(days=1)}, "expires_on", UNTIL),
    ({"expires_on": TODAY + timedelta(days=367)}, "expires_on", UNTIL),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "words"), NOT_YET)
def test_what_keeps_it_from_being_sent_is_said_at_its_field(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        offer.check_sendable(replace(GOOD, **changes), today=TODAY)
    assert (refused.value.code, refused.value.field, refused.value.message) == (Code.BAD_VALUE, field, words)


def test_a_whole_one_can_be_sent() -> None:
    offer.check_sendable(GOOD, today=TODAY)
    offer.check_sendable(replace(GOOD, expires_on=TODAY, to_email="a@b"), today=TODAY)
    offer.check_sendable(replace(GOOD, expires_on=TODAY + timedelta(days=366)), today=TODAY)


PARTIES = Parties(practice="Acorn", client="Fernhill Roastery Ltd", partner="Priya Raman", manager="Mark Reed")


def test_the_document_says_all_that_the_client_is_to_read() -> None:
    text = offer.document(GOOD, PARTIES, number=12, version=2, sent_on=TODAY)
    assert json.loads(text) == {
        "natrium": "proposal/1", "number": 12, "version": 2, "practice": "Acorn", "client": "Fernhill Roastery Ltd",
        "partner": "Priya Raman", "manager": "Mark Reed", "to_name": "Nia Bowen", "to_email": "nia@fernhill.example",
        "title": "Accounts and tax", "note": "Dear Nia", "terms": "One month.", "vat_percent": 20,
        "sent_on": "2026-11-24", "expires_on": "2026-12-18",
        "lines": [
            {"name": "Accounts", "description": "Each year", "fee": 165_000, "per": "year", "starts_on": ""},
            {"name": "VAT returns", "description": "", "fee": 12_000, "per": "quarter", "starts_on": ""},
            {"name": "Payroll", "description": "", "fee": 4_800, "per": "month", "starts_on": "2027-01-01"},
            {"name": "Getting you set up", "description": "", "fee": 25_000, "per": "once", "starts_on": ""},
        ],
        "monthly": [22_550, 4_510], "once": [25_000, 5_000],
    }  # fmt: skip
    assert text.startswith('{"client":"Fernhill Roastery Ltd","expires_on":')
    assert offer.hash_of("£") == "b4fe151e413445357b1c0935e7cf04a429492ebd23dc62bfadb2f898c431c1fd"


CHANGES: list[dict[str, Any]] = [
    {"title": "Accounts"}, {"to_name": "Rhys"}, {"to_email": "r@x"}, {"note": ""}, {"terms": ""}, {"vat_percent": 0},
    {"expires_on": TODAY}, {"lines": (ACCOUNTS, VAT)}, {"lines": (VAT, ACCOUNTS, PAYROLL, SET_UP)},
]  # fmt: skip


@pytest.mark.parametrize("changes", CHANGES)
def test_whatever_differs_is_another_document(changes: dict[str, Any]) -> None:
    was = offer.document(GOOD, PARTIES, number=1, version=1, sent_on=TODAY)
    now = offer.document(replace(GOOD, **changes), PARTIES, number=1, version=1, sent_on=TODAY)
    assert offer.hash_of(was) != offer.hash_of(now)
    assert offer.hash_of(was) == offer.hash_of(offer.document(GOOD, PARTIES, number=1, version=1, sent_on=TODAY))


def test_a_name_is_typed_and_the_box_ticked() -> None:
    assert offer.check_signature("  Nia   Bowen ", agreed=True) == "Nia Bowen"
    assert offer.check_signature("Bo", agreed=True) == "Bo"
    for name, agreed, field, words in (
        ("", True, "name", "Type your full name to accept."),
        ("N 1", True, "name", "Type your full name to accept."),
        ("x" * 201, True, "name", "The name has 201 characters; 200 is the most."),
        ("Nia", False, "agree", "Tick the box to say that you have read the terms and may accept."),
    ):
        with pytest.raises(Refusal) as refused:
            offer.check_signature(name, agreed=agreed)
        assert (refused.value.code, refused.value.field, refused.value.message) == (Code.BAD_VALUE, field, words)


def test_a_reason_is_given() -> None:
    assert offer.check_reason(" Too dear ") == "Too dear"
    with pytest.raises(Refusal, match=r"^Say why\.$") as refused:
        offer.check_reason(" \n")
    assert (refused.value.code, refused.value.field) == (Code.REASON_NEEDED, "reason")
    with pytest.raises(Refusal, match="The reason has 20,001 characters"):
        offer.check_reason("x" * 20_001)


def test_what_a_line_starts() -> None:
    assert offer.starts(PAYROLL, accepted_on=TODAY) == date(2027, 1, 1)
    assert offer.starts(VAT, accepted_on=TODAY) == TODAY
    odd = replace(SET_UP, service_id=5)
    assert offer.recurring((*GOOD.lines, odd, replace(VAT, service_id=None))) == [ACCOUNTS, VAT, PAYROLL]
    assert offer.one_off((*GOOD.lines, replace(VAT, template_id=4), replace(SET_UP, template_id=None))) == [SET_UP]
