"""What the forms about clients say, as values, and the other way round."""

from calendar import monthrange
from datetime import date

from django.http import QueryDict

from natrium.apps.clients.queries import ClientDetail
from natrium.domain import client_facts
from natrium.domain.errors import Code, Refusal
from natrium.web.dates import full
from natrium.web.http import whole_number

KINDS = {
    "limited_company": "Limited company",
    "llp": "LLP",
    "partnership": "Partnership",
    "sole_trader": "Sole trader",
    "individual": "Individual",
    "trust": "Trust",
    "charity": "Charity",
}
TEXTS = ("name", "kind", "reference", "company_number", "utr", "vat_number", "email", "phone", "notes")
FACTS = {one.name: one.label for one in client_facts.FACTS}
A_YEAR = 2025  # one without a 29 February: a year end on "the last day" is kept as 28


def read(post: QueryDict) -> dict[str, object]:
    """The fields of a client as its form sends them. Refuses `bad-value` with the field."""
    values: dict[str, object] = {name: post.get(name, "") for name in TEXTS}
    month, day = post.get("year_end_month", ""), post.get("year_end_day", "").strip()
    last = bool(post.get("year_end_is_last_day"))
    values["year_end_month"] = whole_number(month)
    if month and values["year_end_month"] is None:
        raise Refusal(Code.BAD_VALUE, "Choose a month from the list.", field="year_end_month")
    values["year_end_is_last_day"] = last and bool(month)
    values["year_end_day"] = _year_end_day(values["year_end_month"], day, last=last)
    values["active"] = not post.get("inactive")
    return values


def _year_end_day(month: object, day: str, *, last: bool) -> int | None:
    if not isinstance(month, int):
        if day or last:
            raise Refusal(Code.BAD_VALUE, "A year end has a month as well.", field="year_end_month")
        return None
    if last and 1 <= month <= 12:
        return monthrange(A_YEAR, month)[1]
    number = whole_number(day)
    if number is None:
        raise Refusal(Code.BAD_VALUE, "Say the day of the year end, or tick its last day.", field="year_end_day")
    return number


def said(client: ClientDetail) -> dict[str, str]:
    """A client as its form shows it."""
    line = client.line
    return {
        "name": line.name,
        "kind": line.kind,
        "reference": line.reference,
        "company_number": client.company_number,
        "utr": client.utr,
        "vat_number": client.vat_number,
        "email": client.email,
        "phone": client.phone,
        "notes": client.notes,
        "year_end_month": str(client.year_end_month or ""),
        "year_end_day": str(client.year_end_day or ""),
        "year_end_is_last_day": "1" if client.year_end_is_last_day else "",
        "inactive": "" if line.active else "1",
    }


def year_end(client: ClientDetail, months: tuple[str, ...]) -> str:
    """A year end in words: "31 March", "the last day of February"; "" where none is known."""
    if client.year_end_month is None or client.year_end_day is None:
        return ""
    month = months[client.year_end_month - 1]
    if client.year_end_is_last_day and client.year_end_month == 2:
        return f"last day of {month}"
    return f"{client.year_end_day} {month}"


def a_day(text: str, field: str) -> date:
    """A day as a date field sends it. Refuses `bad-value`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "Write a date as 2026-11-24.", field=field) from None


def in_words(field: str, value: str) -> str:
    """A fact as people read it: a date "23 March 2004", VAT quarters by their months."""
    kind = client_facts.BY_NAME.get(field)
    return kind.in_words(value, day=full) if kind else value
