"""Titles by their pattern: names and dates in the forms people write, and nothing of the language beneath."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence.titles import TitleFacts, check_pattern, title

FACTS = TitleFacts(
    service="VAT Return", client="Widget Ltd", period_start=date(2026, 1, 1), period_end=date(2026, 3, 31),
    due=date(2026, 5, 7), part=2,
)  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{service} {period_end:%Y}", "VAT Return 2026"),
        ("{service} to {period_end:%d %B %Y}", "VAT Return to 31 March 2026"),
        ("{client}: {period_start} to {period_end}", "Widget Ltd: 1 Jan 2026 to 31 Mar 2026"),
        ("Part {part}, due {due:%d/%m/%y}", "Part 2, due 07/05/26"),
        ("  Plain   words ", "Plain words"),
    ],
)
def test_a_title_says_its_period(pattern: str, said: str) -> None:
    assert title(pattern, FACTS) == said


@pytest.mark.parametrize(
    "pattern",
    [
        "", " ", "{", "}", "{}", "{service", "{{service}}", "{service.__class__}", "{service!r}", "{0}", "{service[0]}",
        "{service:>10}", "{period_end:%s}", "{period_end:%}", "{period_end.year}", "x" * 201,
    ],
)  # fmt: skip
def test_any_other_pattern_is_refused_with_the_reason(pattern: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_pattern(pattern)
    assert (refused.value.code, refused.value.field) == (Code.BAD_VALUE, "title_pattern")


@given(st.text(alphabet="{}:%.!_[]abcservicperiod_nYd ", max_size=60))
def test_whatever_is_not_refused_gives_a_title(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except Refusal:
        return
    assert len(title(pattern, FACTS)) <= 200
