"""What the builder's form says, as an offer; and an offer as the form shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from natrium.domain.errors import Code, Refusal
from natrium.domain.proposals import money
from natrium.domain.proposals.money import Per
from natrium.domain.proposals.offer import MOST_LINES, Line, Offer
from natrium.web.http import whole_number

PER = [(per.value, per.words) for per in Per]
COLUMNS = ("name", "description", "fee", "per", "what", "starts_on")
EMPTY = dict.fromkeys(COLUMNS, "") | {"per": Per.YEAR.value}

type Typed = Mapping[str, str]


def rows_of(offer: Offer) -> list[dict[str, str]]:
    """The lines as the form shows them."""
    return [
        {
            "name": line.name,
            "description": line.description,
            "fee": money.exactly(line.fee).removeprefix("£"),
            "per": line.per.value,
            "what": _what(line),
            "starts_on": line.starts_on.isoformat() if line.starts_on else "",
        }
        for line in offer.lines
    ]


def _what(line: Line) -> str:
    if line.service_id is not None:
        return f"service-{line.service_id}"
    return f"template-{line.template_id}" if line.template_id is not None else ""


def typed_of(offer: Offer) -> dict[str, str]:
    """The fields beside the lines."""
    return {
        "title": offer.title,
        "to_name": offer.to_name,
        "to_email": offer.to_email,
        "note": offer.note,
        "terms": offer.terms,
        "vat_percent": str(offer.vat_percent),
        "expires_on": offer.expires_on.isoformat(),
    }


def typed_rows(post: QueryDict) -> list[dict[str, str]]:
    """The lines as they were typed; those with nothing in them are left out."""
    count = min(whole_number(post.get("rows")) or 0, MOST_LINES + 1)
    rows = [{name: post.get(f"{name}-{number}", "") for name in COLUMNS} for number in range(count)]
    return [row for row in rows if any(row[name].strip() for name in ("name", "description", "fee", "what"))]


def arranged(rows: list[dict[str, str]], do: str) -> list[dict[str, str]]:
    """The lines after one was taken out or moved: "remove-2", "up-2", "down-2"."""
    deed, _, text = do.partition("-")
    number = whole_number(text)
    if number is None or number >= len(rows):
        return rows
    if deed == "remove":
        return rows[:number] + rows[number + 1 :]
    to = number + {"up": -1, "down": 1}.get(deed, 0)
    if 0 <= to < len(rows):
        rows[number], rows[to] = rows[to], rows[number]
    return rows


def offer_of(post: QueryDict, rows: list[dict[str, str]], names: Mapping[str, str]) -> Offer:
    """What was typed. `names`: what each choice of work is called, for lines without a name. Refuses `bad-value`."""
    vat = whole_number(post.get("vat_percent", "").strip())
    if vat is None:
        raise Refusal(Code.BAD_VALUE, "VAT is a number of per cent, such as 20.", field="vat_percent")
    return Offer(
        title=post.get("title", ""), to_name=post.get("to_name", ""), to_email=post.get("to_email", ""),
        note=post.get("note", ""), terms=post.get("terms", ""), vat_percent=vat,
        expires_on=_day(post.get("expires_on", ""), "expires_on"),
        lines=tuple(_line(row, number, names) for number, row in enumerate(rows)),
    )  # fmt: skip


def _line(row: Typed, number: int, names: Mapping[str, str]) -> Line:
    kind, _, text = row["what"].partition("-")
    chosen = whole_number(text)
    if row["per"] not in dict(PER) or (row["what"] and (chosen is None or kind not in {"service", "template"})):
        raise Refusal(Code.BAD_VALUE, "Choose one of the list.", field=f"lines.{number}.what")
    return Line(
        name=row["name"] if row["name"].strip() else names.get(row["what"], ""),
        description=row["description"],
        fee=money.pence_of(row["fee"] or "0", field=f"lines.{number}.fee"),
        per=Per(row["per"]),
        service_id=chosen if kind == "service" else None,
        template_id=chosen if kind == "template" else None,
        starts_on=_day(row["starts_on"], f"lines.{number}.starts_on") if row["starts_on"].strip() else None,
    )


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(Code.BAD_VALUE, "Give a day.", field=field) from None
