"""What the plain fields of a client may hold."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from natrium.apps.clients.models import KINDS
from natrium.domain import identifiers
from natrium.domain.errors import Code, Refusal
from natrium.domain.text import keepable

LONGEST = {
    "name": 200,
    "reference": 60,
    "company_number": 20,
    "utr": 20,
    "vat_number": 20,
    "email": 254,
    "phone": 60,
    "notes": 20_000,
}
PLAIN = (
    *LONGEST,
    "kind",
    "year_end_month",
    "year_end_day",
    "year_end_is_last_day",
    "active",
    "ceased_on",
)
A_LEAP_YEAR = 2024


def address(text: str) -> str:
    """An e-mail address as it was given. Raises ValueError with a sentence."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise ValueError(f"“{text}” is not an e-mail address.") from None
    return text


SHAPED: dict[str, Callable[[str], str]] = {
    "email": address,
    "company_number": identifiers.company_number,
    "utr": identifiers.utr,
    "vat_number": identifiers.vat_number,
}


def check(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values as they are kept (texts without outer blanks).

    Raises Refusal (bad-value, with the field) for an unknown field or a value that cannot be.
    """
    for field in values:
        if field not in PLAIN:
            raise Refusal(Code.BAD_VALUE, f"A client has no field “{field}” to edit.", field=field)
    checked = {field: _checked(field, value) for field, value in values.items()}
    if checked.get("name") == "":
        raise Refusal(Code.BAD_VALUE, "A client needs a name.", field="name")
    _check_year_end(checked.get("year_end_month"), checked.get("year_end_day"))
    if checked.get("company_number") and checked.get("kind") not in (None, *identifiers.HAVE_COMPANY_NUMBERS):
        kind = str(checked["kind"]).replace("_", " ")
        message = f"Kind “{kind}”: that is a client which has no company number. Leave it empty, or change the kind."
        raise Refusal(Code.BAD_VALUE, message, field="company_number")
    return checked


def _checked(field: str, value: object) -> object:
    if field in LONGEST:
        return _text(field, value)
    return CHECKS[field](field, value)


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise _bad(field, "is text")
    text = value.strip()
    if len(text) > LONGEST[field]:
        raise _bad(field, f"has at most {LONGEST[field]} characters")
    if not keepable(text):
        raise _bad(field, "has a character that cannot be kept")
    if field not in SHAPED:
        return text
    try:
        return SHAPED[field](text)
    except ValueError as error:
        raise Refusal(Code.BAD_VALUE, str(error), field=field) from error


def _kind(field: str, value: object) -> str:
    if not isinstance(value, str) or value not in KINDS:
        raise _bad(field, f"is one of {', '.join(KINDS)}")
    return value


def _number(field: str, value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _bad(field, "is a whole number")
    return value


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _bad(field, "is yes or no")
    return value


def _day(field: str, value: object) -> date | None:
    if value is not None and not isinstance(value, date):
        raise _bad(field, "is a date")
    return value


CHECKS: dict[str, Callable[[str, object], object]] = {
    "kind": _kind,
    "year_end_month": _number,
    "year_end_day": _number,
    "year_end_is_last_day": _flag,
    "active": _flag,
    "ceased_on": _day,
}


def _check_year_end(month: object, day: object) -> None:
    if month is None and day is None:
        return
    if not isinstance(month, int) or not 1 <= month <= 12:
        raise _bad("year_end_month", "is 1 to 12, with a day")
    if not isinstance(day, int) or not 1 <= day <= monthrange(A_LEAP_YEAR, month)[1]:
        raise _bad("year_end_day", "is a day of that month")


def _bad(field: str, what: str) -> Refusal:
    return Refusal(Code.BAD_VALUE, f"The {field.replace('_', ' ')} {what}.", field=field)
