"""The next dates as the page shows them: the dates of the one function that makes tasks, with their reasons."""

from __future__ import annotations

from datetime import date

from natrium.apps.catalogue.queries import NextDate
from natrium.domain.deadlines.known import Known
from natrium.domain.recurrence.occurrences import Office, occurrences
from natrium.domain.recurrence.schedules import SCHEDULES
from natrium.web.services.upcoming import how_often, in_our_words, lines, of_period

BY_NAME = {one.service: one for one in SCHEDULES}
OFFICE = Office(holidays=lambda _calendar, _day: False)
HARTWELL = Known(
    kind="limited_company", name="Hartwell Joinery Ltd", year_end=(3, 31), year_end_is_last=True,
    facts={"vat_stagger": "2", "incorporated": "2010-04-01"},
)  # fmt: skip


def found(service: str, known: Known = HARTWELL, most: int = 2) -> tuple[NextDate, ...]:
    """Some of a ready schedule's, as the preview gives them."""
    ahead = occurrences(
        BY_NAME[service], known, first=date(2027, 1, 1), last=date(2029, 12, 31), office=OFFICE, most=most
    )
    assert isinstance(ahead, tuple)
    return tuple(
        NextDate("A title", one.period.start, one.period.end, one.part, one.due, one.target, one.create_on,
                 one.milestones)
        for one in ahead
    )  # fmt: skip


def test_a_line_has_the_dates_of_the_occurrence_and_says_why() -> None:
    first, second = lines(found("VAT Return"))
    assert (first.period, second.period) == ("Quarter to 31 Jan 2027", "Quarter to 30 Apr 2027")
    assert (first.create_on, first.target, first.due) == (date(2027, 2, 1), date(2027, 3, 1), date(2027, 3, 7))
    assert not first.why.startswith("7 Mar")
    assert first.why.startswith("1 month after the end of the VAT period")
    [pay] = first.beside
    assert (pay.label, pay.day, pay.pay_by, pay.same) == ("Pay VAT", date(2027, 3, 7), date(2027, 3, 5), True)
    assert first.pay_by is None, "the other date says by when to pay"
    assert second.beside[0].pay_by is None, "the last day for cleared funds is the due day itself"


def test_what_is_to_be_paid_says_by_when_where_no_other_date_does() -> None:
    [monthly] = lines(found("VAT Return (monthly)", most=1))
    assert (monthly.due, monthly.pay_by) == (date(2027, 3, 7), date(2027, 3, 5))


def test_a_date_that_cannot_be_said_says_what_is_missing_in_the_words_of_the_clients_page() -> None:
    bare = Known(kind="partnership", name="A and B", year_end=(3, 31), facts={})
    [line] = lines(found("Partnership Return", bare, most=1))
    assert line.due is None
    assert line.why.startswith("Missing: the client’s “A company is a partner”")


def test_a_fact_is_called_what_the_clients_page_calls_it() -> None:
    assert in_our_words("Missing: the client’s fact “vat_stagger”: 1, 2 or 3.").startswith(
        "Missing: the client’s “VAT quarters end”"
    )


def test_a_period_in_few_words() -> None:
    assert of_period(date(2026, 4, 1), date(2027, 3, 31)) == "Year to 31 Mar 2027"
    assert of_period(date(2027, 1, 1), date(2027, 1, 31)) == "January 2027"
    assert of_period(date(2027, 1, 6), date(2027, 2, 5)) == "Month to 5 Feb 2027"
    assert of_period(date(2027, 1, 6), date(2027, 1, 6)) == "6 Jan 2027"
    assert of_period(date(2027, 1, 6), date(2028, 7, 5)) == "6 Jan 2027 to 5 Jul 2028"


def test_how_often_in_a_word_or_two() -> None:
    said = {name: how_often(BY_NAME[name]) for name in ("VAT Return", "CIS", "Annual Accounts", "Client Onboarding")}
    assert list(said.values()) == ["every quarter", "every month", "every year", "once"]
    assert how_often(BY_NAME["Payroll Monthly"]) == "every pay period"
    assert how_often(BY_NAME["Auto-enrolment re-declaration"]) == "every 36 months"
