"""What a proposal says: its lines, its words, and the exact document that a client is sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from natrium.domain.errors import Code, Refusal
from natrium.domain.proposals import money
from natrium.domain.proposals.money import Per, Total
from natrium.domain.text import bounded

MOST_LINES = 40
MOST_TEXT = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2200
LASTS = timedelta(days=30)
LONGEST = timedelta(days=366)
VERSION = "proposal/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something offered for a fee in pence. It starts the service, or is work done once by the template."""

    name: str
    description: str = ""
    fee: int = 0
    per: Per = Per.YEAR
    service_id: int | None = None
    template_id: int | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that a draft says. `to_name` and `to_email` are whose answer is wanted."""

    title: str
    to_name: str = ""
    to_email: str = ""
    note: str = ""
    terms: str = ""
    vat_percent: int = 20
    expires_on: date
    lines: tuple[Line, ...] = ()

    @property
    def fees(self) -> list[tuple[int, Per]]:
        """The fees of all lines."""
        return [(line.fee, line.per) for line in self.lines]

    @property
    def monthly(self) -> Total:
        """What recurring fees come to in a month."""
        return money.each_month(self.fees, self.vat_percent)

    @property
    def first(self) -> Total:
        """What is to be paid once."""
        return money.once(self.fees, self.vat_percent)


def sound(offer: Offer) -> Offer:
    """The offer as it is kept: outer blanks gone, all within bounds. Refuses `bad-value` with the field."""
    if not offer.title.strip():
        raise Refusal(Code.BAD_VALUE, "A proposal needs a title.", field="title")
    if not 0 <= offer.vat_percent <= 100:
        raise Refusal(Code.BAD_VALUE, "VAT is 0 to 100 per cent.", field="vat_percent")
    if len(offer.lines) > MOST_LINES:
        raise Refusal(Code.BAD_VALUE, f"A proposal has at most {MOST_LINES} lines.", field="lines")
    return replace(
        offer,
        title=_text(_one_line(offer.title), "title", 200),
        to_name=_text(_one_line(offer.to_name), "to_name", 200),
        to_email=_text(offer.to_email, "to_email", 254),
        note=_text(offer.note, "note", MOST_TEXT),
        terms=_text(offer.terms, "terms", MOST_TEXT),
        lines=tuple(_sound_line(line, number) for number, line in enumerate(offer.lines)),
    )


def _one_line(text: str) -> str:
    """Without line breaks: what is a mail's subject, or names whom it goes to."""
    return " ".join(text.split())


def _text(text: str, field: str, most: int) -> str:
    words = {"to_name": "name", "to_email": "e-mail", "note": "opening note"}.get(field, field)
    return bounded(text.strip(), words, field=field, most=most)


def _sound_line(line: Line, number: int) -> Line:
    name = bounded(line.name.strip(), "name", field=f"lines.{number}.name", most=200)
    if not name:
        raise Refusal(Code.BAD_VALUE, "Each line needs a name.", field=f"lines.{number}.name")
    description = bounded(line.description.strip(), "description", field=f"lines.{number}.description", most=2_000)
    money.bounded(line.fee, field=f"lines.{number}.fee")
    return replace(line, name=name, description=description)


def check_sendable(offer: Offer, *, today: date) -> None:
    """Refuses `bad-value` with the field for what keeps an offer from being sent."""
    if not offer.lines:
        raise Refusal(Code.BAD_VALUE, "There is nothing in it yet: add a service or a fee.", field="lines")
    for number, line in enumerate(offer.lines):
        if line.per is not Per.ONCE and line.service_id is None:
            words = f"“{line.name}” recurs, so it needs the service that it starts."
            raise Refusal(Code.BAD_VALUE, words, field=f"lines.{number}.service_id")
        _check_starts(line, number)
    if not offer.to_name:
        raise Refusal(Code.BAD_VALUE, "Say who at the client is to answer.", field="to_name")
    if not 0 < offer.to_email.find("@") < len(offer.to_email) - 1:
        raise Refusal(Code.BAD_VALUE, "Give the e-mail that the proposal goes to.", field="to_email")
    if not today <= offer.expires_on <= today + LONGEST:
        raise Refusal(Code.BAD_VALUE, "It is open until a day from today to a year from now.", field="expires_on")


def _check_starts(line: Line, number: int) -> None:
    """Refuses `bad-value` for a line that would not start what it names, or on a day that no calendar needs."""
    if line.per is Per.ONCE and line.service_id is not None:
        words = f"“{line.name}” is billed once, so it starts no service: bill it by month, quarter or year."
        raise Refusal(Code.BAD_VALUE, words, field=f"lines.{number}.service_id")
    if line.per is not Per.ONCE and line.template_id is not None:
        words = f"“{line.name}” recurs, so it starts a service and no workflow that is done once."
        raise Refusal(Code.BAD_VALUE, words, field=f"lines.{number}.template_id")
    if line.starts_on is not None and not FIRST_YEAR <= line.starts_on.year <= LAST_YEAR:
        words = f"Give a day from {FIRST_YEAR} to {LAST_YEAR}."
        raise Refusal(Code.BAD_VALUE, words, field=f"lines.{number}.starts_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who offers to whom, and who at the practice looks after them ("" for nobody yet)."""

    practice: str
    client: str
    partner: str = ""
    manager: str = ""


def document(offer: Offer, parties: Parties, *, number: int, version: int, sent_on: date) -> str:
    """The exact document that the client is sent, as canonical JSON: what is accepted is this text and no other."""
    said: dict[str, Any] = {
        "natrium": VERSION,
        "number": number,
        "version": version,
        "practice": parties.practice,
        "client": parties.client,
        "partner": parties.partner,
        "manager": parties.manager,
        "to_name": offer.to_name,
        "to_email": offer.to_email,
        "title": offer.title,
        "note": offer.note,
        "terms": offer.terms,
        "vat_percent": offer.vat_percent,
        "sent_on": sent_on.isoformat(),
        "expires_on": offer.expires_on.isoformat(),
        "lines": [
            {
                "name": line.name,
                "description": line.description,
                "fee": line.fee,
                "per": line.per.value,
                "starts_on": line.starts_on.isoformat() if line.starts_on else "",
            }
            for line in offer.lines
        ],
        "monthly": [offer.monthly.net, offer.monthly.vat],
        "once": [offer.first.net, offer.first.vat],
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """The SHA-256 (hex) of a document."""
    return sha256(text.encode()).hexdigest()


def check_signature(name: str, *, agreed: bool) -> str:
    """The name as it is kept. Refuses `bad-value` for a name that is none, or where the box was not ticked."""
    typed = bounded(" ".join(name.split()), "name", field="name", most=200)
    if sum(character.isalpha() for character in typed) < 2:
        raise Refusal(Code.BAD_VALUE, "Type your full name to accept.", field="name")
    if not agreed:
        words = "Tick the box to say that you have read the terms and may accept."
        raise Refusal(Code.BAD_VALUE, words, field="agree")
    return typed


def check_reason(reason: str) -> str:
    """A reason as it is kept. Refuses `reason-needed` for none, `bad-value` for one that is too long."""
    if not reason.strip():
        raise Refusal(Code.REASON_NEEDED, "Say why.", field="reason")
    return bounded(reason.strip(), "reason", field="reason", most=MOST_TEXT)


def starts(line: Line, *, accepted_on: date) -> date:
    """From which day a line's service runs: its own, or the day of the acceptance."""
    return line.starts_on or accepted_on


def recurring(lines: Sequence[Line]) -> list[Line]:
    """The lines that start a service."""
    return [line for line in lines if line.service_id is not None and line.per is not Per.ONCE]


def one_off(lines: Sequence[Line]) -> list[Line]:
    """The lines that a task is made of once: those billed once that name a workflow for it."""
    return [line for line in lines if line.per is Per.ONCE and line.template_id is not None]
