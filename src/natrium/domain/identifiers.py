"""Numbers by which authorities know a client: their shape, and the one way in which they are kept."""

from __future__ import annotations

import re

# Companies House: eight digits, or two letters (SC, NI, OC …) and six digits. A spreadsheet eats the noughts that a
# number begins with, one or two of the eight digits; shorter than that it is another number.
COMPANY = re.compile(r"(?:\d{6,8}|[A-Z]{2}\d{1,6}|R0\d{6})")
UTR = re.compile(r"\d{10}")
# VAT: nine digits, or twelve for a branch; GB or XI (Northern Ireland, to the EU) may stand before them.
VAT = re.compile(r"(?:GB|XI)?(?:\d{9}|\d{12})")
HAVE_COMPANY_NUMBERS = frozenset({"limited_company", "llp", "charity"})


def company_number(text: str) -> str:
    """A company number as Companies House writes it: "8114236" is "08114236". Raises ValueError with a sentence."""
    number = _plain(text)
    if not number:
        return ""
    if not COMPANY.fullmatch(number):
        raise ValueError(
            "A company number has eight digits, or two letters and six digits, such as 08114236 or SC123456."
        )
    if number.isdigit():
        return number.zfill(8)
    return number[:2] + number[2:].zfill(6)


def utr(text: str) -> str:
    """A unique taxpayer reference, ten digits without blanks. Raises ValueError with a sentence."""
    number = _plain(text)
    if number and not UTR.fullmatch(number):
        raise ValueError("A UTR has ten digits, such as 1234567890.")
    return number


def vat_number(text: str) -> str:
    """A VAT registration number with its country, "GB123456789". Raises ValueError with a sentence."""
    number = _plain(text)
    if not number:
        return ""
    if not VAT.fullmatch(number):
        raise ValueError("A VAT number has nine digits (twelve for a branch), with or without GB, such as GB123456789.")
    return number if number[0].isalpha() else f"GB{number}"


def _plain(text: str) -> str:
    """Without the blanks, dots and dashes that people put in."""
    return re.sub(r"[\s.\-]+", "", text).upper()
