"""Numbers by which authorities know a client."""

import pytest

from natrium.domain.identifiers import company_number, utr, vat_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" 08 114 236 ", "08114236"),
        ("8114236", "08114236"),
        ("114236", "00114236"),
        ("sc123456", "SC123456"),
        ("NI1234", "NI001234"),
    ],
)
def test_a_company_number_is_kept_as_companies_house_writes_it(typed: str, kept: str) -> None:
    assert company_number(typed) == kept


@pytest.mark.parametrize("typed", ["12", "12345", "123456789", "ABC12345", "08114236X", "none"])
def test_what_is_no_company_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^A company number has eight digits, .* such as 08114236 or SC123456\.$"):
        company_number(typed)


@pytest.mark.parametrize(("typed", "kept"), [("", ""), ("12345 67890", "1234567890")])
def test_a_utr_has_ten_digits(typed: str, kept: str) -> None:
    assert utr(typed) == kept


@pytest.mark.parametrize("typed", ["123456789", "12345678901", "123456789K"])
def test_what_is_no_utr_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^A UTR has ten digits, such as 1234567890\.$"):
        utr(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("123 4567 89", "GB123456789"), ("gb123456789", "GB123456789"), ("XI123456789012", "XI123456789012")],
)
def test_a_vat_number_carries_its_country(typed: str, kept: str) -> None:
    assert vat_number(typed) == kept


@pytest.mark.parametrize("typed", ["12345678", "FR123456789", "GB12345678901"])
def test_what_is_no_vat_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^A VAT number has nine digits .* such as GB123456789\.$"):
        vat_number(typed)
