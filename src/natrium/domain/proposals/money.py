"""Money in whole pence: read, written, spread over the year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from natrium.domain.errors import Code, Refusal

MOST = 100_000_000
MONTHS = 12
AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


class Per(StrEnum):
    """How often a fee is billed."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def words(self) -> str:
        """As it stands behind the fee: "a month", "once"."""
        return "once" if self is Per.ONCE else f"a {self.value}"

    @property
    def in_a_year(self) -> int:
        """How often in a year; 0 for once."""
        return {Per.ONCE: 0, Per.MONTH: 12, Per.QUARTER: 4, Per.YEAR: 1}[self]


@dataclass(frozen=True, slots=True)
class Total:
    """An amount in pence, and the VAT on it."""

    net: int
    vat: int

    @property
    def gross(self) -> int:
        """Both."""
        return self.net + self.vat


def pence_of(text: str, *, field: str) -> int:
    """The pence of an amount as people type it: "1,650", "£48.50". Refuses `bad-value`."""
    found = AMOUNT.fullmatch(text.strip())
    if found is None:
        raise Refusal(Code.BAD_VALUE, "Give a fee in pounds, such as 48 or 1,650.00.", field=field)
    # Longer numbers are beyond the most in any case.
    pounds = int(found[1].replace(",", "")[:12])
    return bounded(pounds * 100 + int((found[2] or "").ljust(2, "0")), field=field)


def bounded(pence: int, *, field: str) -> int:
    """The pence themselves. Refuses `bad-value` below nothing and above a million pounds."""
    if not 0 <= pence <= MOST:
        raise Refusal(Code.BAD_VALUE, f"A fee is £0 to {written(MOST)}.", field=field)
    return pence


def written(pence: int) -> str:
    """An amount as people read it, without pence where there are none: "£1,650", "£48.50"."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else exactly(pence)


def exactly(pence: int) -> str:
    """An amount with its pence: "£1,650.00"."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def each_month(fees: Iterable[tuple[int, Per]], vat_percent: int) -> Total:
    """What recurring fees come to in a month when they are spread evenly over the year."""
    return _total(_divided(sum(pence * per.in_a_year for pence, per in fees), MONTHS), vat_percent)


def monthly_words(fees: Iterable[tuple[int, Per]]) -> str:
    """What the monthly total is called: where a fee is billed otherwise, it is no sum that is paid each month."""
    whole = all(per in {Per.MONTH, Per.ONCE} for _, per in fees)
    return "Each month" if whole else "Each month, spread over the year"


def once(fees: Iterable[tuple[int, Per]], vat_percent: int) -> Total:
    """What is to be paid once."""
    return _total(sum(pence for pence, per in fees if per is Per.ONCE), vat_percent)


def _total(net: int, vat_percent: int) -> Total:
    return Total(net, _divided(net * vat_percent, 100))


def _divided(pence: int, by: int) -> int:
    """Rounded to whole pence, half a penny up."""
    return (2 * pence + by) // (2 * by)
