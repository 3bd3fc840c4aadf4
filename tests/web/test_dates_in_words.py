"""Days and periods in words."""

from datetime import date

import pytest

from natrium.web.dates import period_beside

YEAR = (date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("title", "start", "end", "words"),
    [
        ("Annual accounts", *YEAR, "year ended 31 March 2026"),
        ("Annual accounts y/e 31 Mar 2026", *YEAR, ""),
        ("Annual accounts to 31 March 2026", *YEAR, ""),
        ("Annual accounts y/e 30 Sep 2026", date(2025, 10, 1), date(2026, 9, 30), ""),
        ("VAT return, quarter to 31 Oct", date(2026, 8, 1), date(2026, 10, 31), "2026"),
        ("Payroll", date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        ("Onboarding", date(2026, 11, 3), None, "from 3 November 2026"),
        ("Onboarding", None, None, ""),
    ],
)
def test_a_title_is_not_said_twice(title: str, start: date | None, end: date | None, words: str) -> None:
    assert period_beside(title, start, end) == words
